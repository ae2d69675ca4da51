/// KQL's `make-series`: the values of each group side by side in arrays, a place for each step of the axis.
///
/// The first input has the group's keys, the bin, and the aggregates of the bin; the second is one row: the
/// first bin, the end, the step. Null bounds are taken from the data.
package struct MakeSeriesOperator: TabularOperator {
  static let pointLimit = 1_048_576

  let keyCount: Int
  let axisType: DataType
  /// What stands where there are no rows.
  let defaults: [Value]
  /// The end is a point of the axis.
  let includesEnd: Bool
  /// No rows at all give a row of defaults.
  let givesEmpty: Bool

  package init(keyCount: Int, axisType: DataType, defaults: [Value], includesEnd: Bool, givesEmpty: Bool) {
    self.keyCount = keyCount
    self.axisType = axisType
    self.defaults = defaults
    self.includesEnd = includesEnd
    self.givesEmpty = givesEmpty
  }

  package var label: String { "make-series" }

  package func run(_ inputs: [Table], context: ExecutionContext) throws(ExecutionFailure) -> [Column] {
    guard inputs.count == 2, inputs[1].rowCount > 0 else { return [] }
    let table = inputs[0]
    let axis = try points(table, bounds: inputs[1].row(0))
    var places: [Value: Int] = [:]
    for (place, point) in axis.enumerated() { places[point] = place }
    var groups: [[Value]: Int] = [:]
    var order: [[Value]] = []
    var series: [[[JSONValue]]] = []
    let empty = defaults.map { [JSONValue](repeating: $0.json, count: axis.count) }
    if !axis.isEmpty {
      for row in 0..<table.rowCount {
        let values = table.row(row)
        guard let place = places[values[keyCount]] else { continue }
        let keys = Array(values[..<keyCount])
        let group = groups[keys] ?? order.count
        if group == order.count {
          groups[keys] = group
          order.append(keys)
          series.append(empty)
        }
        for index in defaults.indices { series[group][index][place] = values[keyCount + 1 + index].json }
      }
      if order.isEmpty, keyCount == 0, givesEmpty {
        order.append([])
        series.append(empty)
      }
    }
    let axisArray = Value.dynamic(.array(axis.map(\.json)))
    let keyColumns = (0..<keyCount).map { index in
      Column.of(table.columns[index].type, order.map { $0[index] })
    }
    let arrays = defaults.indices.map { index in
      Column.of(.dynamic, series.map { Value.dynamic(.array($0[index])) })
    }
    return keyColumns + arrays + [Column.of(.dynamic, order.map { _ in axisArray })]
  }

  /// All bins of the axis, in ascending order.
  private func points(_ table: Table, bounds: [Value]) throws(ExecutionFailure) -> [Value] {
    let bins = (0..<table.rowCount).map { table.value(row: $0, column: keyCount) }.filter { !$0.isNull }
    let least = bins.min { ValueOrder.isBefore($0, $1) }
    let greatest = bins.max { ValueOrder.isBefore($0, $1) }
    guard let first = bounds[0].isNull ? least : bounds[0] else { return [] }
    // An end taken from the data is a point itself.
    let isOpen = bounds[1].isNull
    guard let last = isOpen ? greatest : bounds[1] else { return [] }
    if axisType == .real {
      guard let from = first.number, let to = last.number, let step = bounds[2].number, step > 0 else {
        return []
      }
      let count = ((to - from) / step)
      try check(count)
      var values: [Value] = []
      var index = 0.0
      while from + index * step < to || ((isOpen || includesEnd) && from + index * step <= to) {
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
    while point < to || ((isOpen || includesEnd) && point == to) {
      values.append(value(point))
      let (next, overflow) = point.addingReportingOverflow(step)
      if overflow { break }
      point = next
    }
    return values
  }

  private func check(_ count: Double) throws(ExecutionFailure) {
    if count > Double(MakeSeriesOperator.pointLimit) {
      throw ExecutionFailure(
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
    switch axisType {
    case .datetime: .datetime(ticks)
    case .timespan: .timespan(ticks)
    case .bool, .int, .long, .real, .decimal, .guid, .string, .dynamic: .long(ticks)
    }
  }
}
