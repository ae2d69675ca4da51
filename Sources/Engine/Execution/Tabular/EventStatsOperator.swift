/// `eventstats`: aggregates of its group behind every row; a row that lacks a key stays without them.
package struct EventStatsOperator: TabularOperator {
  package static let planName = "eventstats"
  package let keys: [Expression]
  package private(set) var items: [Aggregate.Item]

  package init(keys: [Expression], items: [Aggregate.Item]) {
    self.keys = keys
    self.items = items
  }

  package static let form = PlanForm<EventStatsOperator>.record(
    EventStatsOperator.init(keys:items:), Member("keys", \.keys), Member("items", \.items))

  package var label: String { "eventstats" }
  package var passes: PassedRows { .all }
  package var made: [PlanColumn] { items.flatMap(\.outputs) }
  package var expressions: [Expression] { keys + items.flatMap(\.call.arguments) }
  package var gathered: GatheredRows? { GatheredRows(keys: keys, items: items, hasItself: true) }
  package var details: [String] { keys.map { "by \($0.explanation)" } + items.map(\.explanation) }

  package func mappingExpressions(_ transform: (Expression) -> Expression) -> EventStatsOperator {
    EventStatsOperator(keys: keys.map(transform), items: items.map { $0.mapping(transform) })
  }

  package func keeping(_ wanted: Set<ColumnID>) -> EventStatsOperator {
    EventStatsOperator(
      keys: keys, items: items.filter { $0.outputs.contains { wanted.contains($0.id) } })
  }

  /// Whole groups may go: no other group notices.
  package func standsBehindFilter(on columns: Set<ColumnID>) -> Bool { keys.hold(columns) }

  package func run(_ run: OperatorRun) throws(ExecutionFailure) -> OperatorResult {
    let rowCount = run.input.rowCount
    let (groups, count) = SPLWindowFunctions.grouping(try run.input.columns(keys), count: rowCount)
    let rows = (0..<UInt32(rowCount)).filter { groups[Int($0)] != nil }
    let picked = Vector(rows)
    let codes = rows.map { UInt32(groups[Int($0)] ?? 0) }
    let places = Vector(groups.map { UInt32($0 ?? count) })
    let columns = try RowAggregate.all(items, over: run.input).map {
      $0.column(rows: picked, groups: codes, groupCount: count).gather(places)
    }
    return .beside(run.input, columns)
  }
}

extension [Expression] {
  /// Whether all of some columns are among these expressions: what depends on them alone is the same within a group.
  func hold(_ columns: Set<ColumnID>) -> Bool {
    let held = compactMap { if case .column(let column) = $0 { column.id } else { nil } }
    return !columns.isEmpty && columns.isSubset(of: held)
  }
}
