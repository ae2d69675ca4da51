package import Diagnostics
package import Engine
package import Session

/// A rule run with many values of its parameters, over one pass of the logs.
package struct RuleSweep: Sendable {
  /// One set of values and what came of it.
  package struct Point: Sendable {
    /// A value for each swept parameter.
    package var values: [String]
    /// These are the values that the rule has.
    package var isCurrent: Bool
    package var outcome: Outcome
  }

  package enum Outcome: Sendable {
    /// `entities` has a count for each kind.
    case ran(rows: Int, fires: Bool, entities: [Int])
    case refused(QueryFailure)
    /// What it reads is not there; each reason names one thing.
    case notRun([Advice])
    case failed(ExecutionFailure)
  }

  package var rule: DetectionRule
  package var parameters: [RuleParameter]
  package var points: [Point]
  package var entities: EntityColumns
  /// The columns of the rows, for the names of entities.
  package var fields: [Field]
  /// The rule counts back from `now()`, so that its rows are not of the whole span.
  package var readsNow: Bool
  package var report: LoadReport
  package var now: Int64
  package var readsTables: Bool
  package var warnings: [Diagnostic]
  /// What it ran without.
  package var missing: [Advice] = []

  /// The run without its rows, for what is said of any run.
  package var queries: Workspace.Run { Workspace.Run(outcomes: [], report: report, now: now) }

  /// Days from the first event to the last; nil if it is less than one, or there is none.
  package var days: Double? {
    guard let earliest = report.earliest, let latest = report.latest else { return nil }
    let days = Double(latest - earliest) / Double(Ticks.perDay)
    return days >= 1 ? days : nil
  }
}

extension Workspace {
  /// So many combinations of values are tried.
  package static let sweepLimit = 1000

  /// Runs a rule once for each combination of values; the logs are read once.
  ///
  /// - Parameter settings: a text for each name; see `SweepValues`.
  package func sweep(
    _ rule: DetectionRule, settings: [(name: String, text: String)]
  ) throws -> RuleSweep {
    let cache = EvaluationCache(self)
    let plain = try resolve(compile(rule, values: [:]), with: cache)
    let parameters = rule.language.parameters(of: rule.query, variables: plain.variables, in: self)
    var fixed: [(RuleParameter, String)] = []
    var swept: [(parameter: RuleParameter, values: [String])] = []
    var names: Set<String> = []
    for setting in settings {
      guard names.insert(setting.name).inserted else { throw SweepFailure.repeated(setting.name) }
      guard let parameter = parameters.first(where: { $0.name == setting.name }) else {
        throw SweepFailure.unknown(name: setting.name, known: parameters)
      }
      let values = try SweepValues(setting.text)
      if values.isSwept {
        swept.append((parameter, values.texts))
      } else {
        fixed.append((parameter, values.texts.first ?? ""))
      }
    }
    if swept.isEmpty { throw SweepFailure.nothingSwept }
    let points = try Workspace.combinations(swept)
    return try run(points, of: rule, swept.map(\.parameter), fixed: fixed, plain: plain, cache)
  }

  /// Every combination, the first parameter outermost, with the values of the rule among them.
  private static func combinations(
    _ swept: [(parameter: RuleParameter, values: [String])]
  ) throws(SweepFailure) -> [[String]] {
    var count = 1
    for (_, values) in swept {
      let (product, overflow) = count.multipliedReportingOverflow(by: values.count)
      count = overflow ? Int.max : product
    }
    if count > sweepLimit { throw .tooManyCombinations(count, limit: sweepLimit) }
    var result: [[String]] = [[]]
    for (_, values) in swept { result = result.flatMap { head in values.map { head + [$0] } } }
    let current = swept.map(\.parameter.current)
    let hasCurrent = result.contains { values in
      zip(swept, values).allSatisfy { $0.parameter.isCurrent($1) }
    }
    // What the rule has now stands first where it is not among the values: it is what the others are held against.
    return hasCurrent || current.contains("") ? result : [current] + result
  }

