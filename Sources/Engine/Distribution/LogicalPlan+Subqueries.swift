/// Scalar subqueries of a plan that runs elsewhere: they run before it, and their values take their places.
extension LogicalPlan {
  /// Those that can run by themselves: they read no other, and no key of a group. What a plan shares comes with those
  /// that read it.
  package var readySubqueries: [ScalarSubquery] {
    var keys: Set<Int> = []
    forEachNode { node in
      if case .apply(let apply) = node, let key = apply.keySubquery { keys.insert(key) }
    }
    var found = SubqueryCollection(keys: keys)
    found.collect(self, within: [])
    return found.ready
  }

  /// The same with values in the place of subqueries, by their ids.
  package func substituting(subqueries values: [Int: Value]) -> LogicalPlan {
    withInputs { $0.substituting(subqueries: values) }.mappingExpressions { expression in
      if expression.scalarSubqueries.isEmpty { return expression }
      return expression.rewritten { node in
        guard case .subquery(var subquery) = node else { return node }
        if let value = values[subquery.id] { return .literal(value, subquery.type) }
        subquery.plan = subquery.plan.substituting(subqueries: values)
        return .subquery(subquery)
      }
    }
  }
}

private struct SubqueryCollection {
  let keys: Set<Int>
  private(set) var ready: [ScalarSubquery] = []
  private var seen: Set<Int> = []

  init(keys: Set<Int>) { self.keys = keys }

  mutating func collect(_ plan: LogicalPlan, within definitions: [With.Definition]) {
    if case .with(let with) = plan {
      for (place, definition) in with.definitions.enumerated() {
        collect(definition.plan, within: definitions + with.definitions[..<place])
      }
      return collect(with.body, within: definitions + with.definitions)
    }
    for input in plan.inputs { collect(input, within: definitions) }
    for subquery in plan.expressions.flatMap(\.scalarSubqueries)
    where !keys.contains(subquery.id) && seen.insert(subquery.id).inserted {
      var whole = subquery
      if !subquery.plan.references.isEmpty {
        whole.plan = .with(With(definitions: definitions, body: subquery.plan))
      }
      if whole.plan.hasSubqueries {
        collect(subquery.plan, within: definitions)
      } else {
        ready.append(whole)
      }
    }
  }
}

extension LogicalPlan {
  fileprivate var hasSubqueries: Bool {
    var result = false
    forEachNode { node in
      if node.expressions.contains(where: { !$0.scalarSubqueries.isEmpty }) { result = true }
    }
    return result
  }
}
