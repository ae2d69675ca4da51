/// Removes sorts whose order nothing above can see.
package enum ElideSort {
  package static func rewrite(_ plan: LogicalPlan) -> LogicalPlan { visit(plan, orderMatters: true) }

  private static func visit(_ plan: LogicalPlan, orderMatters: Bool) -> LogicalPlan {
    switch plan {
    case .sort(let sort) where !orderMatters && sort.limit == nil && plan.notes.isEmpty:
      return visit(sort.input, orderMatters: false)
    case .sort(var sort):
      // A stable sort: the order below still decides among equal rows.
      sort.input = visit(sort.input, orderMatters: true)
      return .sort(sort)
    case .aggregate(var aggregate):
      let seesOrder = aggregate.items.contains { !$0.call.function.ignoresOrder }
      // Neither language promises an order of groups: who wants one sorts above.
      aggregate.input = visit(aggregate.input, orderMatters: seesOrder)
      return .aggregate(aggregate)
    case .filter, .project, .expand, .union: return plan.withInputs { visit($0, orderMatters: orderMatters) }
    case .with(var with):
      for index in with.definitions.indices {
        with.definitions[index].plan = visit(with.definitions[index].plan, orderMatters: true)
      }
      with.body = visit(with.body, orderMatters: orderMatters)
      return .with(with)
    case .scan, .inline, .argument, .join, .limit, .window, .apply, .tabular, .reference:
      return plan.withInputs { visit($0, orderMatters: true) }
    }
  }
}
