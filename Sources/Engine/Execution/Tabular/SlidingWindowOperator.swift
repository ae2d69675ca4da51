import Diagnostics

/// KQL's plugins over windows of time that overlap: `sliding_window_counts`, `rolling_percentile` and their like.
///
/// A row of its input has a time, dimensions, and a value or an id. A window ends behind the step that gives it its
/// name:
///
///     start = Monday, window = 3d, step = 1d:   the row of Thursday covers Tuesday, Wednesday and Thursday
package struct SlidingWindowOperator: TabularOperator {
  package static let planName = "sliding-window"
  package enum Measure: Equatable, Sendable {
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

  /// The start, the end, the length of a window, the step; null bounds are taken from the data.
  package struct Limits: Equatable, Sendable {
    var start: Expression
    var end: Expression
    var window: Expression
    var step: Expression

    package init(start: Expression, end: Expression, window: Expression, step: Expression) {
      self.start = start
      self.end = end
      self.window = window
      self.step = step
    }

    var expressions: [Expression] { [start, end, window, step] }

    fileprivate func mapping(_ transform: (Expression) -> Expression) -> Limits {
      Limits(
        start: transform(start), end: transform(end), window: transform(window), step: transform(step))
    }
  }

  let name: String
  let measure: Measure
  let time: Assignment
  let dimensions: [Assignment]
  let value: Expression
  let limits: Limits
  /// Where the measure goes.
  let results: [PlanColumn]

  package init(
    name: String, measure: Measure, time: Assignment, dimensions: [Assignment], value: Expression,
    limits: Limits, results: [PlanColumn]
  ) {
    self.name = name
    self.measure = measure
    self.time = time
    self.dimensions = dimensions
    self.value = value
    self.limits = limits
    self.results = results
  }

  package static let form = PlanForm<SlidingWindowOperator>.record(
    { name, measure, time, dimensions, value, limits, results in
      SlidingWindowOperator(
        name: name, measure: measure, time: time, dimensions: dimensions, value: value, limits: limits,
        results: results)
    },
    Member("name", \.name), Member("measure", \.measure), Member("time", \.time),
    Member("dimensions", \.dimensions), Member("value", \.value), Member("limits", \.limits),
    Member("results", \.results))

  package var problem: String? {
    results.count == measure.columnCount ? nil : "it makes \(measure.columnCount) columns"
  }

  package var label: String { name }
  package var passes: PassedRows { .none }
  package var made: [PlanColumn] { [time.column] + dimensions.map(\.column) + results }
  package var expressions: [Expression] {
    [time.expression] + dimensions.map(\.expression) + [value] + limits.expressions
  }

  package func mappingExpressions(_ transform: (Expression) -> Expression) -> SlidingWindowOperator {
    SlidingWindowOperator(
      name: name, measure: measure, time: time.mapping(transform),
      dimensions: dimensions.map { $0.mapping(transform) }, value: transform(value),
      limits: limits.mapping(transform), results: results)
  }

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

  package func run(_ run: OperatorRun) throws(ExecutionFailure) -> OperatorResult {
    let times = try run.input.column(time.expression)
    let places = try run.input.columns(dimensions.map(\.expression))
    let measuredValues = try run.input.column(value)
    var limitValues: [Value] = []
    for limit in limits.expressions { limitValues.append(try run.value(of: limit)) }
    let bounds = try bounds(limitValues)
    var groups: [[Value]: [Row]] = [:]
    var order: [[Value]] = []
    for row in 0..<run.input.rowCount {
      guard let time = times.value(at: row).ticks else { continue }
      let dimensions = places.map { $0.value(at: row) }
      if groups[dimensions] == nil { order.append(dimensions) }
      groups[dimensions, default: []].append(Row(time: time, value: measuredValues.value(at: row)))
    }
    var result: [[Value]] = []
    for dimensions in order {
      try run.context.checkpoint()
      let rows = (groups[dimensions] ?? []).sorted { $0.time < $1.time }
      for (point, values) in try measured(rows, bounds) {
        result.append([time(point, time.column.type)] + dimensions + values)
      }
    }
    return .rows(result, of: made)
  }

  private func bounds(_ row: [Value]) throws(ExecutionFailure) -> Bounds {
    guard row.count == 4, let window = row[2].ticks, let step = row[3].ticks, window > 0, step > 0 else {
      throw ExecutionFailure("window-length", "`\(name)` needs a window and a step above zero")
    }
    let bounds = Bounds(start: row[0].ticks, end: row[1].ticks, window: window, step: step)
    if let start = bounds.start, let end = bounds.end,
      (Double(end) - Double(start)) / Double(step) > Double(Self.windowLimit)
    {
      throw ExecutionFailure.limit(
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
