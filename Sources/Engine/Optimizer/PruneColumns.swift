/// Drops columns that nothing above reads, down to the fields that a scan loads.
enum PruneColumns {
  static func rewrite(_ plan: LogicalPlan) -> LogicalPlan {
    prune(plan, needed: Set(plan.columns.map(\.id)))
  }

  private static func prune(_ plan: LogicalPlan, needed: Set<ColumnID>) -> LogicalPlan {
    let needed = needed.union(plan.notes.flatMap(\.columns))
    switch plan {
    case .scan(var scan):
      var wanted = needed
      scan.predicate?.collectColumns(into: &wanted)
      scan.sources.removeAll { !wanted.contains($0.column.id) }
      return .scan(scan)
    case .inline(let inline):
      let kept = inline.columns.indices.filter { needed.contains(inline.columns[$0].id) }
      if kept.count == inline.columns.count { return plan }
      let table = Table(
        fields: kept.map { inline.table.fields[$0] }, columns: kept.map { inline.table.columns[$0] },
        rowCount: inline.table.rowCount)
      return .inline(Inline(columns: kept.map { inline.columns[$0] }, table: table, origin: inline.origin))
    case .argument: return plan
    case .filter(var filter):
      filter.input = prune(filter.input, needed: needed.union(filter.predicate.columns))
      return .filter(filter)
    case .project(var project):
      project.assignments.removeAll { !needed.contains($0.column.id) }
      project.input = prune(project.input, needed: columns(project.assignments.map(\.expression)))
      return .project(project)
    case .aggregate(var aggregate):
      aggregate.items.removeAll { item in !item.outputs.contains { needed.contains($0.id) } }
      aggregate.input = prune(
        aggregate.input,
        needed: columns(aggregate.keys.map(\.expression) + aggregate.items.flatMap(\.call.arguments)))
      return .aggregate(aggregate)
    case .join(var join):
      join.outputs.removeAll { !needed.contains($0.column.id) }
      join.left = prune(
        join.left,
        needed: columns(join.keys.map(\.left)).union(join.outputs.filter(\.fromLeft).map(\.source)))
      join.right = prune(
        join.right,
        needed: columns(join.keys.map(\.right)).union(join.outputs.filter { !$0.fromLeft }.map(\.source)))
      return .join(join)
    case .union(var union):
      let kept = union.columns.indices.filter { needed.contains(union.columns[$0].id) }
      union.columns = kept.map { union.columns[$0] }
      for index in union.legs.indices {
        let leg = union.legs[index]
        let sources = kept.map { leg.sources[$0] }
        union.legs[index] = Union.Leg(
          plan: prune(leg.plan, needed: Set(sources.compactMap { $0 })), sources: sources)
      }
      return .union(union)
    case .sort(var sort):
      sort.input = prune(sort.input, needed: needed.union(columns(sort.keys.map(\.expression))))
      return .sort(sort)
    case .limit(var limit):
      limit.input = prune(limit.input, needed: needed)
      return .limit(limit)
    case .expand(var expand):
      let made = Set(expand.items.map(\.column.id))
      expand.outputs.removeAll { !needed.contains($0.id) }
      if let index = expand.indexColumn, !needed.contains(index.id) { expand.indexColumn = nil }
      let passed = Set(expand.outputs.map(\.id)).subtracting(made)
      expand.input = prune(expand.input, needed: passed.union(columns(expand.items.map(\.source))))
      return .expand(expand)
    case .window(var window):
      // Backward, as an item may be needed only by one behind it.
      var needed = needed
      for item in window.items.reversed() where needed.contains(item.column.id) {
        needed.formUnion(columns(item.arguments))
      }
      window.items.removeAll { !needed.contains($0.column.id) }
      window.input = prune(window.input, needed: needed)
      return window.items.isEmpty ? window.input.adding(plan.notes) : .window(window)
    case .apply(var apply):
      apply.carried.removeAll { !needed.contains($0.id) }
      apply.subplan = prune(apply.subplan, needed: needed)
      let read = columnsRead(by: apply.subplan, needed: needed)
        .union(columns(apply.keys)).union(apply.carried.map(\.id))
      apply.input = prune(apply.input, needed: read)
      // The argument has the columns of the input, all of them.
      apply.subplan = apply.subplan.rebinding(argument: apply.argumentID, to: apply.input.columns)
      return .apply(apply)
    case .tabular(var call):
      if call.isNeedless(for: needed), let input = call.inputs.first {
        return prune(input, needed: needed).adding(plan.notes)
      }
      call.operator = call.operator.keeping(needed)
      let read = call.operator.columnsRead
      let passed = needed.intersection(call.passedColumns.map(\.id))
      call.inputs = call.inputs.map { prune($0, needed: read.union(passed)) }
      return .tabular(call)
    }
  }

  /// What a subplan reads of its argument, and perhaps more.
  private static func columnsRead(by plan: LogicalPlan, needed: Set<ColumnID>) -> Set<ColumnID> {
    var result = needed
    plan.forEachNode { node in
      result.formUnion(columns(node.expressions))
      switch node {
      case .join(let join): result.formUnion(join.outputs.map(\.source))
      case .union(let union): result.formUnion(union.legs.flatMap { $0.sources.compactMap { $0 } })
      case .expand(let expand): result.formUnion(expand.outputs.map(\.id))
      case .tabular(let call): result.formUnion(call.operator.otherColumns)
      case .apply(let apply): result.formUnion(apply.input.columns.map(\.id))
      case .scan, .inline, .argument, .filter, .project, .aggregate, .sort, .limit, .window: break
      }
    }
    return result
  }

  private static func columns(_ expressions: [Expression]) -> Set<ColumnID> {
    var result: Set<ColumnID> = []
    for expression in expressions { expression.collectColumns(into: &result) }
    return result
  }
}

extension TabularCall {
  /// The rows of its input are all that is wanted of it.
  fileprivate func isNeedless(for needed: Set<ColumnID>) -> Bool {
    switch `operator`.passes {
    case .all: !`operator`.hasEffect && `operator`.made.allSatisfy { !needed.contains($0.id) }
    case .none, .some: false
    }
  }
}
