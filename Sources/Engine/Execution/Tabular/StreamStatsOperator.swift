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
  /// The column that is true where all is forgotten before a row counts.
  package var resetBefore: Int?
  /// Where all is forgotten after a row has counted.
  package var resetAfter: ResetCondition?

  /// A condition over the input's columns and, behind them, the results of the operator.
  package struct ResetCondition: Sendable {
    let condition: Expression
    let layout: [PlanColumn]

    package init(_ condition: Expression, over layout: [PlanColumn]) {
      self.condition = condition
      self.layout = layout
    }

    func compiled(_ context: ExecutionContext) throws(ExecutionFailure) -> Test {
      let compiler = ExpressionCompiler(layout: layout, context: context, subqueries: [:])
      return Test(condition: try compiler.compile(condition), width: layout.count)
    }
  }

  /// The condition, ready to be asked for one row after the other.
  struct Test {
    let condition: PhysicalExpression
    let width: Int

    func isTrue(_ row: Int, of table: Table, with results: [Column]) throws(ExecutionFailure) -> Bool {
      let picked = Vector([UInt32(row)])
      let own = table.columns.prefix(width - results.count).map { $0.gather(picked) }
      return try condition.evaluate(Chunk(columns: own + results, count: 1)).value(at: 0) == .bool(true)
    }
  }

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
    let (groups, groupCount) = aggregates.groups(of: table)
    let results =
      window == 0 && timeWindow == nil
      ? try running(table, groups, context) : try windowed(table, groups, groupCount, context)
    return table.columns + zip(aggregates.items, results).map { Column.of($0.result, $1) }
  }

  private func running(
    _ table: Table, _ groups: [Int?], _ context: ExecutionContext
  ) throws(ExecutionFailure) -> [[Value]] {
    let test = try resetAfter?.compiled(context)
    var states: [Int: [any AggregateState]] = [:]
    var results = aggregates.items.map { _ in [Value](repeating: .null, count: table.rowCount) }
    var previous: Int?
    for row in 0..<table.rowCount {
      if row % 4096 == 0 { try context.checkpoint() }
      guard let group = groups[row] else { continue }
      if resetsOnChange && previous != group || isReset(before: row, in: table) { states = [:] }
      previous = group
      let own = states[group] ?? aggregates.items.map { $0.makeState() }
      states[group] = own
      for (index, item) in aggregates.items.enumerated() {
        if current { item.update(own[index], with: table, rows: [UInt32(row)]) }
        results[index][row] = item.value(of: own[index])
        if !current { item.update(own[index], with: table, rows: [UInt32(row)]) }
      }
      if try isReset(after: row, in: table, results, test) { states = [:] }
    }
    return results
  }

  func isReset(before row: Int, in table: Table) -> Bool {
    resetBefore.map { table.value(row: row, column: $0) == .bool(true) } ?? false
  }

  func isReset(
    after row: Int, in table: Table, _ results: [[Value]], _ test: Test?
  ) throws(ExecutionFailure) -> Bool {
    guard let test else { return false }
    let own = zip(aggregates.items, results).map { Column.of($0.result, [$1[row]]) }
    return try test.isTrue(row, of: table, with: own)
  }
}
