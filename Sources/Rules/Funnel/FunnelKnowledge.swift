import Engine

/// What a run has seen of its columns: how they are made, and what they held when they were read.
struct FunnelKnowledge {
  /// A column of a table as it was loaded.
  struct Loaded {
    var column: Column
    var table: String
  }

  private var definitions: [ColumnID: Expression] = [:]
  private(set) var loaded: [ColumnID: Loaded] = [:]

  mutating func learn(_ plan: LogicalPlan, executor: Executor) {
    guard case .project(let project) = plan else { return }
    for assignment in project.assignments {
      switch assignment.expression {
      case .column(let source):
        if source.id != assignment.column.id { definitions[assignment.column.id] = assignment.expression }
        if let known = loaded[source.id] { loaded[assignment.column.id] = known }
      case .call, .conditional, .binding: definitions[assignment.column.id] = assignment.expression
      case .literal, .subquery: continue
      }
    }
  }

  mutating func learn(_ scan: Scan, rows: Table) {
    for (source, column) in zip(scan.sources, rows.columns) {
      loaded[source.column.id] = Loaded(column: column, table: scan.table)
    }
  }

  /// What makes a column, if it can still be worked out from some columns.
  func definition(of column: PlanColumn, from columns: [PlanColumn]) -> Expression? {
    guard let definition = definitions[column.id] else { return nil }
    let known = Set(columns.map(\.id))
    return definition.columns.isSubset(of: known) ? definition : nil
  }
}
