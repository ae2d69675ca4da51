import Engine
import Session

/// The source types that searches ask for and that no event has: all events that SPL sees are CloudTrail's.
///
/// Example: `sourcetype=o365:management:activity Operation=…` can find nothing, whatever the logs hold.
struct AbsentSourcetypes {
  /// By the column that the scan reads `sourcetype` into.
  private var absent: [ColumnID: [String]] = [:]

  init(_ plan: LogicalPlan) {
    var columns: Set<ColumnID> = []
    var conditions: [Expression] = []
    plan.forEachNode { node in
      switch node {
      case .scan(let scan):
        if let column = AbsentSourcetypes.column(of: scan) { columns.insert(column) }
        conditions += scan.predicate?.conjuncts ?? []
      case .filter(let filter): conditions += filter.predicate.conjuncts
      case .inline, .argument, .project, .aggregate, .join, .union, .sort, .limit, .expand, .window, .apply,
        .tabular, .with, .reference:
        return
      }
    }
    for condition in conditions {
      guard let (column, texts) = AbsentSourcetypes.unmet(condition), columns.contains(column) else {
        continue
      }
      absent[column, default: []] += texts
    }
  }

  /// What the scan is asked for in vain; empty if it can give rows.
  func texts(of scan: Scan) -> [String] {
    AbsentSourcetypes.column(of: scan).flatMap { absent[$0] }?.uniqued ?? []
  }

  private static func column(of scan: Scan) -> ColumnID? {
    guard scan.table == SplunkEvents.table else { return nil }
    return scan.sources.first { $0.field == "sourcetype" }?.column.id
  }

  /// The column that a condition wants to have one of some texts, none of which is that of the events.
  private static func unmet(_ condition: Expression) -> (ColumnID, [String])? {
    var found: ColumnID?
    var texts: [String] = []
    for alternative in condition.disjuncts {
      guard let predicate = Predicate(alternative), predicate.meaning.test == .equals,
        !predicate.meaning.isNegated, case .column(let column) = predicate.subject,
        found == nil || found == column.id, let wanted = predicate.texts,
        predicate.holds(for: .string(SplunkEvents.sourcetype)) == false
      else { return nil }
      found = column.id
      texts += wanted
    }
    return found.map { ($0, texts) }
  }
}
