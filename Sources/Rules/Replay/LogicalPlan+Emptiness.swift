import Engine

extension LogicalPlan {
  /// Without a row in any file there is none in the result, whatever the time: the plan need not run to know.
  ///
  /// `T | where x | summarize count() by y` gives nothing of nothing; `T | summarize count()` gives a 0.
  var givesNothingOfNothing: Bool { givesNothing([:]) }

  /// - Parameter shared: whether the definitions in sight give nothing.
  private func givesNothing(_ shared: [Int: Bool]) -> Bool {
    switch self {
    case .scan, .argument: return true
    case .inline(let inline): return inline.table.rowCount == 0
    case .filter(let filter): return filter.input.givesNothing(shared)
    case .project(let project): return project.input.givesNothing(shared)
    case .sort(let sort): return sort.input.givesNothing(shared)
    case .limit(let limit): return limit.input.givesNothing(shared)
    case .expand(let expand): return expand.input.givesNothing(shared)
    case .window(let window): return window.input.givesNothing(shared)
    case .apply(let apply): return apply.input.givesNothing(shared)
    case .aggregate(let aggregate): return !aggregate.keys.isEmpty && aggregate.input.givesNothing(shared)
    case .union(let union): return union.legs.allSatisfy { $0.plan.givesNothing(shared) }
    case .join(let join):
      let left = join.left.givesNothing(shared)
      let right = join.right.givesNothing(shared)
      switch join.kind {
      case .inner, .innerunique, .leftsemi, .rightsemi: return left || right
      case .leftouter, .leftanti: return left
      case .rightouter, .rightanti: return right
      case .fullouter: return left && right
      }
    // Some make rows of their own: ranges, series with their gaps filled.
    case .tabular: return false
    case .with(let with):
      var known = shared
      for definition in with.definitions { known[definition.id] = definition.plan.givesNothing(known) }
      return with.body.givesNothing(known)
    case .reference(let reference): return shared[reference.id] ?? false
    }
  }
}
