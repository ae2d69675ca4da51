/// `xyseries user metric value`: rows become columns.
package struct XYSeriesCommandSyntax: Hashable, Sendable {
  package let row: FieldNameSyntax?
  package let name: FieldNameSyntax?
  package let values: [FieldNameSyntax]
  package let options: CommandOptions

  static let record = CommandRecord(
    "xyseries", "maketable", summary: "Turns rows into columns.", example: "xyseries sep=- user metric value"
  ) { parser, command in
    let rules: [String: OptionKind] = ["format": .text, "grouped": .boolean, "sep": .text]
    var options = CommandOptions()
    let fields = parser.parseFields(command, rules, into: &options)
    if fields.count < 3, !parser.isRecovering {
      parser.syntaxError(SPLMessages.wrongFieldCount(command, "at least three fields", parser.peek()))
    }
    return .xyseries(
      XYSeriesCommandSyntax(
        row: fields.first, name: fields.count > 1 ? fields[1] : nil, values: Array(fields.dropFirst(2)),
        options: options))
  }
}
