/// Expressions in prefix form, which shows how operators bind.
///
/// Example: `a b OR c=1` is `(and a (or b (= c 1)))`.
extension SearchExpressionSyntax {
  package var outline: String {
    switch self {
    case .and(let parts, _): list("and", parts.map(\.outline))
    case .or(let parts, _): list("or", parts.map(\.outline))
    case .not(let operand, _): list("not", [operand.outline])
    case .comparison(let comparison):
      list(comparison.comparison.rawValue, [comparison.field.outline, comparison.value.outline])
    case .membership(let membership):
      list("in", [membership.field.outline] + membership.values.map(\.outline))
    case .pasted(let paste): list(paste.sign.lowercased(), [paste.field.outline, paste.subsearch.outline])
    case .term(let term):
      switch term.kind {
      case .word: term.text
      case .phrase: quoted(term.text)
      case .exactTerm: list("TERM", [term.text])
      case .caseSensitive: list("CASE", [term.text])
      }
    case .timeModifier(let modifier): list(modifier.kind.rawValue, [modifier.value.outline])
    case .subsearch(let subsearch): subsearch.outline
    case .invalid: "<invalid>"
    }
  }
}

extension SearchValueSyntax {
  package var outline: String { isQuoted ? quoted(text) : text }
}

extension FieldNameSyntax {
  package var outline: String { isQuoted ? "'\(name)'" : name }
}

extension SubsearchSyntax {
  package var outline: String { "[" + pipeline.stages.map(\.command.name).joined(separator: " | ") + "]" }
}

extension EvalExpressionSyntax {
  package var outline: String {
    switch self {
    case .field(let field): field.outline
    case .string(let literal): quoted(literal.value)
    case .number(let number): number.text
    case .constant(let constant): constant.kind.rawValue
    case .call(let call): "\(call.name)(" + call.arguments.map(\.outline).joined(separator: ", ") + ")"
    case .negate(let operand, _): list("-", [operand.outline])
    case .not(let operand, _): list("not", [operand.outline])
    case .binary(let binary):
      list(binary.operation.rawValue.lowercased(), [binary.left.outline, binary.right.outline])
    case .and(let parts, _): list("and", parts.map(\.outline))
    case .or(let parts, _): list("or", parts.map(\.outline))
    case .xor(let parts, _): list("xor", parts.map(\.outline))
    case .membership(let value, let values, _): list("in", [value.outline] + values.map(\.outline))
    case .subsearch(let subsearch): subsearch.outline
    case .invalid: "<invalid>"
    }
  }
}

private func list(_ head: String, _ rest: [String]) -> String {
  "(" + ([head] + rest).joined(separator: " ") + ")"
}

private func quoted(_ text: String) -> String { "\"\(text)\"" }
