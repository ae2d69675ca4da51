package import Diagnostics

/// `project-by-names "a", dynamic(["b*"])`: columns whose names are computed.
package struct ProjectByNamesSyntax: Hashable, Sendable {
  package var names: [ExpressionSyntax]
  package var span: SourceSpan
}

extension KQLParser {
  func parseProjectByNames(_ start: SourceSpan) -> ProjectByNamesSyntax {
    let names = commaSeparated { $0.expression() }
    return ProjectByNamesSyntax(names: names, span: span(from: start))
  }
}
