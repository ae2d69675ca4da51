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
    try merged(pipeline).finish(columns: columns)
  }

  /// The groups and what was seen of each, for whoever merges them with those of other rows.
  func partial(_ pipeline: Pipeline) throws(ExecutionFailure) -> PartialGroups {
    try merged(pipeline).partial()
  }

  /// The rows that come of partial groups in the order of their rows, and where each group was first seen.
  func merging(
    _ parts: [PartialGroups], columns: [PlanColumn], context: ExecutionContext
  ) throws(ExecutionFailure) -> (rows: Table, positions: [Int64]) {
    let sink = AggregateSink(self)
    var positions: [Int64] = []
    for part in parts {
      try context.checkpoint()
      sink.absorb(part, positions: &positions)
      try RunLimits.throwRaised()
    }
    return (sink.finish(columns: columns), positions)
  }

  private func merged(_ pipeline: Pipeline) throws(ExecutionFailure) -> AggregateSink {
    let sinks = try pipeline.run { AggregateSink(self) }
    guard let result = sinks.first else { preconditionFailure("pipeline invariant: at least one sink") }
    for sink in sinks.dropFirst() { result.merge(sink) }
    return result
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

  func partial() -> PartialGroups {
    PartialGroups(
      keys: groups.keyColumns(), positions: (0..<groups.count).map { Int64($0) },
      items: states.map { $0.partial(groupCount: groups.count) })
  }

  /// Adds groups of later rows.
  func absorb(_ part: PartialGroups, positions: inout [Int64]) {
    let mapping = groups.groups(of: part.keys, count: part.count)
    for (theirs, group) in mapping.enumerated() where Int(group) == positions.count {
      positions.append(part.positions[theirs])
    }
    for (state, item) in zip(states, part.items) {
      state.absorb(
        PartialRows(groups: item.groups.map { mapping[Int($0)] }, columns: item.columns),
        groupCount: groups.count)
    }
  }

  func finish(columns: [PlanColumn]) -> Table {
    let results = groups.keyColumns() + states.flatMap { $0.finish(groupCount: groups.count) }
    return Table(
      fields: columns.map { Field($0.name, $0.type) }, columns: results, rowCount: groups.count)
  }
}
