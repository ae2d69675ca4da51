/// `format` and `return`: rows as the text of a search, in one row with the column `search`.
package struct SearchTextOperator: TabularOperator {
  /// What stands around and between: row prefix, column prefix, column separator, column end, row separator,
  /// row end.
  package struct Frame: Sendable {
    package var rowPrefix = "( "
    package var columnPrefix = "( "
    package var columnSeparator = " AND "
    package var columnEnd = " )"
    package var rowSeparator = " OR "
    package var rowEnd = " )"
    package var valueSeparator = "OR"
    package var emptyText = "NOT( )"

    package init() {}
  }

  /// A column and the name before its value; no name for the bare value.
  package struct Part: Sendable {
    var column: Int
    var name: String?

    package init(column: Int, name: String?) {
      self.column = column
      self.name = name
    }
  }

  let parts: [Part]
  let frame: Frame
  let limit: Int?
  let column: String

  package init(parts: [Part], frame: Frame, limit: Int?, column: String = "search") {
    self.parts = parts
    self.frame = frame
    self.limit = limit
    self.column = column
  }

  package var label: String { "format" }

  package func run(_ inputs: [Table], context: ExecutionContext) throws(ExecutionFailure) -> [Column] {
    guard let table = inputs.first else { return [] }
    var rows: [String] = []
    for row in 0..<min(table.rowCount, limit ?? Int.max) {
      let texts = parts.compactMap { part -> String? in
        let values = SPLValues.texts(of: table.value(row: row, column: part.column))
        if values.isEmpty { return nil }
        let written = values.map { text in
          part.name.map { "\($0)=\(SearchTextOperator.quoted(text))" } ?? text
        }
        return written.count == 1
          ? written[0] : "( " + written.joined(separator: " \(frame.valueSeparator) ") + " )"
      }
      if !texts.isEmpty {
        rows.append(frame.columnPrefix + texts.joined(separator: frame.columnSeparator) + frame.columnEnd)
      }
    }
    let text =
      rows.isEmpty
      ? frame.emptyText : frame.rowPrefix + rows.joined(separator: frame.rowSeparator) + frame.rowEnd
    return [Column.of(.string, [.string(text)])]
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for character in text {
      if character == "\"" || character == "\\" { result.append("\\") }
      result.append(character)
    }
    return result + "\""
  }
}
