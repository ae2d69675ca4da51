package import Diagnostics

/// Runs a plan: streaming operators are fused into pipelines that end in an operator that needs all its rows.
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
    var executor = self
    executor.shared = shared.with(definitionsOf: plan)
    try executor.resolveSubqueries(of: plan)
    return try executor.table(of: plan)
  }

  private mutating func resolveSubqueries(of plan: LogicalPlan) throws(ExecutionFailure) {
    var found: [ScalarSubquery] = []
    var keys: Set<Int> = []
    plan.forEachNode { node in
      found.append(contentsOf: node.expressions.flatMap(\.scalarSubqueries))
      if case .apply(let apply) = node, let key = apply.keySubquery { keys.insert(key) }
    }
    // What depends on the key of a group is worked out for each group.
    for subquery in found where subqueries[subquery.id] == nil && !subquery.mentions(keys) {
      let table = try run(subquery.plan)
      let value = table.rowCount > 0 && !table.columns.isEmpty ? table.value(row: 0, column: 0) : .null
      subqueries[subquery.id] = value
    }
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

  /// The plan's rows, all of them held.
  func table(of plan: LogicalPlan) throws(ExecutionFailure) -> Table {
    guard let profile = context.profile else { return try noted(plan) }
    let start = ContinuousClock.now
    let table = try noted(plan)
    let elapsed = start.duration(to: .now).components
    profile.add(
      Profile.Entry(
        label: plan.origin.label, rows: table.rowCount,
        seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18,
        bytes: table.columns.reduce(0) { $0 + $1.byteCount }))
    return table
  }

  /// The plan's rows; what there is to say of them has been said.
  private func noted(_ plan: LogicalPlan) throws(ExecutionFailure) -> Table {
    let table = try materialize(plan)
    for note in plan.notes {
      if let text = note.text(of: table, columns: plan.columns) { context.notes.add(text) }
    }
    return table
  }

  private func materialize(_ plan: LogicalPlan) throws(ExecutionFailure) -> Table {
    switch plan {
    case .scan(let scan): return try source(scan)
    case .inline(let inline): return inline.table
    case .argument(let argument):
      guard let table = context.arguments[argument.id] else {
        throw ExecutionFailure("no-input", "the rows of a group are not known outside the group")
      }
      return table
    case .filter, .project, .expand, .union:
      let segments = try streams(of: plan)
      if segments.allSatisfy({ $0.operators.allSatisfy(\.keepsRowCount) }) {
        // Rows that are shared double quickly: they are counted before they are put together.
        let count = segments.reduce(0) { $0 + $1.source.rowCount }
        try context.check(rows: count, in: "a union")
        if plan.columns.isEmpty { return Table(fields: [], columns: [], rowCount: count) }
      }
      let sinks = try Pipeline(segments: segments, context: context).run { CollectSink() }
      return CollectSink.table(sinks, columns: plan.columns)
    case .limit(let limit):
      let pipeline = Pipeline(segments: try segments(of: limit.input), context: context)
      let sinks = try pipeline.run { CollectSink(limit: limit.count) }
      return CollectSink.table(sinks, columns: plan.columns, limit: limit.count)
    case .aggregate(let aggregate): return try run(aggregate, columns: plan.columns)
    case .join(let join): return try run(join)
    case .sort(let sort): return try run(sort)
    case .window(let window): return try run(window)
    case .apply(let apply): return try run(apply)
    case .tabular(let call): return try run(call)
    case .with(let with):
      try fill(with)
      return try table(of: with.body)
    case .reference(let reference): return try run(reference)
    }
  }

  /// The plan as streams over tables; rows of which something is to be said are put together first.
  func segments(of plan: LogicalPlan) throws(ExecutionFailure) -> [Segment] {
    plan.notes.isEmpty ? try streams(of: plan) : [Segment(source: try table(of: plan), operators: [])]
  }

  private func streams(of plan: LogicalPlan) throws(ExecutionFailure) -> [Segment] {
    switch plan {
    case .filter(let filter):
      let conditions = try compile(filter.predicate.conjuncts, over: filter.input.columns)
      return try appending(FilterOperator(conditions), to: filter.input)
    case .project(let project):
      let expressions = try compile(project.assignments.map(\.expression), over: project.input.columns)
      return try appending(ProjectOperator(expressions: expressions), to: project.input)
    case .expand(let expand): return try appending(try expandOperator(expand), to: expand.input)
    case .union(let union):
      var result: [Segment] = []
      for leg in union.legs {
        let positions = Dictionary(
          leg.plan.columns.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        let expressions = zip(leg.sources, union.columns).map { source, column in
          if let source, let position = positions[source] { return PhysicalExpression.column(position) }
          return .constant(union.missingText.value(of: column.type), column.type)
        }
        result += try appending(ProjectOperator(expressions: expressions), to: leg.plan)
      }
      return result
    case .with(let with):
      try fill(with)
      return try segments(of: with.body)
    case .scan, .inline, .argument, .aggregate, .join, .sort, .limit, .window, .apply, .tabular, .reference:
      return [Segment(source: try table(of: plan), operators: [])]
    }
  }

  private func appending(
    _ step: some StreamingOperator, to input: LogicalPlan
  ) throws(ExecutionFailure) -> [Segment] {
    var result = try segments(of: input)
    for index in result.indices { result[index].operators.append(step) }
    return result
  }
}

extension Executor {
  /// What the run had to say so far.
  package var notes: [Advice] { context.notes.notes }
}
