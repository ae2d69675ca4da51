/// KQL's `activity_counts_metrics`: how many values each time window has, and how many that none before it had.
///
/// The input's columns: the window, the dimensions, the value. The output's: the window, the dimensions, and
/// the counts of rows, of distinct values, of new ones, and of all so far.
package struct ActivityCountsOperator: TabularOperator {
  package init() {}

  package var label: String { "activity_counts_metrics" }

  package func run(_ inputs: [Table], context: ExecutionContext) throws(ExecutionFailure) -> [Column] {
    guard let input = inputs.first, input.columns.count >= 2 else { return [] }
    let dimensionCount = input.columns.count - 2
    var windows: [[Value]: [Value: [Value]]] = [:]
    var order: [[Value]] = []
    for row in 0..<input.rowCount {
      let values = input.row(row)
      let dimensions = Array(values[1..<(1 + dimensionCount)])
      if windows[dimensions] == nil { order.append(dimensions) }
      windows[dimensions, default: [:]][values[0], default: []].append(values[values.count - 1])
    }
    var rows: [[Value]] = []
    for dimensions in order {
      var seen: Set<Value> = []
      let times = (windows[dimensions] ?? [:]).sorted { ValueOrder.isBefore($0.key, $1.key) }
      for (time, values) in times {
        let distinct = Set(values)
        let fresh = distinct.subtracting(seen)
        seen.formUnion(distinct)
        rows.append(
          [time] + dimensions
            + [values.count, distinct.count, fresh.count, seen.count].map { .long(Int64($0)) })
      }
    }
    let types = input.columns.dropLast().map(\.type) + [.long, .long, .long, .long]
    return types.enumerated().map { index, type in Column.of(type, rows.map { $0[index] }) }
  }
}
