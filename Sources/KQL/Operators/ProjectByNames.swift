package import Diagnostics
import Engine

/// `project-by-names "a", dynamic(["b*"])`: columns whose names are computed.
package struct ProjectByNamesSyntax: Hashable, Sendable {
  package var names: [ExpressionSyntax]
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["project-by-names"],
    syntax: #"T | project-by-names "NAME"|dynamic(["PATTERN", …]), …"#,
    summary: "Gives the columns whose names are values.",
    examples: [
      .kqlQuery(
        #"print a = 1, b = 2 | project-by-names "a""#,
        gives: "1")
    ],
    stage: { .projectByNames($0.parseProjectByNames($1)) })
}

extension KQLParser {
  func parseProjectByNames(_ start: SourceSpan) -> ProjectByNamesSyntax {
    let names = commaSeparated { $0.expression() }
    return ProjectByNamesSyntax(names: names, span: span(from: start))
  }
}

extension KQLLowering {
  /// The columns that some computed names and patterns name, in their order; unknown names are passed over.
  func lower(_ node: ProjectByNamesSyntax, on input: Relation) -> Relation? {
    var chosen: [PlanColumn] = []
    for expression in node.names {
      guard let value = lowerConstant(expression) else { return nil }
      let names: [String]
      if case .array(let elements) = value.json {
        names = elements.map(\.scalarText)
      } else {
        names = [value.kqlText]
      }
      for name in names {
        let pattern = NamePatternSyntax(name, expression.span)
        for column in input.columns where pattern.matches(column.name) {
          if !chosen.contains(where: { $0.id == column.id }) { chosen.append(column) }
        }
      }
    }
    return input.with(
      .project(
        Project(
          input: input.plan, assignments: chosen.map { Assignment(keeping: $0) }, origin: origin(node.span))))
  }
}
