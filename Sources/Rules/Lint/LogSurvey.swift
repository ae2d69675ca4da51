import Diagnostics
import Engine
import Session

/// What the logs hold in the columns that a rule asks about.
struct LogSurvey {
  /// A condition of the rule that wants a column to be, or to hold, some texts.
  struct Test {
    var test: FieldTest
    /// The column as it is read from the logs.
    var column: PlanColumn
    var span: SourceSpan?

    var literals: [String] { test.literals }

    /// Whether some value satisfies the condition with this text.
    func matches(_ literal: String, _ counts: ValueCounts) -> Bool {
      if literal.isEmpty { return true }
      let wanted = literal.lowercased()
      let heedsCase = ["==", "in", "="].contains(test.operation) || test.operation.hasSuffix("_cs")
      let hasWildcard = test.language == .spl && literal.contains("*")
      let pattern = hasWildcard ? WildcardPattern(wanted) : nil
      return counts.values.contains { value, _ in
        if let pattern { return pattern.matches(value.lowercased()) }
        let held = heedsCase ? value : value.lowercased()
        let text = heedsCase ? literal : wanted
        return test.kind == .equals ? held == text : held.contains(text)
      }
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
    let absent = subject.query.results.map { AbsentSourcetypes($0.plan) }
    // A wildcard or the events themselves may name what no event has at its top.
    let hasOpenNames = subject.query.language == .spl && SPLMadeNames.hasOpenNames(subject)
    var all: [Scan] = []
    var known: Set<ColumnID> = []
    for case .scan(var scan) in subject.nodes {
      // What another source type would hold is not here to be compared with.
      if absent.contains(where: { !$0.texts(of: scan).isEmpty }) { continue }
      scan.predicate = nil
      scan.limit = nil
      known.formUnion(
        scan.sources.filter { !hasOpenNames || CloudTrailFields.isKnown($0.field) }.map(\.column.id))
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
          guard case .call(let call) = condition, let test = FieldTest(call), let column = loaded(test.field)
          else {
            continue
          }
          let span = subject.place(call, in: node)
          switch test.kind {
          case .equals, .contains:
            // "" is asked for where a field is to be empty.
            guard test.literals.contains(where: { !$0.isEmpty }) else { continue }
            tests.append(Test(test: test, column: column, span: span))
            want(column, span)
          case .isFilled, .ordering: want(column, span)
          case .excludes, .isEmpty: continue
          }
        }
      case .aggregate(let aggregate):
        for key in aggregate.keys {
          if let column = loaded(key.expression) {
            want(column, GroupPlace.span(of: key, aggregate, subject))
          }
        }
      case .scan, .inline, .argument, .project, .join, .union, .sort, .limit, .expand, .window, .apply,
        .tabular:
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

/// A text in which `*` stands for anything.
struct WildcardPattern {
  private let parts: [Substring]

  init(_ text: String) { parts = text.split(separator: "*", omittingEmptySubsequences: false) }

  func matches(_ text: String) -> Bool {
    guard parts.count > 1, let first = parts.first, let last = parts.last else {
      return parts.first ?? "" == text[...]
    }
    guard text.utf8.count >= first.utf8.count + last.utf8.count, text.hasPrefix(first), text.hasSuffix(last)
    else {
      return false
    }
    var rest = text.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      var start = rest.startIndex
      while start < rest.endIndex, !rest[start...].hasPrefix(part) { start = rest.index(after: start) }
      guard start < rest.endIndex else { return false }
      rest = rest[start...].dropFirst(part.count)
    }
    return true
  }
}
