/// Rewrites a plan so that it loads and does less and gives the same rows.
///
/// - Invariant: a rule never changes the columns of a plan. Debug builds check it after each rule.
/// - Invariant: nothing moves across a node with notes, whose rows are counted where they stand.
package struct Optimizer: Sendable {
  /// One rewriting of whole plans.
  package struct Rule: Sendable {
    package var name: String
    package var rewrite: @Sendable (LogicalPlan) -> LogicalPlan
  }

  /// What nothing reads further up is not made.
  package static let pruneColumns = Rule(name: "prune columns", rewrite: PruneColumns.rewrite)

  /// The order matters: filters sink before columns are pruned, so that what only a filter reads is loaded once;
  /// the scan learns its predicate and its limit last, when nothing moves any more.
  package static let rules: [Rule] = [
    Rule(name: "push down filters", rewrite: PushDownFilter.rewrite),
    Rule(name: "elide sorts", rewrite: ElideSort.rewrite),
    Rule(name: "make top-n of sort and limit", rewrite: MakeTopN.rewrite),
    pruneColumns,
    Rule(name: "merge projections", rewrite: MergeProjections.rewrite),
    Rule(name: "narrow JSON", rewrite: NarrowJSON.rewrite),
    Rule(name: "push predicates and limits into scans", rewrite: PushIntoScan.rewrite),
  ]

  package static func optimize(
    _ plan: LogicalPlan, observer: (String, LogicalPlan) -> Void = { _, _ in }
  ) -> LogicalPlan {
    var plan = plan.optimizingSubqueries
    for rule in rules {
      let rewritten = rule.rewrite(plan)
      assert(
        rewritten.columns == plan.columns, "optimizer invariant: `\(rule.name)` keeps the columns of the plan"
      )
      plan = rewritten
      observer(rule.name, plan)
    }
    return plan
  }
}

extension LogicalPlan {
  /// Subqueries are plans of their own, and run before the rest.
  fileprivate var optimizingSubqueries: LogicalPlan {
    withInputs { $0.optimizingSubqueries }.mappingSubqueries { Optimizer.optimize($0) }
  }

  /// Rewrites all nodes, inputs first. What was said of a node's rows is said of those of the new one: they are the
  /// same.
  func rewrittenBottomUp(_ rewrite: (LogicalPlan) -> LogicalPlan) -> LogicalPlan {
    let node = withInputs { $0.rewrittenBottomUp(rewrite) }
    return rewrite(node.withoutNotes).adding(node.notes)
  }
}
