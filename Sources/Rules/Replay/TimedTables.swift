import Engine
import Session
import Synchronization

/// Loaded tables whose rows can be taken by their time: the window of a run that a schedule starts.
///
/// Rows keep the order in which they were loaded. A table without times gives all its rows in every window; rows
/// without a readable time are in no window.
struct TimedTables: Sendable {
  /// Rows by time: `rows[i]` is a row with the time `times[i]`, ascending.
  private struct Index: Sendable {
    var times: [Int64]
    var rows: [UInt32]
  }

  private let loaded: LoadedTables
  private var indexes: [String: Index] = [:]
  /// Rows of tables with times that have none.
  private(set) var rowsWithoutTime = 0
  /// Tables that have no times.
  private(set) var timelessTables: [String] = []

  /// - Parameter timeFields: the field of each table that holds its time.
  init(_ loaded: LoadedTables, timeFields: [String: String]) {
    self.loaded = loaded
    for (name, table) in loaded.tables.sorted(by: { $0.key < $1.key }) {
      guard let field = timeFields[name], let position = table.fields.firstIndex(where: { $0.name == field })
      else {
        timelessTables.append(name)
        continue
      }
      let column = table.columns[position]
      var entries: [(time: Int64, row: UInt32)] = []
      entries.reserveCapacity(table.rowCount)
      for row in 0..<table.rowCount {
        if case .datetime(let ticks) = column.value(at: row) {
          entries.append((ticks, UInt32(row)))
        } else {
          rowsWithoutTime += 1
        }
      }
      entries.sort { ($0.time, $0.row) < ($1.time, $1.row) }
      indexes[name] = Index(times: entries.map(\.time), rows: entries.map(\.row))
    }
  }

  /// Whether any of some tables may have rows after its start, up to and with `end`.
  func hasRows(of tables: Set<String>, after starts: ReplayWindow.Starts, through end: Int64) -> Bool {
    tables.contains { table in
      loaded.names(of: table).contains { name in
        guard let index = indexes[name] else { return (loaded.tables[name]?.rowCount ?? 0) > 0 }
        return !range(index, after: starts[table], through: end).isEmpty
      }
    }
  }

  /// The rows of a scan after `start`, up to and with `end`.
  func rows(of scan: Scan, after start: Int64, through end: Int64) throws(ExecutionFailure) -> Table {
    LoadedTables.joined(
      try loaded.parts(of: scan).map { name, table in
        guard let index = indexes[name] else { return table }
        let range = range(index, after: start, through: end)
        if range.count == table.rowCount { return table }
        let rows = index.rows[range].sorted()
        let picked = Vector(rows)
        return Table(
          fields: table.fields, columns: table.columns.map { $0.gather(picked).compacted },
          rowCount: rows.count)
      })
  }

  private func range(_ index: Index, after start: Int64, through end: Int64) -> Range<Int> {
    let lower = TimedTables.firstIndex(in: index.times, above: start)
    return lower..<max(lower, TimedTables.firstIndex(in: index.times, above: end))
  }

  private static func firstIndex(in times: [Int64], above limit: Int64) -> Int {
    var low = 0
    var high = times.count
    while low < high {
      let middle = (low + high) / 2
      if times[middle] <= limit { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Timed tables for rules whose queries are read anew for each window: made once for each load.
final class TimedTableCache: Sendable {
  private struct State {
    var tables: TimedTables
    var load: Int
  }

  private let state = Mutex<State?>(nil)
  private let cache: EvaluationCache
  private let workspace: Workspace

  init(_ workspace: Workspace) {
    self.workspace = workspace
    cache = EvaluationCache(workspace)
  }

  func loaded(for scans: [Scan]) -> LoadedTables { cache.tables(for: workspace.timed(scans)).loaded }

  /// Tables that hold all that some scans read.
  func tables(for scans: [Scan]) -> TimedTables {
    let (loaded, load) = cache.tables(for: workspace.timed(scans))
    return state.withLock { state in
      if let state, state.load == load { return state.tables }
      let tables = TimedTables(loaded, timeFields: workspace.timeFields(of: Array(loaded.tables.keys)))
      state = State(tables: tables, load: load)
      return tables
    }
  }
}
