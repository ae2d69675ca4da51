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
        .tabular:
        return
      }
    }
    for condition in conditions {
      guard let (column, texts) = AbsentSourcetypes.wanted(by: condition), columns.contains(column),
        !texts.contains(where: { WildcardPattern($0.lowercased()).matches(SplunkEvents.sourcetype) })
      else { continue }
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

  /// The column that a condition wants to have one of some texts.
  private static func wanted(by condition: Expression) -> (ColumnID, [String])? {
    var found: ColumnID?
    var texts: [String] = []
    for alternative in condition.disjuncts {
      guard case .call(let call) = alternative, ["search=", "=", "in"].contains(call.name),
        case .column(let column)? = call.arguments.first, found == nil || found == column.id
      else { return nil }
      found = column.id
      for argument in call.arguments.dropFirst() {
        guard case .string(let text)? = argument.constantValue else { return nil }
        texts.append(text)
      }
    }
    return found.map { ($0, texts) }
  }
}
