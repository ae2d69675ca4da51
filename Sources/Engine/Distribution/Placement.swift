/// Where the rows of a plan are while it runs on many machines.
enum Placement {
  /// Rows that any task can make: no file is read for them.
  case anywhere(LogicalPlan)
  /// Rows of the tasks of a stage, which all legs have in common. In the order of the legs, each in that of the tasks.
  case scattered([Leg])
  /// The same rows in the order of a sort, into which they are put where someone sees their order; with columns that only
  /// the sort reads.
  case sorted([Leg], Sort, hidden: Set<ColumnID>)
  /// Rows that were shared out by a key: each task has some from anywhere, in the order that all have.
  case keyed(Leg, RowOrder)
  /// All rows together in the last stage.
  case gathered(LogicalPlan, [Fragment.Input])
  /// All rows with whoever asked, since what is done to them has an effect there.
  case returned(LogicalPlan)

  /// A plan that tasks of a stage run over what they have.
  struct Leg {
    var plan: LogicalPlan
    var stage: Int
    var inputs: [Fragment.Input] = []
    var part: Int?

    func with(_ plan: LogicalPlan) -> Leg {
      var leg = self
      leg.plan = plan
      return leg
    }
  }

  /// Its rows are in the tasks of a stage.
  var isInTasks: Bool {
    switch self {
    case .scattered(let legs), .sorted(let legs, _, _): !legs.isEmpty
    case .keyed: true
    case .anywhere, .gathered, .returned: false
    }
  }

  /// The stage whose tasks have its rows.
  var stage: Int {
    switch self {
    case .scattered(let legs), .sorted(let legs, _, _): legs.map(\.stage).max() ?? 0
    case .keyed(let leg, _): leg.stage
    case .anywhere, .gathered, .returned: 0
    }
  }
}

/// How rows that were shared out find back into the order of all: by columns that come along for it.
struct RowOrder {
  /// Together they tell all rows apart but those that one row became.
  var keys: [Sort.Key]
  /// Columns that nobody asked for.
  var hidden: Set<ColumnID>

  /// Rows in the order of a sort, if there is one, and where that tells none apart in that of their positions.
  init(_ position: PlanColumn, behind sort: [Sort.Key] = []) {
    keys = sort
    hidden = []
    self = followed(by: position)
  }

  init(keys: [Sort.Key], hidden: Set<ColumnID>) {
    self.keys = keys
    self.hidden = hidden
  }

  /// The columns that it reads, of those that rows have.
  func columns(among all: [PlanColumn]) -> [PlanColumn] {
    var read: Set<ColumnID> = []
    for key in keys { key.expression.collectColumns(into: &read) }
    return all.filter { read.contains($0.id) }
  }

  /// The same by other columns with the same values, which nobody asked for.
  func reading(_ columns: [ColumnID: PlanColumn]) -> RowOrder {
    let replaced = columns.mapValues { Expression.column($0) }
    var copy = keys
    for index in copy.indices { copy[index].expression = copy[index].expression.substituting(replaced) }
    return RowOrder(keys: copy, hidden: Set(columns.values.map(\.id)))
  }

  /// Where it tells rows not apart, their positions do.
  func followed(by position: PlanColumn) -> RowOrder {
    let last = Sort.Key(expression: .column(position), descending: false, nullsFirst: true)
    return RowOrder(keys: keys + [last], hidden: hidden.union([position.id]))
  }

  /// The order of a sort of such rows.
  func behind(_ sort: [Sort.Key]) -> RowOrder { RowOrder(keys: sort + keys, hidden: hidden) }

  func hiding(_ more: [PlanColumn]) -> RowOrder { hiding(Set(more.map(\.id))) }

  func hiding(_ more: Set<ColumnID>) -> RowOrder { RowOrder(keys: keys, hidden: hidden.union(more)) }
}
