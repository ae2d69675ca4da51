package import Diagnostics
import Engine

/// `where predicate`, also spelt `filter`.
package struct WhereSyntax: Hashable, Sendable {
  package var predicate: ExpressionSyntax
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["where", "filter"],
    syntax: "T | where CONDITION",
    summary: "Keeps the rows that satisfy a condition.",
    notes: [
      "Nulls: a condition that is null keeps no row."
    ],
    examples: [
      .kqlQuery(
        "datatable(a:long)[1, 2] | where a > 1",
        gives: "2")
    ],
    stage: { .where($0.parseWhere($1)) })
}

extension KQLParser {
  func parseWhere(_ start: SourceSpan) -> WhereSyntax {
    let predicate = self.predicate()
    if at(.comma), !isRecovering { report(syntax: KQLMessages.commaInWhere(at: current.span)) }
    return WhereSyntax(predicate: predicate, span: span(from: start))
  }
}

extension KQLLowering {
  func lower(_ node: WhereSyntax, on input: Relation) -> Relation? {
    var row = RowScope(input.columns)
    let windows = WindowCollector(isSerialized: input.isSerialized)
    row.windows = windows
    guard let predicate = lowerCondition(node.predicate, in: row) else { return nil }
    let plan = applying(windows, to: input, at: node.span)
    let filtered = LogicalPlan.filter(Filter(input: plan, predicate: predicate, origin: origin(node.span)))
    if windows.items.isEmpty { return input.with(filtered) }
    // The window functions' columns end here.
    return input.with(
      .project(
        Project(
          input: filtered, assignments: input.columns.map { Assignment(keeping: $0) },
          origin: origin(node.span))))
  }
}
