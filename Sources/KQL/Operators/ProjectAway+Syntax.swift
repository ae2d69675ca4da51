package import Diagnostics

/// `project-away a, b*`: removes columns.
package struct ProjectAwaySyntax: Hashable, Sendable {
  package var columns: [NamePatternSyntax]
  package var span: SourceSpan
}

extension KQLParser {
  func parseProjectAway(_ start: SourceSpan) -> ProjectAwaySyntax {
    let columns = commaSeparated { $0.namePattern() }
    return ProjectAwaySyntax(columns: columns, span: span(from: start))
  }
}
