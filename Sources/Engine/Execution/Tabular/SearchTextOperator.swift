/// `format` and `return`: rows as the text of a search, in one row with the column `search`.
package struct SearchTextOperator: TabularOperator {
  package static let planName = "format"
  /// What stands around and between: row prefix, column prefix, column separator, column end, row separator,
  /// row end.
  package struct Frame: Equatable, Sendable {
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

  /// A value and the name before it; no name for the bare value.
  package struct Part: Equatable, Sendable {
    var value: Expression
    var name: String?

    package init(value: Expression, name: String?) {
      self.value = value
      self.name = name
    }
  }

  let parts: [Part]
  let frame: Frame
  let limit: Int?
  let column: PlanColumn

  package init(parts: [Part], frame: Frame, limit: Int?, column: PlanColumn) {
    self.parts = parts
    self.frame = frame
    self.limit = limit
    self.column = column
  }

  package static let form = PlanForm<SearchTextOperator>.record(
    { SearchTextOperator(parts: $0, frame: $1, limit: $2.map(\.value), column: $3) },
    Member("parts", \.parts), Member("frame", \.frame),
    Member("limit", { $0.limit.map { PlanCount(value: $0) } }), Member("column", \.column))

  package var label: String { "format" }
  package var passes: PassedRows { .none }
  package var made: [PlanColumn] { [column] }
  package var expressions: [Expression] { parts.map(\.value) }

  package func mappingExpressions(_ transform: (Expression) -> Expression) -> SearchTextOperator {
    SearchTextOperator(
      parts: parts.map { Part(value: transform($0.value), name: $0.name) }, frame: frame, limit: limit,
      column: column)
  }

  package func run(_ run: OperatorRun) throws(ExecutionFailure) -> OperatorResult {
    let columns = try run.input.columns(expressions)
    var rows: [String] = []
    for row in 0..<min(run.input.rowCount, limit ?? Int.max) {
      let texts = zip(parts, columns).compactMap { part, column -> String? in
        let values = SPLValues.texts(of: column.value(at: row))
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
    return .rows([Column.of(.string, [.string(text)])], count: 1)
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

extension SearchTextOperator.Frame: PlanCodable {
  /// The texts in the order of the properties.
  package static let form = PlanForm<SearchTextOperator.Frame>.by(
    {
      [
        $0.rowPrefix, $0.columnPrefix, $0.columnSeparator, $0.columnEnd, $0.rowSeparator, $0.rowEnd,
        $0.valueSeparator, $0.emptyText,
      ]
    }, "frame of a search"
  ) { texts in
    guard texts.count == 8 else { return nil }
    var frame = SearchTextOperator.Frame()
    frame.rowPrefix = texts[0]
    frame.columnPrefix = texts[1]
    frame.columnSeparator = texts[2]
    frame.columnEnd = texts[3]
    frame.rowSeparator = texts[4]
    frame.rowEnd = texts[5]
    frame.valueSeparator = texts[6]
    frame.emptyText = texts[7]
    return frame
  }
}

extension SearchTextOperator.Part: PlanCodable {
  package static let form = PlanForm<SearchTextOperator.Part>.record(
    SearchTextOperator.Part.init(value:name:), Member("value", \.value), Member("name", \.name))
}
