extension Expression {
  /// The expressions that it is made of, in the order of the text.
  package var operands: [Expression] {
    switch self {
    case .literal, .column, .subquery: []
    case .call(let call): call.arguments
    case .conditional(let conditional):
      conditional.branches.flatMap { [$0.condition, $0.value] } + [conditional.otherwise]
    case .binding(let binding): [binding.value, binding.body]
    }
  }

  /// Whether it, or a part of it at any depth, is such a one.
  package func contains(where test: (Expression) -> Bool) -> Bool {
    test(self) || operands.contains { $0.contains(where: test) }
  }

  /// The columns that this expression reads.
  package var columns: Set<ColumnID> {
    var result: Set<ColumnID> = []
    collectColumns(into: &result)
    return result
  }

  /// The column that this expression reads if it reads exactly one. Asked at each level of a chain it must not look at
  /// all below: it goes from the top, and ends with the second column.
  var onlyColumn: ColumnID? {
    var found: ColumnID?
    var queue = [self]
    var position = 0
    while position < queue.count {
      switch queue[position] {
      case .literal, .subquery: break
      case .column(let column):
        if let found, found != column.id { return nil }
        found = column.id
      case .call(let call): queue += call.arguments
      case .conditional(let conditional):
        for branch in conditional.branches { queue += [branch.condition, branch.value] }
        queue.append(conditional.otherwise)
      case .binding:
        for column in queue[position].columns {
          if let found, found != column { return nil }
          found = column
        }
      }
      position += 1
    }
    return found
  }

  package func collectColumns(into result: inout Set<ColumnID>) {
    switch self {
    case .literal, .subquery: break
    case .column(let column): result.insert(column.id)
    case .call(let call): for argument in call.arguments { argument.collectColumns(into: &result) }
    case .conditional(let conditional):
      for branch in conditional.branches {
        branch.condition.collectColumns(into: &result)
        branch.value.collectColumns(into: &result)
      }
      conditional.otherwise.collectColumns(into: &result)
    case .binding(let binding):
      binding.value.collectColumns(into: &result)
      result.formUnion(binding.body.columns.subtracting([binding.column.id]))
    }
  }

  /// How often the expression reads a column.
  package func readCount(of column: ColumnID) -> Int {
    if case .column(let own) = self { return own.id == column ? 1 : 0 }
    return operands.reduce(0) { $0 + $1.readCount(of: column) }
  }

  /// Rewrites bottom-up: the arguments first, then the node itself.
  package func rewritten(_ rewrite: (Expression) -> Expression) -> Expression {
    switch self {
    case .literal, .column, .subquery: return rewrite(self)
    case .call(var call):
      call.arguments = call.arguments.map { $0.rewritten(rewrite) }
      return rewrite(.call(call))
    case .conditional(var conditional):
      conditional.branches = conditional.branches.map {
        Conditional.Branch(condition: $0.condition.rewritten(rewrite), value: $0.value.rewritten(rewrite))
      }
      conditional.otherwise = conditional.otherwise.rewritten(rewrite)
      return rewrite(.conditional(conditional))
    case .binding(var binding):
      binding.value = binding.value.rewritten(rewrite)
      binding.body = binding.body.rewritten(rewrite)
      return rewrite(.binding(binding))
    }
  }

  /// Replaces column references by the expressions that make them.
  package func substituting(_ replacements: [ColumnID: Expression]) -> Expression {
    rewritten { node in
      if case .column(let column) = node, let replacement = replacements[column.id] { return replacement }
      return node
    }
  }

  /// The operands of nested `and`s, in their order; the expression itself if it is none.
  package var conjuncts: [Expression] {
    var result: [Expression] = []
    collectOperands(of: Logical.and, into: &result)
    return result
  }

  /// The operands of nested `or`s.
  package var disjuncts: [Expression] {
    var result: [Expression] = []
    collectOperands(of: Logical.or, into: &result)
    return result
  }

  /// A chain of thousands is as deep as it is long: lists put together at each level would cost the square.
  private func collectOperands(of function: ScalarFunction, into result: inout [Expression]) {
    guard case .call(let call) = self, call.function === function else {
      result.append(self)
      return
    }
    for argument in call.arguments { argument.collectOperands(of: function, into: &result) }
  }

  /// The rules of the text that it comes from; nil for what is the same by any.
  package var dialect: Dialect? {
    if case .call(let call) = self { return call.dialect }
    return operands.lazy.compactMap(\.dialect).first
  }

  /// All of some conditions, by the rules of the first that has any; true if there are none.
  package static func all(of conditions: [Expression]) -> Expression {
    guard var result = conditions.first else { return .literal(.bool(true), .bool) }
    let dialect = conditions.lazy.compactMap(\.dialect).first ?? .own
    // Thousands of conditions must not nest as deep.
    if conditions.count > 64 {
      let middle = conditions.count / 2
      let halves = [conditions[..<middle], conditions[middle...]].map { all(of: Array($0)) }
      return .call(FunctionCall(function: Logical.and, arguments: halves, type: .bool, dialect: dialect))
    }
    for condition in conditions.dropFirst() {
      result = .call(
        FunctionCall(function: Logical.and, arguments: [result, condition], type: .bool, dialect: dialect))
    }
    return result
  }

  /// The parts that an expression may have where `isWithin` is asked.
  package static let nodeLimit = 1_000_000

  /// Whether the expression nests at most so deep and has at most `nodeLimit` parts.
  package func isWithin(levels: Int, parts: Int = Expression.nodeLimit) -> Bool {
    var parts = parts
    return isWithin(levels: levels, parts: &parts)
  }

  private func isWithin(levels: Int, parts: inout Int) -> Bool {
    parts -= 1
    guard levels >= 0, parts >= 0 else { return false }
    for operand in operands where !operand.isWithin(levels: levels - 1, parts: &parts) { return false }
    return true
  }

  package var constantValue: Value? {
    if case .literal(let value, _) = self { return value }
    return nil
  }

  /// False if an expression reads something that changes from row to row by itself (rand).
  package var isDeterministic: Bool {
    !contains { if case .call(let call) = $0 { call.function.stability == .volatile } else { false } }
  }

  package var scalarSubqueries: [ScalarSubquery] {
    if case .subquery(let subquery) = self { return [subquery] }
    return operands.flatMap(\.scalarSubqueries)
  }
}
