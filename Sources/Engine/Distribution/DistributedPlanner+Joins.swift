/// Joins whose sides are in many tasks.
extension DistributedPlanner {
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
    guard !join.keys.isEmpty, left.isInTasks, right.isInTasks else { return nil }
    let leftSide = side(left, by: join.keys.map(\.left))
    let rightSide = side(right, by: join.keys.map(\.right))
    var met = join
    met.left = ordered(leftSide.plan, by: leftSide.order)
    met.right = ordered(rightSide.plan, by: rightSide.order)
    let order: RowOrder
    if join.kind.keepsUnmatchedRight {
      order = orderOfBoth(leftSide, rightSide, through: &met)
    } else {
      let first = join.kind.givesRight ? rightSide : leftSide
      order = carry(first.order, of: first.plan, through: &met, fromLeft: !join.kind.givesRight)
    }
    let stage = 1 + max(left.stage, right.stage)
    return .keyed(
      Placement.Leg(plan: .join(met), stage: stage, inputs: [leftSide.input, rightSide.input]), order)
  }

  /// Left rows with their partners in the order of the left side, then what found none in that of the right.
  private mutating func orderOfBoth(_ left: Side, _ right: Side, through join: inout Join) -> RowOrder {
    let mark = column("left")
    join.left = join.left.adding(Assignment(column: mark, expression: .literal(.long(1), .long)))
    let isLeft = column(like: mark)
    join.outputs.append(Join.Output(column: isLeft, source: mark.id, fromLeft: true))
    let first = carry(left.order, of: left.plan, through: &join, fromLeft: true)
    let second = carry(right.order, of: right.plan, through: &join, fromLeft: false)
    let sides = Sort.Key(expression: .column(isLeft), descending: false, nullsFirst: false)
    return RowOrder(
      keys: [sides] + first.keys + second.keys, hidden: first.hidden.union(second.hidden).union([isLeft.id]))
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
