import Diagnostics
import Engine

extension KQLLowering {
  /// `rows_near(condition, rows before, [rows after])`: the rows that satisfy a condition and those around them.
  func lowerRowsNear(_ node: EvaluateSyntax, on input: Relation) -> Relation? {
    let arguments = node.call.arguments
    let name = node.call.function
    guard arguments.count == 2 || arguments.count == 3 else {
      return fail(KQLMessages.argumentCount(name.text, "2 or 3 arguments", at: node.call.span))
    }
    guard let condition = lowerCondition(arguments[0].value, in: RowScope(input.columns)) else { return nil }
    var counts: [Expression] = []
    for argument in arguments.dropFirst() {
      guard let count = rowCount(argument.value, of: name.text) else { return nil }
      counts.append(.literal(.long(Int64(count)), .long))
    }
    if counts.count == 1 { counts.append(counts[0]) }
    if !input.isSerialized, !permits(KQLMessages.windowWithoutOrder(name.text, at: name.span)) { return nil }
    let mark = makeColumn("", .bool)
    let marked = LogicalPlan.window(
      Window(
        input: input.plan,
        items: [
          Window.Item(
            column: mark, function: NearRows.isNear, arguments: [condition] + counts, dialect: .kql)
        ], origin: origin(node.span)))
    let kept = LogicalPlan.filter(Filter(input: marked, predicate: mark.reference, origin: origin(node.span)))
    return Relation(
      .project(
        Project(
          input: kept, assignments: input.columns.map { Assignment(keeping: $0) }, origin: origin(node.span))),
      isSerialized: true)
  }
}
