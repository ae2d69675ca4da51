import Engine
import Synchronization

/// What one pass over the files gave: a table for each request.
struct LoadedRows: Sendable {
  var tables: [Table]
  var report: LoadReport

  init(_ loaded: (tables: [Table], report: LoadReport)) { (tables, report) = loaded }
}

/// Columns that stay in memory from question to question, so that the next one over the same columns reads no file.
///
/// ```
///   AWSCloudTrail | where EventName == "a" | count                  reads EventName, of the records with "a"
///   AWSCloudTrail | where EventName == "a" | count                  reads nothing
///   AWSCloudTrail | where EventName == "a" | distinct AWSRegion     reads AWSRegion, of the same records
///   AWSCloudTrail | distinct AWSRegion                              reads AWSRegion, of all records
/// ```
/// Rows that were picked by a condition serve the questions whose own condition implies it. All is dropped once a
/// file was changed, came or went. It is for one workspace, whose settings say how fields are read. Beyond the limit of memory, columns go that were not used for the longest time.
package final class KeptTables: Sendable {
  private let state = Mutex(State())
  private let memoryLimit: Int

  /// - Parameter memoryLimit: in bytes, of the columns; those of a question may be more while it runs.
  package init(memoryLimit: Int = 4 << 30) { self.memoryLimit = memoryLimit }

  /// Bytes that the columns take.
  package var byteCount: Int { state.withLock { $0.byteCount } }

  /// The rows for some requests; `load` is called for what is not there.
  func rows(
    for requests: [LoadRequest], in found: FileDiscovery, needsAll: Bool,
    load: ([LoadRequest]) -> LoadedRows
  ) -> LoadedRows {
    state.withLock { state in
      if state.found?.isSame(as: found) != true { state = State(found: found) }
      state.turn += 1
      let rows = state.answer(requests, needsAll: needsAll, load: load)
      state.shrink(to: memoryLimit)
      return rows
    }
  }
}

/// The rows of one table that a condition did not drop, and those of their columns that were asked for.
private struct KeptRows: Sendable {
  struct KeptColumn: Sendable {
    var request: FieldRequest
    var column: Column
    var bytes: Int
    var lastTurn: UInt64
  }

  var table: String
  var files: Set<String>?
  var condition: KeptCondition?
  /// There may be more rows than these.
  var limit: Int?
  var rowCount: Int
  var columns: [KeptColumn] = []
  var lastTurn: UInt64

  /// Whether they have all rows of a request.
  func cover(_ request: LoadRequest) -> Bool {
    guard request.source.name == table, request.files == files else { return false }
    if let limit {
      guard let wanted = request.rowLimit, wanted <= limit, request.predicate == nil else { return false }
    }
    guard let condition else { return true }
    return KeptCondition(of: request)?.implies(condition) ?? false
  }

  /// What they lack of the columns of a request.
  func missing(of request: LoadRequest) -> [FieldRequest] {
    request.fields.compactMap { wanted in
      guard let known = columns.first(where: { $0.request.name == wanted.name }) else { return wanted }
      guard let members = known.request.members else { return nil }
      var both = wanted
      both.members = wanted.members.map { $0.union(members) }
      return both.members == members ? nil : both
    }
  }

  /// A request for some more columns of the same rows.
  func request(for fields: [FieldRequest], like request: LoadRequest) -> LoadRequest {
    var fields = fields
    let predicate = condition?.predicate(over: &fields)
    return LoadRequest(
      source: request.source, fields: fields, predicate: predicate, files: files, rowLimit: limit)
  }

  mutating func add(_ table: Table, _ fields: [FieldRequest], turn: UInt64) {
    for (field, column) in zip(fields, table.columns) {
      let kept = KeptColumn(request: field, column: column, bytes: column.byteCount, lastTurn: turn)
      if let index = columns.firstIndex(where: { $0.request.name == field.name }) {
        columns[index] = kept
      } else {
        columns.append(kept)
      }
    }
  }

  /// All columns; those of the request are marked as used.
  mutating func use(for request: LoadRequest, turn: UInt64) -> Table {
    lastTurn = turn
    let wanted = Set(request.fields.map(\.name))
    for index in columns.indices where wanted.contains(columns[index].request.name) {
      columns[index].lastTurn = turn
    }
    return Table(
      fields: columns.map { Field($0.request.name, $0.request.type) }, columns: columns.map(\.column),
      rowCount: rowCount)
  }
}

