/// KQL's `narrow` plugin: a row for each cell, with the row's number, the column's name and the value as text.
package struct NarrowOperator: TabularOperator {
  let names: [String]

  package init(names: [String]) { self.names = names }

  package var label: String { "narrow" }

  package func run(_ inputs: [Table], context: ExecutionContext) throws(ExecutionFailure) -> [Column] {
    guard let input = inputs.first else { return [] }
    var numbers: [Int64] = []
    var columns: [Value] = []
    var values: [Value] = []
    for row in 0..<input.rowCount {
      for (index, column) in input.columns.enumerated() {
        numbers.append(Int64(row))
        columns.append(.string(index < names.count ? names[index] : ""))
        values.append(.string(column.value(at: row).kqlText))
      }
    }
    return [.int64(.long, numbers), Column.of(.string, columns), Column.of(.string, values)]
  }
}
