package import Diagnostics

/// `sample n`: any n rows.
package struct SampleSyntax: Hashable, Sendable {
  package var count: ExpressionSyntax
  package var span: SourceSpan
}

extension KQLParser {
  func parseSample(_ start: SourceSpan) -> SampleSyntax {
    SampleSyntax(count: expression(), span: span(from: start))
  }
}
