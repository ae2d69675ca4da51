/// Plans that bring rows of equal keys together.
extension DistributedPlanner {
  mutating func place(_ union: Union) -> Placement {
    let placements = union.legs.map { place($0.plan) }
    var legs: [Placement.Leg] = []
    for (leg, placement) in zip(union.legs, placements) {
      guard case .scattered(let parts) = placement else {
        return gatheredUnion(union, placements)
      }
      legs += parts.map { part in
        let known = part.plan.columns
        var single = union
        single.legs = [Union.Leg(plan: part.plan, sources: leg.sources)]
        assert(leg.sources.allSatisfy { source in source == nil || known.contains { $0.id == source } })
        return part.with(.union(single))
      }
    }
    return .scattered(legs)
  }

  private mutating func gatheredUnion(_ union: Union, _ placements: [Placement]) -> Placement {
    if placements.allSatisfy({ if case .anywhere = $0 { true } else { false } }) {
      return .anywhere(.union(union))
    }
    var inputs: [Fragment.Input] = []
    var whole = union
    if placements.contains(where: { if case .returned = $0 { true } else { false } }) {
      for (place, placement) in placements.enumerated() { whole.legs[place].plan = returned(placement) }
      return .returned(.union(whole))
    }
    for (place, placement) in placements.enumerated() {
      let (plan, more) = gathered(placement, because: "its legs have their rows in different tasks")
      whole.legs[place].plan = plan
      inputs += more
    }
    return .gathered(.union(whole), inputs)
  }

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

  /// The rows of a leg, those of a key in one task; with their positions if a column is given for these.
  private mutating func shared(
    _ leg: Placement.Leg, _ number: Int, by keys: [Expression], _ position: PlanColumn?, to exchange: Int
  ) -> (plan: LogicalPlan, input: Fragment.Input) {
    let output = Fragment.Output(
      exchange: exchange, buckets: buckets, keys: keys, kind: .rows, position: position, reason: nil)
    add(
      Fragment(plan: leg.plan, inputs: leg.inputs, part: leg.part, leg: number, output: output), to: leg.stage
    )
    let (input, plan) = input(exchange, leg.plan.columns + (position.map { [$0] } ?? []))
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

  // MARK: - Joins

  mutating func place(_ join: Join) -> Placement {
    let (left, right) = (place(join.left), place(join.right))
    if case .anywhere(let rows) = right, join.kind.isOfEachLeftRow, rows.argumentsRead.isEmpty {
      switch left {
      case .scattered(let legs):
        return .scattered(legs.map { $0.with(LogicalPlan.join(join).over($0.plan, rows)) })
      case .keyed(let leg, let order):
        var carrying = join
        let order = carry(order, of: leg.plan, through: &carrying, fromLeft: true)
        return .keyed(leg.with(LogicalPlan.join(carrying).over(leg.plan, rows)), order)
      case .anywhere, .sorted, .gathered, .returned: break
      }
    }
    if let met = met(join, left, right) { return met }
    return joinedTogether(join, left, right)
  }

  private mutating func joinedTogether(
    _ join: Join, _ left: Placement, _ right: Placement
  ) -> Placement {
    let plan = LogicalPlan.join(join)
    switch (left, right) {
    case (.anywhere(let left), .anywhere(let right)): return .anywhere(plan.over(left, right))
    case (.returned, _), (_, .returned): return .returned(plan.over(returned(left), returned(right)))
    case (.anywhere, _), (.scattered, _), (.sorted, _), (.keyed, _), (.gathered, _):
      let reason = "it is a \(join.kind.rawValue) join over all rows"
      let (leftRows, leftInputs) = gathered(left, because: reason)
      let (rightRows, rightInputs) = gathered(right, because: reason)
      return .gathered(plan.over(leftRows, rightRows), leftInputs + rightInputs)
    }
  }

  /// A join whose sides meet key by key; nil where they can't.
  private mutating func met(_ join: Join, _ left: Placement, _ right: Placement) -> Placement? {
    guard !join.keys.isEmpty, !join.kind.keepsUnmatchedRight, left.isInTasks, right.isInTasks else {
      return nil
    }
    let leftSide = side(left, by: join.keys.map(\.left))
    let rightSide = side(right, by: join.keys.map(\.right))
    var met = join
    met.left = ordered(leftSide.plan, by: leftSide.order)
    met.right = ordered(rightSide.plan, by: rightSide.order)
    let first = join.kind.givesRight ? rightSide : leftSide
    let order = carry(first.order, of: first.plan, through: &met, fromLeft: !join.kind.givesRight)
    let stage = 1 + max(left.stage, right.stage)
    return .keyed(
      Placement.Leg(plan: .join(met), stage: stage, inputs: [leftSide.input, rightSide.input]), order)
  }

  /// Lets a join hand on the columns that the order of a side reads; they may stand there under other identities.
  private mutating func carry(
    _ order: RowOrder, of side: LogicalPlan, through join: inout Join, fromLeft: Bool
  ) -> RowOrder {
    var carried: [ColumnID: PlanColumn] = [:]
    for read in order.columns(among: side.columns) {
      let column = column(like: read)
      carried[read.id] = column
      join.outputs.append(Join.Output(column: column, source: read.id, fromLeft: fromLeft))
    }
    return order.reading(carried)
  }

  /// The rows of tasks, those of a key in one task of the next stage, and the order that they have.
  private mutating func side(
    _ placement: Placement, by keys: [Expression]
  ) -> (plan: LogicalPlan, input: Fragment.Input, order: RowOrder) {
    switch placement {
    case .keyed(let leg, let order):
      let (plan, input) = shared(leg, 0, by: keys, nil, to: exchange())
      return (plan, input, order)
    case .scattered(let legs), .sorted(let legs, _):
      let exchange = exchange()
      let position = column("position")
      var side: (plan: LogicalPlan, input: Fragment.Input)?
      for (number, leg) in legs.enumerated() {
        side = shared(leg, number, by: keys, position, to: exchange)
      }
      guard let side else { preconditionFailure("planner invariant: rows are somewhere") }
      if case .sorted(_, let sort) = placement {
        return (side.plan, side.input, RowOrder(position, behind: sort.keys))
      }
      return (side.plan, side.input, RowOrder(position))
    case .anywhere, .gathered, .returned:
      preconditionFailure("planner invariant: the rows of a side are in tasks")
    }
  }
}

extension Join.Kind {
  /// What it gives for a left row depends on no other left row, and no right row comes by itself.
  fileprivate var isOfEachLeftRow: Bool {
    switch self {
    case .inner, .leftouter, .leftsemi, .leftanti: true
    case .innerunique, .rightouter, .fullouter, .rightsemi, .rightanti: false
    }
  }
}
