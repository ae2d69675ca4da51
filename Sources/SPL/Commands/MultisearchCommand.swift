/// `multisearch [search …] [search …]`: the events of several searches.
package struct MultisearchCommandSyntax: Hashable, Sendable {
  package let subsearches: [SubsearchSyntax]

  static let record = CommandRecord(
    "multisearch", summary: "Joins the events of several searches.",
    example: "multisearch [search a=1] [search b=2 | eval c=3]", isGenerating: true
  ) { parser, command in
    var subsearches: [SubsearchSyntax] = []
    while parser.peek().kind == .leftBracket || parser.takeComma() {
      if parser.peek().kind == .leftBracket { subsearches.append(parser.parseSubsearch()) }
    }
    if subsearches.isEmpty { parser.syntaxError(SPLMessages.missingSubsearch(command)) }
    return .multisearch(MultisearchCommandSyntax(subsearches: subsearches))
  }
}
