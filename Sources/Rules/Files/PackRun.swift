package import Diagnostics
package import Engine

/// What came of all rules of a pack over one pass of the logs.
package struct PackRun: Sendable {
  package enum Outcome: Sendable {
    /// It ran; no rows means that it stays silent.
    case ran(QueryOutcome)
    /// Its query cannot run.
    case refused(QueryFailure)
    /// It stopped while it ran.
    case failed(ExecutionFailure)
  }

  package struct Entry: Sendable {
    package var rule: DetectionRule
    package var outcome: Outcome
    package var warnings: [Diagnostic]
    /// Watchlists and lookups that were found beside the rule.
    package var companions: [String] = []

    package var rowCount: Int {
      switch outcome {
      case .ran(let outcome): outcome.results.reduce(0) { $0 + $1.table.rowCount }
      case .refused, .failed: 0
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

extension Workspace {
  /// Runs rules over the logs, which are read once for all of them. A rule that cannot run does not keep the others
  /// from running. Values from outside go to the rules that have such a `let`.
  ///
  /// - Parameter isStrict: a rule with a warning is refused.
  package func run(_ rules: [DetectionRule]) throws(UnknownRuleVariable) -> PackRun {
    var entries: [PackRun.Entry] = []
    var compiled: [(entry: Int, query: CompiledQuery)] = []
    var variables: Set<String> = []
    for rule in rules {
      var entry = PackRun.Entry(
        rule: rule, outcome: .ran(QueryOutcome(results: [], notes: [], profile: [], seconds: 0)), warnings: []
      )
      do throws(QueryFailure) {
        let query = try compile(rule, variables: &variables)
        entry.warnings = query.warnings
        entry.companions = query.companions
        if configuration.isStrict, !query.warnings.isEmpty {
          throw QueryFailure(query.warnings, in: rule.query)
        }
        compiled.append((entries.count, query))
      } catch {
        entry.outcome = .refused(error)
      }
      entries.append(entry)
    }
    for name in configuration.values.keys.sorted() where !variables.contains(name) {
      throw UnknownRuleVariable(name: name, known: variables.sorted())
    }
    let plans = compiled.map { optimized($0.query) }
    let loaded = load(plans.flatMap { $0 })
    let now = loaded.now(configuration)
    for (index, (entry, query)) in compiled.enumerated() {
      do throws(ExecutionFailure) {
        let outcome = try run(query, plans[index], over: loaded, now: query.now ?? now)
        entries[entry].outcome = .ran(outcome.heeding(entries[entry].rule.metadata.schedule))
      } catch {
        entries[entry].outcome = .failed(error)
      }
    }
    return PackRun(
      entries: entries, report: loaded.report, now: now,
      readsTables: plans.contains { $0.contains { !$0.scans.isEmpty } })
  }

  /// Reads a rule's query with the values that are for it.
  private func compile(
    _ rule: DetectionRule, variables: inout Set<String>
  ) throws(QueryFailure) -> CompiledQuery {
    let query = try compile(rule, values: [:])
    variables.formUnion(query.variables)
    let values = configuration.values.filter { query.variables.contains($0.key) }
    return values.isEmpty ? query : try compile(rule, values: values)
  }
}

extension QueryOutcome {
  /// Without its rows if they are not as many as a rule asks for.
  fileprivate func heeding(_ schedule: RuleSchedule?) -> QueryOutcome {
    let count = results.reduce(0) { $0 + $1.table.rowCount }
    guard let schedule, count > 0, !schedule.isTriggered(byRows: count) else { return self }
    var outcome = self
    for index in outcome.results.indices {
      outcome.results[index].table = outcome.results[index].table.slice(0..<0)
    }
    outcome.notes.append(
      "\(count) rows are no alert: the rule asks for \(schedule.triggerOperator.rawValue) \(schedule.triggerThreshold)"
    )
    return outcome
  }
}
