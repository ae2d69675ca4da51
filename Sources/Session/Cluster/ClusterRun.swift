import Diagnostics
package import Engine

extension [LogFile] {
  /// A file is read by one task: one that is much larger than what each of the slots would have to read of all.
  package func holdingUp(slots: Int) -> LogFile? {
    let all = reduce(0) { $0 + $1.size }
    guard let largest = self.max(by: { $0.size < $1.size }), largest.size >= ClusterRun.shareBytes * 2 else {
      return nil
    }
    return largest.size > 2 * (all / Swift.max(1, slots)) ? largest : nil
  }
}

/// Runs plans on a cluster: finds the files, shares them out, and puts together what comes back.
struct ClusterRun {
  private let workspace: Workspace
  private let transport: any ClusterTransport
  private let found: FileDiscovery
  /// Shares by the tables that are read, since these say what a file's times are.
  private var shares: [[LogFile]]?

  /// A plan and its time, in ticks.
  struct Work {
    var plan: LogicalPlan
    var now: Int64
  }

  /// What came of the plans.
  struct Outcome {
    var rows: [Result<Table, ExecutionFailure>]
    var notes: [[Advice]]
    var report: LoadReport
  }

  init(_ workspace: Workspace, _ transport: any ClusterTransport) throws(ExecutionFailure) {
    let configuration = workspace.configuration
    guard configuration.tables.isEmpty, workspace.sources.rows.isEmpty else {
      throw ExecutionFailure(
        "cluster-table", "a table of its own files is not read on a cluster",
        suggestion: "put its files among the logs, or run it on this machine")
    }
    self.workspace = workspace
    self.transport = transport
    found =
      try transport.files(below: configuration.logs)
      ?? FileDiscovery.files(below: configuration.logs, within: configuration.boundary)
  }

  /// What the files hold for some plans, without any of it: how many events of which tables, and how new they are.
  mutating func survey(_ plans: [LogicalPlan]) throws(ExecutionFailure) -> LoadReport {
    let scans = plans.flatMap(\.scans).map { scan in Scan(table: scan.table, sources: [], origin: scan.origin)
    }
    let order = WorkOrder(
      purpose: .rows, folder: folder, index: workspace.configuration.index, scans: scans, items: [],
      limits: workspace.configuration.limits)
    let stage = ClusterJob.Stage(order: order.text, work: .files(try shared(scans)))
    let outcome = try transport.run(ClusterJob(name: "newest event", stages: [stage], results: []))
    var report = emptyReport()
    for bytes in outcome.reports { report.add(try WorkReport(bytes).load) }
    report.sort(by: found.files)
    return report
  }

  /// Runs plans side by side, over one pass of the files.
  ///
  /// - Parameter isWanted: whether what is left for this machine may be done, by the number of the plan.
  mutating func run(
    _ work: [Work], where isWanted: (Int, LoadReport) -> Bool = { _, _ in true }
  ) throws(ExecutionFailure) -> Outcome {
    let sources = workspace.sources
    // What reads no file needs no cluster.
    let slots = work.contains { !$0.plan.scans.isEmpty } ? max(1, try transport.slots()) : 1
    let buckets = max(slots, storedBytes / ClusterRun.bucketBytes)
    let plan = DistributedPlanner.plan(work.map(\.plan), buckets: buckets) { scan in
      sources.loadedNames(of: scan).count
    }
    let (stages, results) = (plan.stages, plan.results)
    let scans = plan.scans
    var report = emptyReport()
    if let file = found.files.holdingUp(slots: slots) {
      report.notes.append(
        (
          file.path,
          "one task reads its \(file.size.grouped) of \(storedBytes.grouped) bytes while the others wait: in several "
            + "files it would be read sooner"
        ))
    }
    var said: [WorkReport] = []
    var blocks: [FragmentRun.Block] = []
    if !scans.isEmpty || stages.contains(where: { !$0.isEmpty }) {
      let job = ClusterJob(
        name: "\(work.count) plan\(work.count == 1 ? "" : "s")",
        stages: try jobStages(of: plan, work, scans), results: results.map(\.exchange))
      let outcome = try transport.run(job)
      blocks = outcome.blocks
      for bytes in outcome.reports { said.append(try WorkReport(bytes)) }
      for part in said { report.add(part.load) }
      report.sort(by: found.files)
    }
    return finish(work, plan, said, blocks, report, where: isWanted)
  }

