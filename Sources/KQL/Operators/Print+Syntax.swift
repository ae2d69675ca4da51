package import Diagnostics

/// `print a = 1, f(2)`: a table of one row.
package struct PrintSyntax: Hashable, Sendable {
  package var columns: [NamedExpressionSyntax]
  package var span: SourceSpan
}

extension KQLParser {
  func parsePrint(_ start: SourceSpan) -> PrintSyntax {
    let columns = commaSeparated { $0.namedExpression() }
    return PrintSyntax(columns: columns, span: span(from: start))
  }
}
