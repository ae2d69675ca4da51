import Diagnostics

/// Turns expressions into what runs: resolves columns to positions, folds constants, prepares kernels, and
/// lifts what depends on one string column.
struct ExpressionCompiler {
  private var positions: [ColumnID: Int]
  private var types: [DataType]
  let context: ExecutionContext
  let subqueries: [Int: Value]

  init(layout: [PlanColumn], context: ExecutionContext, subqueries: [Int: Value]) {
    var positions: [ColumnID: Int] = [:]
    for (position, column) in layout.enumerated() { positions[column.id] = position }
    self.positions = positions
    types = layout.map(\.type)
    self.context = context
    self.subqueries = subqueries
  }

  /// The same with one more column behind the others.
  private func naming(_ column: PlanColumn) -> ExpressionCompiler {
    var copy = self
    copy.positions[column.id] = types.count
    copy.types.append(column.type)
    return copy
  }

  func compile(_ expression: Expression) throws(ExecutionFailure) -> PhysicalExpression {
    if let input = liftedColumn(of: expression), let position = positions[input] {
      let column = PlanColumn(id: input, name: "", type: types[position])
      let alone = ExpressionCompiler(layout: [column], context: context, subqueries: subqueries)
      return .lifted(
        LiftedExpression(
          input: position, inner: try alone.compilePlain(expression), type: expression.type))
    }
    return try compilePlain(expression)
  }

  /// The column of what is more than a column, over exactly one column, and that holds texts or JSON.
  private func liftedColumn(of expression: Expression) -> ColumnID? {
    switch expression {
    case .literal, .column, .subquery: return nil
    case .call, .conditional, .binding: break
    }
    guard let column = expression.onlyColumn, let position = positions[column] else { return nil }
    let isText = types[position] == .string || types[position] == .dynamic
    return isText && expression.isDeterministic ? column : nil
  }

  /// The expression itself, its parts lifted where that still saves something.
  private func compilePlain(_ expression: Expression) throws(ExecutionFailure) -> PhysicalExpression {
    switch expression {
    case .literal(let value, let type): return .constant(value, type)
    case .column(let column):
      guard let position = positions[column.id] else {
        throw ExecutionFailure("no-column", "`\(column.name)` is not known where it is read")
      }
      return .column(position)
    case .subquery(let subquery): return .constant(subqueries[subquery.id] ?? .null, subquery.type)
    case .call(let call): return try compile(call)
    case .conditional(let conditional):
      var branches: [PhysicalConditional.Branch] = []
      for branch in conditional.branches {
        branches.append(
          PhysicalConditional.Branch(
            condition: try part(branch.condition), value: try part(branch.value)))
      }
      let result = PhysicalConditional(
        branches: branches, otherwise: try part(conditional.otherwise), type: conditional.type)
      return try folded(.conditional(result), type: conditional.type, isPure: true)
    case .binding(let binding):
      let inner = naming(binding.column)
      return .binding(
        PhysicalBinding(
          value: try part(binding.value), body: try inner.part(binding.body), position: types.count,
          reading: binding.reading))
    }
  }

  /// A part of an expression: lifted by itself only if the whole was not.
  private func part(_ expression: Expression) throws(ExecutionFailure) -> PhysicalExpression {
    positions.count == 1 ? try compilePlain(expression) : try compile(expression)
  }

  private func compile(_ call: FunctionCall) throws(ExecutionFailure) -> PhysicalExpression {
    var arguments: [PhysicalExpression] = []
    for argument in call.arguments { arguments.append(try part(argument)) }
    let constants: [Value?] = arguments.map {
      if case .constant(let value, _) = $0 { value } else { nil }
    }
    let prepared = PreparedArguments(
      constants: constants, types: call.arguments.map(\.type), type: call.type, dialect: call.dialect,
      now: context.now, resources: context.resources, site: call.span?.lowerBound ?? 0)
    let body: VectorBody
    do throws(FunctionFailure) {
      body = try KernelAdapter.body(of: call, prepared: prepared)
    } catch {
      throw ExecutionFailure(
        error.id, error.message, span: call.span, suggestion: error.suggestion.map { Advice($0) })
    }
    return try folded(
      .call(
        PhysicalCall(
          arguments: arguments, body: body, takesRowNumbers: call.function.stability == .volatile)),
      type: call.type, isPure: call.function.stability != .volatile)
  }

  /// Works out an expression that reads no column.
  private func folded(
    _ expression: PhysicalExpression, type: DataType, isPure: Bool
  ) throws(ExecutionFailure) -> PhysicalExpression {
    guard isPure, expression.isConstantTree else { return expression }
    let column = try expression.evaluate(Chunk(columns: [], count: 1))
    try RunLimits.throwRaised()
    return .constant(column.value(at: 0), type)
  }
}

extension PhysicalExpression {
  /// All leaves are constants.
  fileprivate var isConstantTree: Bool {
    switch self {
    case .constant: true
    case .column, .lifted, .binding: false
    case .call(let call):
      call.arguments.allSatisfy { if case .constant = $0 { true } else { false } }
    case .conditional(let conditional):
      conditional.otherwise.isConstant
        && conditional.branches.allSatisfy { $0.condition.isConstant && $0.value.isConstant }
    }
  }

  fileprivate var isConstant: Bool {
    if case .constant = self { true } else { false }
  }
}
