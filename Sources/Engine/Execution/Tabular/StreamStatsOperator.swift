/// `streamstats`: aggregates over the rows so far, or over a window of them, behind every row.
package struct StreamStatsOperator: PassingOperator {
  let aggregates: GroupedAggregates
  /// Whether the current row counts.
  let current: Bool
  /// How many rows count; 0 is all.
  let window: Int
  /// Whether the window is over all rows rather than over those of the group.
  let isGlobal: Bool
  /// Begins anew where the key changes.
  let resetsOnChange: Bool
  /// The column of times and the ticks that rows may lie apart.
  let timeWindow: (column: Int, ticks: Int64)?

  package init(
    _ aggregates: GroupedAggregates, current: Bool, window: Int, isGlobal: Bool, resetsOnChange: Bool,
    timeWindow: (column: Int, ticks: Int64)?
  ) {
    self.aggregates = aggregates
    self.current = current
    self.window = max(0, window)
    self.isGlobal = isGlobal
    self.resetsOnChange = resetsOnChange
    self.timeWindow = timeWindow
  }

  package var label: String { "streamstats" }

  package func run(_ inputs: [Table], context: ExecutionContext) throws(ExecutionFailure) -> [Column] {
    guard let table = inputs.first else { return [] }
    let (groups, _) = aggregates.groups(of: table)
    let results =
      window == 0 && timeWindow == nil
      ? running(table, groups) : try windowed(table, groups, context)
    return table.columns + zip(aggregates.items, results).map { Column.of($0.result, $1) }
  }

  private func running(_ table: Table, _ groups: [Int?]) -> [[Value]] {
    var states: [Int: [any AggregateState]] = [:]
    var results = aggregates.items.map { _ in [Value](repeating: .null, count: table.rowCount) }
    var previous: Int?
    for row in 0..<table.rowCount {
      guard let group = groups[row] else { continue }
      if resetsOnChange, previous != group { states = [:] }
      previous = group
      let own = states[group] ?? aggregates.items.map { $0.makeState() }
      states[group] = own
      for (index, item) in aggregates.items.enumerated() {
        if current { item.update(own[index], with: table, rows: [UInt32(row)]) }
        results[index][row] = item.value(of: own[index])
        if !current { item.update(own[index], with: table, rows: [UInt32(row)]) }
      }
    }
    return results
  }

  private func windowed(
    _ table: Table, _ groups: [Int?], _ context: ExecutionContext
  ) throws(ExecutionFailure) -> [[Value]] {
    var recent: [Int: [Int]] = [:]
    var results = aggregates.items.map { _ in [Value](repeating: .null, count: table.rowCount) }
    var previous: Int?
    for row in 0..<table.rowCount {
      if row % 4096 == 0 { try context.checkpoint() }
      guard let group = groups[row] else { continue }
      if resetsOnChange, previous != group { recent = [:] }
      previous = group
      let key = isGlobal ? -1 : group
      var rows = recent[key, default: []]
      if current { rows.append(row) }
      if window > 0, rows.count > window { rows.removeFirst(rows.count - window) }
      if let timeWindow { rows.removeAll { isFar($0, row, table, timeWindow) } }
      let counted = rows.filter { groups[$0] == group }.map { UInt32($0) }
      for (index, item) in aggregates.items.enumerated() {
        let state = item.makeState()
        item.update(state, with: table, rows: counted)
        results[index][row] = item.value(of: state)
      }
      if !current { rows.append(row) }
      recent[key] = rows
    }
    return results
  }

  private func isFar(_ row: Int, _ other: Int, _ table: Table, _ window: (column: Int, ticks: Int64)) -> Bool
  {
    guard case .datetime(let first) = table.value(row: row, column: window.column),
      case .datetime(let second) = table.value(row: other, column: window.column)
    else { return true }
    return abs(first - second) > window.ticks
  }
}
