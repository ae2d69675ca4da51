/// Runs fragments of one task.
package struct FragmentRun: Sendable {
  /// Rows of an exchange as they travel, and where they belong.
  package struct Block: Sendable {
    package var exchange: Int
    package var bucket: Int
    /// Blocks of an exchange are in the order of these.
    package var ordinal: Int64
    package var bytes: [UInt8]

    package init(exchange: Int, bucket: Int, ordinal: Int64, bytes: [UInt8]) {
      self.exchange = exchange
      self.bucket = bucket
      self.ordinal = ordinal
      self.bytes = bytes
    }
  }

  /// The blocks of exchanges, each in its order.
  package struct Arrivals: Sendable {
    fileprivate let blocks: [Int: [Block]]

    package init(_ blocks: [Block]) {
      self.blocks = Dictionary(grouping: blocks, by: \.exchange).mapValues {
        $0.sorted { $0.ordinal < $1.ordinal }
      }
    }
  }

  private let executor: Executor
  private let task: Int
  private let tasks: Int
  private let arrivals: Arrivals

  /// - Parameters:
  ///   - executor: gives the rows of scans.
  ///   - task: its number among the `tasks` of its stage.
  ///   - arrivals: from earlier stages, for this task.
  package init(executor: Executor, task: Int, of tasks: Int, arrivals: Arrivals) {
    self.executor = executor
    self.task = task
    self.tasks = tasks
    self.arrivals = arrivals
  }

  package func run(_ fragment: Fragment) throws(ExecutionFailure) -> [Block] {
    let executor = try bound(fragment.inputs)
    let output = fragment.output
    let ordinal = Int64(fragment.leg) * Int64(max(1, tasks)) + Int64(task)
    func block(_ bucket: Int, _ tables: [Table]) -> Block {
      Block(
        exchange: output.exchange, bucket: bucket, ordinal: ordinal, bytes: ColumnBlock.bytes(of: tables))
    }
    var blocks: [Block] = []
    switch output.kind {
    case .partialGroups:
      var groups = try executor.partialGroups(of: fragment.plan)
      groups.positions = groups.positions.map { ordinal << 32 | $0 }
      for (bucket, part) in groups.split(into: output.buckets).enumerated() where part.count > 0 {
        blocks.append(block(bucket, part.tables))
      }
    case .rows:
      var table = try executor.run(fragment.plan)
      if let position = output.position { table = table.numbered(position, from: ordinal << 32) }
      for (bucket, rows) in try buckets(of: table, fragment, executor).enumerated() where rows.rowCount > 0 {
        blocks.append(block(bucket, [rows]))
      }
    }
    return blocks
  }

  private func buckets(
    of table: Table, _ fragment: Fragment, _ executor: Executor
  ) throws(ExecutionFailure) -> [Table] {
    let output = fragment.output
    if output.buckets == 1 { return [table] }
    if output.keys.isEmpty {
      // Tasks side by side stay so: the order of the rows is that of the buckets.
      let own = task * output.buckets / max(1, tasks)
      return (0..<output.buckets).map { $0 == own ? table : table.slice(0..<0) }
    }
    let columns = fragment.plan.columns + (output.position.map { [$0] } ?? [])
    let keys = try executor.columns(output.keys, over: columns, rows: table)
    var rows = [[UInt32]](repeating: [], count: output.buckets)
    let buckets = BucketHash.buckets(of: keys, count: table.rowCount, among: output.buckets)
    for (row, bucket) in buckets.enumerated() { rows[Int(bucket)].append(UInt32(row)) }
    return rows.map { table.gather(Vector($0)) }
  }

  /// The rows of a result's exchange.
  package func rows(of input: Fragment.Input) throws(ExecutionFailure) -> Table {
    let fields = input.columns.map { Field($0.name, $0.type) }
    let all = arrivals.blocks[input.exchange] ?? []
    if let aggregate = input.merges { return try merged(all, aggregate, input, fields) }
    var tables: [Table] = []
    for block in all {
      try executor.context.checkpoint()
      for table in try FragmentRun.tables(of: block) {
        guard table.fields.map(\.type) == fields.map(\.type) else {
          throw FragmentRun.failure(.damaged("it has other columns"))
        }
        tables.append(table)
      }
    }
    return Table.concatenating(tables, fields: fields)
  }

  private func merged(
    _ blocks: [Block], _ aggregate: Aggregate, _ input: Fragment.Input, _ fields: [Field]
  ) throws(ExecutionFailure) -> Table {
    let operation = try executor.aggregateOperator(
      PhysicalAggregate(aggregate), over: aggregate.input.columns)
    var parts: [PartialGroups] = []
    for block in blocks {
      do throws(BlockFailure) {
        parts.append(
          try PartialGroups(
            ColumnBlock.tables(from: block.bytes[...]), itemCount: aggregate.items.count))
      } catch {
        throw FragmentRun.failure(error)
      }
    }
    let columns = input.position == nil ? input.columns : Array(input.columns.dropLast())
    let (rows, positions) = try operation.merging(parts, columns: columns, context: executor.context)
    guard input.position != nil else { return rows }
    return Table(fields: fields, columns: rows.columns + [.int64(.long, positions)], rowCount: rows.rowCount)
  }

  private func bound(_ inputs: [Fragment.Input]) throws(ExecutionFailure) -> Executor {
    if inputs.isEmpty { return executor }
    var tables: [Int: Table] = [:]
    for input in inputs { tables[input.argument] = try rows(of: input) }
    return executor.binding(tables)
  }

  private static func tables(of block: Block) throws(ExecutionFailure) -> [Table] {
    do throws(BlockFailure) {
      return try ColumnBlock.tables(from: block.bytes[...])
    } catch {
      throw failure(error)
    }
  }

  private static func failure(_ failure: BlockFailure) -> ExecutionFailure {
    switch failure {
    case .cutOff, .damaged: ExecutionFailure("damaged-block", failure.message)
    case .otherVersion: ExecutionFailure("block-version", failure.message)
    }
  }
}

extension Executor {
  /// The same over rows that came from elsewhere, by the arguments that stand for them.
  package func binding(_ tables: [Int: Table]) -> Executor {
    Executor(context: context.binding(tables), source: source)
  }

  /// What an aggregate found in some of its rows.
  fileprivate func partialGroups(of plan: LogicalPlan) throws(ExecutionFailure) -> PartialGroups {
    let physical = PhysicalPlanner.plan(plan)
    guard case .aggregate(let stream, let aggregate) = physical.result.work else {
      throw ExecutionFailure("invalid-plan", "partial groups are of an aggregate")
    }
    let executor = try prepared(for: physical)
    let operation = try executor.aggregateOperator(aggregate, over: stream.columns)
    return try operation.partial(Pipeline(segments: try executor.segments(of: stream), context: context))
  }
}

extension Table {
  /// With a last column that numbers the rows.
  fileprivate func numbered(_ column: PlanColumn, from first: Int64) -> Table {
    Table(
      fields: fields + [Field(column.name, column.type)],
      columns: columns + [.int64(column.type, (0..<Int64(rowCount)).map { first + $0 })], rowCount: rowCount)
  }
}
