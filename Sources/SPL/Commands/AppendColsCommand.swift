/// `appendcols override=t [search …]`: the fields of a subsearch's rows, row by row.
package struct AppendColsCommandSyntax: Hashable, Sendable {
  package let subsearch: SubsearchSyntax?
  package let options: CommandOptions

  package var overrides: Bool { options.boolean("override") ?? false }

  static let record = CommandRecord(
    "appendcols", summary: "Adds the fields of a subsearch, row by row.",
    example: "appendcols override=t [search a=1 | stats count]"
  ) { parser, command in
    var rules = AppendCommandSyntax.limits
    rules["override"] = .boolean
    let (subsearch, options) = parser.parseOneSubsearch(command, rules)
    return .appendcols(AppendColsCommandSyntax(subsearch: subsearch, options: options))
  }
}
