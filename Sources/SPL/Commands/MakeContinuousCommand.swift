/// `makecontinuous _time span=10m`: adds rows for the spans of time that have none.
package struct MakeContinuousCommandSyntax: Hashable, Sendable {
  /// `_time` if nothing is said.
  package let field: FieldNameSyntax?
  package let options: CommandOptions

  static let record = CommandRecord(
    "makecontinuous", summary: "Adds rows for the spans of time that have none.",
    example: "makecontinuous _time span=10m"
  ) { parser, command in
    let rules: [String: OptionKind] = [
      "aligntime": .text, "bins": .integer, "end": .number, "minspan": .timeSpan, "span": .timeSpan,
      "start": .number,
    ]
    var options = CommandOptions()
    parser.parseOptions(command, rules, into: &options)
    let field = parser.parseField()
    parser.parseOptions(command, rules, into: &options)
    return .makecontinuous(MakeContinuousCommandSyntax(field: field, options: options))
  }
}
