import Diagnostics
import Engine
import LogSources
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
  static func reasons(of failure: QueryFailure) -> [Advice] {
    let errors = failure.diagnostics.filter { $0.severity == .error }
    guard !errors.isEmpty, errors.allSatisfy(isMissing) else { return [] }
    return errors.map { error in
      let advice = (error.suggestions.map(\.message) + error.notes).first { !$0.remedies.isEmpty }
      return Advice(error.message) + (advice.map { "; \($0)" } ?? "")
    }.uniqued
  }

  private static func isMissing(_ error: Diagnostic) -> Bool {
    // A table with a near name is a slip of the pen.
    if error.id == "unknown-table" { return !error.suggestions.contains { $0.edit != nil } }
    return slugs.contains(error.id)
  }

  static func note(_ reason: Advice) -> Advice { "it ran without a part of what it reads: \(reason)" }

  /// Why a query cannot find anything, and what it runs without where it still may.
  func verdict(on plans: [LogicalPlan]) -> (notRun: [Advice], runsWithout: [Advice]) {
    let all = plans.flatMap { reasons(for: $0) }.uniqued
    return plans.contains(where: canGiveRows) ? ([], all) : (all, [])
  }

  // What was cut short by a limit has nothing to say of what is not there.
  private func isEmpty(_ names: [String]) -> Bool {
    report.stopped == nil && names.allSatisfy { (report.eventsBySource[$0] ?? 0) == 0 }
  }

  private func isEmpty(_ scan: Scan, _ read: SourcesRead) -> Bool {
    if scan.table == SplunkEvents.table { return isEmpty(read.sources(of: scan).map(\.sourcetype)) }
    return isEmpty([scan.table])
  }

  /// What a plan reads and the logs have nothing of: tables, source types.
  func reasons(for plan: LogicalPlan) -> [Advice] {
    let read = SourcesRead(plan, among: configuration.sources)
    let known = configuration.sources.map { "`\($0.sourcetype)`" }
    let types = plan.scans.flatMap(read.absent).uniqued.map { type -> Advice in
      "no event has the source type `\(type)`: searches read \(MissingData.list(known, "and"))"
    }
    let empty = plan.scans.filter { isEmpty($0, read) }.compactMap { scan -> Advice? in
      if scan.table == SplunkEvents.table {
        let wanted = read.sources(of: scan)
        return wanted.isEmpty
          ? nil : "the logs hold no event of \(MissingData.list(wanted.map(\.name), "or"))"
      }
      let isNamed = configuration.tables.contains { $0.name == scan.table }
      return "the logs hold no row of `\(scan.table)`"
        + (isNamed ? "" : "; \(Remedy.tableFile(name: scan.table)) loads it from a file")
    }
    return types + empty.uniqued
  }

  /// `a, b or c`.
  private static func list(_ names: [String], _ word: String) -> String {
    guard names.count > 1, let last = names.last else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " \(word) \(last)"
  }

  /// Whether rows can come out although some tables have none.
  func canGiveRows(_ plan: LogicalPlan) -> Bool {
    canGiveRows(plan, SourcesRead(plan, among: configuration.sources), [:])
  }

  /// - Parameter shared: whether the definitions can that are in sight.
  private func canGiveRows(
    _ plan: LogicalPlan, _ read: SourcesRead, _ shared: [Int: Bool]
  ) -> Bool {
    func can(_ input: LogicalPlan) -> Bool { canGiveRows(input, read, shared) }
    switch plan {
    case .scan(let scan): return !isEmpty(scan, read)
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
        known[definition.id] = canGiveRows(definition.plan, read, known)
      }
      return canGiveRows(with.body, read, known)
    case .reference(let reference): return shared[reference.id] ?? true
    case .union, .filter, .project, .sort, .limit, .expand, .window: return plan.inputs.contains(where: can)
    }
  }
}
