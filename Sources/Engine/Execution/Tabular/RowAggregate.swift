/// An aggregate of an operator with its arguments worked out, to be fed with any rows.
struct RowAggregate: Sendable {
  let function: AggregateFunction
  let known: AggregateArguments
  let arguments: [Column]
  let output: PlanColumn

  init(_ item: Aggregate.Item, over input: OperatorInput) throws(ExecutionFailure) {
    function = item.call.function
    known = AggregateArguments(
      types: item.call.types, constants: item.call.arguments.map(\.constantValue),
      resultTypes: item.outputs.map(\.type), dialect: item.call.dialect)
    arguments = try input.columns(item.call.arguments)
    guard let first = item.outputs.first else {
      preconditionFailure("plan invariant: an aggregate gives a column")
    }
    output = first
  }

  static func all(
    _ items: [Aggregate.Item], over input: OperatorInput
  ) throws(ExecutionFailure) -> [RowAggregate] {
    var result: [RowAggregate] = []
    for item in items { result.append(try RowAggregate(item, over: input)) }
    return result
  }

  func makeState() -> any AggregateState { function.makeState(known) }

  /// Adds rows to a state of one group.
  func update(_ state: any AggregateState, with rows: [UInt32]) {
    let picked = Vector(rows)
    let columns = arguments.map { $0.gather(picked) }
    [UInt32](repeating: 0, count: rows.count).withUnsafeBufferPointer {
      state.update(groups: $0, groupCount: 1, arguments: columns)
    }
  }

  /// The result of a state of one group.
  func value(of state: any AggregateState) -> Value {
    state.finish(groupCount: 1).first?.value(at: 0) ?? .null
  }

  /// The result for each group of rows, and null behind them.
  func column(rows: Vector<UInt32>, groups: [UInt32], groupCount: Int) -> Column {
    let state = makeState()
    let columns = arguments.map { $0.gather(rows) }
    groups.withUnsafeBufferPointer { state.update(groups: $0, groupCount: groupCount, arguments: columns) }
    let finished =
      state.finish(groupCount: groupCount).first ?? .constant(.null, output.type, count: groupCount)
    return Column.concatenating([finished, Column.of(output.type, [.null])], type: output.type)
  }

  /// Results row by row as a column.
  func column(_ values: [Value]) -> Column { Column.of(output.type, values) }
}
