package import Diagnostics
import Engine

/// `project-keep a, b*`: keeps columns, in their own order.
package struct ProjectKeepSyntax: Hashable, Sendable {
  package var columns: [NamePatternSyntax]
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["project-keep"],
    syntax: "T | project-keep COLUMN|PATTERN, …",
    summary: "Keeps columns, in their own order.",
    examples: [
      .kqlQuery(
        "print a = 1, b = 2, c = 3 | project-keep b, a",
        gives: "2")
    ],
    stage: { .projectKeep($0.parseProjectKeep($1)) })
}

extension KQLParser {
  func parseProjectKeep(_ start: SourceSpan) -> ProjectKeepSyntax {
    let columns = commaSeparated { $0.namePattern() }
    return ProjectKeepSyntax(columns: columns, span: span(from: start))
  }
}

extension KQLLowering {
  func lower(_ node: ProjectKeepSyntax, on input: Relation) -> Relation? {
    guard let kept = columns(matching: node.columns, of: input) else { return nil }
    return keeping(input.columns.filter { kept.contains($0.id) }, of: input, at: node.span)
  }
}
