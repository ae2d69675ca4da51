import Diagnostics
import Engine
import LogSources
import Session

/// The sources of events that the searches of a plan ask for by their source type.
///
/// Example: `sourcetype=aws:cloudtrail eventName=…` reads CloudTrail alone, and
/// `sourcetype=o365:management:activity Operation=…` nothing, whatever the logs hold.
struct SourcesRead {
  private let sources: [SourceDefinition]
  /// What is asked of the column that a scan reads `sourcetype` into: each condition is met if one of its
  /// alternatives is.
  private var asked: [ColumnID: [[Predicate]]] = [:]

  init(_ plan: LogicalPlan, among sources: [SourceDefinition]) {
    self.sources = sources
    var columns: Set<ColumnID> = []
    var conditions: [Expression] = []
    plan.forEachNode { node in
      switch node {
      case .scan(let scan):
        if let column = SourcesRead.column(of: scan) { columns.insert(column) }
        conditions += scan.predicate?.conjuncts ?? []
      case .filter(let filter): conditions += filter.predicate.conjuncts
      case .inline, .argument, .project, .aggregate, .join, .union, .sort, .limit, .expand, .window, .apply,
        .tabular, .with, .reference:
        return
      }
    }
    for condition in conditions {
      guard let (column, alternatives) = SourcesRead.alternatives(condition), columns.contains(column) else {
        continue
      }
      asked[column, default: []].append(alternatives)
    }
  }

  /// Those whose events a scan can find.
  func sources(of scan: Scan) -> [SourceDefinition] {
    guard scan.table == SplunkEvents.table else { return [] }
    let conditions = SourcesRead.column(of: scan).flatMap { asked[$0] } ?? []
    return sources.filter { source in
      conditions.allSatisfy { alternatives in
        alternatives.contains { $0.holds(for: .string(source.sourcetype)) != false }
      }
    }
  }

  /// The source types that a scan is asked for in vain; empty if it can give rows.
  func absent(from scan: Scan) -> [String] {
    guard let column = SourcesRead.column(of: scan) else { return [] }
    let refused = (asked[column] ?? []).filter { alternatives in
      sources.allSatisfy { source in
        alternatives.allSatisfy { $0.holds(for: .string(source.sourcetype)) == false }
      }
    }
    return refused.flatMap { $0 }.flatMap { $0.meaning.isNegated ? [] : $0.texts ?? [] }.uniqued
  }

  private static func column(of scan: Scan) -> ColumnID? {
    guard scan.table == SplunkEvents.table else { return nil }
    return scan.sources.first { $0.field == "sourcetype" }?.column.id
  }

  /// The alternatives of a condition that is about one column alone.
  private static func alternatives(_ condition: Expression) -> (ColumnID, [Predicate])? {
    var found: ColumnID?
    var alternatives: [Predicate] = []
    for alternative in condition.disjuncts {
      guard let predicate = Predicate(alternative), case .column(let column) = predicate.subject,
        found == nil || found == column.id
      else { return nil }
      found = column.id
      alternatives.append(predicate)
    }
    return found.map { ($0, alternatives) }
  }
}
