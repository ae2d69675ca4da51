import Diagnostics
import Engine
import Session

/// What the logs hold in the columns that a rule asks about.
struct LogSurvey {
  /// A condition of the rule that wants a column to be, or to hold, some texts.
  struct Test {
    var predicate: Predicate
    var literals: [Value]
    /// The column as it is read from the logs.
    var column: PlanColumn
    var span: SourceSpan?

    /// The texts with which no value satisfies the condition.
    func absent(from counts: ValueCounts) -> [String] {
      let values = Column.of(.string, counts.values.map { .string($0.text) })
      return literals.filter { literal in
        guard case .string(let text) = literal else { return counts.count(of: literal.scalarText) == 0 }
        let found = predicate.comparing(with: literal).holds(in: values)
        return !text.isEmpty && found?.contains(true) == false
      }.map(\.scalarText)
    }
  }

  /// An event for the examples of lints.
  static let example = """
    {"eventVersion":"1.09","eventTime":"2026-03-02T10:00:00Z","eventSource":"iam.amazonaws.com",\
    "eventName":"CreateUser","requestParameters":{"userName":"bob"}}
    """

  private(set) var tests: [Test] = []
  /// Columns that must be filled for a row to come through, each once.
  private(set) var wanted: [(column: PlanColumn, span: SourceSpan?)] = []
  private(set) var counts: [ColumnID: ValueCounts] = [:]

  /// The scans whose rows the survey needs: those with a column that the rule asks about.
  private(set) var scans: [Scan] = []

  init(_ subject: LintSubject) {
    let events = subject.workspace.configuration.sources
    let read = subject.query.results.map { SourcesRead($0.plan, among: events) }
    // A wildcard or the events themselves may name what no event has at its top.
    let hasOpenNames = SPLMadeNames.hasOpenNames(subject)
    var all: [Scan] = []
    var known: Set<ColumnID> = []
    for case .scan(var scan) in subject.nodes {
      // What another source type would hold is not here to be compared with.
      if read.contains(where: { !$0.absent(from: scan).isEmpty }) { continue }
      scan.predicate = nil
      scan.limit = nil
      known.formUnion(
        scan.sources.filter { !hasOpenNames || EventFields.isKnown($0.field, in: events) }.map(\.column.id))
      all.append(scan)
    }
    collect(subject) { expression in
      guard case .column(let column) = expression else { return nil }
      let origin = subject.origin(of: column)
      return known.contains(origin.id) ? origin : nil
    }
    let columns = Set(tests.map(\.column.id) + wanted.map(\.column.id))
    scans = all.compactMap { scan in
      var scan = scan
      scan.sources = scan.sources.filter { columns.contains($0.column.id) }
      return scan.sources.isEmpty ? nil : scan
    }
  }

  /// Counts the values of the columns in rows that were loaded for all `scans`.
  mutating func count(in tables: LoadedTables) throws(ExecutionFailure) {
    for scan in scans {
      let rows = try tables.rows(of: scan)
      for (source, column) in zip(scan.sources, rows.columns) {
        counts[source.column.id] = ValueCounts(column)
      }
    }
  }

  private mutating func collect(_ subject: LintSubject, _ loaded: (Expression) -> PlanColumn?) {
    var seen: Set<String> = []
    func want(_ column: PlanColumn, _ span: SourceSpan?) {
      if seen.insert("\(column.name)@\(span?.lowerBound ?? -1)").inserted { wanted.append((column, span)) }
    }
    for node in subject.nodes {
      switch node {
      case .filter(let filter):
        for condition in filter.predicate.conjuncts.flatMap(\.disjuncts).flatMap(\.conjuncts) {
          guard let predicate = Predicate(condition), let column = loaded(predicate.subject) else {
            continue
          }
          let meaning = predicate.meaning
          let span = subject.place(predicate.call, in: node)
          switch meaning.test {
          case .equals, .prefix, .suffix, .contains, .term, .termPrefix, .termSuffix:
            // "" is asked for where a field is to be empty.
            guard !meaning.isNegated, let literals = predicate.literals,
              literals.contains(where: { $0 != .string("") })
            else { continue }
            tests.append(Test(predicate: predicate, literals: literals, column: column, span: span))
            want(column, span)
          case .empty: if meaning.isNegated { want(column, span) }
          case .present: if !meaning.isNegated { want(column, span) }
          case .bound: want(column, span)
          case .matches, .between: continue
          }
        }
      case .aggregate(let aggregate):
        for key in aggregate.keys {
          if let column = loaded(key.expression) {
            want(column, GroupPlace.span(of: key, aggregate, subject))
          }
        }
      case .scan, .inline, .argument, .project, .join, .union, .sort, .limit, .expand, .window, .apply,
        .tabular, .with, .reference:
        continue
      }
    }
  }
}

private enum GroupPlace {
  /// Where the name of a key stands in its stage.
  static func span(of key: Assignment, _ aggregate: Aggregate, _ subject: LintSubject) -> SourceSpan? {
    guard let stage = aggregate.origin.span else { return nil }
    let text = Array(subject.rule.query[stage].utf8)
    let name = Array(key.column.name.utf8)
    guard !name.isEmpty, text.count >= name.count else { return stage }
    // The last place is behind `by`.
    for start in stride(from: text.count - name.count, through: 0, by: -1)
    where text[start..<start + name.count].elementsEqual(name) {
      return SourceSpan(stage.lowerBound + start, stage.lowerBound + start + name.count)
    }
    return stage
  }
}
