/// Makes one top-n of a limit over a sort, also where projections stand between them.
enum MakeTopN {
  static func rewrite(_ plan: LogicalPlan) -> LogicalPlan {
    plan.rewrittenBottomUp { node in
      guard case .limit(let limit) = node, let input = limited(limit.input, to: limit.count) else {
        return node
      }
      return input
    }
  }

  private static func limited(_ plan: LogicalPlan, to count: Int) -> LogicalPlan? {
    guard plan.notes.isEmpty else { return nil }
    switch plan {
    case .sort(var sort):
      sort.limit = min(sort.limit ?? count, count)
      return .sort(sort)
    case .project(var project):
      guard let input = limited(project.input, to: count) else { return nil }
      project.input = input
      return .project(project)
    case .scan, .inline, .argument, .filter, .aggregate, .join, .union, .limit, .expand, .window, .apply,
      .tabular, .with, .reference:
      return nil
    }
  }
}
