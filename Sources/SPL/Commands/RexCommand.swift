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

/// `regex user!="^svc-"`: keeps the rows whose field fits a regular expression.
package struct RegexCommandSyntax: Hashable, Sendable {
  /// Nil for `_raw`.
  package let field: FieldNameSyntax?
  package let isNegated: Bool
  package let pattern: StringLiteralSyntax?

  static let record = CommandRecord(
    "regex", summary: "Keeps the rows whose field fits a regular expression.",
    example: #"regex user!="^svc-\d+""#
  ) { parser, command in
    var field: FieldNameSyntax?
    var isNegated = false
    if parser.peekSecond().kind == .symbol {
      field = parser.parseField()
      let sign = parser.take()
      isNegated = sign.text == "!="
      if sign.text != "=", sign.text != "!=" { parser.syntaxError(SPLMessages.regexSign(sign)) }
    }
    return .regex(
      RegexCommandSyntax(field: field, isNegated: isNegated, pattern: parser.parsePattern(command)))
  }
}

extension SPLParser {
  /// Reads a regular expression, which stands in quotes when it holds anything but a word.
  mutating func parsePattern(_ command: SPLToken) -> StringLiteralSyntax? {
    guard let pattern = parseText() else {
      if !isRecovering { syntaxError(SPLMessages.missingPattern(command, peek())) }
      return nil
    }
    return pattern
  }
}
