import Diagnostics
import Engine
import Session

/// What a rule needs and the workspace lacks. Such a rule is not run, which is another thing than silent.
struct MissingData {
  let report: LoadReport
  let configuration: WorkspaceConfiguration

  /// Errors that say that something is not there, with what would bring it.
  private static let slugs: Set<String> = [
    "unknown-watchlist", "unknown-lookup", "external-missing", "unknown-macro", "unknown-data-model",
  ]

  /// One for each thing that is not there; none if anything else is wrong.
  static func reasons(of failure: QueryFailure) -> [String] {
    let errors = failure.diagnostics.filter { $0.severity == .error }
    guard !errors.isEmpty, errors.allSatisfy(isMissing) else { return [] }
    return errors.map { error in
      let advice = (error.suggestions.map(\.message) + error.notes).first { $0.contains("--") }
      return error.message + (advice.map { "; \($0)" } ?? "")
    }.uniqued
  }

  private static func isMissing(_ error: Diagnostic) -> Bool {
    // A table with a near name is a slip of the pen.
    if error.id == "unknown-table" { return !error.suggestions.contains { $0.edit != nil } }
    return slugs.contains(error.id)
  }

  static func note(_ reason: String) -> String { "it ran without a part of what it reads: \(reason)" }

  /// Why a query cannot find anything, and what it runs without where it still may.
  func verdict(on plans: [LogicalPlan]) -> (notRun: [String], runsWithout: [String]) {
    let all = plans.flatMap { reasons(for: $0) }.uniqued
    return plans.contains(where: canGiveRows) ? ([], all) : (all, [])
  }

  // What was cut short by a limit has nothing to say of what is not there.
  private func isEmpty(_ table: String) -> Bool {
    report.stopped == nil && (report.eventsBySource[table] ?? 0) == 0
  }

  /// What a plan reads and the logs have nothing of: tables, source types.
  func reasons(for plan: LogicalPlan) -> [String] {
    let absent = AbsentSourcetypes(plan)
    let types = plan.scans.flatMap(absent.texts).uniqued.map {
      "no event has the source type `\($0)`: SPL reads CloudTrail, as `\(SplunkEvents.sourcetype)`"
    }
    return types
      + plan.scans.map(\.table).filter(isEmpty).uniqued.map { table in
        if table == SplunkEvents.table { return "the logs hold no CloudTrail event" }
        let isNamed = configuration.tables.contains { $0.name == table }
        return "the logs hold no row of `\(table)`"
          + (isNamed ? "" : "; `--table \(table)=PATH` loads it from a file")
      }
  }

  /// Whether rows can come out although some tables have none.
  func canGiveRows(_ plan: LogicalPlan) -> Bool { canGiveRows(plan, AbsentSourcetypes(plan), [:]) }

  /// - Parameter shared: whether the definitions can that are in sight.
  private func canGiveRows(
    _ plan: LogicalPlan, _ absent: AbsentSourcetypes, _ shared: [Int: Bool]
  ) -> Bool {
    func can(_ input: LogicalPlan) -> Bool { canGiveRows(input, absent, shared) }
    switch plan {
    case .scan(let scan): return !isEmpty(scan.table) && absent.texts(of: scan).isEmpty
    case .inline, .argument: return true
    case .aggregate(let aggregate): return aggregate.keys.isEmpty || can(aggregate.input)
    case .join(let join):
      switch join.kind {
      case .inner, .innerunique, .leftsemi, .rightsemi: return can(join.left) && can(join.right)
      case .leftouter, .leftanti: return can(join.left)
      case .rightouter, .rightanti: return can(join.right)
      case .fullouter: return can(join.left) || can(join.right)
      }
    case .apply(let apply): return can(apply.input)
    case .tabular(let call):
      switch call.operator.passes {
      case .none: return call.inputs.isEmpty || call.inputs.contains(where: can)
      case .all, .some: return call.inputs.first.map(can) ?? true
      }
    case .with(let with):
      var known = shared
      for definition in with.definitions {
        known[definition.id] = canGiveRows(definition.plan, absent, known)
      }
      return canGiveRows(with.body, absent, known)
    case .reference(let reference): return shared[reference.id] ?? true
    case .union, .filter, .project, .sort, .limit, .expand, .window: return plan.inputs.contains(where: can)
    }
  }
}
