package import Diagnostics
package import Engine

/// Logs and all that queries find beside them; compiles queries and runs them in one pass over the files.
///
/// ```
///   var configuration = WorkspaceConfiguration()
///   configuration.logs = ["logs"]
///   let workspace = Workspace(configuration)
///   let query = try workspace.compile(source, language: .kql)        // no log is read
///   let run = try workspace.run([workspace.resolve(query)])
/// ```
package struct Workspace: Sendable {
  package private(set) var configuration: WorkspaceConfiguration
  package private(set) var sources: WorkspaceSources

  /// The macros of the configuration's files.
  private(set) var macroFiles: MacroFiles

  /// Nil: every question reads the logs anew, and no more of them than it needs.
  private let kept: KeptTables?

  /// - Parameter kept: what is loaded stays there for the next question.
  package init(_ configuration: WorkspaceConfiguration, keeping kept: KeptTables? = nil) {
    self.configuration = configuration
    self.kept = kept
    sources = WorkspaceSources(configuration)
    macroFiles = MacroFiles(configuration.macros)
  }

  /// What came of one pass over the files.
  package struct Run: Sendable {
    package var outcomes: [QueryOutcome]
    package var report: LoadReport
    /// Ticks; what `now()` was.
    package var now: Int64

    package init(outcomes: [QueryOutcome], report: LoadReport, now: Int64) {
      self.outcomes = outcomes
      self.report = report
      self.now = now
    }
  }

  // MARK: - Compiling

  /// Reads, binds and lowers a query. No log is read: what only the logs tell is left open, for `resolve`.
  ///
  /// - Parameters:
  ///   - values: for scalar `let`s; nil takes those of the configuration.
  ///   - view: how SPL calls the fields of events, unless the configuration says so.
  package func compile(
    _ source: SourceText, language: any FrontEnd, values: [String: String]? = nil, view: SplunkView? = nil
  ) throws(QueryFailure) -> CompiledQuery {
    if let limit = configuration.queryLimit, source.text.utf8.count > limit {
      let length = source.text.utf8.count.grouped
      throw QueryFailure(
        [
          .error(
            "query-limit", "the query is \(length) bytes long, and the limit is \(limit.grouped) bytes",
            at: nil,
            suggestions: [Diagnostic.Suggestion("shorten it; \(Remedy.queryLimit) sets another limit")])
        ], in: source, isLimit: true)
    }
    return try language.compile(source, in: self, CompiledQuery.Inputs(values: values, view: view))
  }

  /// What plans ask for by name when they run.
  private var resources: RunResources {
    var resources = RunResources(places: configuration.places)
    switch configuration.lookupOutput {
    case .refused: break
    case .dropped: resources.lookupWriter = { _ in nil }
    case .folder(let path):
      resources.lookupWriter = { rows throws(WriteFailure) in try LookupFolder(path: path).write(rows) }
    }
    return resources
  }

  /// The same workspace with more macro files, whose definitions win.
  package func adding(macros: [SourceText]) -> Workspace {
    var workspace = self
    workspace.configuration.macros += macros
    workspace.macroFiles = MacroFiles(macros, over: macroFiles)
    return workspace
  }

  /// The same workspace with a table whose rows are there already.
  package func adding(rows: Table, named name: String) -> Workspace {
    var workspace = self
    workspace.sources.rows[name] = rows
    return workspace
  }

  /// The same workspace with another time of its runs.
  package func with(now: WorkspaceConfiguration.Now) -> Workspace {
    var workspace = self
    workspace.configuration.now = now
    return workspace
  }

  /// The same workspace with a table that searches find among their lookups.
  package func adding(lookup: Table, named name: String) -> Workspace {
    var workspace = self
    workspace.configuration.lookups[name] = lookup
    return workspace
  }

  /// The same workspace, which tells how far it is and can be stopped.
  package func controlled(
    progress: (@Sendable (Int) -> Void)?, isCancelled: (@Sendable () -> Bool)?
  ) -> Workspace {
    var workspace = self
    workspace.configuration.progress = progress
    workspace.configuration.isCancelled = isCancelled
    return workspace
  }

  // MARK: - Running

  /// Runs queries over the logs, which are read once for all of them.
  package func run(_ queries: [CompiledQuery]) throws(ExecutionFailure) -> Run {
    let plans = queries.map { optimized($0) }
    var execution = try QueryExecution(self, of: queries, plans.flatMap { $0 })
    let work = zip(queries, plans).map { query, plans in
      QueryExecution.Work(query, plans, now: query.now ?? execution.now)
    }
    let (outcomes, report) = try execution.run(work)
    var done: [QueryOutcome] = []
    for outcome in outcomes { if let outcome { done.append(try outcome.get()) } }
    return Run(outcomes: done, report: report, now: configuration.now(newest: report.latest))
  }

  /// Runs queries over rows that `load` gave for them, perhaps among others.
  package func run(_ queries: [CompiledQuery], over loaded: LoadedTables) throws(ExecutionFailure) -> Run {
    let report = report(of: loaded, for: queries)
    let now = configuration.now(newest: report.latest)
    var outcomes: [QueryOutcome] = []
    for query in queries {
      outcomes.append(try run(query, optimized(query), over: loaded, now: query.now ?? now))
    }
    return Run(outcomes: outcomes, report: report, now: now)
  }

  /// One pass over the files for some queries.
  package func load(_ queries: [CompiledQuery]) -> LoadedTables { load(queries.flatMap { optimized($0) }) }

  /// The plans of a query as they run.
  package func optimized(_ query: CompiledQuery) -> [LogicalPlan] {
    query.results.map { optimized($0.plan) }
  }

  package func optimized(_ plan: LogicalPlan) -> LogicalPlan {
    configuration.isOptimized ? Optimizer.optimize(plan) : plan
  }

  package func run(
    _ query: CompiledQuery, _ plans: [LogicalPlan], over loaded: LoadedTables, now: Int64
  ) throws(ExecutionFailure) -> QueryOutcome {
    let start = ContinuousClock.now
    let profile = configuration.isProfiled ? Profile() : nil
    let executor = executor(over: loaded, now: now, profile: profile)
    var results: [QueryOutcome.Result] = []
    for (result, plan) in zip(query.results, plans) {
      results.append(
        QueryOutcome.Result(name: result.name, table: try executor.run(plan), chart: result.chart))
    }
    let elapsed = start.duration(to: .now).components
    return QueryOutcome(
      results: results, notes: query.notes + executor.notes, profile: profile?.entries ?? [],
      seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18)
  }

  package func executor(over loaded: LoadedTables, now: Int64, profile: Profile?) -> Executor {
    let lacks = loaded.report.incompleteness(allowsDamage: configuration.allowsPartial)
    return executor(now: now, profile: profile, incompleteness: lacks) { scan throws(ExecutionFailure) in
      try loaded.rows(of: scan)
    }
  }

  package func executor(
    now: Int64, profile: Profile?, incompleteness: String? = nil,
    rows: @escaping @Sendable (Scan) throws(ExecutionFailure) -> Table
  ) -> Executor {
    var limits = ExecutionLimits()
    limits.isCancelled = configuration.isCancelled
    limits.deadline = configuration.timeoutSeconds.map { .now + .seconds($0) }
    let context = ExecutionContext(
      now: now, threads: configuration.threads, chunkSize: configuration.chunkSize,
      limits: limits, resources: resources, profile: profile, incompleteness: incompleteness)
    return Executor(context: context, source: rows)
  }

  // MARK: - Loading

  /// One pass over the files for all scans of some plans.
  package func load(_ plans: [LogicalPlan]) -> LoadedTables {
    LoadedTables(
      scans: plans.flatMap(\.scans), sources: sources, configuration: configuration,
      needsAll: configuration.now == .latest && plans.contains(where: \.mayReadNow), kept: kept)
  }
}
