package import Diagnostics
package import Engine
import KQL
import LogSources
package import SPL

/// Logs and all that queries find beside them; compiles queries and runs them in one pass over the files.
///
/// ```
///   var configuration = WorkspaceConfiguration()
///   configuration.logs = ["logs"]
///   let workspace = Workspace(configuration)
///   let query = try workspace.compile(source, language: .kql)
///   let run = try workspace.run([query])
/// ```
package struct Workspace: Sendable {
  package let configuration: WorkspaceConfiguration
  package let sources: WorkspaceSources
  /// Runs plans while queries are read, in place of a load of their own.
  private var evaluation: (@Sendable (LogicalPlan) throws(ExecutionFailure) -> Table)?

  package init(_ configuration: WorkspaceConfiguration) {
    self.configuration = configuration
    sources = WorkspaceSources(configuration)
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

  /// - Parameters:
  ///   - values: for scalar `let`s; nil takes those of the configuration.
  ///   - view: how SPL calls the fields of events, unless the configuration says so.
  package func compile(
    _ source: SourceText, language: Language, values: [String: String]? = nil, view: SplunkView? = nil
  ) throws(QueryFailure) -> CompiledQuery {
    switch language {
    case .kql:
      var environment = kqlEnvironment
      if let values { environment.overrides = values }
      let beside = try CompanionTables(
        of: source, language: language, known: Set(environment.watchlists.keys))
      environment.watchlists.merge(beside.watchlists) { given, _ in given }
      let (query, warnings) = try KQL.compile(source, environment: environment)
      return CompiledQuery(
        source: source, language: .kql,
        results: query.results.map { CompiledQuery.Result(name: $0.name, plan: $0.plan, chart: $0.chart) },
        warnings: warnings, now: query.now, variables: query.variables, companions: beside.files)
    case .spl:
      let notes = NoteCollector()
      var (environment, problems) = splEnvironment(configuration.view ?? view ?? .raw, notes)
      if let problem = problems.first { throw problem }
      let beside = try CompanionTables(of: source, language: language, known: Set(environment.lookups.keys))
      environment.lookups.merge(beside.lookups) { given, _ in given }
      let (plan, warnings) = try SPL.compile(source, environment: environment)
      return CompiledQuery(
        source: source, language: .spl,
        results: [CompiledQuery.Result(name: nil, plan: plan, chart: nil)], warnings: warnings,
        notes: notes.notes, companions: beside.files)
    }
  }

  /// What searches find, and what is wrong with the files of macros and lookups.
  private func splEnvironment(
    _ view: SplunkView, _ notes: NoteCollector
  ) -> (SPLEnvironment, [QueryFailure]) {
    var environment = SPLEnvironment(events: SplunkEvents(view: view.fields) { try discoverFields() })
    environment.index = configuration.index
    environment.lookups = configuration.lookups
    environment.places = configuration.places
    environment.lookupDefinitions = configuration.lookupDefinitions
    environment.appliesSplunkLimits = configuration.appliesSplunkLimits
    switch configuration.lookupOutput {
    case .refused: environment.lookupWriter = nil
    case .dropped: environment.lookupWriter = { _ in nil }
    case .folder(let path):
      environment.lookupWriter = { rows throws(WriteFailure) in try LookupFolder(path: path).write(rows) }
    }
    environment.evaluate = { plan in try evaluate(plan, notes) }
    var failures = configuration.lookupProblems
    for text in configuration.macros {
      let (macros, diagnostics) = MacroFile.read(text)
      environment.macros = environment.macros.merging(macros)
      let errors = diagnostics.filter { $0.severity == .error }
      if !errors.isEmpty { failures.append(QueryFailure(errors, in: text)) }
    }
    return (environment, failures)
  }

  /// The macros of searches, as far as their files can be read.
  package var macros: MacroSet { splEnvironment(configuration.view ?? .raw, NoteCollector()).0.macros }

  private func discoverFields() throws(ExecutionFailure) -> [String] {
    let raw = PlanColumn(id: ColumnID(0), name: "_raw", type: .string)
    let plan = LogicalPlan.scan(
      Scan(
        table: SplunkEvents.table, sources: [Scan.Source(column: raw, field: "_raw")],
        origin: PlanOrigin(label: "fields of the events")))
    var discovery = SplunkFieldDiscovery()
    for column in try evaluate(plan).columns { discovery.add(column) }
    return discovery.names
  }

  var kqlEnvironment: KQLEnvironment {
    var environment = KQLEnvironment(catalog: sources)
    environment.isStrict = configuration.isStrict
    environment.overrides = configuration.values
    environment.functions = configuration.functions
    environment.watchlists = configuration.watchlists
    environment.places = configuration.places
    environment.externals = configuration.externals
    environment.evaluate = { plan in try evaluate(plan) }
    return environment
  }

  /// The same workspace with another way to run plans while queries are read.
  package func evaluating(_ evaluation: @escaping @Sendable (LogicalPlan) throws(ExecutionFailure) -> Table)
    -> Workspace
  {
    var workspace = self
    workspace.evaluation = evaluation
    return workspace
  }

  /// The same workspace with more macro files, whose definitions win.
  package func adding(macros: [SourceText]) -> Workspace {
    var configuration = configuration
    configuration.macros += macros
    var workspace = Workspace(configuration)
    workspace.evaluation = evaluation
    return workspace
  }

  /// Runs a plan by itself, for operators whose columns depend on the data.
  private func evaluate(
    _ plan: LogicalPlan, _ notes: NoteCollector? = nil
  ) throws(ExecutionFailure) -> Table {
    if let evaluation { return try evaluation(plan) }
    let loaded = load([plan])
    let executor = executor(over: loaded, now: loaded.now(configuration), profile: nil)
    let table = try executor.run(plan)
    for note in executor.notes { notes?.add(note) }
    return table
  }

  // MARK: - Running

  /// Runs queries over the logs, which are read once for all of them.
  package func run(_ queries: [CompiledQuery]) throws(ExecutionFailure) -> Run {
    let plans = queries.map { optimized($0) }
    let loaded = load(plans.flatMap { $0 })
    return try run(queries, plans, over: loaded)
  }

  /// Runs queries over rows that `load` gave for them, perhaps among others.
  package func run(_ queries: [CompiledQuery], over loaded: LoadedTables) throws(ExecutionFailure) -> Run {
    try run(queries, queries.map { optimized($0) }, over: loaded)
  }

  /// One pass over the files for some queries.
  package func load(_ queries: [CompiledQuery]) -> LoadedTables { load(queries.flatMap { optimized($0) }) }

  private func run(
    _ queries: [CompiledQuery], _ plans: [[LogicalPlan]], over loaded: LoadedTables
  ) throws(ExecutionFailure) -> Run {
    let now = loaded.now(configuration)
    var outcomes: [QueryOutcome] = []
    for (query, plans) in zip(queries, plans) {
      outcomes.append(try run(query, plans, over: loaded, now: query.now ?? now))
    }
    return Run(outcomes: outcomes, report: loaded.report, now: now)
  }

  /// The plans of a query as they run.
  package func optimized(_ query: CompiledQuery) -> [LogicalPlan] {
    query.results.map { configuration.isOptimized ? Optimizer.optimize($0.plan) : $0.plan }
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
    executor(now: now, profile: profile) { scan throws(ExecutionFailure) in try loaded.rows(of: scan) }
  }

  package func executor(
    now: Int64, profile: Profile?,
    rows: @escaping @Sendable (Scan) throws(ExecutionFailure) -> Table
  ) -> Executor {
    var limits = ExecutionLimits()
    if let seconds = configuration.timeoutSeconds { limits.deadline = .now + .seconds(seconds) }
    let context = ExecutionContext(
      now: now, threads: configuration.threads, chunkSize: configuration.chunkSize,
      limits: limits, profile: profile)
    return Executor(context: context, source: rows)
  }

  // MARK: - Loading

  /// One pass over the files for all scans of some plans.
  package func load(_ plans: [LogicalPlan]) -> LoadedTables {
    LoadedTables(
      scans: plans.flatMap(\.scans), sources: sources, configuration: configuration,
      needsAll: configuration.now == .latest && plans.contains(where: Workspace.mayReadNow))
  }

  /// Whether a plan may ask for the time of the run, which is that of the newest event.
  private static func mayReadNow(_ plan: LogicalPlan) -> Bool {
    var result = false
    plan.forEachNode { node in
      switch node {
      case .tabular, .apply: result = true
      case .scan, .inline, .argument, .filter, .project, .aggregate, .join, .union, .sort, .limit, .expand,
        .window:
        break
      }
      for expression in node.expressions where expression.readsNow || !expression.scalarSubqueries.isEmpty {
        result = true
      }
    }
    return result
  }
}
