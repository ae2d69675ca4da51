/// Tells scans what is wanted of them: the condition of the filter above, the limit above.
enum PushIntoScan {
  static func rewrite(_ plan: LogicalPlan) -> LogicalPlan {
    plan.rewrittenBottomUp { node in
      switch node {
      case .filter(var filter):
        guard case .scan(var scan) = filter.input, filter.input.notes.isEmpty else { return node }
        scan.predicate = filter.predicate
        filter.input = .scan(scan)
        return .filter(filter)
      case .limit(var limit):
        limit.input = limited(limit.input, to: limit.count)
        return .limit(limit)
      case .scan, .inline, .argument, .project, .aggregate, .join, .union, .sort, .expand, .window, .apply,
        .tabular, .with, .reference:
        return node
      }
    }
  }

  private static func limited(_ plan: LogicalPlan, to count: Int) -> LogicalPlan {
    guard plan.notes.isEmpty else { return plan }
    switch plan {
    case .scan(var scan):
      scan.limit = count
      return .scan(scan)
    case .project(var project):
      project.input = limited(project.input, to: count)
      return .project(project)
    case .inline, .argument, .filter, .aggregate, .join, .union, .sort, .limit, .expand, .window, .apply,
      .tabular, .with, .reference:
      return plan
    }
  }
}
