import Diagnostics
import Engine
import LogSources
import Session

/// Loads records as a run would, so that nothing has to be known of how a record becomes a row.
///
/// The records lie in one file of a folder of its own, which goes away with the trial. Whatever is tried is paid for
/// with `spend`: the work for one rule has an end, and the time of the whole run is looked at.
final class RecordTrial {
  /// One step on a way back through an expression.
  static let step = 1
  /// Working out some expressions.
  private static let values = 10
  /// Reading a file.
  private static let load = 100
  /// Running a whole rule.
  private static let run = 300

  private static let file = "made.json"

  private let folder: ScratchFolder
  private let workspace: Workspace
  let now: Int64?
  /// What may still be done. It counts work and not time, so that the answer is always the same.
  private(set) var work: Int
  /// Why something that was tried stopped, each once.
  private(set) var stops: [String] = []
  /// Why the last run of the whole rule did not come to its end; nil if it did.
  private(set) var lastStop: String?

  init(_ configuration: WorkspaceConfiguration, now: Int64?, work: Int) throws {
    folder = try ScratchFolder(for: "events")
    var configuration = configuration
    configuration.logs = [folder.path(of: RecordTrial.file)]
    configuration.boundary = nil
    configuration.threads = 1
    configuration.progress = nil
    workspace = Workspace(configuration)
    self.now = now
    self.work = work
  }

  var sources: [SourceDefinition] { workspace.configuration.sources }

  // MARK: - Work

  /// Nothing further is tried.
  var isExhausted: Bool { work <= 0 }

  /// From here on so much more may be done.
  func allow(_ work: Int) { self.work = work }

  /// Pays for what is tried next.
  ///
  /// - Returns: whether it may be tried. The end of the run's own time is thrown.
  @discardableResult
  func spend(_ cost: Int) throws -> Bool {
    try RunLimits.checkpoint()
    if isExhausted { return false }
    work -= cost
    return true
  }

  /// What was tried stopped. That alone ends nothing: other records may do better. But a run that has no time or memory
  /// left is over.
  private func stopped(_ failure: ExecutionFailure) throws {
    if failure.kind == .cancelled { throw failure }
    try RunLimits.checkpoint()
    note(failure.message)
  }

  private func note(_ stop: String) {
    if !stops.contains(stop) { stops.append(stop) }
  }

  private func write(_ records: [JSONValue]) throws {
    var bytes: [UInt8] = []
    for record in records {
      record.write(to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    }
    try folder.write(bytes, to: RecordTrial.file)
  }

  // MARK: - Trying

  /// A row for each record; nil where one is no record of the source any more.
  func rows(of records: [JSONValue], for scan: Scan, loadedAs name: String) throws -> Table? {
    guard try spend(RecordTrial.load + records.count) else { return nil }
    try write(records)
    var whole = scan
    whole.predicate = nil
    whole.limit = nil
    let loaded = workspace.load([.scan(whole)])
    do throws(ExecutionFailure) {
      let rows = try loaded.parts(of: whole).first { $0.name == name }?.rows
      return rows.flatMap { $0.rowCount == records.count ? $0 : nil }
    } catch {
      try stopped(error)
      return nil
    }
  }

  /// The values of expressions in each row.
  func values(
    of expressions: [Engine.Expression], over rows: Table, columns: [PlanColumn], now time: Int64? = nil
  ) throws -> Table? {
    guard try spend(RecordTrial.values) else { return nil }
    let origin = PlanOrigin(label: "")
    let assignments = expressions.enumerated().map { index, expression in
      Assignment(
        column: PlanColumn(id: ColumnID(-1 - index), name: "v\(index)", type: expression.type),
        expression: expression)
    }
    let plan = LogicalPlan.project(
      Project(
        input: .inline(Inline(columns: columns, table: rows, origin: origin)), assignments: assignments,
        origin: origin))
    let executor = workspace.executor(now: time ?? now ?? EventModel.now, profile: nil) {
      (_) throws(ExecutionFailure) in
      throw ExecutionFailure("no-logs", "it asks the logs while it is worked out")
    }
    do throws(ExecutionFailure) {
      return try executor.run(plan)
    } catch {
      try stopped(error)
      return nil
    }
  }

  /// The rows that a plan gives for some records.
  func run(_ plan: LogicalPlan, over records: [JSONValue], now present: Int64? = nil) throws -> Table? {
    guard try spend(RecordTrial.load + records.count) else { return nil }
    try write(records)
    let plan = workspace.optimized(plan)
    let loaded = workspace.load([plan])
    let time = present ?? now ?? loaded.now(workspace.configuration)
    do throws(ExecutionFailure) {
      return try workspace.executor(over: loaded, now: time, profile: nil).run(plan)
    } catch {
      try stopped(error)
      return nil
    }
  }

  /// What came of a whole rule.
  enum RuleRun {
    case rows(Table)
    /// It did not come to its end.
    case stopped(String)
    /// There was no work left for it.
    case untried
  }

  /// What a whole query gives for some records: the rows of its only result.
  func run(_ query: CompiledQuery, over records: [JSONValue], now time: Int64? = nil) throws -> RuleRun {
    guard try spend(RecordTrial.run + 5 * records.count) else { return .untried }
    lastStop = nil
    try write(records)
    var workspace = workspace
    if let time { workspace = workspace.with(now: .at(time)) }
    let resolved: CompiledQuery
    do throws(QueryFailure) {
      resolved = try workspace.resolve(query)
    } catch {
      try RunLimits.checkpoint()
      return stop(error.cause?.message ?? "it does not compile over these events")
    }
    do throws(ExecutionFailure) {
      let run = try workspace.run([resolved])
      if let table = run.outcomes.first?.results.first?.table { return .rows(table) }
    } catch {
      try stopped(error)
      return stop(error.message)
    }
    return stop("it gives no table")
  }

  private func stop(_ reason: String) -> RuleRun {
    note(reason)
    lastStop = reason
    return .stopped(reason)
  }

  // MARK: - Sources

  func sources(of scan: Scan) -> [String] { workspace.sources.loadedNames(of: scan) }

  func request(of field: String, loadedAs name: String) -> FieldRequest? {
    workspace.sources.request(of: field, loadedAs: name)
  }

  /// The records of some roles as their log has them.
  func records(of scene: EventScene) -> [JSONValue] { EventLog.stamped(scene.roles, sources) }
}
