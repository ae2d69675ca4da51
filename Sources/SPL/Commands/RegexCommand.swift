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
