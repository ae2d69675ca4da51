/// KQL's `range`: values from one bound to another, the last included, step by step.
///
/// Its input is one row: from, to, step.
package struct RangeOperator: TabularOperator {
  static let rowLimit = 100_000_000

  let type: DataType

  package init(type: DataType) { self.type = type }

  package var label: String { "range" }

  package func run(_ inputs: [Table], context: ExecutionContext) throws(ExecutionFailure) -> [Column] {
    let row = inputs[0].row(0)
    if row.contains(where: \.isNull) { return [Column.of(type, [])] }
    if type == .real {
      guard let from = row[0].number, let to = row[1].number, let step = row[2].number else {
        return [Column.of(type, [])]
      }
      if step == 0 { throw RangeOperator.zeroStep }
      let count = ((to - from) / step).rounded(.down)
      guard count >= 0, count.isFinite else { return [Column.of(type, [])] }
      try check(count)
      return [.reals((0...Int(count)).map { from + Double($0) * step })]
    }
    guard let from = ticks(row[0]), let to = ticks(row[1]), let step = ticks(row[2]) else {
      return [Column.of(type, [])]
    }
    if step == 0 { throw RangeOperator.zeroStep }
    if step > 0 ? from > to : from < to { return [Column.of(type, [])] }
    try check(abs((Double(to) - Double(from)) / Double(step)))
    var values: [Int64] = []
    var value = from
    while step > 0 ? value <= to : value >= to {
      values.append(value)
      let (next, overflow) = value.addingReportingOverflow(step)
      if overflow { break }
      value = next
    }
    return [.int64(type, values)]
  }

  private static let zeroStep = ExecutionFailure("range-step", "the step of `range` is zero")

  private func check(_ count: Double) throws(ExecutionFailure) {
    if count > Double(RangeOperator.rowLimit) {
      throw ExecutionFailure(
        "range-limit", "`range` would give more than \(RangeOperator.rowLimit) rows",
        suggestion: "use a larger step")
    }
  }

  private func ticks(_ value: Value) -> Int64? {
    switch value {
    case .long(let value), .datetime(let value), .timespan(let value): value
    case .null, .bool, .real, .decimal, .guid, .string, .dynamic: nil
    }
  }
}
