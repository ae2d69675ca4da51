/// Drops columns that nothing above reads, down to the fields that a scan loads.
package struct PruneColumns {
  package static func rewrite(_ plan: LogicalPlan) -> LogicalPlan {
    var pruning = PruneColumns()
    return pruning.prune(plan, needed: Set(plan.columns.map(\.id)))
  }

  /// What is read of shared definitions, by their ids.
  private var readOfShared: [Int: Set<ColumnID>] = [:]

  private mutating func prune(_ plan: LogicalPlan, needed: Set<ColumnID>) -> LogicalPlan {
    let needed = needed.union(plan.notes.flatMap(\.columns))
    switch plan {
    case .scan(let scan): return pruned(scan, needed)
    case .inline(let inline): return pruned(inline, needed)
    case .argument: return plan
    case .filter(let filter): return pruned(filter, needed)
    case .project(let project): return pruned(project, needed)
    case .aggregate(let aggregate): return pruned(aggregate, needed)
    case .join(let join): return pruned(join, needed)
    case .union(let union): return pruned(union, needed)
    case .sort(let sort): return pruned(sort, needed)
    case .limit(let limit): return pruned(limit, needed)
    case .expand(let expand): return pruned(expand, needed)
    case .window(let window): return pruned(window, needed)
    case .apply(let apply): return pruned(apply, needed)
    case .tabular(let call): return pruned(call, needed)
    case .reference(let reference): return pruned(reference, needed)
    case .with(let with): return pruned(with, needed)
    }
  }

  // Each kind has a function of its own: deep plans need small frames.

  private mutating func pruned(_ scan: Scan, _ needed: Set<ColumnID>) -> LogicalPlan {
    var scan = scan
    var wanted = needed
    scan.predicate?.collectColumns(into: &wanted)
    scan.sources.removeAll { !wanted.contains($0.column.id) }
    return .scan(scan)
  }

  private mutating func pruned(_ inline: Inline, _ needed: Set<ColumnID>) -> LogicalPlan {
    let kept = inline.columns.indices.filter { needed.contains(inline.columns[$0].id) }
    if kept.count == inline.columns.count { return .inline(inline) }
    let table = Table(
      fields: kept.map { inline.table.fields[$0] }, columns: kept.map { inline.table.columns[$0] },
      rowCount: inline.table.rowCount)
    return .inline(Inline(columns: kept.map { inline.columns[$0] }, table: table, origin: inline.origin))
  }

  private mutating func pruned(_ filter: Filter, _ needed: Set<ColumnID>) -> LogicalPlan {
    var filter = filter
    filter.input = prune(filter.input, needed: needed.union(filter.predicate.columns))
    return .filter(filter)
  }

  private mutating func pruned(_ project: Project, _ needed: Set<ColumnID>) -> LogicalPlan {
    var project = project
    project.assignments.removeAll { !needed.contains($0.column.id) }
    project.input = prune(project.input, needed: columns(project.assignments.map(\.expression)))
    return .project(project)
  }

  private mutating func pruned(_ aggregate: Aggregate, _ needed: Set<ColumnID>) -> LogicalPlan {
    var aggregate = aggregate
    aggregate.items.removeAll { item in !item.outputs.contains { needed.contains($0.id) } }
    aggregate.input = prune(
      aggregate.input,
      needed: columns(aggregate.keys.map(\.expression) + aggregate.items.flatMap(\.call.arguments)))
    return .aggregate(aggregate)
  }

  private mutating func pruned(_ join: Join, _ needed: Set<ColumnID>) -> LogicalPlan {
    var join = join
    join.outputs.removeAll { !needed.contains($0.column.id) }
    join.left = prune(
      join.left,
      needed: columns(join.keys.map(\.left)).union(join.outputs.filter(\.fromLeft).map(\.source)))
    join.right = prune(
      join.right,
      needed: columns(join.keys.map(\.right)).union(join.outputs.filter { !$0.fromLeft }.map(\.source)))
    return .join(join)
  }

  private mutating func pruned(_ union: Union, _ needed: Set<ColumnID>) -> LogicalPlan {
    var union = union
    let kept = union.columns.indices.filter { needed.contains(union.columns[$0].id) }
    union.columns = kept.map { union.columns[$0] }
    for index in union.legs.indices {
      let leg = union.legs[index]
      let sources = kept.map { leg.sources[$0] }
      union.legs[index] = Union.Leg(
        plan: prune(leg.plan, needed: Set(sources.compactMap { $0 })), sources: sources)
    }
    return .union(union)
  }

  private mutating func pruned(_ sort: Sort, _ needed: Set<ColumnID>) -> LogicalPlan {
    var sort = sort
    sort.input = prune(sort.input, needed: needed.union(columns(sort.keys.map(\.expression))))
    return .sort(sort)
  }

  private mutating func pruned(_ limit: Limit, _ needed: Set<ColumnID>) -> LogicalPlan {
    var limit = limit
    limit.input = prune(limit.input, needed: needed)
    return .limit(limit)
  }

  private mutating func pruned(_ expand: Expand, _ needed: Set<ColumnID>) -> LogicalPlan {
    var expand = expand
    let made = Set(expand.items.map(\.column.id))
    expand.outputs.removeAll { !needed.contains($0.id) }
    if let index = expand.indexColumn, !needed.contains(index.id) { expand.indexColumn = nil }
    let passed = Set(expand.outputs.map(\.id)).subtracting(made)
    expand.input = prune(expand.input, needed: passed.union(columns(expand.items.map(\.source))))
    return .expand(expand)
  }

  private mutating func pruned(_ window: Window, _ needed: Set<ColumnID>) -> LogicalPlan {
    var window = window
    // Backward, as an item may be needed only by one behind it.
    var needed = needed
    for item in window.items.reversed() where needed.contains(item.column.id) {
      needed.formUnion(columns(item.arguments))
    }
    window.items.removeAll { !needed.contains($0.column.id) }
    window.input = prune(window.input, needed: needed)
    return window.items.isEmpty ? window.input.adding(window.origin.notes) : .window(window)
  }

  private mutating func pruned(_ apply: Apply, _ needed: Set<ColumnID>) -> LogicalPlan {
    var apply = apply
    apply.carried.removeAll { !needed.contains($0.id) }
    apply.subplan = prune(apply.subplan, needed: needed)
    let read = columnsRead(by: apply.subplan, needed: needed)
      .union(columns(apply.keys)).union(apply.carried.map(\.id))
    apply.input = prune(apply.input, needed: read)
    // The argument has the columns of the input, all of them.
    apply.subplan = apply.subplan.rebinding(argument: apply.argumentID, to: apply.input.columns)
    return .apply(apply)
  }

  private mutating func pruned(_ call: TabularCall, _ needed: Set<ColumnID>) -> LogicalPlan {
    var call = call
    if call.isNeedless(for: needed), let input = call.inputs.first {
      return prune(input, needed: needed).adding(call.origin.notes)
    }
    call.operator = call.operator.keeping(needed)
    let read = call.operator.columnsRead
    let passed = needed.intersection(call.passedColumns.map(\.id))
    for index in call.inputs.indices {
      call.inputs[index] = prune(call.inputs[index], needed: read.union(passed))
    }
    return .tabular(call)
  }

  private mutating func pruned(_ reference: Reference, _ needed: Set<ColumnID>) -> LogicalPlan {
    var reference = reference
    reference.sources.removeAll { !needed.contains($0.column.id) }
    read(reference)
    return .reference(reference)
  }

  private mutating func pruned(_ with: With, _ needed: Set<ColumnID>) -> LogicalPlan {
    var with = with
    // The readers first: a definition gives what they want of it.
    for reference in LogicalPlan.with(with).subqueryReferences { read(reference) }
    with.body = prune(with.body, needed: needed)
    for index in with.definitions.indices.reversed() {
      let definition = with.definitions[index]
      with.definitions[index].plan = prune(
        definition.plan, needed: readOfShared[definition.id] ?? [])
    }
    return .with(with)
  }

  private mutating func read(_ reference: Reference) {
    readOfShared[reference.id, default: []].formUnion(reference.sources.map(\.source))
  }

  /// What a subplan reads of its argument, and perhaps more.
  private func columnsRead(by plan: LogicalPlan, needed: Set<ColumnID>) -> Set<ColumnID> {
    var result = needed
    plan.forEachNode { node in
      result.formUnion(columns(node.expressions))
      switch node {
      case .join(let join): result.formUnion(join.outputs.map(\.source))
      case .union(let union): result.formUnion(union.legs.flatMap { $0.sources.compactMap { $0 } })
      case .expand(let expand): result.formUnion(expand.outputs.map(\.id))
      case .tabular(let call): result.formUnion(call.operator.otherColumns)
      case .apply(let apply): result.formUnion(apply.input.columns.map(\.id))
      case .scan, .inline, .argument, .filter, .project, .aggregate, .sort, .limit, .window, .with,
        .reference:
        break
      }
    }
    return result
  }

  private func columns(_ expressions: [Expression]) -> Set<ColumnID> {
    var result: Set<ColumnID> = []
    for expression in expressions { expression.collectColumns(into: &result) }
    return result
  }
}

extension LogicalPlan {
  /// What subqueries anywhere in the plan read; they have been pruned as plans of their own.
  fileprivate var subqueryReferences: [Reference] {
    var result: [Reference] = []
    forEachNode { node in
      for subquery in node.expressions.flatMap(\.scalarSubqueries) { result += subquery.plan.references }
    }
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
