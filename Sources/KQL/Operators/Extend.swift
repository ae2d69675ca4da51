package import Diagnostics
import Engine

/// `extend a = x, b`: adds columns, or replaces them in place.
package struct ExtendSyntax: Hashable, Sendable {
  package var columns: [NamedExpressionSyntax]
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["extend"],
    syntax: "T | extend [NAME =] EXPRESSION, …",
    summary: "Adds columns, or replaces those of the same name in place.",
    notes: [
      "The expressions see the columns of the input, not each other's."
    ],
    examples: [
      .kqlQuery(
        "datatable(a:long)[1, 2] | extend b = a * 10",
        gives: "10, 20")
    ],
    stage: { .extend($0.parseExtend($1)) })
}

extension KQLParser {
  func parseExtend(_ start: SourceSpan) -> ExtendSyntax {
    let columns = commaSeparated { $0.namedExpression() }
    return ExtendSyntax(columns: columns, span: span(from: start))
  }
}

extension KQLLowering {
  func lower(_ node: ExtendSyntax, on input: Relation) -> Relation? {
    extend(input, with: node.columns, at: node.span)
  }

  /// Adds columns; one with an existing name takes its place. All see the input's columns only.
  func extend(_ input: Relation, with nodes: [NamedExpressionSyntax], at span: SourceSpan) -> Relation? {
    var row = RowScope(input.columns)
    let windows = WindowCollector(isSerialized: input.isSerialized)
    row.windows = windows
    var made: [NamedExpression] = []
    for node in nodes {
      guard let columns = lower(node, in: row) else { return nil }
      made.append(contentsOf: columns)
    }
    return extend(input, with: made, windows: windows, at: span)
  }

  func extend(
    _ input: Relation, with made: [NamedExpression],
    windows: WindowCollector = WindowCollector(isSerialized: false),
    at span: SourceSpan
  ) -> Relation? {
    var assignments = input.columns.map { Assignment(keeping: $0) }
    var taken = Set(input.columns.map(\.name))
    var declared: Set<String> = []
    for element in made {
      if let name = element.name, element.isExplicit || element.isPlainColumn,
        !declared.insert(name).inserted,
        !permits(KQLMessages.duplicateColumn(name, canBeRun: true, at: element.span))
      {
        return nil
      }
      let name = element.name ?? anonymousName(taken: taken)
      taken.insert(name)
      let column = makeColumn(name, element.expression.type)
      let assignment = Assignment(column: column, expression: element.expression)
      if let place = assignments.firstIndex(where: { $0.column.name == name }) {
        assignments[place] = assignment
      } else {
        assignments.append(assignment)
      }
    }
    let plan = applying(windows, to: input, at: span)
    return input.with(.project(Project(input: plan, assignments: assignments, origin: origin(span))))
  }
}
