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
    "transpose", summary: "Turns rows into columns.", example: "transpose 10 header_field=user"
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
