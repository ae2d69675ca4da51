package import Diagnostics

/// `distinct a, f(b)` or `distinct *`.
package struct DistinctSyntax: Hashable, Sendable {
  package var options: [OptionSyntax]
  /// Of `*` the value is `.star`.
  package var columns: [NamedExpressionSyntax]
  package var span: SourceSpan
}

extension KQLParser {
  func parseDistinct(_ start: SourceSpan) -> DistinctSyntax {
    let options = self.options([])
    let columns = commaSeparated { $0.namedExpression() }
    return DistinctSyntax(options: options, columns: columns, span: span(from: start))
  }
}
