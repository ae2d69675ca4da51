import Engine

/// Between which times the conditions of a plan let it look.
enum TimeBounds {
  /// What the filters right above a scan leave of its time; nil where nothing bounds it.
  struct Window {
    var table: String
    /// Ticks.
    var earliest: Int64?
    var latest: Int64?
  }

  /// One for each scan, those of scalar subqueries among them.
  static func windows(of plan: LogicalPlan, now: Int64) -> [Window] {
    var result = visit(plan, [], now)
    plan.forEachNode { node in
      for subquery in node.expressions.flatMap(\.scalarSubqueries) {
        result += windows(of: subquery.plan, now: now)
      }
    }
    return result
  }

  private static func visit(_ plan: LogicalPlan, _ conditions: [Expression], _ now: Int64) -> [Window] {
    switch plan {
    case .scan(let scan):
      let all = conditions + (scan.predicate?.conjuncts ?? [])
      return [
        Window(
          table: scan.table, earliest: all.compactMap { lowerBound($0, now)?.ticks }.max(),
          latest: all.compactMap { upperBound($0, now) }.min())
      ]
    case .filter(let filter): return visit(filter.input, conditions + filter.predicate.conjuncts, now)
    case .project(let project): return visit(project.input, conditions, now)
    case .sort(let sort): return visit(sort.input, conditions, now)
    case .union(let union): return union.legs.flatMap { visit($0.plan, [], now) }
    case .inline, .argument, .reference: return []
    case .aggregate, .join, .limit, .expand, .window, .apply, .tabular, .with:
      return plan.inputs.flatMap { visit($0, [], now) }
    }
  }

  /// The time that a condition such as `TimeGenerated > ago(1d)` puts a column of time above.
  static func lowerBound(_ condition: Expression, _ now: Int64) -> (column: PlanColumn, ticks: Int64)? {
    guard let predicate = Predicate(condition), let column = timeColumn(predicate.subject) else { return nil }
    return limits(predicate).lower.flatMap { ticks($0, now) }.map { (column, $0) }
  }

  /// The time that a condition such as `TimeGenerated < ago(5m)` puts a column of time below.
  private static func upperBound(_ condition: Expression, _ now: Int64) -> Int64? {
    guard let predicate = Predicate(condition), timeColumn(predicate.subject) != nil else { return nil }
    return limits(predicate).upper.flatMap { ticks($0, now) }
  }

  private static func limits(_ predicate: Predicate) -> (lower: Expression?, upper: Expression?) {
    switch predicate.meaning.test {
    case .bound(let bound):
      return bound.isLower ? (predicate.others.first, nil) : (nil, predicate.others.first)
    case .between:
      return predicate.meaning.isNegated ? (nil, nil) : (predicate.others.first, predicate.others.last)
    case .equals, .prefix, .suffix, .contains, .term, .termPrefix, .termSuffix, .matches, .empty, .present:
      return (nil, nil)
    }
  }

  /// A column of time; SPL compares its seconds.
  private static func timeColumn(_ expression: Expression) -> PlanColumn? {
    switch expression {
    case .column(let column): return column.type == .datetime ? column : nil
    case .call(let call):
      guard call.type == .real, call.arguments.count == 1 else { return nil }
      return timeColumn(call.arguments[0])
    case .literal, .conditional, .subquery, .binding: return nil
    }
  }

  /// A constant of the run: a time, or seconds since 1970.
  static func ticks(_ expression: Expression, _ now: Int64) -> Int64? {
    guard expression.columns.isEmpty, expression.scalarSubqueries.isEmpty,
      expression.type == .datetime || expression.type == .real,
      let value = try? ConstantFolding.value(of: expression, now: now)
    else { return nil }
    switch value {
    case .datetime(let ticks): return ticks
    case .real(let seconds): return Ticks.fromUnix(seconds: seconds)
    case .null, .bool, .long, .decimal, .timespan, .guid, .string, .dynamic: return nil
    }
  }
}
