import Diagnostics
import Engine

/// `regex user!="^svc-"`: keeps the rows whose field fits a regular expression.
package struct RegexCommandSyntax: Hashable, Sendable {
  /// Nil for `_raw`.
  package let field: FieldNameSyntax?
  package let isNegated: Bool
  package let pattern: StringLiteralSyntax?

  static let record = CommandRecord(
    "regex",
    syntax: "regex [FIELD=|FIELD!=]REGEX",
    summary: "Keeps the rows whose field fits a regular expression.",
    notes: [
      "Without a field `_raw` is looked at."
    ],
    examples: [
      .splQuery(
        #"| makeresults | eval user=split("ann,svc-1", ",") | mvexpand user | regex user!="^svc-" | "#
          + "table user",
        gives: #""ann""#)
    ]
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

extension SPLLowering {
  func lower(_ command: RegexCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    let name = command.field?.name ?? "_raw"
    guard let pattern = command.pattern, regex(pattern) != nil else { return }
    guard let column = read(name, in: &relation, at: command.field?.span ?? span) else {
      if !command.isNegated { filter(&relation, by: .literal(.bool(false), .bool), at: span) }
      return
    }
    let value = column.type == .dynamic ? column.reference : text(plain(column.reference))
    let isFound = call(RexFunctions.isFound, [value, literal(pattern.value)], as: .bool)
    // A row without the field does not fit the pattern.
    let condition =
      command.isNegated
      ? choose([(isFound, .literal(.bool(false), .bool))], otherwise: .literal(.bool(true), .bool)) : isFound
    filter(&relation, by: condition, at: span)
  }
}
