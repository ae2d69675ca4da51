import Diagnostics
package import Engine

/// One task of a stage: its share of the files, or of the rows that earlier stages gave.
package struct WorkTask: Equatable, Sendable {
  /// Its number among the tasks of the stage.
  package var task: Int
  package var tasks: Int
  package var files: [LogFile]

  package init(task: Int, of tasks: Int, files: [LogFile] = []) {
    self.task = task
    self.tasks = tasks
    self.files = files
  }

  /// What comes of a task.
  package struct Outcome: Sendable {
    package var blocks: [FragmentRun.Block] = []
    /// A `WorkReport` as bytes.
    package var report: [UInt8] = []
    /// Why it gave nothing; then no other task has to go on.
    package var failure: ExecutionFailure?
  }

  /// - Parameters:
  ///   - order: the text of a `WorkOrder`.
  ///   - blocks: those of earlier stages that are for this task.
  package func run(_ order: String, blocks: [FragmentRun.Block]) -> Outcome {
    do throws(PlanReadingFailure) {
      return run(try WorkOrder(order), blocks: blocks)
    } catch {
      return Outcome(
        failure: ExecutionFailure(
          error.id, "a worker cannot read its work: \(error.description)",
          suggestion: "the workers run another version of the program: ship the same to all"))
    }
  }

  private func run(_ order: WorkOrder, blocks: [FragmentRun.Block]) -> Outcome {
    if let folder = order.folder, !FileDiscovery.enter(folder: folder),
      let file = files.first(where: { !$0.path.hasPrefix("/") })
    {
      return Outcome(failure: WorkTask.isHidden(file.path))
    }
    var configuration = WorkspaceConfiguration()
    configuration.logs = files.map(\.path)
    configuration.index = order.index
    configuration.places = order.places.flatMap { AddressPlaces($0) }
    configuration.threads = 1
    configuration.limits = order.limits
    let sources = WorkspaceSources(configuration)
    if order.purpose == .spans {
      let spans = LoadedTables.spans(
        of: files, scans: order.scans, sources: sources, configuration: configuration)
      return Outcome(report: ColumnBlock.bytes(of: [FileSpan.table(of: spans)]))
    }
    let loaded = LoadedTables(scans: order.scans, sources: sources, configuration: configuration)
    if let stopped = loaded.report.stopped { return Outcome(failure: stopped) }
    var report = WorkReport(load: loaded.report)
    // Files that the client saw and no worker sees.
    if let hidden = loaded.report.unreadable.first(where: { entry in FileDiscovery.isMissing(entry.path) }) {
      return Outcome(failure: WorkTask.isHidden(hidden.path))
    }
    let arrivals = FragmentRun.Arrivals(blocks)
    var outcome = Outcome()
    var failed: Set<Int> = []
    for item in order.items where !failed.contains(item.plan) {
      do throws(ExecutionFailure) {
        outcome.blocks += try run(item, loaded, configuration, arrivals, &report)
      } catch {
        failed.insert(item.plan)
        report.failures.append((item.plan, error))
      }
    }
    outcome.report = report.bytes
    return outcome
  }

  private static func isHidden(_ path: String) -> ExecutionFailure {
    ExecutionFailure(
      "path-not-seen", "`\(path)` is not there for a worker of the cluster",
      suggestion: "name logs by a path or address that every worker reads: a shared folder, or `hdfs://…`")
  }

  private func run(
    _ item: WorkOrder.Item, _ loaded: LoadedTables, _ configuration: WorkspaceConfiguration,
    _ arrivals: FragmentRun.Arrivals, _ report: inout WorkReport
  ) throws(ExecutionFailure) -> [FragmentRun.Block] {
    let part = item.fragment.part
    let executor = Workspace(configuration).executor(now: item.now, profile: nil) {
      scan throws(ExecutionFailure) in
      let parts = try loaded.parts(of: scan)
      guard let part else { return LoadedTables.joined(parts.map(\.rows)) }
      guard parts.indices.contains(part) else {
        throw ExecutionFailure("unknown-table", "part \(part) of `\(scan.table)` was not loaded")
      }
      return parts[part].rows
    }
    defer { for note in executor.notes { report.notes.append((item.plan, note)) } }
    return try FragmentRun(executor: executor, task: task, of: tasks, arrivals: arrivals).run(item.fragment)
  }
}
