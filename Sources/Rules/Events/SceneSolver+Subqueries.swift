import Engine

/// Conditions that read a value of other rows: `in (watchlist)`, `toscalar(…)`.
extension SceneSolver {
  /// Scenes for conditions in whose place of a subquery its value stands: that without events, or else that over events of
  /// its own, which go along.
  func answered(
    _ goals: [ConditionGoal], _ scenes: ([ConditionGoal]) throws -> [EventScene]
  ) throws -> [EventScene] {
    var subqueries: [ScalarSubquery] = []
    for subquery in goals.flatMap(\.goal.expression.scalarSubqueries)
    where !subqueries.contains(where: { $0.id == subquery.id }) {
      subqueries.append(subquery)
    }
    if subqueries.isEmpty { return try scenes(goals) }
    let readsLogs = subqueries.contains { !whole($0.plan).scans.isEmpty }
    for makesEvents in readsLogs ? [false, true] : [false] {
      var start = EventScene()
      var values: [Int: Engine.Expression] = [:]
      for subquery in subqueries {
        var own = EventScene()
        if makesEvents, !whole(subquery.plan).scans.isEmpty {
          guard let made = try self.scenes(subquery.plan, []).first else { continue }
          own = made
        }
        guard let value = try value(of: subquery, over: own) else { continue }
        values[subquery.id] = .literal(value, subquery.type)
        start = start.joined(with: own)
      }
      let found = try scenes(goals.map { $0.answering(values) }).map { start.joined(with: $0) }
      if !found.isEmpty || trial.isExhausted { return found }
    }
    return []
  }

  private func value(of subquery: ScalarSubquery, over scene: EventScene) throws -> Value? {
    let origin = PlanOrigin(label: "")
    let column = PlanColumn(id: ColumnID(-1), name: "value", type: subquery.type)
    let plan = LogicalPlan.project(
      Project(
        input: .inline(
          Inline(columns: [], table: Table(fields: [], columns: [], rowCount: 1), origin: origin)),
        assignments: [Assignment(column: column, expression: .subquery(subquery))], origin: origin))
    return try trial.run(whole(plan), over: trial.records(of: scene))?.value(row: 0, column: 0)
  }
}

extension ConditionGoal {
  /// With literals in place of some subqueries.
  fileprivate func answering(_ values: [Int: Engine.Expression]) -> ConditionGoal {
    mapping { expression in
      expression.rewritten { node in
        if case .subquery(let subquery) = node, let value = values[subquery.id] { return value }
        return node
      }
    }
  }
}
