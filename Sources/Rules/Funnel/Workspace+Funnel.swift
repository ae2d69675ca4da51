package import Engine
package import Session

extension Workspace {
  /// What came of the funnels of one query.
  package struct FunnelRun: Sendable {
    /// One for each result of the query.
    package var funnels: [Funnel]
    package var report: LoadReport
    /// Ticks; what `now()` was.
    package var now: Int64

    /// The same as the run of queries, for what is said of any run.
    package var queries: Workspace.Run { Workspace.Run(outcomes: [], report: report, now: now) }
  }

  /// Counts rows stage by stage.
  ///
  /// The plan runs as it is written: only columns that nothing reads are left out of the loading.
  ///
  /// - Parameter event: the id of an event to follow (`AwsEventId`, `eventID`).
  package func funnel(
    of query: CompiledQuery, following event: String? = nil
  ) throws(ExecutionFailure) -> FunnelRun {
    let pruning = Optimizer.rules.first { $0.name == "prune columns" }
    var markers: Set<ColumnID> = []
    let plans = query.results.map { result in
      var plan = result.plan
      if let event {
        var followed = FollowedEvent(id: event, in: plan, of: sources)
        plan = followed.marking(plan).plan
        markers.formUnion(followed.markers)
      }
      return pruning?.rewrite(plan) ?? plan
    }
    let loaded = load(plans)
    let now = query.now ?? loaded.now(configuration)
    var funnels: [Funnel] = []
    for (result, plan) in zip(query.results, plans) {
      let executor = executor(over: loaded, now: now, profile: nil)
      var runner = FunnelRunner(executor: executor, query: query, markers: markers)
      try runner.run(plan)
      funnels.append(Funnel(name: result.name, branches: runner.branches))
    }
    return FunnelRun(funnels: funnels, report: loaded.report, now: now)
  }
}
