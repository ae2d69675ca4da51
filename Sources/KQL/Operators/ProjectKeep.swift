package import Diagnostics

/// `project-keep a, b*`: keeps columns, in their own order.
package struct ProjectKeepSyntax: Hashable, Sendable {
  package var columns: [NamePatternSyntax]
  package var span: SourceSpan
}

extension KQLParser {
  func parseProjectKeep(_ start: SourceSpan) -> ProjectKeepSyntax {
    let columns = commaSeparated { $0.namePattern() }
    return ProjectKeepSyntax(columns: columns, span: span(from: start))
  }
}
