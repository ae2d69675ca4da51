package import Diagnostics

/// `project a, b = x`: the columns of the result, in order.
package struct ProjectSyntax: Hashable, Sendable {
  package var columns: [NamedExpressionSyntax]
  package var span: SourceSpan
}

extension KQLParser {
  func parseProject(_ start: SourceSpan) -> ProjectSyntax {
    let columns = commaSeparated { $0.namedExpression() }
    return ProjectSyntax(columns: columns, span: span(from: start))
  }
}
