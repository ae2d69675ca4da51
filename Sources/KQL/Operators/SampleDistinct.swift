package import Diagnostics

/// `sample-distinct n of a`: any n values.
package struct SampleDistinctSyntax: Hashable, Sendable {
  package var count: ExpressionSyntax
  package var value: NamedExpressionSyntax
  package var span: SourceSpan
}

extension KQLParser {
  func parseSampleDistinct(_ start: SourceSpan) -> SampleDistinctSyntax {
    let count = expression()
    expect("of", after: "the number of values")
    return SampleDistinctSyntax(count: count, value: namedExpression(), span: span(from: start))
  }
}
