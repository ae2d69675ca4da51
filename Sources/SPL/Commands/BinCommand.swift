/// `bin _time span=5m as slot`: rounds values down to a multiple of a span.
package struct BinCommandSyntax: Hashable, Sendable {
  package let field: FieldNameSyntax?
  package let alias: FieldNameSyntax?
  package let options: CommandOptions

  package var timeSpan: TimeSpanSyntax? { options.timeSpan("span") }
  package var bins: Int? { options.integer("bins") }

  private static let rules: [String: OptionKind] = [
    "aligntime": .text, "bins": .integer, "end": .text, "minspan": .timeSpan, "span": .timeSpan,
    "start": .text,
  ]

  static let record = CommandRecord(
    "bin", "bucket", "discretize", summary: "Rounds values down to a multiple of a span.",
    example: "bin span=5m _time as slot"
  ) { parser, command in
    var options = CommandOptions()
    parser.parseOptions(command, rules, into: &options)
    let pair = parser.parseFieldAlias()
    parser.parseOptions(command, rules, into: &options)
    if pair == nil, !parser.isRecovering {
      parser.syntaxError(SPLMessages.missingArgument("a field", of: command, at: parser.peek()))
    }
    return .bin(BinCommandSyntax(field: pair?.field, alias: pair?.alias, options: options))
  }
}
