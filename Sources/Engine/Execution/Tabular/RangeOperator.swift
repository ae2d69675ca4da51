import Diagnostics

/// KQL's `range`: values from one bound to another, the last included, step by step.
package struct RangeOperator: TabularOperator {
  package static let planName = "range"
  static let rowLimit = 100_000_000

  let column: PlanColumn
  let from: Expression
  let to: Expression
  let step: Expression

  package init(column: PlanColumn, from: Expression, to: Expression, step: Expression) {
    self.column = column
    self.from = from
    self.to = to
    self.step = step
  }

  package static let inputCount: Int? = 0

  package static let form = PlanForm<RangeOperator>.record(
    RangeOperator.init(column:from:to:step:),
    Member("column", \.column), Member("from", \.from), Member("to", \.to), Member("step", \.step))

  package var label: String { "range" }
  package var passes: PassedRows { .none }
  package var made: [PlanColumn] { [column] }
  package var expressions: [Expression] { [from, to, step] }

  package func mappingExpressions(_ transform: (Expression) -> Expression) -> RangeOperator {
    RangeOperator(column: column, from: transform(from), to: transform(to), step: transform(step))
  }

  /// The same with no more than so many rows, where its bounds are known; nil if they are not.
  package func limited(to count: Int) -> RangeOperator? {
    guard case .literal(let first, let type) = from, case .literal(let last, _) = to,
      case .literal(let width, _) = step, count > 0
    else { return nil }
    var end: Value?
    if let first = ticks(first), let last = ticks(last), let width = ticks(width), width != 0 {
      let (distance, isFar) = width.multipliedReportingOverflow(by: Int64(count - 1))
      let (bound, isBeyond) = first.addingReportingOverflow(distance)
      if isFar || isBeyond || (width > 0 ? bound >= last : bound <= last) { return nil }
      switch to.type {
      case .datetime: end = .datetime(bound)
      case .timespan: end = .timespan(bound)
      case .int, .long: end = .long(bound)
      case .bool, .real, .decimal, .guid, .string, .dynamic: return nil
      }
    } else if type == .real, let first = first.number, let last = last.number, let width = width.number {
      let bound = first + (Double(count) - 0.5) * width
      if width == 0 || (width > 0 ? bound >= last : bound <= last) { return nil }
      end = .real(bound)
    }
    return end.map { RangeOperator(column: column, from: from, to: .literal($0, to.type), step: step) }
  }

  package func run(_ run: OperatorRun) throws(ExecutionFailure) -> OperatorResult {
    let values = try values(try run.value(of: from), try run.value(of: to), try run.value(of: step))
    return .rows([values], count: values.count)
  }

  private func values(_ from: Value, _ to: Value, _ step: Value) throws(ExecutionFailure) -> Column {
    let type = column.type
    if from.isNull || to.isNull || step.isNull { return Column.of(type, []) }
    if type == .real {
      guard let from = from.number, let to = to.number, let step = step.number else {
        return Column.of(type, [])
      }
      if step == 0 { throw RangeOperator.zeroStep }
      let count = ((to - from) / step).rounded(.down)
      guard count >= 0, count.isFinite else { return Column.of(type, []) }
      try check(count)
      return .reals((0...Int(count)).map { from + Double($0) * step })
    }
    guard let from = ticks(from), let to = ticks(to), let step = ticks(step) else {
      return Column.of(type, [])
    }
    if step == 0 { throw RangeOperator.zeroStep }
    if step > 0 ? from > to : from < to { return Column.of(type, []) }
    try check(abs((Double(to) - Double(from)) / Double(step)))
    var values: [Int64] = []
    var value = from
    while step > 0 ? value <= to : value >= to {
      values.append(value)
      let (next, overflow) = value.addingReportingOverflow(step)
      if overflow { break }
      value = next
    }
    return .int64(type, values)
  }

  private static let zeroStep = ExecutionFailure("range-step", "the step of `range` is zero")

  private func check(_ count: Double) throws(ExecutionFailure) {
    if count > Double(RangeOperator.rowLimit) {
      throw ExecutionFailure.limit(
        "range-limit", "`range` would give more than \(RangeOperator.rowLimit) rows",
        suggestion: "use a larger step")
    }
    try RunLimits.reserve(Int(count) * 16, for: "`range`")
  }

  private func ticks(_ value: Value) -> Int64? {
    switch value {
    case .long(let value), .datetime(let value), .timespan(let value): value
    case .null, .bool, .real, .decimal, .guid, .string, .dynamic: nil
    }
  }
}
