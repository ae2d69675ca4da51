package import Diagnostics
package import Engine
package import Session

/// What came of all rules of a pack over one pass of the logs.
package struct PackRun: Sendable {
  package enum Outcome: Sendable {
    /// It ran; whether it fired is another matter.
    case ran(QueryOutcome)
    /// What it needs is not there: a table without data, a watchlist, a lookup. Each reason names one.
    case notRun([Advice])
    /// Its query cannot run.
    case refused(QueryFailure)
    /// It stopped while it ran.
    case failed(ExecutionFailure)
  }

  package struct Entry: Sendable {
    package var rule: DetectionRule
    package var outcome: Outcome
    package var warnings: [Diagnostic]
    /// It ran, and its rows are as many as make an alert.
    package var hasFired = false
    /// What a reader must know of how it ran.
    package var notes: [Advice] = []
    /// Watchlists and lookups that were found beside the rule.
    package var companions: [String] = []

    package var rowCount: Int {
      switch outcome {
      case .ran(let outcome): outcome.results.reduce(0) { $0 + $1.table.rowCount }
      case .notRun, .refused, .failed: 0
      }
    }
  }

  /// In the order of the pack.
  package var entries: [Entry]
  package var report: LoadReport
  /// Ticks; what `now()` was.
  package var now: Int64
  package var readsTables: Bool

  /// The same as the run of queries, for what is said of any run.
  package var queries: Workspace.Run {
    let outcomes = entries.compactMap { entry in
      if case .ran(let outcome) = entry.outcome { outcome } else { nil }
    }
    return Workspace.Run(outcomes: outcomes, report: report, now: now)
  }
}

/// A value for a `let` that no rule has.
package struct UnknownRuleVariable: Error, Hashable, Sendable {
  package var name: String
  /// The `let`s that rules have.
  package var known: [String]
}

/// How a pack is run.
package struct PackRunOptions: Hashable, Sendable {
  /// A rule with a period sees only events that are not older than that, seen from `now`, as in Sentinel.
  package var appliesPeriod = false

  package init() {}
}

extension Workspace {
  /// Runs rules over the logs, which are read once for all of them. A rule that cannot run does not keep the others
  /// from running. Values from outside go to the rules that have such a `let`.
  package func run(
    _ rules: [DetectionRule], options: PackRunOptions = PackRunOptions()
  ) throws -> PackRun {
    var (entries, compiled) = try compile(rules)
    var plans = compiled.map { optimized($0.query) }
    if options.appliesPeriod {
      // `now` follows from the logs, which are read with the time columns that the windows need.
      for (index, (entry, _)) in compiled.enumerated()
      where entries[entry].rule.metadata.schedule?.periodTicks != nil {
        plans[index] = plans[index].map { ScanWindow(from: Int64.min, to: nil).applied(to: $0, in: sources) }
      }
    }
    var execution = try QueryExecution(
      self, of: compiled.map(\.query), plans.flatMap { $0 }, needsNow: options.appliesPeriod)
    for (index, (entry, query)) in compiled.enumerated() where options.appliesPeriod {
      guard let period = entries[entry].rule.metadata.schedule?.periodTicks else { continue }
      let start = Ticks.spanBase(ofNow: query.now ?? execution.now).subtractingReportingOverflow(period)
      let window = ScanWindow(from: start.partialValue, to: nil)
      plans[index] = query.results.map { optimized(window.applied(to: $0.plan, in: sources)) }
    }
    let work = compiled.indices.map { index in
      QueryExecution.Work(
        compiled[index].query, plans[index], now: compiled[index].query.now ?? execution.now)
    }
    let (outcomes, report) = try execution.run(work) { index, report in
      MissingData(report: report, configuration: configuration).verdict(on: plans[index]).notRun.isEmpty
    }
    let now = configuration.now(newest: report.latest)
    for (index, (entry, query)) in compiled.enumerated() {
      let rule = entries[entry].rule
      let verdict = MissingData(report: report, configuration: configuration).verdict(on: plans[index])
      guard let outcome = outcomes[index] else {
        entries[entry].outcome = .notRun(verdict.notRun)
        continue
      }
      entries[entry].notes += verdict.runsWithout.map(MissingData.note)
      if !options.appliesPeriod,
        let note = PeriodNote.text(for: rule, plans[index], report, now: query.now ?? now)
      {
        entries[entry].notes.append(note)
      }
      switch outcome {
      case .success(let outcome):
        (entries[entry].outcome, entries[entry].hasFired) = outcome.heeding(rule.metadata.schedule)
      case .failure(let failure): entries[entry].outcome = .failed(failure)
      }
    }
    return PackRun(
      entries: entries, report: report, now: now,
      readsTables: plans.contains { $0.contains { !$0.scans.isEmpty } })
  }

  /// An entry for each rule, and the queries of those that can run.
  private func compile(
    _ rules: [DetectionRule]
  ) throws(UnknownRuleVariable) -> ([PackRun.Entry], [(entry: Int, query: CompiledQuery)]) {
    var entries: [PackRun.Entry] = []
    var compiled: [(entry: Int, query: CompiledQuery)] = []
    var variables: Set<String> = []
    let queries = rules.map { rule -> Result<CompiledQuery, QueryFailure> in
      do throws(QueryFailure) {
        return .success(try compile(rule, variables: &variables))
      } catch {
        return .failure(error)
      }
    }
    for (rule, query) in zip(rules, resolve(queries)) {
      var entry = PackRun.Entry(
        rule: rule, outcome: .ran(QueryOutcome(results: [], notes: [], profile: [], seconds: 0)), warnings: []
      )
      do throws(QueryFailure) {
        let query = try query.get()
        entry.warnings = query.warnings
        entry.companions = query.companions
        if configuration.isStrict, !query.warnings.isEmpty {
          throw QueryFailure(query.warnings, in: rule.query)
        }
        compiled.append((entries.count, query))
      } catch {
        let reasons = MissingData.reasons(of: error)
        entry.outcome = reasons.isEmpty ? .refused(error) : .notRun(reasons)
      }
      entries.append(entry)
    }
    for name in configuration.values.keys.sorted() where !variables.contains(name) {
      throw UnknownRuleVariable(name: name, known: variables.sorted())
    }
    return (entries, compiled)
  }

  /// Reads a rule's query with the values that are for it.
  func compile(
    _ rule: DetectionRule, variables: inout Set<String>
  ) throws(QueryFailure) -> CompiledQuery {
    let query = try compile(rule, values: [:])
    variables.formUnion(query.variables)
    let values = configuration.values.filter { query.variables.contains($0.key) }
    return values.isEmpty ? query : try compile(rule, values: values)
  }
}

extension QueryOutcome {
  /// Without its rows if they are not as many as a rule asks for, and whether they are.
  fileprivate func heeding(_ schedule: RuleSchedule?) -> (PackRun.Outcome, hasFired: Bool) {
    let count = results.reduce(0) { $0 + $1.table.rowCount }
    guard let schedule else { return (.ran(self), count > 0) }
    if schedule.isTriggered(byRows: count) { return (.ran(self), true) }
    guard count > 0 else { return (.ran(self), false) }
    var outcome = self
    for index in outcome.results.indices {
      outcome.results[index].table = outcome.results[index].table.slice(0..<0)
    }
    outcome.notes.append(
      "\(count) \(count == 1 ? "row is" : "rows are") no alert: the rule asks for "
        + "\(schedule.triggerOperator.rawValue) \(schedule.triggerThreshold)")
    return (.ran(outcome), false)
  }
}
