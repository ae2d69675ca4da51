import Diagnostics
import Engine

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

  private func isEmpty(_ table: String) -> Bool { (report.eventsBySource[table] ?? 0) == 0 }

  /// The tables that a plan reads and the logs have no event of.
  func reasons(for plan: LogicalPlan) -> [String] {
    plan.scans.map(\.table).filter(isEmpty).uniqued.map { table in
      if table == SplunkEvents.table { return "the logs hold no CloudTrail event" }
      let isNamed = configuration.tables.contains { $0.name == table }
      return "the logs hold no row of `\(table)`"
        + (isNamed ? "" : "; `--table \(table)=PATH` loads it from a file")
    }
  }

  /// Whether rows can come out although some tables have none.
  func canGiveRows(_ plan: LogicalPlan) -> Bool {
    switch plan {
    case .scan(let scan): !isEmpty(scan.table)
    case .inline, .argument: true
    case .aggregate(let aggregate): aggregate.keys.isEmpty || canGiveRows(aggregate.input)
    case .join(let join):
      switch join.kind {
      case .inner, .innerunique, .leftsemi, .rightsemi: canGiveRows(join.left) && canGiveRows(join.right)
      case .leftouter, .leftanti: canGiveRows(join.left)
      case .rightouter, .rightanti: canGiveRows(join.right)
      case .fullouter: canGiveRows(join.left) || canGiveRows(join.right)
      }
    case .apply(let apply): canGiveRows(apply.input)
    case .tabular(let call): call.inputs.isEmpty || call.inputs.contains(where: canGiveRows)
    case .union, .filter, .project, .sort, .limit, .expand, .window: plan.inputs.contains(where: canGiveRows)
    }
  }
}
