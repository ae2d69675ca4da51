import Diagnostics
import Engine
package import Session

extension Workspace {
  /// No rule is run more often.
  package static let replayLimit = 1_000_000

  /// Runs each rule on its schedule over the span of the logs, which are read once: with the time of the run as
  /// `now()`, over the events of its period before.
  package func replay(
    _ rules: [DetectionRule], request: ReplayRequest
  ) throws(UnknownRuleVariable) -> PackReplay {
    let cache = TimedTableCache(self)
    var entries: [ReplayEntry] = []
    var variables: Set<String> = []
    for rule in rules { entries.append(entry(of: rule, request, cache, &variables)) }
    for name in configuration.values.keys.sorted() where !variables.contains(name) {
      throw UnknownRuleVariable(name: name, known: variables.sorted())
    }
    let plain = entries.filter { !$0.readsDataEarly }.flatMap(\.scans)
    let early = entries.filter(\.readsDataEarly).flatMap(\.scans)
    let loaded = LoadedTables(scans: timed(plain), sources: sources, configuration: configuration)
    let tables = TimedTables(loaded, timeFields: timeFields(of: Array(loaded.tables.keys)))
    let earlyTables = early.isEmpty ? nil : cache.tables(for: early)
    let report = plain.isEmpty && !early.isEmpty ? cache.loaded(for: early).report : loaded.report
    var results: [RuleReplay] = []
    let earlyReport = early.isEmpty ? loaded.report : cache.loaded(for: early).report
    for var entry in entries {
      if case .replayed = entry.result.outcome {
        let missing = MissingData(
          report: entry.readsDataEarly ? earlyReport : loaded.report, configuration: configuration)
        let verdict = missing.verdict(on: entry.plans)
        if !verdict.notRun.isEmpty { entry.result.outcome = .notRun(verdict.notRun) }
        entry.result.notes += verdict.runsWithout.map(MissingData.note)
      }
      var run = RuleReplayRun(
        workspace: self, entry: entry, cache: cache,
        tables: entry.readsDataEarly ? earlyTables ?? tables : tables, report: report)
      results.append(run.replay())
    }
    var notes: [Advice] = []
    let withoutTime = max(tables.rowsWithoutTime, earlyTables?.rowsWithoutTime ?? 0)
    if withoutTime > 0 { notes.append("\(withoutTime) events without a readable time are in no window") }
    for name in Set(tables.timelessTables + (earlyTables?.timelessTables ?? [])).sorted() {
      notes.append("the table `\(name)` has no times: every run sees all of it")
    }
    return PackReplay(
      rules: results, report: report, readsTables: !plain.isEmpty || !early.isEmpty, notes: notes)
  }

  private func entry(
    of rule: DetectionRule, _ request: ReplayRequest, _ cache: TimedTableCache, _ variables: inout Set<String>
  ) -> ReplayEntry {
    var entry = ReplayEntry(result: RuleReplay(rule: rule))
    do throws(QueryFailure) {
      let plain = try compile(rule, values: [:])
      variables.formUnion(plain.variables)
      let values = configuration.values.filter { plain.variables.contains($0.key) }
      let query = values.isEmpty ? plain : try compile(rule, values: values)
      entry.readsDataEarly = !query.open.isEmpty
      let whole = try resolve(query) { reply(to: $0, over: cache.loaded(for: $0.scans)) }
      entry.result.warnings = whole.warnings
      entry.query = query
      entry.shape = whole
      entry.plans = optimized(whole)
      if configuration.isStrict, !whole.warnings.isEmpty {
        throw QueryFailure(whole.warnings, in: rule.query)
      }
    } catch {
      let reasons = MissingData.reasons(of: error)
      entry.result.outcome = reasons.isEmpty ? .refused(error) : .notRun(reasons)
      return entry
    }
    do throws(ReplayRequest.Problem) {
      entry.result.schedule = try request.schedule(of: rule)
    } catch {
      entry.result.outcome = .notReplayed(error.reason)
    }
    if entry.query?.now != nil {
      entry.result.outcome = .notReplayed("it sets `query_now` itself, so that no other time can be its now")
    }
    return entry
  }

  /// Scans that also load the time of their table.
  func timed(_ scans: [Scan]) -> [Scan] {
    let fields = timeFields(of: scans.map(\.table))
    return scans.map { scan in
      var scan = scan
      // A limit is for the rows of one window.
      scan.limit = nil
      if let field = fields[scan.table], !scan.sources.contains(where: { $0.field == field }) {
        let column = PlanColumn(id: ColumnID(Int.max), name: field, type: .datetime)
        scan.sources.append(Scan.Source(column: column, field: field))
      }
      return scan
    }
  }

  /// The field of each table that holds the time of its rows.
  func timeFields(of tables: [String]) -> [String: String] {
    var result: [String: String] = [:]
    for name in Set(tables) { result[name] = sources.timeField(of: name) }
    return result
  }
}

/// A rule that is about to be replayed.
struct ReplayEntry {
  var result: RuleReplay
  /// As compiled: what it asks of the data is open.
  var query: CompiledQuery?
  /// The query with answers from all of the logs.
  var shape: CompiledQuery?
  var plans: [LogicalPlan] = []
  /// The query asks the data (subsearches, columns), so that it is asked anew for each window.
  var readsDataEarly = false

  var scans: [Scan] { plans.flatMap(\.scans) }
}
