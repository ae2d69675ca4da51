/// `untable`: each row becomes one row for each of its other fields that has a value.
package struct UntableOperator: TabularOperator {
  /// The column that is kept, and those that become rows.
  let row: Int
  let others: [Int]
  /// The names of all columns.
  let names: [String]

  package init(row: Int, others: [Int], names: [String]) {
    self.row = row
    self.others = others
    self.names = names
  }

  package var label: String { "untable" }

  package func run(_ inputs: [Table], context: ExecutionContext) throws(ExecutionFailure) -> [Column] {
    guard let table = inputs.first else { return [] }
    var rows: [UInt32] = []
    var titles: [Value] = []
    var values: [Value] = []
    for index in 0..<table.rowCount {
      for column in others {
        let value = table.value(row: index, column: column)
        if value.isNull { continue }
        rows.append(UInt32(index))
        titles.append(.string(names[column]))
        values.append(.dynamic(value.json.isList ? value.json : .string(value.splText)))
      }
    }
    return [table.columns[row].gather(Vector(rows)), Column.of(.string, titles), Column.of(.dynamic, values)]
  }
}

extension JSONValue {
  var isList: Bool { if case .array = self { true } else { false } }
}

/// `mvcombine`: one row of those that differ in one field only, which gets all their values.
package struct CombineOperator: TabularOperator {
  let column: Int
  /// Joins the values to one text if given.
  let delimiter: String?

  package init(column: Int, delimiter: String?) {
    self.column = column
    self.delimiter = delimiter
  }

  package var label: String { "mvcombine" }

  package func run(_ inputs: [Table], context: ExecutionContext) throws(ExecutionFailure) -> [Column] {
    guard let table = inputs.first else { return [] }
    let keys = table.columns.indices.filter { $0 != column }.map { table.columns[$0] }
    var groupTable = GroupTable(types: keys.map(\.type))
    let groups = groupTable.groups(of: keys, count: table.rowCount)
    var first: [UInt32?] = Array(repeating: nil, count: groupTable.count)
    var values: [[JSONValue]] = Array(repeating: [], count: groupTable.count)
    for (row, group) in groups.enumerated() {
      if first[Int(group)] == nil { first[Int(group)] = UInt32(row) }
      values[Int(group)] += SPLValues.elements(of: table.value(row: row, column: column))
    }
    let picked = Vector(first.compactMap { $0 })
    let kept = values.indices.filter { first[$0] != nil }
    let combined = Column.of(.dynamic, kept.map { SPLValues.value(of: values[$0]) })
    return table.columns.indices.map { $0 == column ? combined : table.columns[$0].gather(picked) }
  }
}
