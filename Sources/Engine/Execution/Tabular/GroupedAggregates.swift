/// Aggregates whose keys and arguments are columns of a table, by position.
package struct GroupedAggregates: Sendable {
  package struct Item: Sendable {
    package var function: AggregateFunction
    package var arguments: [Int]
    package var types: [DataType]
    package var constants: [Value?]
    package var result: DataType

    package init(
      function: AggregateFunction, arguments: [Int], types: [DataType], constants: [Value?], result: DataType
    ) {
      self.function = function
      self.arguments = arguments
      self.types = types
      self.constants = constants
      self.result = result
    }

    func makeState() -> any AggregateState {
      function.makeState(
        AggregateArguments(types: types, constants: constants, resultTypes: [result], language: .spl))
    }

    func update(_ state: any AggregateState, with table: Table, rows: [UInt32]) {
      let picked = Vector(rows)
      let columns = arguments.map { table.columns[$0].gather(picked) }
      [UInt32](repeating: 0, count: rows.count).withUnsafeBufferPointer {
        state.update(groups: $0, groupCount: 1, arguments: columns)
      }
    }

    func value(of state: any AggregateState) -> Value {
      state.finish(groupCount: 1).first?.value(at: 0) ?? .null
    }
  }

  package var keys: [Int]
  package var items: [Item]

  package init(keys: [Int], items: [Item]) {
    self.keys = keys
    self.items = items
  }

  /// The group of each row, nil where a key is null.
  func groups(of table: Table) -> (groups: [Int?], count: Int) {
    SPLWindowFunctions.grouping(keys.map { table.columns[$0] }, count: table.rowCount)
  }
}

/// `eventstats`: aggregates of its group behind every row.
package struct EventStatsOperator: PassingOperator {
  let aggregates: GroupedAggregates

  package init(_ aggregates: GroupedAggregates) { self.aggregates = aggregates }

  package var label: String { "eventstats" }

  package func run(_ inputs: [Table], context: ExecutionContext) throws(ExecutionFailure) -> [Column] {
    guard let table = inputs.first else { return [] }
    let (groups, count) = aggregates.groups(of: table)
    let rows = (0..<UInt32(table.rowCount)).filter { groups[Int($0)] != nil }
    let picked = Vector(rows)
    let codes = rows.map { UInt32(groups[Int($0)] ?? 0) }
    let places = Vector(groups.map { UInt32($0 ?? count) })
    var result = table.columns
    for item in aggregates.items {
      let state = item.makeState()
      let arguments = item.arguments.map { table.columns[$0].gather(picked) }
      codes.withUnsafeBufferPointer { state.update(groups: $0, groupCount: count, arguments: arguments) }
      let finished =
        state.finish(groupCount: count).first ?? Column.constant(.null, item.result, count: count)
      let extended = Column.concatenating([finished, Column.of(item.result, [.null])], type: item.result)
      result.append(extended.gather(places))
    }
    return result
  }
}
