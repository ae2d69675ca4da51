import Diagnostics

/// KQL's `make-series`: the values of each group side by side in arrays, a place for each step of the axis.
///
/// A row of its input has the group's keys, a bin, and the aggregates of the bin. Null bounds are taken from the data.
package struct MakeSeriesOperator: TabularOperator {
  package static let planName = "make-series"
  static let pointLimit = 1_048_576

  /// The values of a bin, the column of their array, and what stands where there are no rows.
  package struct Series: Sendable {
    var array: Assignment
    var standard: Value

    package init(array: Assignment, standard: Value) {
      self.array = array
      self.standard = standard
    }
  }

  /// From where to where in which steps.
  package struct Axis: Equatable, Sendable {
    /// The bin of a row, and the column of the array of all bins.
    var bins: Assignment
    /// The first bin, the end, the step.
    var from: Expression
    var to: Expression
    var step: Expression
    /// The end is a point of the axis.
    var includesEnd: Bool

    package init(bins: Assignment, from: Expression, to: Expression, step: Expression, includesEnd: Bool) {
      self.bins = bins
      self.from = from
      self.to = to
      self.step = step
      self.includesEnd = includesEnd
    }

    var expressions: [Expression] { [bins.expression, from, to, step] }
    var type: DataType { bins.expression.type }

    fileprivate func mapping(_ transform: (Expression) -> Expression) -> Axis {
      Axis(
        bins: bins.mapping(transform), from: transform(from), to: transform(to), step: transform(step),
        includesEnd: includesEnd)
    }
  }

  let keys: [Assignment]
  private(set) var series: [Series]
  let axis: Axis
  /// No rows at all give a row of defaults.
  let givesEmpty: Bool

  package init(keys: [Assignment], series: [Series], axis: Axis, givesEmpty: Bool) {
    self.keys = keys
    self.series = series
    self.axis = axis
    self.givesEmpty = givesEmpty
  }

  package static let form = PlanForm<MakeSeriesOperator>.record(
    MakeSeriesOperator.init(keys:series:axis:givesEmpty:),
    Member("keys", \.keys), Member("series", \.series), Member("axis", \.axis),
    Member("givesEmpty", \.givesEmpty))

  package var label: String { "make-series" }
  package var passes: PassedRows { .none }
  package var made: [PlanColumn] {
    keys.map(\.column) + series.map(\.array.column) + [axis.bins.column]
  }
  package var expressions: [Expression] {
    keys.map(\.expression) + series.map(\.array.expression) + axis.expressions
  }

  package func mappingExpressions(_ transform: (Expression) -> Expression) -> MakeSeriesOperator {
    MakeSeriesOperator(
      keys: keys.map { $0.mapping(transform) },
      series: series.map { Series(array: $0.array.mapping(transform), standard: $0.standard) },
      axis: axis.mapping(transform), givesEmpty: givesEmpty)
  }

  package func keeping(_ wanted: Set<ColumnID>) -> MakeSeriesOperator {
    var copy = self
    copy.series = series.filter { wanted.contains($0.array.column.id) }
    return copy
  }

  package func run(_ run: OperatorRun) throws(ExecutionFailure) -> OperatorResult {
    let keyColumns = try run.input.columns(keys.map(\.expression))
    let bins = try run.input.column(axis.bins.expression)
    let valueColumns = try run.input.columns(series.map(\.array.expression))
    let points = try points(
      bins, bounds: [try run.value(of: axis.from), try run.value(of: axis.to), try run.value(of: axis.step)])
    var places: [Value: Int] = [:]
    for (place, point) in points.enumerated() { places[point] = place }
    var groups: [[Value]: Int] = [:]
    var order: [[Value]] = []
    var arrays: [[[JSONValue]]] = []
    let empty = series.map { [JSONValue](repeating: $0.standard.json, count: points.count) }
    if !points.isEmpty {
      for row in 0..<run.input.rowCount {
        guard let place = places[bins.value(at: row)] else { continue }
        let key = keyColumns.map { $0.value(at: row) }
        let group = groups[key] ?? order.count
        if group == order.count {
          try RunLimits.reserve(points.count * series.count * 48, for: "`make-series`")
          if group & 0x3F == 0 { try run.context.checkpoint() }
          groups[key] = group
          order.append(key)
          arrays.append(empty)
        }
        for (index, column) in valueColumns.enumerated() {
          arrays[group][index][place] = column.value(at: row).json
        }
      }
      if order.isEmpty, keys.isEmpty, givesEmpty {
        order.append([])
        arrays.append(empty)
      }
    }
    let axisArray = Value.dynamic(.array(points.map(\.json)))
    let rows = zip(order, arrays).map { key, arrays in
      key + arrays.map { .dynamic(.array($0)) } + [axisArray]
    }
    return .rows(rows, of: made)
  }

  /// All bins of the axis, in ascending order.
  private func points(_ column: Column, bounds: [Value]) throws(ExecutionFailure) -> [Value] {
    if let step = bounds[2].isNull ? nil : bounds[2].number ?? ticks(bounds[2]).map(Double.init), step <= 0 {
      throw ExecutionFailure(
        "series-step", "the step of `make-series` is not above zero", suggestion: "use a step such as `1h`")
    }
    let bins = (0..<column.count).map { column.value(at: $0) }.filter { !$0.isNull }
    let least = bins.min { ValueOrder.isBefore($0, $1) }
    let greatest = bins.max { ValueOrder.isBefore($0, $1) }
    guard let first = bounds[0].isNull ? least : bounds[0] else { return [] }
    // An end taken from the data is a point itself.
    let isOpen = bounds[1].isNull
    guard let last = isOpen ? greatest : bounds[1] else { return [] }
    if axis.type == .real {
      guard let from = first.number, let to = last.number, let step = bounds[2].number, step > 0 else {
        return []
      }
      let count = ((to - from) / step)
      try check(count)
      var values: [Value] = []
      var index = 0.0
      while from + index * step < to || ((isOpen || axis.includesEnd) && from + index * step <= to) {
        values.append(.real(from + index * step))
        index += 1
      }
      return values
    }
    guard let from = ticks(first), let to = ticks(last), let step = ticks(bounds[2]), step > 0 else {
      return []
    }
    try check((Double(to) - Double(from)) / Double(step))
    var values: [Value] = []
    var point = from
    while point < to || ((isOpen || axis.includesEnd) && point == to) {
      values.append(value(point))
      let (next, overflow) = point.addingReportingOverflow(step)
      if overflow { break }
      point = next
    }
    return values
  }

  private func check(_ count: Double) throws(ExecutionFailure) {
    if count > Double(MakeSeriesOperator.pointLimit) {
      throw ExecutionFailure.limit(
        "series-limit", "`make-series` would give more than \(MakeSeriesOperator.pointLimit) points",
        suggestion: "use a larger step")
    }
  }

  private func ticks(_ value: Value) -> Int64? {
    switch value {
    case .long(let value), .datetime(let value), .timespan(let value): value
    case .null, .bool, .real, .decimal, .guid, .string, .dynamic: nil
    }
  }

  private func value(_ ticks: Int64) -> Value {
    switch axis.type {
    case .datetime: .datetime(ticks)
    case .timespan: .timespan(ticks)
    case .bool, .int, .long, .real, .decimal, .guid, .string, .dynamic: .long(ticks)
    }
  }
}

extension MakeSeriesOperator.Series: Equatable {
  package static func == (left: MakeSeriesOperator.Series, right: MakeSeriesOperator.Series) -> Bool {
    left.array == right.array && left.standard.isSame(as: right.standard)
  }
}

extension MakeSeriesOperator.Series: PlanCodable {
  package static let form = PlanForm<MakeSeriesOperator.Series>.record(
    MakeSeriesOperator.Series.init(array:standard:),
    Member("array", \.array), Member("standard", \.standard))
}

extension MakeSeriesOperator.Axis: PlanCodable {
  package static let form = PlanForm<MakeSeriesOperator.Axis>.record(
    MakeSeriesOperator.Axis.init(bins:from:to:step:includesEnd:),
    Member("bins", \.bins), Member("from", \.from), Member("to", \.to), Member("step", \.step),
    Member("includesEnd", \.includesEnd))
}