  private func finish(
    _ work: [Work], _ plan: DistributedPlan, _ said: [WorkReport], _ blocks: [FragmentRun.Block],
    _ report: LoadReport, where isWanted: (Int, LoadReport) -> Bool
  ) -> Outcome {
    let lacks = report.incompleteness(allowsDamage: workspace.configuration.allowsPartial)
    let arrivals = FragmentRun.Arrivals(blocks)
    var rows: [Result<Table, ExecutionFailure>] = []
    var notes: [[Advice]] = []
    for (number, left) in plan.plans.enumerated() {
      var own: [Advice] = []
      for part in said { own += part.notes.filter { $0.plan == number }.map(\.note) }
      if let failure = said.lazy.flatMap(\.failures).first(where: { $0.plan == number })?.failure {
        rows.append(.failure(failure))
        notes.append(own)
        continue
      }
      guard isWanted(number, report) else {
        rows.append(.success(Table(fields: [], columns: [], rowCount: 0)))
        notes.append(own)
        continue
      }
      let executor = workspace.executor(
        now: work[number].now, profile: nil, incompleteness: lacks
      ) { scan throws(ExecutionFailure) in
        throw ExecutionFailure("unknown-table", "the table `\(scan.table)` is with the workers")
      }
      do throws(ExecutionFailure) {
        let back = FragmentRun(executor: executor, task: 0, of: 1, arrivals: arrivals)
        let wanted = left.argumentsRead
        var tables: [Int: Table] = [:]
        for result in plan.results where wanted.contains(result.argument) {
          tables[result.argument] = try back.rows(of: result)
        }
        rows.append(.success(try executor.binding(tables).run(left)))
      } catch {
        rows.append(.failure(error))
      }
      for note in executor.notes where !own.contains(note) { own.append(note) }
      var unique: [Advice] = []
      for note in own where !unique.contains(note) { unique.append(note) }
      notes.append(unique)
    }
    return Outcome(rows: rows, notes: notes, report: report)
  }

  private mutating func jobStages(
    of plan: DistributedPlan, _ work: [Work], _ scans: [Scan]
  ) throws(ExecutionFailure) -> [ClusterJob.Stage] {
    var stages: [ClusterJob.Stage] = []
    for (number, fragments) in plan.stages.enumerated() {
      let items = fragments.map { fragment in
        let place = plan.planOfExchange[fragment.output.exchange]
        return WorkOrder.Item(plan: place, now: work[place].now, fragment: fragment)
      }
      let order = WorkOrder(
        purpose: .rows, folder: folder, index: workspace.configuration.index, scans: number == 0 ? scans : [],
        items: items,
        places: fragments.contains(where: \.looksUpPlaces) ? workspace.configuration.places?.table : nil,
        limits: workspace.configuration.limits)
      let reads = Set(fragments.flatMap { $0.inputs.map(\.exchange) }).sorted()
      let stageWork: ClusterJob.Stage.Work =
        number == 0
        ? .files(try shared(scans))
        : .exchanges(reads, buckets: number == plan.stages.count - 1 ? 1 : plan.buckets)
      if number > 0, items.isEmpty { continue }
      stages.append(ClusterJob.Stage(order: order.text, work: stageWork))
    }
    return stages
  }

  /// Workers read relative paths as this process does.
  private var folder: String? {
    found.files.contains(where: \.isRemote) ? nil : FileDiscovery.currentFolder
  }

  private var storedBytes: Int { found.files.reduce(0) { $0 + $1.size } }

  private func emptyReport() -> LoadReport {
    var report = LoadReport()
    report.skipped = found.skipped
    report.unreadable = found.unreadable
    return report
  }

  /// The files in shares, in the order of what is in them.
  private mutating func shared(_ scans: [Scan]) throws(ExecutionFailure) -> [[LogFile]] {
    if let shares { return shares }
    let slots = max(1, try transport.slots())
    let spans: [FileSpan]
    if found.files.contains(where: \.isRemote) {
      let order = WorkOrder(
        purpose: .spans, folder: folder, index: workspace.configuration.index, scans: scans, items: [],
        limits: workspace.configuration.limits)
      let size = max(1, found.files.count / (slots * 4))
      let parts = stride(from: 0, to: found.files.count, by: size).map { first in
        Array(found.files[first..<min(first + size, found.files.count)])
      }
      let outcome = try transport.run(
        ClusterJob(
          name: "order of the files",
          stages: [ClusterJob.Stage(order: order.text, work: .files(parts))], results: []))
      var tables: [Table] = []
      for bytes in outcome.reports { tables += try ClusterRun.tables(bytes) }
      spans = FileSpan.spans(of: found.files, in: tables)
    } else {
      spans = LoadedTables.spans(
        of: found.files, scans: scans, sources: workspace.sources, configuration: workspace.configuration)
    }
    let count = max(slots * ClusterRun.sharesPerSlot, storedBytes / ClusterRun.shareBytes)
    let shares = FileSpan.shares(of: spans, count: count)
    self.shares = shares
    return shares
  }

  /// Enough that a slow share does not leave the other slots idle.
  private static let sharesPerSlot = 3
  /// So many bytes of logs for each task that has some of the keys: about a million keys where every event has one of
  /// its own, which a small executor holds. More tasks take longer to start than they save.
  private static let bucketBytes = 128 << 20
  /// Bytes as they are stored; what a worker holds of them fits into a small executor.
  fileprivate static let shareBytes = 32 << 20

  private static func tables(_ bytes: [UInt8]) throws(ExecutionFailure) -> [Table] {
    do throws(BlockFailure) {
      return try ColumnBlock.tables(from: bytes[...])
    } catch {
      throw ExecutionFailure("damaged-block", error.message)
    }
  }
}
