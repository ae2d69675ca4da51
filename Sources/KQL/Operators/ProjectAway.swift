package import Diagnostics
import Engine

/// `project-away a, b*`: removes columns.
package struct ProjectAwaySyntax: Hashable, Sendable {
  package var columns: [NamePatternSyntax]
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["project-away"],
    syntax: "T | project-away COLUMN|PATTERN, …",
    summary: "Removes columns.",
    examples: [
      .kqlQuery(
        "print a = 1, b = 2 | project-away b*",
        gives: "1")
    ],
    stage: { .projectAway($0.parseProjectAway($1)) })
}

extension KQLParser {
  func parseProjectAway(_ start: SourceSpan) -> ProjectAwaySyntax {
    let columns = commaSeparated { $0.namePattern() }
    return ProjectAwaySyntax(columns: columns, span: span(from: start))
  }
}

extension KQLLowering {
  func lower(_ node: ProjectAwaySyntax, on input: Relation) -> Relation? {
    guard let dropped = columns(matching: node.columns, of: input) else { return nil }
    return keeping(input.columns.filter { !dropped.contains($0.id) }, of: input, at: node.span)
  }

  /// The columns that names and wildcards mean; a wildcard may match none.
  func columns(matching patterns: [NamePatternSyntax], of input: Relation) -> Set<ColumnID>? {
    var result: Set<ColumnID> = []
    for pattern in patterns {
      if pattern.hasWildcard {
        result.formUnion(input.columns.filter { pattern.matches($0.name) }.map(\.id))
      } else {
        let name = NameSyntax(pattern.text, pattern.span, isBracketed: pattern.isBracketed)
        guard let column = column(name, of: input) else { return nil }
        result.insert(column.id)
      }
    }
    return result
  }

  func keeping(_ columns: [PlanColumn], of input: Relation, at span: SourceSpan) -> Relation {
    input.with(
      .project(
        Project(input: input.plan, assignments: columns.map { Assignment(keeping: $0) }, origin: origin(span))
      ))
  }
}
