/// `join type=outer user, src [search …]`: adds the fields of matching rows of a subsearch.
package struct JoinCommandSyntax: Hashable, Sendable {
  /// Empty: every field that both sides have.
  package let fields: [FieldNameSyntax]
  package let subsearch: SubsearchSyntax?
  package let options: CommandOptions

  /// `outer` and `left` are the same.
  package var keepsUnmatched: Bool {
    ["left", "outer"].contains(options.text("type")?.lowercased() ?? "inner")
  }
  /// How many rows of the subsearch match each row; 0 is all.
  package var maximumMatches: Int { options.integer("max") ?? 1 }
  package var overwrites: Bool { options.boolean("overwrite") ?? true }

  static let record = CommandRecord(
    "join", summary: "Adds the fields of matching rows of a subsearch.",
    example: "join user type=outer max=0 [search eventName=ConsoleLogin | stats count by user]"
  ) { parser, command in
    let rules: [String: OptionKind] = [
      "earlier": .boolean, "max": .integer, "overwrite": .boolean,
      "type": .choice(["inner", "left", "outer"]), "usetime": .boolean,
    ]
    if ["left", "right"].contains(parser.peek().text.lowercased()), parser.isAtOption {
      parser.syntaxError(
        SPLMessages.unsupportedClause(
          parser.peek(), of: command, instead: "`rename` inside the brackets gives both sides the same name"))
    }
    var options = CommandOptions()
    let fields = parser.parseFields(command, rules, into: &options)
    let subsearch = parser.requireSubsearch(command)
    parser.parseOptions(command, rules, into: &options)
    return .join(JoinCommandSyntax(fields: fields, subsearch: subsearch, options: options))
  }
}
