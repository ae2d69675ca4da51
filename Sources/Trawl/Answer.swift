import Diagnostics
import Engine
import Session

/// What came of a query.
public struct Answer: Sendable {
  /// One table, or one for each branch of a `fork` or each facet; never empty.
  public let tables: [ResultTable]
  public let warnings: [Problem]
  /// What there is to say beside the rows: a list that Splunk would have cut, an index that was not looked at.
  public let notes: [String]
  public let load: LoadSummary
  /// What `now()` was.
  public let now: Instant
  /// Of the engine, without reading.
  public let seconds: Double

  /// The first table.
  public var table: ResultTable { tables[0] }

  init(_ run: Workspace.Run, _ query: CompiledQuery) {
    let results = run.outcomes.flatMap(\.results).map { ResultTable($0) }
    tables = results.isEmpty ? [ResultTable.empty] : results
    warnings = query.warnings.map { Problem($0, in: query.source) }
    notes = run.outcomes.flatMap(\.notes).map(\.plainText)
    load = LoadSummary(run.report)
    now = Instant(ticks: query.now ?? run.now)
    seconds = run.outcomes.reduce(0) { $0 + $1.seconds }
  }
}

/// Rows with typed columns; cells are made when they are asked for.
public struct ResultTable: Sendable {
  public enum ColumnType: String, Hashable, Sendable, CaseIterable {
    case bool, int, long, real, decimal, datetime, timespan, guid, string, dynamic
  }

  public struct Column: Hashable, Sendable {
    public let name: String
    public let type: ColumnType
  }

  /// Of a `fork` branch or a facet.
  public let name: String?
  /// The picture that `render` asks for, such as `timechart`.
  public let chart: String?
  public let columns: [Column]
  private let table: Table

  public var rowCount: Int { table.rowCount }

  /// - Precondition: both are within the table.
  public subscript(row: Int, column: Int) -> Cell { Cell(table.value(row: row, column: column)) }

  /// The cell of a column; nil if there is no such column.
  public subscript(row: Int, column: String) -> Cell? {
    columns.firstIndex { $0.name == column }.map { self[row, $0] }
  }

  public var rows: [[Cell]] { (0..<rowCount).map { table.row($0).map { Cell($0) } } }

  init(_ result: QueryOutcome.Result) {
    self.init(result.table, name: result.name, chart: result.chart?.kind.rawValue)
  }

  static let empty = ResultTable(Table(fields: [], columns: [], rowCount: 0), name: nil, chart: nil)

  private init(_ table: Table, name: String?, chart: String?) {
    self.name = name
    self.chart = chart
    self.table = table
    columns = table.fields.map { field in
      let type: ColumnType =
        switch field.type {
        case .bool: .bool
        case .int: .int
        case .long: .long
        case .real: .real
        case .decimal: .decimal
        case .datetime: .datetime
        case .timespan: .timespan
        case .guid: .guid
        case .string: .string
        case .dynamic: .dynamic
        }
      return Column(name: field.name, type: type)
    }
  }
}

/// What was read, and what could not be. Of a question that memory answered: what was read when it was loaded.
public struct LoadSummary: Hashable, Sendable {
  /// A file and what there is to say of it.
  public struct File: Hashable, Sendable {
    public let path: String
    public let reason: String
  }

  public let filesFound: Int
  /// Those with an event of a wanted table.
  public let filesRead: Int
  /// Not opened, since others gave all rows that were wanted.
  public let filesNotNeeded: Int
  /// They hold no logs.
  public let skipped: [File]
  public let unreadable: [File]
  /// They end early, or are broken in a part.
  public let damaged: [File]
  /// They went beyond a limit.
  public let limited: [File]
  public let eventsRead: Int
  public let eventsRejected: Int
  public let eventsWithoutTime: Int
  public let earliest: Instant?
  public let latest: Instant?

  /// All that was found was read.
  public var isWhole: Bool { unreadable.isEmpty && damaged.isEmpty && limited.isEmpty && eventsRejected == 0 }

  init(_ report: LoadReport) {
    filesFound = report.filesFound
    filesRead = report.filesRead
    filesNotNeeded = report.filesNotNeeded
    skipped = report.skipped.map { File(path: $0.path, reason: $0.reason) }
    unreadable = report.unreadable.map { File(path: $0.path, reason: $0.reason) }
    damaged = report.damaged.map { File(path: $0.path, reason: $0.reason) }
    limited = report.limited.map { File(path: $0.path, reason: $0.reason) }
    eventsRead = report.eventsRead
    eventsRejected = report.rejected
    eventsWithoutTime = report.eventsWithoutTime
    earliest = report.earliest.map { Instant(ticks: $0) }
    latest = report.latest.map { Instant(ticks: $0) }
  }
}
