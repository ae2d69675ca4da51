extension Executor {
  func run(
    _ aggregate: PhysicalAggregate, over stream: PhysicalStream, columns: [PlanColumn]
  ) throws(ExecutionFailure) -> Table {
    try aggregateOperator(aggregate, over: stream.columns).run(
      Pipeline(segments: try segments(of: stream), context: context), columns: columns)
  }

  func aggregateOperator(
    _ aggregate: PhysicalAggregate, over columns: [PlanColumn]
  ) throws(ExecutionFailure) -> AggregateOperator {
    var items: [AggregateOperator.Item] = []
    for item in aggregate.items {
      let arguments = try compile(item.call.arguments, over: columns)
      let known = AggregateArguments(
        types: item.call.types,
        constants: arguments.map { if case .constant(let value, _) = $0 { value } else { nil } },
        resultTypes: item.outputs.map(\.type), dialect: item.call.dialect)
      items.append(AggregateOperator.Item(function: item.call.function, arguments: arguments, known: known))
    }
    return AggregateOperator(
      keys: try compile(aggregate.keys.map(\.expression), over: columns),
      keyTypes: aggregate.keys.map(\.column.type), items: items, dropsNullKeys: aggregate.dropsNullKeys)
  }

  func run(
    _ join: PhysicalJoin, _ leftStep: PhysicalStep, _ rightStep: PhysicalStep
  ) throws(ExecutionFailure) -> Table {
    let left = try table(of: leftStep)
    let right = try table(of: rightStep)
    let leftKeys = try columns(join.keys.map(\.left), over: leftStep.columns, rows: left)
    let rightKeys = try columns(join.keys.map(\.right), over: rightStep.columns, rows: right)
    let matches = try JoinOperator(
      kind: join.kind, nullsMatch: join.nullsMatch, maximumMatches: join.maximumMatches
    ).match(
      left: leftKeys, leftCount: left.rowCount, right: rightKeys, rightCount: right.rowCount,
      types: join.keys.map(\.right.type), context: context)
    let leftPositions = positions(of: leftStep.columns)
    let rightPositions = positions(of: rightStep.columns)
    let rowCount = max(matches.left.count, matches.right.count)
    try RunLimits.reserve(rowCount * 8 * join.outputs.count, for: "a join")
    let result = join.outputs.map { output in
      let side = output.fromLeft ? left : right
      guard let position = (output.fromLeft ? leftPositions : rightPositions)[output.source] else {
        preconditionFailure("plan invariant: a join's output comes from one of its sides")
      }
      return side.columns[position].gatherOrMissing(
        output.fromLeft ? matches.left : matches.right, missingText: join.missingText)
    }
    return Table(
      fields: join.outputs.map { Field($0.column.name, $0.column.type) }, columns: result, rowCount: rowCount)
  }

  func sort(
    _ input: PhysicalStep, by keys: [Sort.Key], limit: Int?
  ) throws(ExecutionFailure) -> Table {
    let rows = try table(of: input)
    let expressions = try compile(keys.map(\.expression), over: input.columns)
    let keys = zip(keys, expressions).map {
      SortOperator.Key(expression: $1, descending: $0.descending, nullsFirst: $0.nullsFirst)
    }
    return try SortOperator(keys: keys, limit: limit).run(rows, columns: input.columns)
  }

  func run(_ items: [Window.Item], over step: PhysicalStep) throws(ExecutionFailure) -> Table {
    let input = try table(of: step)
    // An item may read those before it: `row_number(1, who != prev(who))`.
    var layout = step.columns
    var result = input
    for item in items {
      let arguments = try columns(item.arguments, over: layout, rows: result)
      let column = item.function.compute(
        VectorCall(
          arguments: arguments, count: input.rowCount, type: item.column.type, dialect: item.dialect,
          now: context.now))
      layout.append(item.column)
      result = Table(
        fields: result.fields + [Field(item.column.name, item.column.type)],
        columns: result.columns + [column], rowCount: input.rowCount)
    }
    return result
  }

  func run(_ apply: PhysicalApply, over step: PhysicalStep) throws(ExecutionFailure) -> Table {
    let input = try table(of: step)
    let keys = try columns(apply.keys, over: step.columns, rows: input)
    var groups = GroupTable(types: apply.keys.map(\.type))
    let rowGroups = groups.groups(of: keys, count: input.rowCount)
    var rows = [[UInt32]](repeating: [], count: groups.count)
    for (row, group) in rowGroups.enumerated() { rows[Int(group)].append(UInt32(row)) }
    var results: [Table] = []
    let inputPositions = positions(of: step.columns)
    let carried = apply.carried.compactMap { inputPositions[$0.id] }
    let read = apply.columnsRead
    for group in rows {
      guard let first = group.first else { continue }
      try context.checkpoint()
      let picked = Vector(group)
      let columns = zip(step.columns, input.columns).map { known, column in
        let part = column.gather(picked)
        return read.contains(known.id) ? part.compacted : part
      }
      let bound = context.binding(
        Table(fields: input.fields, columns: columns, rowCount: group.count), to: apply.argumentID)
      var inner = Executor(context: bound, source: source)
      inner.subqueries = subqueries
      inner.shared = shared
      if let id = apply.keySubquery { inner.subqueries[id] = keys.first?.value(at: Int(first)) ?? .null }
      let result = try inner.run(apply.subplan)
      let repeated = Vector<UInt32>(repeating: first, count: result.rowCount)
      results.append(
        Table(
          fields: carried.map { input.fields[$0] } + result.fields,
          columns: carried.map { input.columns[$0].gather(repeated) } + result.columns,
          rowCount: result.rowCount))
    }
    let fields = (apply.carried + apply.subplan.result.columns).map { Field($0.name, $0.type) }
    return Table.concatenating(results, fields: fields)
  }

  func expandOperator(
    _ expand: PhysicalExpansion, over input: [PlanColumn]
  ) throws(ExecutionFailure) -> ExpandOperator {
    let sources = try compile(expand.items.map(\.source), over: input)
    let inputPositions = positions(of: input)
    let outputs: [ExpandOperator.Output] = expand.outputs.map { column in
      if let item = expand.items.firstIndex(where: { $0.column.id == column.id }) { return .item(item) }
      if expand.indexColumn?.id == column.id { return .index }
      guard let position = inputPositions[column.id] else {
        preconditionFailure("plan invariant: an expansion keeps columns of its input")
      }
      return .input(position)
    }
    return ExpandOperator(
      items: zip(expand.items, sources).map { ExpandOperator.Item(source: $1, type: $0.column.type) },
      outputs: outputs, bags: expand.bags, keepsEmpty: expand.keepsEmpty, rowLimit: expand.rowLimit,
      context: context)
  }

  /// Expressions over whole tables, as one chunk.
  func columns(
    _ expressions: [Expression], over layout: [PlanColumn], rows: Table
  ) throws(ExecutionFailure) -> [Column] {
    let chunk = Chunk(columns: rows.columns, count: rows.rowCount)
    var result: [Column] = []
    for expression in try compile(expressions, over: layout) { result.append(try expression.evaluate(chunk)) }
    return result
  }

  private func positions(of columns: [PlanColumn]) -> [ColumnID: Int] {
    Dictionary(columns.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
  }
}
