/// KQL's `activity_counts_metrics`: how many values each time window has, and how many that none before it had.
///
/// It makes the window, the dimensions, and the counts of rows, of distinct values, of new ones, and of all so far.
package struct ActivityCountsOperator: TabularOperator {
  package static let planName = "activity_counts_metrics"
  let window: Assignment
  let dimensions: [Assignment]
  let value: Expression
  /// The four counts.
  let counts: [PlanColumn]

  package init(window: Assignment, dimensions: [Assignment], value: Expression, counts: [PlanColumn]) {
    self.window = window
    self.dimensions = dimensions
    self.value = value
    self.counts = counts
  }

  package static let form = PlanForm<ActivityCountsOperator>.record(
    ActivityCountsOperator.init(window:dimensions:value:counts:),
    Member("window", \.window), Member("dimensions", \.dimensions), Member("value", \.value),
    Member("counts", \.counts))

  package var problem: String? { counts.count == 4 ? nil : "it has four counts" }

  package var label: String { "activity_counts_metrics" }
  package var passes: PassedRows { .none }
  package var made: [PlanColumn] { [window.column] + dimensions.map(\.column) + counts }
  package var expressions: [Expression] { [window.expression] + dimensions.map(\.expression) + [value] }

  package func mappingExpressions(_ transform: (Expression) -> Expression) -> ActivityCountsOperator {
    ActivityCountsOperator(
      window: window.mapping(transform), dimensions: dimensions.map { $0.mapping(transform) },
      value: transform(value), counts: counts)
  }

  package func run(_ run: OperatorRun) throws(ExecutionFailure) -> OperatorResult {
    let input = try run.input.columns(expressions)
    var windows: [[Value]: [Value: [Value]]] = [:]
    var order: [[Value]] = []
    for row in 0..<run.input.rowCount {
      let values = input.map { $0.value(at: row) }
      let dimensions = Array(values[1..<(values.count - 1)])
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
    return .rows(rows, of: made)
  }
}
