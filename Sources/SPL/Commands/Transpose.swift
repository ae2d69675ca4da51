import Diagnostics
import Engine

/// `transpose 10 header_field=user`: rows become columns.
package struct TransposeCommandSyntax: Hashable, Sendable {
  /// How many rows; 0 is all.
  package let count: Int
  package let options: CommandOptions

  /// The field that holds the names of the old columns.
  package var columnName: String { options.text("column_name") ?? "column" }
  /// The field whose values name the new columns.
  package var headerField: String? { options.text("header_field") }
  package var includesEmpty: Bool { options.boolean("include_empty") ?? true }

  static let record = CommandRecord(
    "transpose",
    syntax: "transpose [COUNT] [header_field=FIELD] [column_name=NAME] [include_empty=BOOL]",
    summary: "Turns rows into columns.",
    notes: [
      "5 rows where nothing is said; 0 is all."
    ],
    examples: [
      .splQuery(
        "| makeresults | eval a=1, b=2 | table a b | transpose",
        gives: #"mvappend("1", "2")"#)
    ]
  ) { parser, command in
    let rules: [String: OptionKind] = [
      "column_name": .text, "header_field": .text, "include_empty": .boolean,
    ]
    var options = CommandOptions()
    var count = parser.parseInteger()
    parser.parseOptions(command, rules, into: &options)
    count = count ?? parser.parseInteger()
    return .transpose(TransposeCommandSyntax(count: count ?? 5, options: options))
  }
}

/// Commands that turn tables round, fill or compare them: `transpose`, `makecontinuous`, `set`, `uniq`, …
extension SPLLowering {
  /// The columns are values of the data, so the rows are asked for while the plan is made.
  func lower(_ command: TransposeCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    fetchFollowing(in: &relation)
    let header = command.headerField.flatMap { relation.existing($0) }
    if let name = command.headerField, header == nil {
      report(SPLMessages.unknownField(name, among: relation.columns.map(\.name), at: span))
    }
    let visible = relation.columns.filter { $0.name != "_raw" && !$0.name.isEmpty }
    keep(visible, in: &relation, at: span)
    if command.count > 0 {
      relation.plan = .limit(Limit(input: relation.plan, count: command.count, origin: origin(span)))
    }
    guard let table = ask(relation.plan, "the columns of `transpose`", at: span) else {
      relation.close(
        inline(Table(fields: [Field(command.columnName, .string)], rows: []), label: "transpose").plan)
      relation.isOpaque = true
      return
    }
    let place = header.flatMap { header in visible.firstIndex { $0.id == header.id } }
    relation.close(inline(transposed(table, header: place, command), label: "transpose").plan)
  }

  private func transposed(_ table: Table, header: Int?, _ command: TransposeCommandSyntax) -> Table {
    var fields = [Field(command.columnName, .string)]
    var names: Set<String> = [command.columnName]
    for row in 0..<table.rowCount {
      let title = header.map { table.value(row: row, column: $0).splText } ?? "row \(row + 1)"
      let name = names.contains(title) ? "\(title) \(row + 1)" : title
      names.insert(name)
      fields.append(Field(name, .dynamic))
    }
    var rows: [[Value]] = []
    for column in table.fields.indices where column != header {
      let values = (0..<table.rowCount).map { row -> Value in
        let texts = SPLValues.texts(of: table.value(row: row, column: column))
        return SPLValues.value(of: texts.map { .string($0) })
      }
      if !command.includesEmpty, values.allSatisfy({ $0.isNull || $0 == .dynamic(.string("")) }) { continue }
      rows.append([.string(table.fields[column].name)] + values)
    }
    return Table(fields: fields, rows: rows)
  }
}
