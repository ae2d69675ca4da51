/// KQL's `narrow` plugin: a row for each cell, with the row's number, the column's name and the value as text.
package struct NarrowOperator: TabularOperator {
  package static let planName = "narrow"
  let fields: [TitledExpression]
  /// The row's number, the column's name, the value.
  package let made: [PlanColumn]

  package init(fields: [TitledExpression], made: [PlanColumn]) {
    self.fields = fields
    self.made = made
  }

  package static let form = PlanForm<NarrowOperator>.record(
    NarrowOperator.init(fields:made:), Member("fields", \.fields), Member("made", \.made))

  package var problem: String? { made.count == 3 ? nil : "it makes three columns" }

  package var label: String { "narrow" }
  package var passes: PassedRows { .none }
  package var expressions: [Expression] { fields.map(\.value) }

  package func mappingExpressions(_ transform: (Expression) -> Expression) -> NarrowOperator {
    NarrowOperator(fields: fields.map { $0.mapping(transform) }, made: made)
  }

  package func run(_ run: OperatorRun) throws(ExecutionFailure) -> OperatorResult {
    let cells = try run.input.columns(expressions)
    var numbers: [Int64] = []
    var columns: [Value] = []
    var values: [Value] = []
    for row in 0..<run.input.rowCount {
      for (field, column) in zip(fields, cells) {
        numbers.append(Int64(row))
        columns.append(.string(field.name))
        values.append(.string(column.value(at: row).kqlText))
      }
    }
    return .rows(
      [.int64(.long, numbers), Column.of(.string, columns), Column.of(.string, values)], count: numbers.count)
  }
}
