import Diagnostics
import Engine

/// `multisearch [search …] [search …]`: the events of several searches.
package struct MultisearchCommandSyntax: Hashable, Sendable {
  package let subsearches: [SubsearchSyntax]

  static let record = CommandRecord(
    "multisearch",
    syntax: "multisearch [SUBSEARCH] [SUBSEARCH] …",
    summary: "Joins the events of several searches.",
    examples: [
      .splQuery(
        "| multisearch [search user=ann] [search user=ben] | stats count",
        gives: #""3""#)
    ], isGenerating: true, takesSubsearch: true
  ) { parser, command in
    var subsearches: [SubsearchSyntax] = []
    while parser.peek().kind == .leftBracket || parser.takeComma() {
      if parser.peek().kind == .leftBracket { subsearches.append(parser.parseSubsearch()) }
    }
    if subsearches.isEmpty { parser.syntaxError(SPLMessages.missingSubsearch(command)) }
    return .multisearch(MultisearchCommandSyntax(subsearches: subsearches))
  }
}

extension SPLLowering {
  /// Events of several searches, newest first.
  func lower(_ command: MultisearchCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    for (index, subsearch) in command.subsearches.enumerated() {
      guard let added = lower(subsearch) else { continue }
      if index == 0 { relation.close(added.plan) } else { append(added, to: &relation, at: span) }
    }
    guard let time = relation.existing("_time") else { return }
    let key = Sort.Key(expression: time.reference, descending: true, nullsFirst: false)
    relation.plan = .sort(Sort(input: relation.plan, keys: [key], origin: origin(span)))
  }
}
