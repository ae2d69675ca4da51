/// Says which fields `fillnull` filled that no event has.
package struct FilledFieldNote: PassingOperator {
  /// Columns of the input that are false in every row if no event has the field.
  let fields: [(name: String, column: Int)]

  package init(fields: [(name: String, column: Int)]) { self.fields = fields }

  package var label: String { "note fields that no event has" }

  package func run(_ inputs: [Table], context: ExecutionContext) throws(ExecutionFailure) -> [Column] {
    guard let input = inputs.first else { return [] }
    guard input.rowCount > 0 else { return input.columns }
    let absent = fields.filter { input.value(row: 0, column: $0.column) == .bool(false) }.map {
      "`\($0.name)`"
    }
    if !absent.isEmpty {
      context.notes.add(
        "`fillnull` also fills \(absent.joined(separator: ", ")), by which a later command groups: no event has it, "
          + "and Splunk may drop these rows there")
    }
    return input.columns
  }
}
