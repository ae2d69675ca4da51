/// Groups rows by keys and runs aggregates over each group; partial results of the workers are merged.
struct AggregateOperator: Sendable {
  let keys: [PhysicalExpression]
  let keyTypes: [DataType]
  let items: [Item]
  let dropsNullKeys: Bool

  struct Item: Sendable {
    var function: AggregateFunction
    var arguments: [PhysicalExpression]
    var known: AggregateArguments
  }

  func run(_ pipeline: Pipeline, columns: [PlanColumn]) throws(ExecutionFailure) -> Table {
    let sinks = try pipeline.run { AggregateSink(self) }
    guard let result = sinks.first else { preconditionFailure("pipeline invariant: at least one sink") }
    for sink in sinks.dropFirst() { result.merge(sink) }
    return result.finish(columns: columns)
  }
}

/// The groups that one worker has seen.
private final class AggregateSink: ChunkSink {
  private let plan: AggregateOperator
  private var groups: GroupTable
  private let states: [any AggregateState]

  init(_ plan: AggregateOperator) {
    self.plan = plan
    groups = GroupTable(types: plan.keyTypes)
    states = plan.items.map { $0.function.makeState($0.known) }
  }

  func consume(_ chunk: Chunk) throws(ExecutionFailure) {
    var chunk = chunk
    var keys: [Column] = []
    for key in plan.keys { keys.append(try key.evaluate(chunk)) }
    if plan.dropsNullKeys, let kept = AggregateSink.rowsWithoutNull(keys, count: chunk.count) {
      chunk = chunk.gather(kept)
      keys = keys.map { $0.gather(kept) }
    }
    let rowGroups = groups.groups(of: keys, count: chunk.count)
    for (item, state) in zip(plan.items, states) {
      var arguments: [Column] = []
      for argument in item.arguments { arguments.append(try argument.evaluate(chunk)) }
      rowGroups.withUnsafeBufferPointer {
        state.update(groups: $0, groupCount: groups.count, arguments: arguments)
      }
    }
  }

  private static func rowsWithoutNull(_ keys: [Column], count: Int) -> Vector<UInt32>? {
    let validities = keys.compactMap(\.validity)
    if validities.isEmpty { return nil }
    return Vector((0..<UInt32(count)).filter { row in validities.allSatisfy { $0[Int(row)] } })
  }

  func merge(_ other: AggregateSink) {
    let mapping = groups.absorb(other.groups)
    for (state, later) in zip(states, other.states) {
      state.merge(later, mapping: mapping, groupCount: groups.count)
    }
  }

  func finish(columns: [PlanColumn]) -> Table {
    let results = groups.keyColumns() + states.flatMap { $0.finish(groupCount: groups.count) }
    return Table(
      fields: columns.map { Field($0.name, $0.type) }, columns: results, rowCount: groups.count)
  }
}
