import Diagnostics
import Engine

extension KQLLowering {
  /// The top values of a column, inside each of them the top values of the next, and so on.
  func lower(_ node: TopNestedSyntax, on input: Relation) -> Relation? {
    let row = RowScope(input.columns)
    var result: LogicalPlan?
    var parents: [PlanColumn] = []
    var values: [Assignment] = []
    for level in node.levels {
      var limit: Int?
      if let count = level.count {
        guard let rows = rowCount(count, of: "top-nested") else { return nil }
        limit = rows
      }
      guard let keys = assignments([level.value], in: row), let key = keys.first else { return nil }
      let name = key.column.name
      values.append(Assignment(column: makeColumn(name, key.column.type), expression: key.expression))
      let aggregate = NamedExpressionSyntax(
        names: level.aggregate.expression.names.isEmpty
          ? [NameSyntax("aggregated_\(name)", level.span)] : level.aggregate.expression.names,
        isTuple: false, value: level.aggregate.expression.value, span: level.span)
      // All values of the levels so far, each with its aggregate.
      let groups = values.map {
        Assignment(column: makeColumn($0.column.name, $0.column.type), expression: $0.expression)
      }
      guard let summary = lowerAggregates([aggregate], in: row, keys: groups),
        let output = summary.outputs.first
      else { return nil }
      let counted = LogicalPlan.project(
        Project(
          input: .aggregate(
            Aggregate(
              input: input.plan, keys: groups, items: summary.collector.items, origin: origin(level.span))),
          assignments: groups.map { Assignment(keeping: $0.column) } + [output], origin: origin(level.span)))
      let outer = Array(groups.dropLast().map(\.column))
      let top = best(counted, of: outer, by: output.column, level: level, limit: limit)
      guard let leaf = groups.last?.column else { return nil }
      guard let above = result else {
        var plan = top
        if let others = level.others {
          guard
            let rest = otherValues(
              others, level: level, aggregate: aggregate, value: key, top: top, on: input)
          else { return nil }
          plan = rest
        }
        result = plan
        parents = [plan.columns[0]]
        continue
      }
      let pairs = zip(parents, outer).map { (left: Expression.column($0), right: Expression.column($1)) }
      let kept = above.columns
      let outputs =
        kept.map { Join.Output(column: makeColumn($0.name, $0.type), source: $0.id, fromLeft: true) }
        + [leaf, output.column].map {
          Join.Output(column: makeColumn($0.name, $0.type), source: $0.id, fromLeft: false)
        }
      if level.others != nil { return fail(KQLMessages.nestedOthers(at: level.span)) }
      // Values that stand for the others have nothing below them.
      let joined = LogicalPlan.join(
        Join(
          kind: node.levels.contains { $0.others != nil } ? .leftouter : .inner, left: above, right: top,
          keys: pairs, outputs: outputs, origin: origin(level.span)))
      let positions = parents.compactMap { parent in kept.firstIndex { $0.id == parent.id } }
      parents = positions.map { outputs[$0].column } + [outputs[outputs.count - 2].column]
      result = joined
    }
    return result.map { Relation($0) }
  }

  /// The first so many rows of each group of parents.
  private func best(
    _ plan: LogicalPlan, of parents: [PlanColumn], by aggregate: PlanColumn, level: TopNestedSyntax.Level,
    limit: Int?
  ) -> LogicalPlan {
    let descending = level.aggregate.direction != .asc
    let argument = makeNumber()
    let sort = Sort(
      input: .argument(Argument(id: argument, columns: plan.columns)),
      keys: [Sort.Key(expression: .column(aggregate), descending: descending, nullsFirst: !descending)],
      limit: limit, origin: origin(level.span))
    return .apply(
      Apply(
        input: plan, keys: parents.map { .column($0) }, argumentID: argument, subplan: .sort(sort),
        origin: origin(level.span)))
  }

  /// The top values of the first level, and a row that holds the aggregate of all others.
  private func otherValues(
    _ name: ExpressionSyntax, level: TopNestedSyntax.Level, aggregate: NamedExpressionSyntax,
    value: Assignment,
    top: LogicalPlan, on input: Relation
  ) -> LogicalPlan? {
    guard let constant = lower(name, in: .constant),
      let label = Coercion.convert(constant, to: value.column.type, language: .kql)
    else { return fail(KQLMessages.notConstant("others", at: name.span)) }
    let rest = LogicalPlan.join(
      Join(
        kind: .leftanti, left: input.plan, right: top,
        keys: [(left: value.expression, right: .column(top.columns[0]))],
        outputs: input.columns.map { Join.Output(column: $0, source: $0.id, fromLeft: true) },
        origin: origin(level.span)))
    guard let summary = lowerAggregates([aggregate], in: RowScope(input.columns), keys: []),
      let output = summary.outputs.first
    else { return nil }
    let summed = LogicalPlan.project(
      Project(
        input: .aggregate(
          Aggregate(input: rest, keys: [], items: summary.collector.items, origin: origin(level.span))),
        assignments: [
          Assignment(column: makeColumn(value.column.name, label.type), expression: label), output,
        ],
        origin: origin(level.span)))
    let columns = top.columns.map { makeColumn($0.name, $0.type) }
    return .union(
      Union(
        legs: [top, summed].map { Union.Leg(plan: $0, sources: $0.columns.map(\.id)) }, columns: columns,
        origin: origin(level.span)))
  }
}
