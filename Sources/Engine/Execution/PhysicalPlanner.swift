/// Makes the plan that runs: fuses filters, projections, expansions and unions into streams that end in the step that
/// needs all their rows.
package struct PhysicalPlanner {
  private var definitions: [PhysicalPlan.Definition] = []

  package static func plan(_ plan: LogicalPlan) -> PhysicalPlan {
    var planner = PhysicalPlanner()
    let result = planner.step(plan)
    return PhysicalPlan(
      subqueries: subqueries(of: plan), definitions: planner.definitions, result: result)
  }

  /// Definitions by themselves, for plans that read them.
  static func definitions(_ definitions: [With.Definition]) -> [PhysicalPlan.Definition] {
    var planner = PhysicalPlanner()
    for definition in definitions { planner.add(definition) }
    return planner.definitions
  }

  /// What depends on the key of a group is worked out for each group, by the plan of the group.
  private static func subqueries(of plan: LogicalPlan) -> [PhysicalPlan.Subquery] {
    var found: [ScalarSubquery] = []
    var keys: Set<Int> = []
    plan.forEachNode { node in
      found += node.expressions.flatMap(\.scalarSubqueries)
      if case .apply(let apply) = node, let key = apply.keySubquery { keys.insert(key) }
    }
    var seen: Set<Int> = []
    return found.filter { !$0.mentions(keys) && seen.insert($0.id).inserted }.map {
      PhysicalPlan.Subquery(id: $0.id, plan: PhysicalPlanner.plan($0.plan))
    }
  }

  private mutating func add(_ definition: With.Definition) {
    let step = step(definition.plan)
    definitions.append(PhysicalPlan.Definition(id: definition.id, step: step))
  }

  // MARK: - Steps

  private mutating func step(_ plan: LogicalPlan) -> PhysicalStep {
    PhysicalStep(work: work(plan), columns: plan.columns, origin: plan.origin)
  }

  private mutating func work(_ plan: LogicalPlan) -> PhysicalStep.Work {
    switch plan {
    case .scan(let scan): return .load(scan)
    case .inline(let inline): return .rows(inline.table)
    case .argument(let argument): return .group(argument.id)
    case .filter, .project, .expand, .union: return .collect(fused(plan), limit: nil)
    case .limit(let limit): return .collect(stream(limit.input), limit: limit.count)
    case .aggregate(let aggregate):
      return .aggregate(stream(aggregate.input), PhysicalAggregate(aggregate))
    case .join(let join):
      return .join(
        step(join.left), step(join.right),
        PhysicalJoin(
          kind: join.kind, keys: join.keys, outputs: join.outputs, nullsMatch: join.nullsMatch,
          maximumMatches: join.maximumMatches, missingText: join.missingText))
    case .sort(let sort): return .sort(step(sort.input), keys: sort.keys, limit: sort.limit)
    case .window(let window): return .window(step(window.input), window.items)
    case .apply(let apply):
      return .apply(
        step(apply.input),
        PhysicalApply(
          keys: apply.keys, argumentID: apply.argumentID, subplan: PhysicalPlanner.plan(apply.subplan),
          keySubquery: apply.keySubquery, carried: apply.carried,
          columnsRead: PhysicalPlanner.columnsRead(by: apply.subplan)))
    case .tabular(let call): return .tabular(call.inputs.map { step($0) }, call.operator)
    case .with(let with):
      for definition in with.definitions { add(definition) }
      return step(with.body).work
    case .reference(let reference): return .shared(reference)
    }
  }

  private static func columnsRead(by plan: LogicalPlan) -> Set<ColumnID> {
    var result: Set<ColumnID> = []
    plan.forEachNode { node in
      for expression in node.expressions { expression.collectColumns(into: &result) }
    }
    return result
  }

  // MARK: - Streams

  /// The plan as a stream; rows of which something is to be said are put together first.
  private mutating func stream(_ plan: LogicalPlan) -> PhysicalStream {
    plan.notes.isEmpty ? fused(plan) : whole(plan)
  }

  /// The rows of a step as they are.
  private mutating func whole(_ plan: LogicalPlan) -> PhysicalStream {
    PhysicalStream(
      legs: [PhysicalStream.Leg(source: step(plan), operators: [])], columns: plan.columns)
  }

  private mutating func fused(_ plan: LogicalPlan) -> PhysicalStream {
    switch plan {
    case .filter(let filter):
      let columns = filter.input.columns
      return appending(.filter(filter.predicate.conjuncts, over: columns), to: filter.input, giving: columns)
    case .project(let project):
      return appending(
        .project(project.assignments.map(\.expression), over: project.input.columns), to: project.input,
        giving: project.assignments.map(\.column))
    case .expand(let expand):
      let work = PhysicalExpansion(
        items: expand.items, indexColumn: expand.indexColumn, outputs: expand.outputs, bags: expand.bags,
        keepsEmpty: expand.keepsEmpty, rowLimit: expand.rowLimit)
      return appending(.expand(work, over: expand.input.columns), to: expand.input, giving: expand.outputs)
    case .union(let union):
      var legs: [PhysicalStream.Leg] = []
      for leg in union.legs {
        let columns = leg.plan.columns
        let project = PhysicalStream.Operator.project(
          PhysicalPlanner.expressions(of: leg, as: union, over: columns), over: columns)
        legs += appending(project, to: leg.plan, giving: union.columns).legs
      }
      return PhysicalStream(legs: legs, columns: union.columns)
    case .with(let with):
      for definition in with.definitions { add(definition) }
      return stream(with.body)
    case .scan, .inline, .argument, .aggregate, .join, .sort, .limit, .window, .apply, .tabular, .reference:
      return whole(plan)
    }
  }

  private mutating func appending(
    _ step: PhysicalStream.Operator, to input: LogicalPlan, giving columns: [PlanColumn]
  ) -> PhysicalStream {
    var result = stream(input)
    for index in result.legs.indices { result.legs[index].operators.append(step) }
    result.columns = columns
    return result
  }

  /// The columns of a union as a leg fills them.
  private static func expressions(
    of leg: Union.Leg, as union: Union, over columns: [PlanColumn]
  ) -> [Expression] {
    let known = Dictionary(columns.map { ($0.id, $0) }) { first, _ in first }
    return zip(leg.sources, union.columns).map { source, column in
      if let source, let own = known[source] { return .column(own) }
      return .literal(union.missingText.value(of: column.type), column.type)
    }
  }
}
