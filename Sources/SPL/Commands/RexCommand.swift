/// `rex field=user max_match=0 "(?<name>[a-z]+)"`, or with `mode=sed` a replacement in place.
package struct RexCommandSyntax: Hashable, Sendable {
  package let pattern: StringLiteralSyntax?
  package let options: CommandOptions

  /// The field that is read; `_raw` if nothing is said.
  package var field: String { options.text("field") ?? "_raw" }
  package var isSed: Bool { options.text("mode")?.lowercased() == "sed" }
  /// How many matches are taken; 0 is all.
  package var maximumMatches: Int { options.integer("max_match") ?? 1 }
  package var offsetField: String? { options.text("offset_field") }

  static let record = CommandRecord(
    "rex", summary: "Takes fields out of text by a regular expression.",
    example: #"rex field=user max_match=0 "(?<name>[a-z]+)""#
  ) { parser, command in
    let rules: [String: OptionKind] = [
      "field": .text, "max_match": .integer, "mode": .choice(["sed"]), "offset_field": .text,
    ]
    var options = CommandOptions()
    parser.parseOptions(command, rules, into: &options)
    let pattern = parser.parsePattern(command)
    parser.parseOptions(command, rules, into: &options)
    return .rex(RexCommandSyntax(pattern: pattern, options: options))
  }
}

extension SPLParser {
  /// Reads a regular expression: a text in quotes, or everything up to the next blank.
  mutating func parsePattern(_ command: SPLToken) -> StringLiteralSyntax? {
    if peek().kind != .string, let token = takeBarePattern() {
      return StringLiteralSyntax(token, in: text, escapes: .quotesOnly)
    }
    guard let pattern = parseText() else {
      if !isRecovering { syntaxError(SPLMessages.missingPattern(command, peek())) }
      return nil
    }
    return pattern
  }
}
