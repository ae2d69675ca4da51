import Engine

/// Rows that an aggregation, or what puts aggregates behind rows, makes of groups.
struct Gathering {
  /// The node itself.
  var plan: LogicalPlan
  var input: LogicalPlan
  /// The keys, and the columns that they go to; those of rows that stay go nowhere.
  var keys: [(column: ColumnID?, expression: Engine.Expression)]
  var items: [Aggregate.Item]
  var needsKeys: Bool

  init(_ aggregate: Aggregate) {
    plan = .aggregate(aggregate)
    input = aggregate.input
    keys = aggregate.keys.map { ($0.column.id, $0.expression) }
    items = aggregate.items
    needsKeys = aggregate.dropsNullKeys
  }

  init(_ call: TabularCall, _ input: LogicalPlan, _ gathered: GatheredRows) {
    plan = .tabular(call)
    self.input = input
    keys = gathered.keys.map { (nil, $0) }
    items = gathered.items
    needsKeys = true
  }

  /// The columns of items of which a test holds.
  func columns(_ test: (AggregateMeaning?) -> Bool) -> Set<ColumnID> {
    Set(items.filter { test($0.call.function.meaning) }.flatMap { $0.outputs.map(\.id) })
  }
}

extension AggregateMeaning {
  /// It grows with the rows.
  var isCount: Bool {
    switch self {
    case .count, .distinctCount, .total: true
    case .oneOfThem, .list: false
    }
  }
}

extension ConditionGoal {
  func reads(_ columns: Set<ColumnID>) -> Bool { !goal.expression.columns.isDisjoint(with: columns) }
}
