package import Diagnostics

/// `take n`, also spelt `limit`.
package struct TakeSyntax: Hashable, Sendable {
  package var count: ExpressionSyntax
  package var span: SourceSpan
}

extension KQLParser {
  func parseTake(_ start: SourceSpan) -> TakeSyntax {
    TakeSyntax(count: expression(), span: span(from: start))
  }
}
