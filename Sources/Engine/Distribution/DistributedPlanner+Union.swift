/// Unions of rows in many tasks.
extension DistributedPlanner {
  mutating func place(_ union: Union) -> Placement {
    let placements = union.legs.map { place($0.plan) }
    if !placements.allSatisfy(\.isInTasks) { return gatheredUnion(union, placements) }
    let stage = placements.map(\.stage).max() ?? 0
    var legs: [Placement.Leg] = []
    for (leg, placement) in zip(union.legs, placements) {
      guard case .scattered(let parts) = placement, placement.stage == stage else {
        return mixedUnion(union, placements)
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
      let (plan, more) = gathered(placement, because: "a leg has all its rows in one task")
      whole.legs[place].plan = plan
      inputs += more
    }
    return .gathered(.union(whole), inputs)
  }

  /// Over rows in tasks of any stages and in any order: they meet in the tasks of one, and know which leg they are of.
  private mutating func mixedUnion(_ union: Union, _ placements: [Placement]) -> Placement {
    let stages = placements.map { placement in
      if case .keyed(let leg, _) = placement { leg.stage } else { placement.stage + 1 }
    }
    let stage = stages.max() ?? 1
    var whole = union
    var inputs: [Fragment.Input] = []
    var orders: [(read: [PlanColumn], order: RowOrder)] = []
    for (place, placement) in placements.enumerated() {
      let order: RowOrder
      if case .keyed(let leg, let own) = placement, leg.stage == stage {
        whole.legs[place].plan = leg.plan
        inputs += leg.inputs
        order = own
      } else {
        let side = side(placement, by: [])
        whole.legs[place].plan = ordered(side.plan, by: side.order)
        inputs.append(side.input)
        order = side.order
      }
      orders.append((order.columns(among: whole.legs[place].plan.columns), order))
    }
    let number = column("leg")
    whole.columns.append(number)
    var keys = [Sort.Key(expression: .column(number), descending: false, nullsFirst: true)]
    var hidden: Set<ColumnID> = [number.id]
    for place in whole.legs.indices {
      let own = column("leg")
      whole.legs[place].plan = whole.legs[place].plan.adding(
        Assignment(column: own, expression: .literal(.long(Int64(place)), .long)))
      whole.legs[place].sources.append(own.id)
    }
    // In the rows of another leg they are missing, which tells none of those apart.
    for (place, (read, order)) in orders.enumerated() {
      var carried: [ColumnID: PlanColumn] = [:]
      for column in read {
        let other = self.column(like: column)
        carried[column.id] = other
        whole.columns.append(other)
        for leg in whole.legs.indices { whole.legs[leg].sources.append(leg == place ? column.id : nil) }
      }
      let own = order.reading(carried)
      keys += own.keys
      hidden.formUnion(own.hidden)
    }
    var known: Set<Int> = []
    let leg = Placement.Leg(
      plan: .union(whole), stage: stage, inputs: inputs.filter { known.insert($0.exchange).inserted })
    return .keyed(leg, RowOrder(keys: keys, hidden: hidden))
  }
}
