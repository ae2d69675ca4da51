package import Diagnostics

/// `extend a = x, b`: adds columns, or replaces them in place.
package struct ExtendSyntax: Hashable, Sendable {
  package var columns: [NamedExpressionSyntax]
  package var span: SourceSpan
}

extension KQLParser {
  func parseExtend(_ start: SourceSpan) -> ExtendSyntax {
    let columns = commaSeparated { $0.namedExpression() }
    return ExtendSyntax(columns: columns, span: span(from: start))
  }
}
