package import Diagnostics

/// `serialize [a = x]`: fixes the order of the rows, and extends like `extend`.
package struct SerializeSyntax: Hashable, Sendable {
  package var columns: [NamedExpressionSyntax]
  package var span: SourceSpan
}

extension KQLParser {
  func parseSerialize(_ start: SourceSpan) -> SerializeSyntax {
    var columns: [NamedExpressionSyntax] = []
    if atName() || at(.leftParenthesis) { columns = commaSeparated { $0.namedExpression() } }
    return SerializeSyntax(columns: columns, span: span(from: start))
  }
}
