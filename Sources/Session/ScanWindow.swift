package import Engine

/// A stretch of time that a rule is to see: what its scans read is cut to it.
///
/// Example: from 2026-03-01 to 2026-03-02 puts `where TimeGenerated >= … and TimeGenerated < …` above each scan.
package struct ScanWindow {
  /// Ticks; included.
  package var from: Int64
  /// Ticks; left out. Nil has no end.
  package var to: Int64?

  package init(from: Int64, to: Int64?) {
    self.from = from
    self.to = to
  }

  /// The same plan over the rows of the window; tables without a time column stay whole.
  package func applied(to plan: LogicalPlan, in sources: WorkspaceSources) -> LogicalPlan {
    if case .scan(let scan) = plan { return bounded(scan, in: sources) }
    return plan.withInputs { applied(to: $0, in: sources) }.mappingSubqueries { subquery in
      applied(to: subquery, in: sources)
    }
  }

  private func bounded(_ scan: Scan, in sources: WorkspaceSources) -> LogicalPlan {
    guard let field = sources.timeField(of: scan.table) else { return .scan(scan) }
    var scan = scan
    let kept = scan.sources.map { Assignment(keeping: $0.column) }
    // A limit of the scan counts rows of the window.
    let limit = scan.limit
    scan.limit = nil
    let time: PlanColumn
    if let known = scan.sources.first(where: { $0.field == field && $0.column.type == .datetime }) {
      time = known.column
    } else {
      time = PlanColumn(
        id: ColumnID(-1 - (scan.sources.first?.column.id.rawValue ?? 0)), name: field, type: .datetime)
      scan.sources.append(Scan.Source(column: time, field: field))
    }
    var conditions = [compare(Comparison.greaterOrEqual, time, from)]
    if let to { conditions.append(compare(Comparison.less, time, to)) }
    let filter = LogicalPlan.filter(
      Filter(
        input: .scan(scan), predicate: .all(of: conditions), origin: scan.origin))
    let project = LogicalPlan.project(Project(input: filter, assignments: kept, origin: scan.origin))
    guard let limit else { return project }
    return .limit(Limit(input: project, count: limit, origin: scan.origin))
  }

  private func compare(_ function: ScalarFunction, _ time: PlanColumn, _ ticks: Int64) -> Expression {
    .call(
      FunctionCall(
        function: function, arguments: [.column(time), .literal(.datetime(ticks), .datetime)], type: .bool,
        dialect: .own))
  }
}
