/// `inputlookup append=t assets where zone=dmz`: the rows of a lookup table.
package struct InputLookupCommandSyntax: Hashable, Sendable {
  package let table: FieldNameSyntax?
  package let filter: SearchExpressionSyntax?
  package let options: CommandOptions

  package var appends: Bool { options.boolean("append") ?? false }

  static let record = CommandRecord(
    "inputlookup", summary: "Reads the rows of a lookup table.",
    example: "inputlookup append=t assets where zone=dmz", isGenerating: true
  ) { parser, command in
    let rules: [String: OptionKind] = [
      "append": .boolean, "max": .integer, "start": .integer, "strict": .boolean,
    ]
    var options = CommandOptions()
    parser.parseOptions(command, rules, into: &options)
    let table = parser.requireField(command, "a lookup table")
    parser.parseOptions(command, rules, into: &options)
    var filter: SearchExpressionSyntax?
    if let keyword = parser.takeKeyword("where") {
      filter = parser.parseSearchExpression()
      if filter == nil {
        parser.syntaxError(SPLMessages.missingArgument("a search expression", of: keyword, at: parser.peek()))
      }
    }
    return .inputlookup(InputLookupCommandSyntax(table: table, filter: filter, options: options))
  }
}
