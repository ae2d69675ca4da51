import Engine

/// How far back the conditions on time of a plan let it look.
enum TimeBounds {
  /// For each scan the earliest time (ticks) that can pass the filters right above it; nil where nothing bounds it.
  static func earliest(of plan: LogicalPlan, now: Int64) -> [Int64?] {
    visit(plan, [], now)
  }

  private static func visit(_ plan: LogicalPlan, _ conditions: [Expression], _ now: Int64) -> [Int64?] {
    switch plan {
    case .scan(let scan):
      let all = conditions + (scan.predicate?.conjuncts ?? [])
      return [all.compactMap { lowerBound($0, now)?.ticks }.max()]
    case .filter(let filter): return visit(filter.input, conditions + filter.predicate.conjuncts, now)
    case .project(let project): return visit(project.input, conditions, now)
    case .sort(let sort): return visit(sort.input, conditions, now)
    case .union(let union): return union.legs.flatMap { visit($0.plan, [], now) }
    case .inline, .argument: return []
    case .aggregate, .join, .limit, .expand, .window, .apply, .tabular:
      return plan.inputs.flatMap { visit($0, [], now) }
    }
  }

  /// The time that a condition such as `TimeGenerated > ago(1d)` puts a column of time above.
  static func lowerBound(_ condition: Expression, _ now: Int64) -> (column: PlanColumn, ticks: Int64)? {
    guard case .call(let call) = condition, call.arguments.count >= 2 else { return nil }
    let name = call.function.name(in: call.language)
    let (left, right) = (call.arguments[0], call.arguments[1])
    switch name {
    case ">", ">=", "between":
      if let column = timeColumn(left), let ticks = ticks(right, now) { return (column, ticks) }
    case "<", "<=": if let column = timeColumn(right), let ticks = ticks(left, now) { return (column, ticks) }
    default: break
    }
    return nil
  }

  /// A column of time; SPL compares its seconds.
  private static func timeColumn(_ expression: Expression) -> PlanColumn? {
    if case .column(let column) = expression, column.type == .datetime { return column }
    return nil
  }

  /// A constant of the run.
  static func ticks(_ expression: Expression, _ now: Int64) -> Int64? {
    guard expression.columns.isEmpty, expression.scalarSubqueries.isEmpty, expression.type == .datetime else {
      return nil
    }
    if case .literal(.datetime(let ticks), _) = expression { return ticks }
    guard case .datetime(let ticks)? = try? ConstantFolding.value(of: expression, now: now) else {
      return nil
    }
    return ticks
  }
}
