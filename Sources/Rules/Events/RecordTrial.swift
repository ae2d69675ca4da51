import Diagnostics
import Engine
import LogSources
import Session

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Loads records as a run would, so that nothing has to be known of how a record becomes a row.
///
/// The records lie in one file of a folder of its own, which goes away with the trial.
final class RecordTrial {
  /// The work of reading a file, in that of working out some expressions.
  private static let load = 10
  /// That of running a whole rule.
  private static let run = 30

  private let folder: String
  private let workspace: Workspace
  let now: Int64?
  /// What may still be done for one rule. It counts work and not time, so that the answer is always the same.
  private var work: Int

  init(_ configuration: WorkspaceConfiguration, now: Int64?, work: Int) {
    folder =
      FileManager.default.temporaryDirectory.appending(path: "trawl-events-\(UUID().uuidString)").path
    var configuration = configuration
    configuration.logs = ["\(folder)/made.json"]
    configuration.boundary = nil
    configuration.threads = 1
    configuration.progress = nil
    workspace = Workspace(configuration)
    self.now = now
    self.work = work
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Nothing further is tried for this rule.
  var isExhausted: Bool { work <= 0 }

  private func write(_ records: [JSONValue]) {
    var bytes: [UInt8] = []
    for record in records {
      record.write(to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    }
    _ = FileManager.default.createFile(atPath: "\(folder)/made.json", contents: Data(bytes))
  }

  /// A row for each record; nil where one is no record of the source any more.
  func rows(of records: [JSONValue], for scan: Scan, loadedAs name: String) -> Table? {
    work -= RecordTrial.load + records.count / 8
    write(records)
    var whole = scan
    whole.predicate = nil
    whole.limit = nil
    let loaded = workspace.load([.scan(whole)])
    guard let parts = try? loaded.parts(of: whole),
      let rows = parts.first(where: { $0.name == name })?.rows, rows.rowCount == records.count
    else { return nil }
    return rows
  }

  /// The values of expressions in each row.
  func values(
    of expressions: [Engine.Expression], over rows: Table, columns: [PlanColumn], now time: Int64? = nil
  ) -> Table? {
    work -= 1
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
      throw ExecutionFailure("no-logs", "nothing is read here")
    }
    return try? executor.run(plan)
  }

  /// The rows that a plan gives for some records.
  func run(_ plan: LogicalPlan, over records: [JSONValue]) -> Table? {
    work -= RecordTrial.load + records.count / 8
    write(records)
    let plan = workspace.optimized(plan)
    let loaded = workspace.load([plan])
    let time = now ?? loaded.now(workspace.configuration)
    return try? workspace.executor(over: loaded, now: time, profile: nil).run(plan)
  }

  /// What a whole query gives for some records: the rows of its only result.
  func run(_ query: CompiledQuery, over records: [JSONValue], now time: Int64? = nil) -> Table? {
    work -= RecordTrial.run + records.count / 2
    write(records)
    var configuration = workspace.configuration
    if let time { configuration.now = .at(time) }
    let workspace = Workspace(configuration)
    guard let resolved = try? workspace.resolve(query), let run = try? workspace.run([resolved]) else {
      return nil
    }
    return run.outcomes.first?.results.first?.table
  }

  func sources(of scan: Scan) -> [String] { workspace.sources.loadedNames(of: scan) }

  func request(of field: String, loadedAs name: String) -> FieldRequest? {
    workspace.sources.request(of: field, loadedAs: name)
  }
}
