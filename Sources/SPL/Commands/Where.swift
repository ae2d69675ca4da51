import Diagnostics
import Engine

/// `where count > 5 AND like(user, "a%")`: keeps the rows for which an eval expression is true.
package struct WhereCommandSyntax: Hashable, Sendable {
  package let condition: EvalExpressionSyntax

  static let record = CommandRecord(
    "where",
    syntax: "where EXPRESSION",
    summary: "Keeps the rows for which an eval expression is true.",
    notes: [
      "Nulls: a condition that is null keeps no row."
    ],
    examples: [
      .splQuery(
        "| makeresults count=3 | streamstats count as n | where n > 2 | table n",
        gives: #""3""#)
    ], takesSubsearch: true
  ) { parser, _ in
    let condition = parser.parseEvalExpression()
    parser.requireEvalEnd()
    return .where(WhereCommandSyntax(condition: condition))
  }
}

extension SPLParser {
  /// Reports what follows a finished expression, in the words of expressions.
  mutating func requireEvalEnd() {
    let token = peek(.eval)
    if Self.endsStage(token.kind) { return }
    if token.kind == .rightParenthesis {
      return syntaxError(SPLMessages.unbalancedParenthesis(at: token.span))
    }
    if token.kind == .word, KQLWords.evalOperators[token.text.lowercased()] != nil {
      return syntaxError(SPLMessages.kqlOperatorInEval(token))
    }
    syntaxError(SPLMessages.unexpectedToken(token, expected: "an operator or the end of the command"))
  }
}

extension SPLLowering {
  func lower(_ command: WhereCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    guard let predicate = condition(command.condition, in: &relation) else { return }
    filter(&relation, by: predicate, at: span)
  }
}
