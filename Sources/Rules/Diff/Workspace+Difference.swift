import Diagnostics
package import Engine
package import Session

/// All pairs of rules over one pass of the logs.
package struct DifferenceRun: Sendable {
  package var rules: [RuleDifference]
  package var report: LoadReport
  /// Ticks; what `now()` was.
  package var now: Int64
  package var readsTables: Bool

  package var isDifferent: Bool { rules.contains(where: \.isDifferent) }

  /// The run without its rows, for what is said of any run.
  package var queries: Workspace.Run { Workspace.Run(outcomes: [], report: report, now: now) }
}

/// A column that the user names and no result has.
package struct UnknownDifferenceColumn: Error, Hashable, Sendable {
  package var name: String
  /// The columns there are.
  package var known: [String]
}

extension Workspace {
  /// Runs both versions of rules over the logs, which are read once, and compares their rows.
  package func difference(of pairs: [RulePair], request: DifferenceRequest) throws -> DifferenceRun {
    let cache = EvaluationCache(self)
    var sides: [(old: RuleSide?, new: RuleSide?)] = []
    var variables: Set<String> = []
    for pair in pairs {
      sides.append(
        (
          pair.old.map { side($0, cache, &variables) },
          pair.new.map { side($0, cache, &variables) }
        ))
    }
    for name in configuration.values.keys.sorted() where !variables.contains(name) {
      throw UnknownRuleVariable(name: name, known: variables.sorted())
    }
    let plans = sides.flatMap { [$0.old, $0.new] }.compactMap { $0 }.flatMap(\.plans)
    let loaded = load(plans)
    let now = loaded.now(configuration)
    var rules: [RuleDifference] = []
    for (pair, side) in zip(pairs, sides) {
      rules.append(
        compare(
          pair, side.old.map { finished($0, loaded, now) },
          side.new.map { finished($0, loaded, now) }, request))
    }
    try DifferenceRun.check(request, rules)
    return DifferenceRun(
      rules: rules, report: loaded.report, now: now, readsTables: plans.contains { !$0.scans.isEmpty })
  }

  /// Reads a rule with the values that are for it.
  private func side(
    _ rule: DetectionRule, _ cache: EvaluationCache, _ variables: inout Set<String>
  ) -> RuleSide {
    var side = RuleSide(rule: rule)
    do throws(QueryFailure) {
      let query = try resolve(compile(rule, variables: &variables), with: cache)
      side.query = query
      if configuration.isStrict, !query.warnings.isEmpty {
        side.refusal = QueryFailure(query.warnings, in: rule.query)
      } else {
        side.plans = optimized(query)
      }
    } catch {
      side.missing = MissingData.reasons(of: error)
      if side.missing.isEmpty { side.refusal = error }
    }
    return side
  }

  private func finished(_ side: RuleSide, _ loaded: LoadedTables, _ now: Int64) -> RuleSide {
    var side = side
    guard let query = side.query, side.refusal == nil else { return side }
    let verdict = MissingData(report: loaded.report, configuration: configuration).verdict(on: side.plans)
    side.missing = verdict.notRun
    side.notes = verdict.runsWithout.map(MissingData.note)
    if !side.missing.isEmpty { return side }
    do throws(ExecutionFailure) {
      side.results = try run(query, side.plans, over: loaded, now: query.now ?? now).results
    } catch {
      side.failure = error
    }
    return side
  }

