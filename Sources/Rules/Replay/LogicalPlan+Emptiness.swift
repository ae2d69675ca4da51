import Engine

extension LogicalPlan {
  /// Without a row in any file there is none in the result, whatever the time: the plan need not run to know.
  ///
  /// `T | where x | summarize count() by y` gives nothing of nothing; `T | summarize count()` gives a 0.
  var givesNothingOfNothing: Bool {
    switch self {
    case .scan, .argument: return true
    case .inline(let inline): return inline.table.rowCount == 0
    case .filter(let filter): return filter.input.givesNothingOfNothing
    case .project(let project): return project.input.givesNothingOfNothing
    case .sort(let sort): return sort.input.givesNothingOfNothing
    case .limit(let limit): return limit.input.givesNothingOfNothing
    case .expand(let expand): return expand.input.givesNothingOfNothing
    case .window(let window): return window.input.givesNothingOfNothing
    case .apply(let apply): return apply.input.givesNothingOfNothing
    case .aggregate(let aggregate): return !aggregate.keys.isEmpty && aggregate.input.givesNothingOfNothing
    case .union(let union): return union.legs.allSatisfy { $0.plan.givesNothingOfNothing }
    case .join(let join):
      let left = join.left.givesNothingOfNothing
      let right = join.right.givesNothingOfNothing
      switch join.kind {
      case .inner, .innerunique, .leftsemi, .rightsemi: return left || right
      case .leftouter, .leftanti: return left
      case .rightouter, .rightanti: return right
      case .fullouter: return left && right
      }
    // Some make rows of their own: ranges, series with their gaps filled.
    case .tabular: return false
    }
  }
}