extension KeptTables {
  fileprivate struct State: Sendable {
    /// The files as they were when the columns were read.
    var found: FileDiscovery?
    var rows: [KeptRows] = []
    /// What was said of the files, by the tables that were read together.
    var reports: [Set<String>: LoadReport] = [:]
    /// Counts the questions.
    var turn: UInt64 = 0

    /// So many sets of rows are kept, each with a condition of its own.
    private static let largestCount = 256

    init(found: FileDiscovery? = nil) { self.found = found }

    var byteCount: Int { rows.reduce(0) { $0 + $1.columns.reduce(0) { $0 + $1.bytes } } }

    /// From memory, and from the files what it lacks.
    mutating func answer(
      _ requests: [LoadRequest], needsAll: Bool, load: ([LoadRequest]) -> LoadedRows
    ) -> LoadedRows {
      let names = Set(requests.map(\.source.name))
      if let report = reports[names], !needsAll || report.filesNotNeeded == 0,
        let rows = completed(requests, report, load)
      {
        return rows
      }
      let loaded = load(requests)
      if loaded.report.stopped != nil { return loaded }
      for (request, table) in zip(requests, loaded.tables) { _ = keep(table, request) }
      reports[names] = loaded.report
      return loaded
    }

    /// Nil if all must be read anew.
    private mutating func completed(
      _ requests: [LoadRequest], _ report: LoadReport, _ load: ([LoadRequest]) -> LoadedRows
    ) -> LoadedRows? {
      let places = requests.map { place(for: $0) }
      var lacking: [LoadRequest] = []
      for (request, place) in zip(requests, places) {
        guard let place else {
          lacking.append(request)
          continue
        }
        let missing = rows[place].missing(of: request)
        if !missing.isEmpty { lacking.append(rows[place].request(for: missing, like: request)) }
      }
      if lacking.isEmpty {
        var report = report
        report.filesOpened = 0
        report.timings = LoadReport.Timings()
        return LoadedRows((used(requests, places.compactMap { $0 }), report))
      }
      let loaded = load(lacking)
      if loaded.report.stopped != nil {
        return LoadedRows((requests.map { _ in Table(fields: [], columns: [], rowCount: 0) }, loaded.report))
      }
      var read = zip(lacking, loaded.tables).map { ($0, $1) }[...]
      var filled: [Int] = []
      for (request, place) in zip(requests, places) {
        if let place, rows[place].missing(of: request).isEmpty {
          filled.append(place)
          continue
        }
        guard let (wanted, table) = read.popFirst() else { return nil }
        guard let place else {
          filled.append(keep(table, wanted))
          continue
        }
        // Other rows than before: a file was changed while it was read.
        guard table.rowCount == rows[place].rowCount else { return nil }
        rows[place].add(table, wanted.fields, turn: turn)
        filled.append(place)
      }
      let isBetter = report.filesNotNeeded > loaded.report.filesNotNeeded && lacking.count == requests.count
      let whole = isBetter ? loaded.report : KeptTables.joined(report, loaded.report)
      reports[Set(requests.map(\.source.name))] = whole
      return LoadedRows((used(requests, filled), whole))
    }

    /// Puts the rows of a request in the place of those with the same condition.
    private mutating func keep(_ table: Table, _ request: LoadRequest) -> Int {
      let isLimited = request.rowLimit.map { table.rowCount >= $0 } ?? false
      var new = KeptRows(
        table: request.source.name, files: request.files, condition: KeptCondition(of: request),
        limit: isLimited ? request.rowLimit : nil, rowCount: table.rowCount, lastTurn: turn)
      new.add(table, request.fields, turn: turn)
      let old = rows.firstIndex {
        $0.table == new.table && $0.files == new.files && $0.condition == new.condition
          && $0.limit == new.limit
      }
      guard let old else {
        rows.append(new)
        return rows.count - 1
      }
      if rows[old].rowCount == new.rowCount {
        rows[old].add(table, request.fields, turn: turn)
      } else {
        rows[old] = new
      }
      return old
    }

    /// The rows that serve a request best: those that lack nothing, and the fewest.
    private func place(for request: LoadRequest) -> Int? {
      rows.indices.filter { rows[$0].cover(request) }.min { left, right in
        func rank(_ index: Int) -> (Int, Int) {
          (rows[index].missing(of: request).isEmpty ? 0 : 1, rows[index].rowCount)
        }
        return rank(left) < rank(right)
      }
    }

    private mutating func used(_ requests: [LoadRequest], _ places: [Int]) -> [Table] {
      zip(requests, places).map { request, place in rows[place].use(for: request, turn: turn) }
    }

    /// Lets go what was not used for the longest time.
    mutating func shrink(to limit: Int) {
      var bytes = byteCount
      while bytes > limit {
        var oldest: (rows: Int, column: Int, turn: UInt64)?
        for (index, kept) in rows.enumerated() {
          for (number, column) in kept.columns.enumerated() where column.lastTurn < oldest?.turn ?? .max {
            oldest = (index, number, column.lastTurn)
          }
        }
        guard let oldest else { break }
        bytes -= rows[oldest.rows].columns.remove(at: oldest.column).bytes
      }
      while rows.count > State.largestCount,
        let oldest = rows.indices.min(by: { rows[$0].lastTurn < rows[$1].lastTurn })
      {
        rows.remove(at: oldest)
      }
    }
  }

  /// What is known of the files after more of their fields were read.
  fileprivate static func joined(_ first: LoadReport, _ more: LoadReport) -> LoadReport {
    var report = first
    let damaged = Set(first.damaged)
    report.damaged += more.damaged.filter { !damaged.contains($0) }
    let unreadable = Set(first.unreadable.map(\.path))
    report.unreadable += more.unreadable.filter { !unreadable.contains($0.path) }
    let limited = Set(first.limited.map(\.path))
    report.limited += more.limited.filter { !limited.contains($0.path) }
    report.remedies.formUnion(more.remedies)
    report.timings = more.timings
    report.filesOpened = more.filesOpened
    return report
  }
}
