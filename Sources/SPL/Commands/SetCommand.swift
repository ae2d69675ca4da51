/// `set diff [search …] [search …]`: rows that two searches have in common, or do not.
package struct SetCommandSyntax: Hashable, Sendable {
  package enum Operation: String, Hashable, Sendable, CaseIterable {
    /// Rows of either search.
    case union
    /// Rows of exactly one search.
    case diff
    /// Rows of both searches.
    case intersect
  }

  package let operation: Operation
  package let subsearches: [SubsearchSyntax]

  static let record = CommandRecord(
    "set", summary: "Gives the rows that two searches have in common, or do not.",
    example: "set diff [search a=1 | table user] [search b=2 | table user]", isGenerating: true
  ) { parser, command in
    let name = parser.peek()
    let operation = name.kind == .word ? Operation(rawValue: name.text.lowercased()) : nil
    if operation == nil {
      parser.unexpected("`union`, `diff` or `intersect`")
    } else {
      parser.take()
    }
    var subsearches: [SubsearchSyntax] = []
    while parser.peek().kind == .leftBracket { subsearches.append(parser.parseSubsearch()) }
    if subsearches.count != 2, !parser.isRecovering {
      parser.syntaxError(SPLMessages.wrongFieldCount(command, "two subsearches", parser.peek()))
    }
    return .set(SetCommandSyntax(operation: operation ?? .union, subsearches: subsearches))
  }
}
