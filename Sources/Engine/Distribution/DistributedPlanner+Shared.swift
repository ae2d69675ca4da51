/// Rows that several places of a plan read.
extension DistributedPlanner {
  mutating func place(_ with: With) -> Placement {
    if LogicalPlan.with(with).hasEffect { return .returned(scansReturned(.with(with))) }
    for definition in with.definitions {
      let placement = place(definition.plan)
      switch placement {
      // What is made quickly is made anew by each reader.
      case .scattered(let legs):
        let isShort = legs.allSatisfy(\.plan.isShort)
        definitions[definition.id] =
          isShort ? placement : .scattered(legs.map { moved($0, to: placement.stage + 1) })
      case .keyed(let leg, let order):
        definitions[definition.id] =
          leg.plan.isShort ? placement : .keyed(moved(leg, to: leg.stage + 1), order)
      case .sorted:
        let side = side(placement, by: [])
        let leg = Placement.Leg(
          plan: ordered(side.plan, by: side.order), stage: placement.stage + 1, inputs: [side.input])
        definitions[definition.id] = .keyed(leg, side.order)
      case .anywhere, .gathered, .returned:
        let (plan, inputs) = gathered(placement, because: "several places read it")
        together.append(With.Definition(id: definition.id, plan: plan))
        togetherInputs += inputs
      }
    }
    return place(with.body)
  }

  mutating func place(_ reference: Reference) -> Placement {
    switch definitions[reference.id] {
    case .scattered(let legs)?:
      return .scattered(legs.map { $0.with(read($0.plan, by: reference, carrying: [:])) })
    case .keyed(let leg, let order)?:
      // Readers that meet have each their own.
      var carried: [ColumnID: PlanColumn] = [:]
      for read in order.columns(among: leg.plan.columns) { carried[read.id] = column(like: read) }
      return .keyed(leg.with(read(leg.plan, by: reference, carrying: carried)), order.reading(carried))
    case .anywhere?, .sorted?, .gathered?, .returned?, nil: return .gathered(.reference(reference), [])
    }
  }

  /// The rows of a definition as a place reads them, with some columns more, each under the identity that is given.
  private func read(
    _ plan: LogicalPlan, by reference: Reference, carrying carried: [ColumnID: PlanColumn]
  ) -> LogicalPlan {
    let known = Dictionary(plan.columns.map { ($0.id, $0) }) { first, _ in first }
    var assignments = reference.sources.map { source in
      guard let column = known[source.source] else {
        preconditionFailure("plan invariant: `\(source.column.name)` is a column of the definition")
      }
      return Assignment(column: source.column, expression: .column(column))
    }
    for column in plan.columns {
      if let other = carried[column.id] {
        assignments.append(Assignment(column: other, expression: .column(column)))
      }
    }
    return .project(Project(input: plan, assignments: assignments, origin: reference.origin))
  }

  /// The same rows in the tasks of a later stage, made once for all that read them there.
  mutating func moved(_ leg: Placement.Leg, to stage: Int) -> Placement.Leg {
    let exchange = exchange()
    let output = Fragment.Output(
      exchange: exchange, buckets: buckets, keys: [], kind: .rows, position: nil, reason: nil)
    add(Fragment(plan: leg.plan, inputs: leg.inputs, part: leg.part, leg: 0, output: output), to: leg.stage)
    let (input, plan) = input(exchange, leg.plan.columns)
    return Placement.Leg(plan: plan, stage: stage, inputs: [input])
  }
}
