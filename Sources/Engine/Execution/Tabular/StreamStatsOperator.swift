/// `streamstats`: aggregates over the rows so far, or over a window of them, behind every row.
package struct StreamStatsOperator: TabularOperator {
  package static let planName = "streamstats"
  let keys: [Expression]
  private(set) var items: [Aggregate.Item]
  /// Whether the current row counts.
  let current: Bool
  /// How many rows count; 0 is all.
  let window: Int
  /// Whether the window is over all rows rather than over those of the group.
  let isGlobal: Bool
  /// Begins anew where the key changes.
  let resetsOnChange: Bool
  let timeWindow: TimeWindow?
  /// True where all is forgotten before a row counts.
  package var resetBefore: Expression?
  /// True where all is forgotten after a row has counted; over the columns of the input and those that are made.
  package var resetAfter: Expression?

  package struct TimeWindow: Equatable, Sendable {
    var time: Expression
    /// How far rows may lie apart.
    var ticks: Int64

    package init(time: Expression, ticks: Int64) {
      self.time = time
      self.ticks = ticks
    }
  }

  package init(
    keys: [Expression], items: [Aggregate.Item], current: Bool, window: Int, isGlobal: Bool,
    resetsOnChange: Bool, timeWindow: TimeWindow?
  ) {
    self.keys = keys
    self.items = items
    self.current = current
    self.window = max(0, window)
    self.isGlobal = isGlobal
    self.resetsOnChange = resetsOnChange
    self.timeWindow = timeWindow
  }

  package static let form = PlanForm<StreamStatsOperator>.record(
    { keys, items, current, window, isGlobal, resetsOnChange, timeWindow, before, after in
      var made = StreamStatsOperator(
        keys: keys, items: items, current: current, window: window, isGlobal: isGlobal,
        resetsOnChange: resetsOnChange, timeWindow: timeWindow)
      made.resetBefore = before
      made.resetAfter = after
      return made
    },
    Member("keys", \.keys), Member("items", \.items), Member("current", \.current),
    Member("window", \.window), Member("isGlobal", \.isGlobal), Member("resetsOnChange", \.resetsOnChange),
    Member("timeWindow", \.timeWindow), Member("resetBefore", \.resetBefore),
    Member("resetAfter", \.resetAfter))

  package var label: String { "streamstats" }
  package var passes: PassedRows { .all }
  package var made: [PlanColumn] { items.flatMap(\.outputs) }
  package var expressions: [Expression] {
    keys + items.flatMap(\.call.arguments)
      + [timeWindow?.time, resetBefore, resetAfter].compactMap { $0 }
  }

  package var gathered: GatheredRows? { GatheredRows(keys: keys, items: items, hasItself: current) }
  package var details: [String] {
    keys.map { "by \($0.explanation)" } + items.map(\.explanation)
      + (window > 0 ? ["over \(window) rows"] : [])
      + (timeWindow.map { ["over \(Ticks.timespanText($0.ticks)) of \($0.time.explanation)"] } ?? [])
      + (resetBefore.map { ["anew before \($0.explanation)"] } ?? [])
      + (resetAfter.map { ["anew after \($0.explanation)"] } ?? [])
  }

  package func mappingExpressions(_ transform: (Expression) -> Expression) -> StreamStatsOperator {
    var copy = StreamStatsOperator(
      keys: keys.map(transform), items: items.map { $0.mapping(transform) }, current: current, window: window,
      isGlobal: isGlobal, resetsOnChange: resetsOnChange,
      timeWindow: timeWindow.map { TimeWindow(time: transform($0.time), ticks: $0.ticks) })
    copy.resetBefore = resetBefore.map(transform)
    copy.resetAfter = resetAfter.map(transform)
    return copy
  }

  package func keeping(_ wanted: Set<ColumnID>) -> StreamStatsOperator {
    let read = wanted.union(resetAfter?.columns ?? [])
    var copy = self
    copy.items = items.filter { $0.outputs.contains { read.contains($0.id) } }
    return copy
  }

  /// Whole groups may go, where each runs by itself.
  package func standsBehindFilter(on columns: Set<ColumnID>) -> Bool {
    keys.hold(columns) && !resetsOnChange && resetBefore == nil && resetAfter == nil
      && !(isGlobal && window > 0)
  }

  package func run(_ run: OperatorRun) throws(ExecutionFailure) -> OperatorResult {
    let rows = try Rows(self, run)
    if window == 0, timeWindow == nil {
      try checkLists(rows)
      let (results, versions) = try running(rows)
      return .beside(
        run.input,
        rows.items.indices.map {
          versions[$0].column(of: rows.items[$0]) ?? rows.items[$0].column(results[$0])
        }
      )
    }
    let results = try windowed(rows)
    return .beside(run.input, zip(rows.items, results).map { $0.column($1) })
  }

  private func running(
    _ rows: Rows
  ) throws(ExecutionFailure) -> (results: [[Value]], versions: [ListVersions]) {
    var states: [Int: [Running]] = [:]
    var results = rows.noResults
    var versions = rows.items.map { ListVersions(of: $0, rows: rows.count) }
    var previous: Int?
    for row in 0..<rows.count {
      if row % 256 == 0 { try rows.context.checkpoint() }
      guard let group = rows.groups[row] else { continue }
      if resetsOnChange && previous != group || rows.isReset(before: row) { states = [:] }
      previous = group
      let own = states[group] ?? rows.items.map { Running($0) }
      states[group] = own
      for (index, running) in own.enumerated() {
        if current { running.add(row) }
        if let growth = running.growth {
          // A list that has not grown is the one before.
          if growth.hasGrown { growth.version = versions[index].add(running.result) }
          growth.hasGrown = false
          versions[index].codes[row] = growth.version
          if resetAfter != nil { results[index][row] = versions[index].value(growth.version) }
        } else {
          results[index][row] = running.result
        }
        if !current { running.add(row) }
      }
      if try rows.isReset(after: row, results) { states = [:] }
    }
    return (results, versions)
  }

  /// An aggregate over the rows so far, by its running form if it has one.
  private struct Running {
    let item: RowAggregate
    let running: (any RunningAggregate)?
    let state: (any AggregateState)?
    let growth: ListGrowth?

    init(_ item: RowAggregate) {
      self.item = item
      running = item.makeRunning()
      state = running == nil ? item.makeState() : nil
      growth = ListGrowth(item)
    }

    func add(_ row: Int) {
      if let growth, let argument = item.arguments.first, !growth.takes(argument.value(at: row)) { return }
      if let running, let argument = item.arguments.first {
        running.add(argument.value(at: row))
      } else if let state {
        item.update(state, with: [UInt32(row)])
      }
    }

    var result: Value { running?.result ?? state.map { item.value(of: $0) } ?? .null }
  }

  /// The rows of a run, with all that is asked of them.
  struct Rows {
    let items: [RowAggregate]
    /// The group of each row, nil where a key is null.
    let groups: [Int?]
    let groupCount: Int
    let count: Int
    let times: Column?
    let context: ExecutionContext
    private let table: Table
    private let before: Column?
    private let after: PhysicalExpression?

    init(_ operation: StreamStatsOperator, _ run: OperatorRun) throws(ExecutionFailure) {
      let input = run.input
      items = try RowAggregate.all(operation.items, over: input)
      count = input.rowCount
      (groups, groupCount) = SPLWindowFunctions.grouping(
        try input.columns(operation.keys), count: input.rowCount)
      times = try operation.timeWindow.map { window throws(ExecutionFailure) in try input.column(window.time)
      }
      before = try operation.resetBefore.map { reset throws(ExecutionFailure) in try input.column(reset) }
      after = try operation.resetAfter.map { reset throws(ExecutionFailure) in
        try run.executor.compiler(input.columns + operation.made).compile(reset)
      }
      table = input.table
      context = run.context
    }

    var noResults: [[Value]] { items.map { _ in [Value](repeating: .null, count: count) } }

    func isReset(before row: Int) -> Bool { before?.value(at: row) == .bool(true) }

    func isReset(after row: Int, _ results: [[Value]]) throws(ExecutionFailure) -> Bool {
      guard let after else { return false }
      let own = table.gather(Vector([UInt32(row)])).columns
      let made = zip(items, results).map { $0.column([$1[row]]) }
      return try after.evaluate(Chunk(columns: own + made, count: 1)).value(at: 0) == .bool(true)
    }
  }
}

extension StreamStatsOperator.TimeWindow: PlanCodable {
  package static let form = PlanForm<StreamStatsOperator.TimeWindow>.record(
    StreamStatsOperator.TimeWindow.init(time:ticks:), Member("time", \.time), Member("ticks", \.ticks))
}