  private func compare(
    _ pair: RulePair, _ old: RuleSide?, _ new: RuleSide?, _ request: DifferenceRequest
  ) -> RuleDifference {
    var result = RuleDifference(
      pair: pair, outcome: .compared([]),
      alert: RuleDifference.Alert(old: old?.alerts ?? false, new: new?.alerts ?? false),
      oldRows: old?.rowCount ?? 0, newRows: new?.rowCount ?? 0,
      statements: RuleDifference.statements(pair))
    for side in [old, new].compactMap({ $0 }) {
      if let warnings = side.query?.warnings, !warnings.isEmpty, side.refusal == nil {
        result.warnings.append((side.rule, warnings))
      }
      result.notes += side.notes.map { (side.rule, $0) }
    }
    if let refusal = old?.refusal {
      result.outcome = .refused(.old, refusal)
    } else if let refusal = new?.refusal {
      result.outcome = .refused(.new, refusal)
    } else if [old, new].contains(where: { $0?.missing.isEmpty == false }) {
      result.outcome = .notRun(old: old?.missing ?? [], new: new?.missing ?? [])
    } else if let failure = old?.failure {
      result.outcome = .failed(.old, failure)
    } else if let failure = new?.failure {
      result.outcome = .failed(.new, failure)
    } else {
      result.outcome = .compared(RuleSide.compare(old, new, request))
    }
    return result
  }
}

/// One version of a rule: its query, then its rows.
private struct RuleSide {
  let rule: DetectionRule
  var query: CompiledQuery?
  var plans: [LogicalPlan] = []
  var refusal: QueryFailure?
  /// What it needs and the workspace lacks.
  var missing: [Advice] = []
  var notes: [Advice] = []
  var failure: ExecutionFailure?
  var results: [QueryOutcome.Result] = []

  init(rule: DetectionRule) { self.rule = rule }

  var rowCount: Int { results.reduce(0) { $0 + $1.table.rowCount } }
  var alerts: Bool { rule.metadata.alerts(onRows: rowCount) }

  static func compare(_ old: RuleSide?, _ new: RuleSide?, _ request: DifferenceRequest) -> [RowDifference] {
    let count = max(old?.results.count ?? 0, new?.results.count ?? 0)
    let isAcross = old != nil && new != nil && old?.rule.language.dialect != new?.rule.language.dialect
    return (0..<count).map { index in
      let first = old?.result(index)
      let second = new?.result(index)
      // A rule that is there on one side alone has the same columns on the other, and no rows.
      let oldTable = first?.table ?? second?.table.slice(0..<0) ?? Table(fields: [], rows: [])
      let newTable = second?.table ?? first?.table.slice(0..<0) ?? Table(fields: [], rows: [])
      let roles = first?.roles ?? second?.roles ?? []
      return RowDifference(
        name: second?.name ?? first?.name, old: oldTable, new: newTable, oldRoles: roles,
        newRoles: second?.roles ?? roles, isAcrossLanguages: isAcross, request: request)
    }
  }

  private func result(_ index: Int) -> (name: String?, table: Table, roles: [ColumnRole])? {
    guard let query, results.indices.contains(index), query.results.indices.contains(index) else {
      return nil
    }
    return (results[index].name, results[index].table, ColumnRole.roles(of: query.results[index].plan))
  }
}

extension DifferenceRun {
  /// Refuses names that no result has.
  fileprivate static func check(
    _ request: DifferenceRequest, _ rules: [RuleDifference]
  ) throws(UnknownDifferenceColumn) {
    let results = rules.flatMap(\.results)
    // Without a result there is nothing to tell.
    if results.isEmpty { return }
    let old = Set(results.flatMap { $0.old.fields.map(\.name) })
    let new = Set(results.flatMap { $0.new.fields.map(\.name) })
    for mapping in request.map {
      if !old.contains(mapping.old) { throw UnknownDifferenceColumn(name: mapping.old, known: old.sorted()) }
      if !new.contains(mapping.new) { throw UnknownDifferenceColumn(name: mapping.new, known: new.sorted()) }
    }
    for name in request.ignored where !old.contains(name) && !new.contains(name) {
      throw UnknownDifferenceColumn(name: name, known: old.union(new).sorted())
    }
    let paired = Set(
      results.flatMap { result in
        result.pairing.pairs.flatMap {
          [$0.name, result.old.fields[$0.old].name, result.new.fields[$0.new].name]
        }
      })
    for name in request.key where !paired.contains(name) {
      throw UnknownDifferenceColumn(name: name, known: paired.sorted())
    }
  }
}
