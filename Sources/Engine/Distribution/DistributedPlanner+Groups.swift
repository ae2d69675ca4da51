/// Plans that bring rows of equal keys together.
extension DistributedPlanner {
  mutating func place(_ aggregate: Aggregate) -> Placement {
    let placement = place(aggregate.input)
    switch placement {
    case .anywhere(let input): return .anywhere(LogicalPlan.aggregate(aggregate).over(input))
    case .gathered(let input, let inputs):
      return .gathered(LogicalPlan.aggregate(aggregate).over(input), inputs)
    case .returned(let input): return .returned(LogicalPlan.aggregate(aggregate).over(input))
    case .scattered(let legs): return merged(aggregate, over: legs)
    case .sorted, .keyed:
      if !aggregate.keys.isEmpty { return regrouped(aggregate, over: placement) }
      let isOrderless = aggregate.items.allSatisfy(\.call.function.ignoresOrder)
      if isOrderless, case .keyed(let leg, _) = placement { return merged(aggregate, over: [leg]) }
      let (input, inputs) = gathered(placement, because: "it needs all rows in their order")
      return .gathered(LogicalPlan.aggregate(aggregate).over(input), inputs)
    }
  }

  /// Groups of each task's rows, put together by key.
  private mutating func merged(_ aggregate: Aggregate, over legs: [Placement.Leg]) -> Placement {
    let exchange = exchange()
    let isWhole = aggregate.keys.isEmpty
    for (number, leg) in legs.enumerated() {
      let plan = LogicalPlan.aggregate(aggregate).over(leg.plan)
      let output = Fragment.Output(
        exchange: exchange, buckets: isWhole ? 1 : buckets, keys: [], kind: .partialGroups, position: nil,
        reason: isWhole ? "there is one group" : nil)
      add(
        Fragment(plan: plan, inputs: leg.inputs, part: leg.part, leg: number, output: output), to: leg.stage)
    }
    var form = aggregate
    form.input = .argument(Argument(id: 0, columns: legs.first?.plan.columns ?? []))
    let columns = LogicalPlan.aggregate(aggregate).columns
    if isWhole {
      let (input, plan) = input(exchange, columns, merges: form)
      return .gathered(plan, [input])
    }
    let position = column("position")
    let (input, plan) = input(exchange, columns, merges: form, position: position)
    let stage = 1 + (legs.map(\.stage).max() ?? 0)
    return .keyed(Placement.Leg(plan: plan, stage: stage, inputs: [input]), RowOrder(position))
  }

  /// Groups of rows whose order is not that of the tasks: the rows of a key in one task, in their order.
  private mutating func regrouped(_ aggregate: Aggregate, over placement: Placement) -> Placement {
    let side = side(placement, by: aggregate.keys.map(\.expression))
    var regrouped = aggregate
    regrouped.input = ordered(side.plan, by: side.order)
    // A group comes where its first row does.
    let read = side.order.columns(among: side.plan.columns)
    let firsts = read.map { column(like: $0) }
    regrouped.items.append(
      Aggregate.Item(
        outputs: firsts,
        call: AggregateCall(
          function: RowAggregates.takeAny, arguments: read.map { .column($0) }, types: read.map(\.type),
          dialect: .own)))
    let order = side.order.reading(
      Dictionary(zip(read.map(\.id), firsts)) { first, _ in first })
    return .keyed(
      Placement.Leg(plan: .aggregate(regrouped), stage: placement.stage + 1, inputs: [side.input]), order)
  }

  /// The rows of a leg with their positions, those of a key in one task.
  private mutating func shared(
    _ leg: Placement.Leg, _ number: Int, by keys: [Expression], _ position: PlanColumn, to exchange: Int
  ) -> (plan: LogicalPlan, input: Fragment.Input) {
    let output = Fragment.Output(
      exchange: exchange, buckets: buckets, keys: keys, kind: .rows, position: position, reason: nil)
    add(
      Fragment(plan: leg.plan, inputs: leg.inputs, part: leg.part, leg: number, output: output), to: leg.stage
    )
    let (input, plan) = input(exchange, leg.plan.columns + [position])
    return (plan, input)
  }

  /// What puts something beside rows, worked out of rows with the same keys alone.
  mutating func placeByKey(_ plan: LogicalPlan, _ keys: [Expression], because reason: String) -> Placement {
    guard !keys.isEmpty, let input = plan.inputs.first else { return together(plan, because: reason) }
    let placement = place(input)
    guard placement.isInTasks else { return together(plan, [placement], because: reason) }
    let side = side(placement, by: keys)
    return .keyed(
      Placement.Leg(
        plan: plan.over(ordered(side.plan, by: side.order)), stage: placement.stage + 1,
        inputs: [side.input]), side.order)
  }

  mutating func place(_ call: TabularCall) -> Placement {
    let plan = LogicalPlan.tabular(call)
    let reason = "`\(call.operator.label)` needs all rows in their order"
    guard let keys = call.operator.ownKeys, call.inputs.count == 1 else {
      return placeByKey(plan, call.keys, because: reason)
    }
    let placement = place(call.inputs[0])
    guard placement.isInTasks else { return together(plan, [placement], because: reason) }
    let side = side(placement, by: keys)
    let read = side.order.columns(among: side.plan.columns)
    let firsts = read.map { Assignment(column: column(like: $0), expression: .column($0)) }
    let order = side.order.reading(
      Dictionary(zip(read.map(\.id), firsts.map(\.column))) { first, _ in first })
    let part = call.operator.part(giving: firsts, inOrder: order.keys)
    var whole = call
    whole.operator = part.operator
    return .keyed(
      Placement.Leg(
        plan: LogicalPlan.tabular(whole).over(ordered(side.plan, by: side.order)),
        stage: placement.stage + 1, inputs: [side.input]),
      RowOrder(keys: part.order, hidden: order.hidden))
  }

  /// Rows that came to the tasks of a stage, and the order that they have.
  struct Side {
    var plan: LogicalPlan
    var input: Fragment.Input
    var order: RowOrder
  }

  /// The rows of tasks, those of a key in one task of the next stage, and the order that they have. Without keys those
  /// of a task stay together.
  mutating func side(
    _ placement: Placement, by keys: [Expression]
  ) -> Side {
    switch placement {
    case .keyed(let leg, let order):
      // Rows that one row became may part here.
      let position = column("position")
      let (plan, input) = shared(leg, 0, by: keys, position, to: exchange())
      return Side(plan: plan, input: input, order: order.followed(by: position))
    case .scattered(let legs), .sorted(let legs, _, _):
      let exchange = exchange()
      let position = column("position")
      var side: (plan: LogicalPlan, input: Fragment.Input)?
      for (number, leg) in legs.enumerated() {
        side = shared(leg, number, by: keys, position, to: exchange)
      }
      guard let side else { preconditionFailure("planner invariant: rows are somewhere") }
      if case .sorted(_, let sort, let hidden) = placement {
        let order = RowOrder(position, behind: sort.keys).hiding(hidden)
        return Side(plan: side.plan, input: side.input, order: order)
      }
      return Side(plan: side.plan, input: side.input, order: RowOrder(position))
    case .anywhere, .gathered, .returned:
      preconditionFailure("planner invariant: the rows of a side are in tasks")
    }
  }
}
