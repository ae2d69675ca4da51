package import Diagnostics

/// Runs a `PhysicalPlan` step by step.
package struct Executor: Sendable {
  let context: ExecutionContext
  /// Gives the rows of a scan, with its columns in the order of the scan's sources.
  let source: @Sendable (Scan) throws(ExecutionFailure) -> Table
  var subqueries: [Int: Value] = [:]
  var shared = SharedRows()

  package init(
    context: ExecutionContext, source: @escaping @Sendable (Scan) throws(ExecutionFailure) -> Table
  ) {
    self.context = context
    self.source = source
  }

  /// The rows of a plan, its columns in the plan's order.
  package func run(_ plan: LogicalPlan) throws(ExecutionFailure) -> Table {
    try run(PhysicalPlanner.plan(plan))
  }

  package func run(_ plan: PhysicalPlan) throws(ExecutionFailure) -> Table {
    try prepared(for: plan).table(of: plan.result)
  }

  /// With the values of a plan's subqueries and the rows that several of its steps read.
  func prepared(for plan: PhysicalPlan) throws(ExecutionFailure) -> Executor {
    var executor = self
    executor.shared = shared.with(plan.definitions)
    for subquery in plan.subqueries where executor.subqueries[subquery.id] == nil {
      let table = try executor.run(subquery.plan)
      let value = table.rowCount > 0 && !table.columns.isEmpty ? table.value(row: 0, column: 0) : .null
      executor.subqueries[subquery.id] = value
    }
    // One after the other: a long chain of them must not nest.
    for definition in plan.definitions { try executor.fill(definition) }
    return executor
  }

  func compiler(_ columns: [PlanColumn]) -> ExpressionCompiler {
    ExpressionCompiler(layout: columns, context: context, subqueries: subqueries)
  }

  func compile(_ expressions: [Expression], over columns: [PlanColumn]) throws(ExecutionFailure)
    -> [PhysicalExpression]
  {
    let compiler = compiler(columns)
    var result: [PhysicalExpression] = []
    result.reserveCapacity(expressions.count)
    for expression in expressions { result.append(try compiler.compile(expression)) }
    return result
  }

  /// The rows of a step, all of them held.
  func table(of step: PhysicalStep) throws(ExecutionFailure) -> Table {
    guard let profile = context.profile else { return try noted(step) }
    let start = ContinuousClock.now
    let table = try noted(step)
    let elapsed = start.duration(to: .now).components
    profile.add(
      Profile.Entry(
        label: step.origin.label, rows: table.rowCount,
        seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18,
        bytes: table.columns.reduce(0) { $0 + $1.byteCount }))
    return table
  }

  /// The rows of a step; what there is to say of them has been said.
  private func noted(_ step: PhysicalStep) throws(ExecutionFailure) -> Table {
    let table = try materialize(step)
    for note in step.origin.notes {
      if let text = note.text(of: table, columns: step.columns) { context.notes.add(text) }
    }
    return table
  }

  private func materialize(_ step: PhysicalStep) throws(ExecutionFailure) -> Table {
    switch step.work {
    case .load(let scan): return try source(scan)
    case .rows(let table): return table
    case .group(let argument):
      guard let table = context.arguments[argument] else {
        throw ExecutionFailure("no-input", "the rows of a group are not known outside the group")
      }
      return table
    case .collect(let stream, let limit): return try collect(stream, limit: limit)
    case .aggregate(let stream, let aggregate): return try run(aggregate, over: stream, columns: step.columns)
    case .join(let left, let right, let join): return try run(join, left, right)
    case .sort(let input, let keys, let limit): return try sort(input, by: keys, limit: limit)
    case .window(let input, let items): return try run(items, over: input)
    case .apply(let input, let apply): return try run(apply, over: input)
    case .tabular(let inputs, let operation): return try run(operation, over: inputs, columns: step.columns)
    case .shared(let reference): return try run(reference)
    }
  }

  private func collect(_ stream: PhysicalStream, limit: Int?) throws(ExecutionFailure) -> Table {
    let segments = try segments(of: stream)
    if limit == nil, stream.legs.allSatisfy({ $0.operators.allSatisfy(\.keepsRowCount) }) {
      // Rows that are shared double quickly: they are counted before they are put together.
      let count = segments.reduce(0) { $0 + $1.source.rowCount }
      try context.check(rows: count, in: "a union")
      if stream.columns.isEmpty { return Table(fields: [], columns: [], rowCount: count) }
    }
    let sinks = try Pipeline(segments: segments, context: context).run { CollectSink(limit: limit) }
    return CollectSink.table(sinks, columns: stream.columns, limit: limit)
  }

  /// A stream over the rows of its steps.
  func segments(of stream: PhysicalStream) throws(ExecutionFailure) -> [Segment] {
    var result: [Segment] = []
    for leg in stream.legs {
      var operators: [any StreamingOperator] = []
      for step in leg.operators { operators.append(try compile(step)) }
      result.append(Segment(source: try table(of: leg.source), operators: operators))
    }
    return result
  }

  private func compile(_ step: PhysicalStream.Operator) throws(ExecutionFailure) -> any StreamingOperator {
    switch step {
    case .filter(let conditions, let columns): FilterOperator(try compile(conditions, over: columns))
    case .project(let expressions, let columns):
      ProjectOperator(expressions: try compile(expressions, over: columns))
    case .expand(let expansion, let columns): try expandOperator(expansion, over: columns)
    }
  }
}

extension Executor {
  /// What the run had to say so far.
  package var notes: [Advice] { context.notes.notes }
}