  private func run(
    _ points: [[String]], of rule: DetectionRule, _ parameters: [RuleParameter],
    fixed: [(RuleParameter, String)], plain: CompiledQuery, _ cache: EvaluationCache
  ) throws -> RuleSweep {
    var compiled: [Result<(CompiledQuery, [LogicalPlan]), QueryFailure>] = []
    for values in points {
      // A value that the rule has stays as it is written there.
      let changes = zip(parameters, values).filter { $0.current != $1 }.map { ($0, $1) }
      let variant = try RuleVariant(rule, setting: fixed + changes)
      do throws(QueryFailure) {
        let query = try compile(variant, cache)
        compiled.append(.success((query, optimized(query))))
      } catch {
        compiled.append(.failure(error))
      }
    }
    let plans = compiled.flatMap { (try? $0.get().1) ?? [] }
    let loaded = load(plans)
    let now = loaded.now(configuration)
    let shape = (try? compiled.first { (try? $0.get()) != nil }?.get().0) ?? plain
    let missing = MissingData(report: loaded.report, configuration: configuration)
    var runsWithout: [Advice] = []
    let fields = shape.results.first?.plan.columns.map { Field($0.name, $0.type) } ?? []
    let roles = shape.results.first.map { ColumnRole.roles(of: $0.plan) } ?? []
    let entities = EntityColumns(of: rule.metadata, fields: fields, roles: roles)
    var results: [RuleSweep.Point] = []
    for (values, result) in zip(points, compiled) {
      let isCurrent = zip(parameters, values).allSatisfy { $0.isCurrent($1) }
      let outcome: RuleSweep.Outcome
      switch result {
      case .failure(let failure): outcome = .refused(failure)
      case .success(let (query, plans)):
        let verdict = missing.verdict(on: plans)
        runsWithout += verdict.runsWithout
        outcome =
          !verdict.notRun.isEmpty
          ? .notRun(verdict.notRun) : self.outcome(query, plans, over: loaded, now: now, rule, entities)
      }
      results.append(RuleSweep.Point(values: values, isCurrent: isCurrent, outcome: outcome))
    }
    return RuleSweep(
      rule: rule, parameters: parameters, points: results, entities: entities, fields: fields,
      readsNow: shape.results.contains { $0.plan.filtersByNow }, report: loaded.report, now: now,
      readsTables: plans.contains { !$0.scans.isEmpty }, warnings: plain.warnings,
      missing: runsWithout.uniqued.map(MissingData.note))
  }

  private func outcome(
    _ query: CompiledQuery, _ plans: [LogicalPlan], over loaded: LoadedTables, now: Int64,
    _ rule: DetectionRule, _ entities: EntityColumns
  ) -> RuleSweep.Outcome {
    do throws(ExecutionFailure) {
      let results = try run(query, plans, over: loaded, now: query.now ?? now).results
      let rows = results.reduce(0) { $0 + $1.table.rowCount }
      let counts = results.first.map { entities.counts(in: $0.table) } ?? []
      return .ran(rows: rows, fires: rule.metadata.alerts(onRows: rows), entities: counts)
    } catch {
      return .failed(error)
    }
  }

  private func compile(_ variant: RuleVariant, _ cache: EvaluationCache) throws(QueryFailure) -> CompiledQuery
  {
    var workspace = self
    if !variant.macros.isEmpty { workspace = workspace.adding(macros: variant.macros) }
    let query = try workspace.compile(variant.rule, values: variant.values)
    return try workspace.resolve(query, with: cache)
  }
}

extension LogicalPlan {
  /// A filter depends on the time of the run, as `ago()` does.
  var filtersByNow: Bool {
    var result = false
    forEachNode { node in
      if case .filter(let filter) = node, filter.predicate.readsNow { result = true }
    }
    return result
  }
}
