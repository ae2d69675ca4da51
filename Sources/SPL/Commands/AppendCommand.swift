/// `append [search …]`: the rows of a subsearch after the present ones.
package struct AppendCommandSyntax: Hashable, Sendable {
  package let subsearch: SubsearchSyntax?
  package let options: CommandOptions

  static let limits: [String: OptionKind] = [
    "extendtimerange": .boolean, "maxout": .integer, "maxtime": .integer, "timeout": .integer,
  ]

  static let record = CommandRecord(
    "append", summary: "Adds the rows of a subsearch.",
    example: "append maxout=100 [| inputlookup seen | table user]"
  ) { parser, command in
    let (subsearch, options) = parser.parseOneSubsearch(command, limits)
    return .append(AppendCommandSyntax(subsearch: subsearch, options: options))
  }
}

extension SPLParser {
  /// Reads options and a subsearch.
  mutating func parseOneSubsearch(
    _ command: SPLToken, _ rules: [String: OptionKind], kind: PipelineKind = .subsearch
  ) -> (SubsearchSyntax?, CommandOptions) {
    var options = CommandOptions()
    parseOptions(command, rules, into: &options)
    let subsearch = requireSubsearch(command, kind)
    parseOptions(command, rules, into: &options)
    return (subsearch, options)
  }
}
