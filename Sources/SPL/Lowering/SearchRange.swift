import Diagnostics
import Engine

/// The time that a search is over, in ticks, as far as its text says it.
struct SearchRange: Hashable {
  var earliest: Int64?
  /// The end, which is not in it.
  var latest: Int64?
}

/// The spans that lie within the time of a search, for `partial=f`.
struct WholeSpans {
  let step: TimeStep
  let range: SearchRange

  /// Whether the span that begins at a time is one of them; what is no time is.
  func holds(_ begin: Value) -> Bool {
    guard case .datetime(let start) = begin else { return true }
    if let earliest = range.earliest, start < earliest { return false }
    // `now` is the last tick of the newest event's second.
    return range.latest.map { step.next(after: start) - Ticks.perMillisecond <= $0 } ?? true
  }
}

extension SPLLowering {
  /// What `earliest=` and `latest=` come to; a search with a begin alone goes up to now, one without either where
  /// `endsNow` says so.
  func searchRange(over relation: Relation, endsNow: Bool = false, at span: SourceSpan) -> SearchRange {
    guard endsNow || timeBounds.earliest != nil || timeBounds.latest != nil,
      let now = bind("now", [], spans: [], at: span)
    else { return SearchRange() }
    let earliest = timeBounds.earliest ?? .literal(.null, .real)
    let latest = timeBounds.latest ?? number(now)
    if case .literal(let first, _) = earliest, case .literal(let last, _) = latest {
      return range(first, last)
    }
    // One row, also where the search finds none.
    guard let count = AggregateCatalog.function("count", in: .spl),
      let counted = item(count, [], name: "", at: span)
    else { return SearchRange() }
    let bounds = [earliest, latest].map { Assignment(column: makeColumn("", .real), expression: number($0)) }
    let plan = LogicalPlan.project(
      Project(
        input: .aggregate(
          Aggregate(input: relation.plan, keys: [], items: [counted], origin: origin(span))),
        assignments: bounds, origin: origin(span)))
    guard let table = ask(plan, "the time of the search", at: span), table.rowCount == 1 else {
      return SearchRange()
    }
    return range(table.value(row: 0, column: 0), table.value(row: 0, column: 1))
  }

  private func range(_ first: Value, _ last: Value) -> SearchRange {
    SearchRange(
      earliest: first.number.flatMap { Ticks.fromUnix(seconds: $0) },
      latest: last.number.flatMap { Ticks.fromUnix(seconds: $0) })
  }
}
