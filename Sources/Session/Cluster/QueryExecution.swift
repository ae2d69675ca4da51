package import Engine

/// A run of some queries over one pass of the logs: on this machine, or on a cluster.
package struct QueryExecution {
  /// A query, its plans as they run, and its time in ticks.
  package struct Work {
    package var query: CompiledQuery
    package var plans: [LogicalPlan]
    package var now: Int64

    package init(_ query: CompiledQuery, _ plans: [LogicalPlan], now: Int64) {
      self.query = query
      self.plans = plans
      self.now = now
    }
  }

  package typealias Outcome = Result<QueryOutcome, ExecutionFailure>

  private enum Place {
    case here(LoadedTables)
    case cluster(ClusterRun)
  }

  private let workspace: Workspace
  private var place: Place
  /// Ticks; what `now()` is.
  package let now: Int64

  /// - Parameters:
  ///   - queries: all that will be run.
  ///   - plans: theirs, or what reads the same.
  ///   - needsNow: the plans that will be run depend on it.
  package init(
    _ workspace: Workspace, of queries: [CompiledQuery], _ plans: [LogicalPlan], needsNow: Bool = false
  ) throws(ExecutionFailure) {
    self.workspace = workspace
    let configuration = workspace.configuration
    guard let transport = configuration.cluster else {
      let loaded = workspace.load(plans)
      place = .here(loaded)
      now = configuration.now(newest: workspace.report(of: loaded, for: queries).latest)
      return
    }
    var run = try ClusterRun(workspace, transport)
    // What reads nothing any more knows the time of what its questions were answered from.
    var newest = queries.compactMap(\.asked).last?.latest
    if configuration.now == .latest, plans.contains(where: { !$0.scans.isEmpty }),
      needsNow || plans.contains(where: \.mayReadNow)
    {
      newest = try run.survey(plans).latest
    }
    place = .cluster(run)
    now = configuration.now(newest: newest)
  }

  /// Runs queries; one that fails leaves the others.
  ///
  /// - Parameter isWanted: whether a query may run, by its number and what was read.
  /// - Returns: what came of each, nil for one that is not wanted, and what was read.
  package mutating func run(
    _ work: [Work], where isWanted: (Int, LoadReport) -> Bool = { _, _ in true }
  ) throws(ExecutionFailure) -> (outcomes: [Outcome?], report: LoadReport) {
    switch place {
    case .here(let loaded):
      let report = workspace.report(of: loaded, for: work.map(\.query))
      var outcomes: [Outcome?] = []
      for (number, item) in work.enumerated() {
        guard isWanted(number, report) else {
          outcomes.append(nil)
          continue
        }
        do throws(ExecutionFailure) {
          outcomes.append(
            .success(try workspace.run(item.query, item.plans, over: loaded, now: item.now)))
        } catch {
          outcomes.append(.failure(error))
        }
      }
      return (outcomes, report)
    case .cluster(var run):
      defer { place = .cluster(run) }
      return try QueryExecution.run(work, on: &run, workspace, where: isWanted)
    }
  }

  private static func run(
    _ work: [Work], on run: inout ClusterRun, _ workspace: Workspace,
    where isWanted: (Int, LoadReport) -> Bool
  ) throws(ExecutionFailure) -> (outcomes: [Outcome?], report: LoadReport) {
    let start = ContinuousClock.now
    let plans = work.flatMap { item in item.plans.map { ClusterRun.Work(plan: $0, now: item.now) } }
    var numbers: [Int] = []
    for (number, item) in work.enumerated() { numbers += item.plans.map { _ in number } }
    let found = try run.runWhole(plans) { isWanted(numbers[$0], $1) }
    let elapsed = start.duration(to: .now).components
    // They ran together.
    let seconds =
      (Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18) / Double(max(1, work.count))
    var report = found.report
    if report.filesFound == 0, let asked = work.compactMap(\.query.asked).last { report = asked }
    var outcomes: [Outcome?] = []
    var next = 0
    for (number, item) in work.enumerated() {
      let rows = found.rows[next..<next + item.plans.count]
      let notes = found.notes[next..<next + item.plans.count].flatMap { $0 }
      next += item.plans.count
      guard isWanted(number, report) else {
        outcomes.append(nil)
        continue
      }
      do throws(ExecutionFailure) {
        var results: [QueryOutcome.Result] = []
        for (result, table) in zip(item.query.results, rows) {
          results.append(
            QueryOutcome.Result(name: result.name, table: try table.get(), chart: result.chart))
        }
        outcomes.append(
          .success(
            QueryOutcome(results: results, notes: item.query.notes + notes, profile: [], seconds: seconds)))
      } catch {
        outcomes.append(.failure(error))
      }
    }
    return (outcomes, report)
  }
}

extension LogicalPlan {
  /// Whether it may ask for the time of the run, which is that of the newest event.
  var mayReadNow: Bool {
    var result = false
    forEachNode { node in
      for expression in node.expressions where expression.readsNow || !expression.scalarSubqueries.isEmpty {
        result = true
      }
    }
    return result
  }
}
