/// Cuts optimized plans into fragments at the places where rows must move.
///
/// What works row by row stays where the rows are. Groups are formed twice: over the rows of each task, then, of each
/// key, over what all tasks found. A join meets the rows of a key in one task, and so does what works by key. What needs
/// all rows in their order (a window, a limit, an operator on whole tables) gets them in one task. The order of rows is
/// that of a run on one machine, so that every answer is the same; they are put into it where someone sees it.
package struct DistributedPlanner {
  /// How many tables a scan reads: more than one where several sources give events.
  let parts: (Scan) -> Int
  let buckets: Int
  private(set) var stages: [[Fragment]] = [[]]
  /// Fragments of the last stage, whose number is known at the end.
  private var last: [Fragment] = []
  private var results: [Fragment.Input] = []
  /// The number of the plan that each exchange is of.
  private var planOfExchange: [Int] = []
  private var number = 0
  private var nextColumn: Int
  /// What the references of an enclosing `with` read.
  var definitions: [Int: Placement] = [:]
  /// Definitions whose rows are together in the last stage, in the order of the text.
  var together: [With.Definition] = []
  var togetherInputs: [Fragment.Input] = []

  /// - Parameters:
  ///   - plans: optimized, with the values of their scalar subqueries in place.
  ///   - parts: how many tables a scan reads.
  ///   - buckets: how many tasks share the rows of a key.
  package static func plan(
    _ plans: [LogicalPlan], buckets: Int, parts: @escaping (Scan) -> Int
  ) -> DistributedPlan {
    var planner = DistributedPlanner(plans, buckets: max(1, buckets), parts: parts)
    var left: [LogicalPlan] = []
    for (number, plan) in plans.enumerated() {
      planner.number = number
      left.append(planner.finished(plan))
    }
    return DistributedPlan(
      stages: planner.stages + [planner.last], buckets: planner.buckets, plans: left,
      results: planner.results,
      planOfExchange: planner.planOfExchange)
  }

  private init(_ plans: [LogicalPlan], buckets: Int, parts: @escaping (Scan) -> Int) {
    self.parts = parts
    self.buckets = buckets
    nextColumn = 1 + (plans.map(\.greatestColumn).max() ?? 0)
  }

  /// What whoever asked does with what comes back.
  private mutating func finished(_ plan: LogicalPlan) -> LogicalPlan {
    definitions = [:]
    together = []
    togetherInputs = []
    return returned(place(plan))
  }

  // MARK: - Moving rows

  mutating func column(_ name: String) -> PlanColumn {
    defer { nextColumn += 1 }
    return PlanColumn(id: ColumnID(nextColumn), name: name, type: .long)
  }

  mutating func column(like other: PlanColumn) -> PlanColumn {
    defer { nextColumn += 1 }
    return PlanColumn(id: ColumnID(nextColumn), name: other.name, type: other.type)
  }

  mutating func exchange() -> Int {
    defer { planOfExchange.append(number) }
    return planOfExchange.count
  }

  mutating func add(_ fragment: Fragment, to stage: Int) {
    while stages.count <= stage { stages.append([]) }
    stages[stage].append(fragment)
  }

  /// Rows that an exchange brings.
  func input(_ exchange: Int, _ columns: [PlanColumn], merges: Aggregate? = nil, position: PlanColumn? = nil)
    -> (input: Fragment.Input, plan: LogicalPlan)
  {
    let columns = columns + (position.map { [$0] } ?? [])
    let argument = Argument(exchange: exchange, columns: columns)
    return (
      Fragment.Input(
        argument: argument.id, exchange: exchange, columns: columns, merges: merges, position: position),
      .argument(argument)
    )
  }

  /// Sends the rows of a leg to one task.
  private mutating func send(
    _ leg: Placement.Leg, _ number: Int, to exchange: Int, because reason: String?
  ) {
    let output = Fragment.Output(
      exchange: exchange, buckets: 1, keys: [], kind: .rows, position: nil, reason: reason)
    add(
      Fragment(plan: leg.plan, inputs: leg.inputs, part: leg.part, leg: number, output: output), to: leg.stage
    )
  }

  /// All rows of a plan in one place, in their order.
  ///
  /// - Parameter reason: why they must be in one task; nil if they go to whoever asked.
  mutating func gathered(
    _ placement: Placement, because reason: String?
  ) -> (plan: LogicalPlan, inputs: [Fragment.Input]) {
    switch placement {
    case .anywhere(let plan): return (plan, [])
    case .gathered(let plan, let inputs): return (plan, inputs)
    case .returned: preconditionFailure("planner invariant: what is returned goes nowhere else")
    case .scattered(let legs):
      let exchange = exchange()
      for (number, leg) in legs.enumerated() { send(leg, number, to: exchange, because: reason) }
      let (input, plan) = input(exchange, legs.first?.plan.columns ?? [])
      return (plan, [input])
    case .sorted(let legs, let sort, let hidden):
      let (rows, inputs) = gathered(.scattered(legs), because: reason)
      let sorted = LogicalPlan.sort(sort).over(rows)
      if hidden.isEmpty { return (sorted, inputs) }
      return (sorted.keeping(rows.columns.filter { !hidden.contains($0.id) }), inputs)
    case .keyed(let leg, let order):
      let exchange = exchange()
      send(leg, 0, to: exchange, because: reason)
      let columns = leg.plan.columns
      let (input, plan) = input(exchange, columns)
      return (ordered(plan, by: order).keeping(columns.filter { !order.hidden.contains($0.id) }), [input])
    }
  }

  /// Rows of one task in the order that all have.
  func ordered(_ plan: LogicalPlan, by order: RowOrder) -> LogicalPlan {
    .sort(Sort(input: plan, keys: order.keys, origin: PlanOrigin(label: "order of the rows")))
  }

  /// The rows with whoever asked.
  mutating func returned(_ placement: Placement) -> LogicalPlan {
    switch placement {
    case .returned(let plan): return plan
    case .scattered, .sorted, .keyed:
      let (plan, inputs) = gathered(placement, because: nil)
      results += inputs
      return plan
    case .anywhere, .gathered: break
    }
    var (plan, inputs) = gathered(placement, because: nil)
    if inputs.isEmpty, !plan.readsRowsTogether { return plan }
    (plan, inputs) = withDefinitions(plan, inputs)
    let exchange = exchange()
    let output = Fragment.Output(
      exchange: exchange, buckets: 1, keys: [], kind: .rows, position: nil, reason: nil)
    last.append(Fragment(plan: plan, inputs: inputs, part: nil, leg: 0, output: output))
    let (result, left) = input(exchange, plan.columns)
    results.append(result)
    return left
  }

  /// A plan of the last stage with the definitions that it reads.
  private func withDefinitions(
    _ plan: LogicalPlan, _ inputs: [Fragment.Input]
  ) -> (LogicalPlan, [Fragment.Input]) {
    var wanted = Set(plan.references.map(\.id))
    var used: [With.Definition] = []
    for definition in together.reversed() where wanted.contains(definition.id) {
      wanted.formUnion(definition.plan.references.map(\.id))
      used.insert(definition, at: 0)
    }
    if used.isEmpty { return (plan, inputs) }
    let known = Set(inputs.map(\.exchange))
    let read = Set(used.flatMap { $0.plan.argumentsRead })
    let more = togetherInputs.filter { read.contains($0.argument) && !known.contains($0.exchange) }
    return (.with(With(definitions: used, body: plan)), inputs + more)
  }

  // MARK: - Nodes

  mutating func place(_ plan: LogicalPlan) -> Placement {
    if !plan.notes.isEmpty { return placeSaying(plan) }
    switch plan {
    case .scan(let scan):
      return .scattered(
        (0..<max(1, parts(scan))).map { Placement.Leg(plan: plan, stage: 0, part: $0) })
    case .inline: return .anywhere(plan)
    case .argument: return .anywhere(plan)
    case .filter, .project, .expand: return placeRowWise(plan)
    case .union(let union): return place(union)
    case .aggregate(let aggregate): return place(aggregate)
    case .join(let join): return place(join)
    case .sort(let sort):
      if sort.limit == nil { return place(sort) }
      return placeTop(plan, because: "it sorts the rows of all tasks")
    case .limit: return placeTop(plan, because: "it takes the first rows of all tasks")
    case .window(let window):
      return placeByKey(plan, window.keys, because: "it needs all rows in their order")
    case .apply(let apply): return place(apply)
    case .tabular(let call): return place(call)
    case .with(let with): return place(with)
    case .reference(let reference): return place(reference)
    }
  }

  /// Over all rows of its inputs in one task.
  mutating func together(_ plan: LogicalPlan, because reason: String) -> Placement {
    together(plan, plan.inputs.map { place($0) }, because: reason)
  }

  /// The same over inputs that have their places.
  mutating func together(
    _ plan: LogicalPlan, _ inputs: [Placement], because reason: String
  ) -> Placement {
    var placements = inputs
    var hasEffect = placements.contains { if case .returned = $0 { true } else { false } }
    if case .tabular(let call) = plan, call.operator.hasEffect { hasEffect = true }
    if hasEffect {
      return .returned(
        plan.withInputs { _ in returned(placements.removeFirst()) })
    }
    if placements.allSatisfy({ if case .anywhere = $0 { true } else { false } }) {
      return .anywhere(plan)
    }
    var inputs: [Fragment.Input] = []
    let whole = plan.withInputs { _ in
      let (plan, more) = gathered(placements.removeFirst(), because: reason)
      inputs += more
      return plan
    }
    return .gathered(whole, inputs)
  }

  /// What is to be said of all rows of a node is said where they are together.
  private mutating func placeSaying(_ plan: LogicalPlan) -> Placement {
    let placement = place(plan.withoutNotes)
    switch placement {
    case .anywhere(let rows): return .anywhere(rows.adding(plan.notes))
    case .returned(let rows): return .returned(rows.adding(plan.notes))
    case .scattered, .sorted, .keyed, .gathered:
      let (rows, inputs) = gathered(placement, because: "something is said of all its rows")
      return .gathered(rows.keeping(plan.columns).adding(plan.notes), inputs)
    }
  }

  /// The subplan reads the rows of its group, and what is scanned in it comes to where these are.
  private mutating func place(_ apply: Apply) -> Placement {
    let input = place(apply.input)
    if case .returned(let rows) = input {
      var whole = apply
      whole.input = rows
      whole.subplan = scansReturned(apply.subplan)
      return .returned(.apply(whole))
    }
    if apply.subplan.hasEffect { return .returned(scansReturned(.apply(apply))) }
    var (rows, inputs) = gathered(input, because: "it needs the rows of each group in their order")
    var whole = apply
    whole.subplan = scansTogether(apply.subplan, &inputs)
    if inputs.isEmpty, !rows.readsRowsTogether {
      whole.input = rows
      return .anywhere(.apply(whole))
    }
    whole.input = rows
    rows = .apply(whole)
    return .gathered(rows, inputs)
  }

  /// The plan as it stands, over the rows of its scans in the last stage.
  private mutating func scansTogether(_ plan: LogicalPlan, _ inputs: inout [Fragment.Input]) -> LogicalPlan {
    switch plan {
    case .scan, .reference:
      let (rows, more) = gathered(place(plan), because: "each group reads it")
      inputs += more
      return rows
    case .inline, .argument, .filter, .project, .aggregate, .join, .union, .sort, .limit, .expand, .window,
      .apply, .tabular, .with:
      return plan.withInputs { scansTogether($0, &inputs) }
    }
  }

  /// The plan as it stands, over the rows of its scans with whoever asked.
  mutating func scansReturned(_ plan: LogicalPlan) -> LogicalPlan {
    if case .scan = plan { return returned(place(plan)) }
    return plan.withInputs { scansReturned($0) }
  }

  /// What is done to each row by itself is done where the row is.
  private mutating func placeRowWise(_ plan: LogicalPlan) -> Placement {
    guard let input = plan.inputs.first else { return .anywhere(plan) }
    // The value belongs to a group, and the group to the last stage.
    if !plan.expressions.allSatisfy(\.scalarSubqueries.isEmpty) {
      return together(plan, because: "it reads the key of a group")
    }
    switch place(input) {
    case .anywhere(let input): return .anywhere(plan.over(input))
    case .scattered(let legs): return .scattered(legs.map { $0.with(plan.over($0.plan)) })
    case .sorted(let legs, let sort, let hidden):
      var read: Set<ColumnID> = []
      for key in sort.keys { key.expression.collectColumns(into: &read) }
      let more = legs.first.map { lost($0.plan, by: plan) }?.filter { read.contains($0.id) } ?? []
      return .sorted(
        legs.map { $0.with(plan.over($0.plan, carrying: more)) }, sort,
        hidden: hidden.union(more.map(\.id)))
    case .keyed(let leg, let order):
      let more = order.columns(among: lost(leg.plan, by: plan))
      return .keyed(leg.with(plan.over(leg.plan, carrying: more)), order.hiding(more))
    case .gathered(let input, let inputs): return .gathered(plan.over(input), inputs)
    case .returned(let input): return .returned(plan.over(input))
    }
  }

  /// The columns of rows that a node does not hand on.
  private func lost(_ rows: LogicalPlan, by plan: LogicalPlan) -> [PlanColumn] {
    let own = Set(plan.over(rows).columns.map(\.id))
    return rows.columns.filter { !own.contains($0.id) }
  }

  /// Rows are put into an order where someone sees it.
  private mutating func place(_ sort: Sort) -> Placement {
    let placement = place(sort.input)
    switch placement {
    case .scattered(let legs): return .sorted(legs, sort, hidden: [])
    case .sorted(let legs, let earlier, let hidden):
      var both = sort
      both.keys += earlier.keys
      return .sorted(legs, both, hidden: hidden)
    case .keyed(let leg, let order):
      return .keyed(leg.with(LogicalPlan.sort(sort).over(leg.plan)), order.behind(sort.keys))
    case .anywhere, .gathered, .returned:
      return together(.sort(sort), [placement], because: "it sorts all rows")
    }
  }

  /// The first rows of each task, then the first of these.
  private mutating func placeTop(_ plan: LogicalPlan, because reason: String) -> Placement {
    guard let input = plan.inputs.first else { return .anywhere(plan) }
    let placement = place(input)
    let part: Placement
    switch placement {
    case .anywhere(let input): return .anywhere(plan.over(input))
    case .gathered(let input, let inputs): return .gathered(plan.over(input), inputs)
    case .returned(let input): return .returned(plan.over(input))
    case .scattered(let legs): part = .scattered(legs.map { $0.with(plan.over($0.plan)) })
    case .sorted: part = placement
    case .keyed(let leg, let order): part = .keyed(leg.with(plan.over(leg.plan)), order)
    }
    let (rows, inputs) = gathered(part, because: reason)
    return .gathered(plan.over(rows), inputs)
  }
}
