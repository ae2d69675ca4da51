/// KQL's plugins over windows of time that overlap: `sliding_window_counts`, `rolling_percentile` and their like.
///
/// The first input has the time, the dimensions and the value or id of each row. The second is one row: the start,
/// the end, the length of the window, the step. A window ends behind the step that gives it its name:
///
///     start = Monday, window = 3d, step = 1d:   the row of Thursday covers Tuesday, Wednesday and Thursday
package struct SlidingWindowOperator: TabularOperator {
  package enum Measure: Sendable {
    /// Rows and distinct ids of each window.
    case counts
    /// A percentile of the values, by the nearest rank.
    case percentile(Double)
    /// Distinct ids of the step and of the window, and their ratio.
    case engagement
    /// Distinct ids, those never met before, and the shares of the step before that came back or did not.
    case retention
  }

  /// More windows than this are refused.
  static let windowLimit = 1_048_576

  let name: String
  let measure: Measure

  package init(name: String, measure: Measure) {
    self.name = name
    self.measure = measure
  }

  package var label: String { name }

  private struct Bounds {
    var start: Int64?
    var end: Int64?
    var window: Int64
    var step: Int64
  }

  fileprivate struct Row {
    var time: Int64
    var value: Value
  }

  package func run(_ inputs: [Table], context: ExecutionContext) throws(ExecutionFailure) -> [Column] {
    guard inputs.count == 2, inputs[1].rowCount > 0, let timeType = inputs[0].columns.first?.type else {
      return []
    }
    let table = inputs[0]
    let bounds = try bounds(inputs[1].row(0))
    let dimensionCount = table.columns.count - 2
    var groups: [[Value]: [Row]] = [:]
    var order: [[Value]] = []
    for row in 0..<table.rowCount {
      let values = table.row(row)
      guard let time = values[0].ticks else { continue }
      let dimensions = Array(values[1..<(1 + dimensionCount)])
      if groups[dimensions] == nil { order.append(dimensions) }
      groups[dimensions, default: []].append(Row(time: time, value: values[dimensionCount + 1]))
    }
    var result: [[Value]] = []
    for dimensions in order {
      try context.checkpoint()
      let rows = (groups[dimensions] ?? []).sorted { $0.time < $1.time }
      for (point, values) in try measured(rows, bounds) {
        result.append([time(point, timeType)] + dimensions + values)
      }
    }
    let types = table.columns.dropLast().map(\.type) + resultTypes(table.columns[dimensionCount + 1].type)
    return types.enumerated().map { index, type in Column.of(type, result.map { $0[index] }) }
  }

  private func resultTypes(_ value: DataType) -> [DataType] {
    switch measure {
    case .counts: [.long, .long]
    case .percentile: [value]
    case .engagement: [.long, .long, .real]
    case .retention: [.long, .long, .real, .real]
    }
  }

  private func bounds(_ row: [Value]) throws(ExecutionFailure) -> Bounds {
    guard row.count == 4, let window = row[2].ticks, let step = row[3].ticks, window > 0, step > 0 else {
      throw ExecutionFailure("window-length", "`\(name)` needs a window and a step above zero")
    }
    let bounds = Bounds(start: row[0].ticks, end: row[1].ticks, window: window, step: step)
    if let start = bounds.start, let end = bounds.end,
      (Double(end) - Double(start)) / Double(step) > Double(Self.windowLimit)
    {
      throw ExecutionFailure(
        "window-limit", "`\(name)` would give more than \(Self.windowLimit) windows",
        suggestion: "use a larger step")
    }
    return bounds
  }

  private func measured(
    _ rows: [Row], _ bounds: Bounds
  ) throws(ExecutionFailure) -> [(point: Int64, values: [Value])] {
    let points = points(of: rows, bounds)
    var result: [(point: Int64, values: [Value])] = []
    var seen: Set<Value> = []
    for point in points {
      let end = point.addingClamped(bounds.step)
      let step = slice(rows, from: point, to: end)
      switch measure {
      case .counts:
        let window = slice(rows, from: end.addingClamped(0 &- bounds.window), to: end)
        if window.isEmpty { continue }
        let ids = Set(window.map(\.value))
        result.append((point, [.long(Int64(window.count)), .long(Int64(ids.count))]))
      case .percentile(let percentage):
        let window = slice(rows, from: end.addingClamped(0 &- bounds.window), to: end)
        let values = window.map(\.value).filter { !$0.isNull }.sorted(by: ValueOrder.isBefore)
        let rank = Int((Double(values.count) * percentage / 100).rounded(.up))
        result.append((point, [values.isEmpty ? .null : values[max(1, min(values.count, rank)) - 1]]))
      case .engagement:
        let inner = Set(step.map(\.value)).count
        let outer = Set(slice(rows, from: end.addingClamped(0 &- bounds.window), to: end).map(\.value)).count
        result.append(
          (point, [.long(Int64(inner)), .long(Int64(outer)), .real(Double(inner) / Double(max(1, outer)))]))
      case .retention:
        let ids = Set(step.map(\.value))
        let before = Set(slice(rows, from: point.addingClamped(0 &- bounds.step), to: point).map(\.value))
        let fresh = ids.subtracting(seen)
        seen.formUnion(ids)
        let kept = before.isEmpty ? 0 : Double(before.intersection(ids).count) / Double(before.count)
        let lost = before.isEmpty ? 0 : 1 - kept
        result.append(
          (point, [.long(Int64(ids.count)), .long(Int64(fresh.count)), .real(kept), .real(lost)]))
      }
    }
    return result
  }

  /// The steps that give a row: those of the range, or those that have rows.
  private func points(of rows: [Row], _ bounds: Bounds) -> [Int64] {
    if case .counts = measure, let start = bounds.start, let end = bounds.end {
      return start > end ? [] : Array(stride(from: start, through: end, by: Int(bounds.step)))
    }
    var result: [Int64] = []
    for row in rows {
      if let start = bounds.start, row.time < start { continue }
      if let end = bounds.end, row.time > end { continue }
      let origin = bounds.start ?? 0
      let offset = row.time.subtractingClamped(origin)
      let (quotient, remainder) = offset.quotientAndRemainder(dividingBy: bounds.step)
      let point = origin.addingClamped(
        (remainder < 0 ? quotient - 1 : quotient).multipliedClamped(bounds.step))
      if result.last != point { result.append(point) }
    }
    return result
  }

  /// The rows from one time up to another, which is not among them.
  private func slice(_ rows: [Row], from start: Int64, to end: Int64) -> ArraySlice<Row> {
    let lower = rows.firstIndex(atOrAfter: start)
    return rows[lower..<max(lower, rows.firstIndex(atOrAfter: end))]
  }

  private func time(_ ticks: Int64, _ type: DataType) -> Value {
    switch type {
    case .datetime: .datetime(ticks)
    case .timespan: .timespan(ticks)
    case .bool, .int, .long, .real, .decimal, .guid, .string, .dynamic: .long(ticks)
    }
  }
}

extension Value {
  /// A time or an integer as a number.
  fileprivate var ticks: Int64? {
    switch self {
    case .long(let value), .datetime(let value), .timespan(let value): value
    case .null, .bool, .real, .decimal, .guid, .string, .dynamic: nil
    }
  }
}

extension Int64 {
  fileprivate func addingClamped(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other < 0 ? .min : .max) : sum
  }

  fileprivate func subtractingClamped(_ other: Int64) -> Int64 {
    let (difference, overflow) = subtractingReportingOverflow(other)
    return overflow ? (other < 0 ? .max : .min) : difference
  }

  fileprivate func multipliedClamped(_ other: Int64) -> Int64 {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? ((self < 0) == (other < 0) ? .max : .min) : product
  }
}

extension [SlidingWindowOperator.Row] {
  fileprivate func firstIndex(atOrAfter time: Int64) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle].time < time { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
