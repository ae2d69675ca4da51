import Diagnostics
import Engine

/// What the times of both sides of a `join` must be.
enum JoinTimes {
  /// Anything.
  case free
  /// The right is not later, or not earlier, by whole seconds.
  case ordered(left: PlanColumn, right: PlanColumn, isEarlier: Bool)

  var isFree: Bool { if case .free = self { true } else { false } }

  var rightTime: [PlanColumn] {
    if case .ordered(_, let right, _) = self { [right] } else { [] }
  }
}

/// `join usetime=t`: rows with equal keys, and of those the ones whose times fit.
extension SPLLowering {
  /// What `usetime` and `earlier` say; nil where a side has no time.
  func times(
    _ command: JoinCommandSyntax, _ left: Relation, _ right: Relation, at span: SourceSpan
  ) -> JoinTimes? {
    guard command.usesTime else { return .free }
    guard let own = left.existing("_time"), let other = right.existing("_time") else {
      return fail(SPLMessages.needsTime("join usetime=t", at: command.options["usetime"]?.span ?? span))
    }
    return .ordered(left: own, right: other, isEarlier: command.options.boolean("earlier") ?? true)
  }

  /// Of all pairs of a join keeps those whose times fit, so many for each row, and of a row that has none one without
  /// values of the other side where such rows stay.
  ///
  /// - Returns: the columns that were found, null where nothing fits, and a mark of where something does.
  func keepFitting(
    _ relation: inout Relation, _ found: [(String, PlanColumn)], of place: PlanColumn, _ times: JoinTimes,
    _ time: PlanColumn, _ isMatched: PlanColumn, keepsUnmatched: Bool, maximum: Int?, at span: SourceSpan
  ) -> (found: [(String, PlanColumn)], mark: PlanColumn)? {
    guard case .ordered(let left, _, let isEarlier) = times,
      let own = bind("floor", [number(plain(left.reference))], spans: [], at: span),
      let other = bind("floor", [number(plain(time.reference))], spans: [], at: span),
      let isInOrder = bind(isEarlier ? "<=" : ">=", [other, own], spans: [], at: span)
    else { return nil }
    let fits = logical(Logical.and, [isThere(isMatched.reference), isInOrder])
    let mark = makeColumn("", .long)
    let parted = found.map { ($0.0, makeColumn("", $0.1.type)) }
    let one = Expression.literal(.long(1), .long)
    var made = [
      Assignment(column: mark, expression: choose([(fits, one)], otherwise: .literal(.null, .long)))
    ]
    for ((_, column), (_, new)) in zip(found, parted) {
      made.append(
        Assignment(
          column: new, expression: choose([(fits, column.reference)], otherwise: .literal(.null, column.type))
        ))
    }
    relation.plan = .project(
      Project(
        input: relation.plan, assignments: relation.columns.map { Assignment(keeping: $0) } + made,
        origin: origin(span)))
    let counts = window(
      [
        (SPLWindowFunctions.occurrence, [mark.reference, place.reference], .long),
        (SPLWindowFunctions.occurrence, [place.reference], .long),
        (SPLWindowFunctions.groupTotal, [mark.reference, place.reference], .real),
      ], in: &relation, at: span)
    guard counts.count == 3, let isNone = bind("=", [counts[2].reference, literal(0)], spans: [], at: span),
      let isFirst = bind("=", [counts[1].reference, literal(1)], spans: [], at: span)
    else { return nil }
    let isWanted = call(
      SPLRowFunctions.isBetween, [counts[0].reference, literal(1), literal(maximum ?? Int.max)], as: .bool)
    let isAlone = logical(Logical.and, [isNone, isFirst])
    filter(
      &relation, by: keepsUnmatched ? logical(Logical.or, [isWanted, isAlone]) : isWanted, at: span)
    drop(counts, in: &relation, at: span)
    return (parted, mark)
  }
}
