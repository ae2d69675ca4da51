package import Diagnostics
import Engine

/// `project a, b = x`: the columns of the result, in order.
package struct ProjectSyntax: Hashable, Sendable {
  package var columns: [NamedExpressionSyntax]
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["project"],
    syntax: "T | project [NAME =] EXPRESSION, …",
    summary: "Gives exactly these columns, in this order.",
    examples: [
      .kqlQuery(
        "print a = 1, b = 2 | project c = a + b",
        gives: "3")
    ],
    stage: { .project($0.parseProject($1)) })
}

extension KQLParser {
  func parseProject(_ start: SourceSpan) -> ProjectSyntax {
    let columns = commaSeparated { $0.namedExpression() }
    return ProjectSyntax(columns: columns, span: span(from: start))
  }
}

extension KQLLowering {
  func lower(_ node: ProjectSyntax, on input: Relation) -> Relation? {
    var row = RowScope(input.columns)
    let windows = WindowCollector(isSerialized: input.isSerialized)
    row.windows = windows
    guard let assignments = assignments(node.columns, in: row) else { return nil }
    let plan = applying(windows, to: input, at: node.span)
    return input.with(.project(Project(input: plan, assignments: assignments, origin: origin(node.span))))
  }

  /// The columns of a list that makes all columns of its result: `project`, `distinct`, keys of `summarize`.
  func assignments(_ nodes: [NamedExpressionSyntax], in row: RowScope) -> [Assignment]? {
    var made: [NamedExpression] = []
    for node in nodes {
      if case .star = node.value, node.names.isEmpty {
        made.append(
          contentsOf: row.columns.map {
            NamedExpression(name: $0.name, isExplicit: false, expression: .column($0), span: node.span)
          })
        continue
      }
      guard let columns = lower(node, in: row) else { return nil }
      made.append(contentsOf: columns)
    }
    return named(made)
  }

  /// Gives every element a column; what is named twice is an error, generated names give way.
  func named(_ made: [NamedExpression]) -> [Assignment]? {
    var explicit: Set<String> = []
    for element in made {
      guard let name = element.name, element.isExplicit || element.isPlainColumn else { continue }
      if !explicit.insert(name).inserted {
        return fail(KQLMessages.duplicateColumn(name, at: element.span))
      }
    }
    var taken = explicit
    return made.map { element in
      let name: String
      if let given = element.name, element.isExplicit || element.isPlainColumn {
        name = given
      } else if let given = element.name {
        name = uniqueName(given, taken: taken)
      } else {
        name = anonymousName(taken: taken)
      }
      taken.insert(name)
      return Assignment(column: makeColumn(name, element.expression.type), expression: element.expression)
    }
  }
}

extension NamedExpression {
  /// A column under its own name.
  var isPlainColumn: Bool {
    if case .column(let column) = expression { return column.name == name }
    return false
  }
}
