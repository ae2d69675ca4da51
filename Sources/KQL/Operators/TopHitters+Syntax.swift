package import Diagnostics

/// `top-hitters n of a by b`.
package struct TopHittersSyntax: Hashable, Sendable {
  package var count: ExpressionSyntax
  package var value: NamedExpressionSyntax
  /// What is summed; rows are counted where it is missing.
  package var weight: NamedExpressionSyntax?
  package var span: SourceSpan
}

extension KQLParser {
  func parseTopHitters(_ start: SourceSpan) -> TopHittersSyntax {
    let count = expression()
    expect("of", after: "the number of values")
    let value = namedExpression()
    let weight = take("by") != nil ? namedExpression() : nil
    return TopHittersSyntax(count: count, value: value, weight: weight, span: span(from: start))
  }
}
