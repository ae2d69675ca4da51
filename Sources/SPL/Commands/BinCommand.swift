/// `bin _time span=5m as slot`: rounds values down to a multiple of a span.
package struct BinCommandSyntax: Hashable, Sendable {
  package let field: FieldNameSyntax?
  package let alias: FieldNameSyntax?
  package let options: CommandOptions

  package var timeSpan: TimeSpanSyntax? { options.timeSpan("span") }
  package var bins: Int? { options.integer("bins") }

  private static let rules: [String: OptionKind] = [
    "aligntime": .text, "bins": .integer, "end": .number, "minspan": .timeSpan, "span": .timeSpan,
    "start": .number,
  ]

  static let record = CommandRecord(
    "bin", "bucket", "discretize", summary: "Rounds values down to a multiple of a span.",
    example: "bin span=5m _time as slot"
  ) { parser, command in
    var options = CommandOptions()
    parser.parseOptions(command, rules, into: &options)
    let field = parser.isRecovering ? nil : parser.requireField(command)
    parser.parseOptions(command, rules, into: &options)
    let alias = parser.takeKeyword("as").flatMap { parser.requireField($0, "a name") }
    parser.parseOptions(command, rules, into: &options)
    return .bin(BinCommandSyntax(field: field, alias: alias, options: options))
  }
}
