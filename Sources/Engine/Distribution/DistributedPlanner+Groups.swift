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
    case .keyed(let leg, let position):
      let isOrderless = aggregate.items.allSatisfy(\.call.function.ignoresOrder)
      if !aggregate.keys.isEmpty { return regrouped(aggregate, over: leg, position) }
      if isOrderless { return merged(aggregate, over: [leg]) }
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
    return .keyed(Placement.Leg(plan: plan, stage: stage, inputs: [input]), position: position)
  }

  /// Groups of rows that are grouped already: the rows of a key in one task, in their order.
  private mutating func regrouped(
    _ aggregate: Aggregate, over leg: Placement.Leg, _ position: PlanColumn
  ) -> Placement {
    let (rows, input) = shared(leg, 0, by: aggregate.keys.map(\.expression), position, adds: false)
    let first = column("position")
    var regrouped = aggregate
    regrouped.input = ordered(rows, by: position)
    regrouped.items.append(
      Aggregate.Item(
        outputs: [first],
        call: AggregateCall(
          function: ExtremeAggregates.min, arguments: [.column(position)], types: [.long], dialect: .own)))
    return .keyed(
      Placement.Leg(plan: .aggregate(regrouped), stage: leg.stage + 1, inputs: [input]), position: first)
  }

  /// The rows of a leg, those of a key in one task.
  private mutating func shared(
    _ leg: Placement.Leg, _ number: Int, by keys: [Expression], _ position: PlanColumn, adds: Bool,
    to exchange: Int? = nil
  ) -> (plan: LogicalPlan, input: Fragment.Input) {
    let exchange = exchange ?? self.exchange()
    let output = Fragment.Output(
      exchange: exchange, buckets: buckets, keys: keys, kind: .rows, position: adds ? position : nil,
      reason: nil)
    add(
      Fragment(plan: leg.plan, inputs: leg.inputs, part: leg.part, leg: number, output: output), to: leg.stage
    )
    let (input, plan) = input(exchange, leg.plan.columns + (adds ? [position] : []))
    return (plan, input)
  }

  /// What puts something beside rows, worked out of rows with the same keys alone.
  mutating func placeByKey(_ plan: LogicalPlan, _ keys: [Expression], because reason: String) -> Placement {
    guard !keys.isEmpty, let input = plan.inputs.first else { return together(plan, because: reason) }
    let placement = place(input)
    guard placement.isInTasks else { return together(plan, [placement], because: reason) }
    let side = side(placement, by: keys, column("position"))
    return .keyed(
      Placement.Leg(
        plan: plan.over(ordered(side.plan, by: side.position)), stage: placement.stage + 1,
        inputs: [side.input]),
      position: side.position)
  }

  // MARK: - Joins

  mutating func place(_ join: Join) -> Placement {
    let (left, right) = (place(join.left), place(join.right))
    if case .anywhere(let rows) = right, join.kind.isOfEachLeftRow, rows.argumentsRead.isEmpty {
      switch left {
      case .scattered(let legs):
        return .scattered(legs.map { $0.with(LogicalPlan.join(join).over($0.plan, rows)) })
      case .keyed(let leg, let position):
        var carrying = join
        carrying.outputs.append(Join.Output(column: position, source: position.id, fromLeft: true))
        return .keyed(
          leg.with(LogicalPlan.join(carrying).over(leg.plan, rows)), position: position)
      case .anywhere, .gathered, .returned: break
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
    case (.anywhere, _), (.scattered, _), (.keyed, _), (.gathered, _):
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
    let leftPosition = column("position")
    let rightPosition = column("position")
    let leftSide = side(left, by: join.keys.map(\.left), leftPosition)
    let rightSide = side(right, by: join.keys.map(\.right), rightPosition)
    var met = join
    let position = join.kind.givesRight ? rightSide.position : leftSide.position
    let output = column("position")
    met.left = ordered(leftSide.plan, by: leftSide.position)
    met.right = ordered(rightSide.plan, by: rightSide.position)
    met.outputs.append(
      Join.Output(column: output, source: position.id, fromLeft: !join.kind.givesRight))
    let stage = 1 + max(left.stage, right.stage)
    return .keyed(
      Placement.Leg(plan: .join(met), stage: stage, inputs: [leftSide.input, rightSide.input]),
      position: output)
  }

  private mutating func side(
    _ placement: Placement, by keys: [Expression], _ position: PlanColumn
  ) -> (plan: LogicalPlan, input: Fragment.Input, position: PlanColumn) {
    switch placement {
    case .keyed(let leg, let known):
      let (plan, input) = shared(leg, 0, by: keys, known, adds: false)
      return (plan, input, known)
    case .scattered(let legs):
      let exchange = exchange()
      var side: (plan: LogicalPlan, input: Fragment.Input)?
      for (number, leg) in legs.enumerated() {
        side = shared(leg, number, by: keys, position, adds: true, to: exchange)
      }
      guard let side else { preconditionFailure("planner invariant: rows are somewhere") }
      return (side.plan, side.input, position)
    case .anywhere, .gathered, .returned:
      preconditionFailure("planner invariant: the rows of a side are in tasks")
    }
  }
}

extension Placement {
  /// Its rows are in the tasks of a stage.
  fileprivate var isInTasks: Bool {
    switch self {
    case .scattered(let legs): !legs.isEmpty
    case .keyed: true
    case .anywhere, .gathered, .returned: false
    }
  }

  fileprivate var stage: Int {
    switch self {
    case .scattered(let legs): legs.map(\.stage).max() ?? 0
    case .keyed(let leg, _): leg.stage
    case .anywhere, .gathered, .returned: 0
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
