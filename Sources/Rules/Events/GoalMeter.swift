import Engine

/// How much of a goal is there: of `a and b` a half if one is.
indirect enum GoalMeter {
  /// - Parameter isExact: null is not the opposite of true.
  case leaf(Int, wanted: Bool, isExact: Bool)
  case all([GoalMeter])
  case any([GoalMeter])
  case value(Int, Value)
  case noValue(Int, [Value])
  case filled(Int)
  case nothing

  init(_ goal: EventGoal, _ measures: inout [Expression]) {
    switch goal {
    case .holds(let expression): self.init(expression, true, isExact: true, &measures)
    case .fails(let expression): self.init(expression, false, isExact: false, &measures)
    case .equals(let expression, let value):
      measures.append(expression)
      self = .value(measures.count - 1, value)
    case .differs(let expression, let values):
      measures.append(expression)
      self = .noValue(measures.count - 1, values)
    case .filled(let expression):
      measures.append(expression)
      self = .filled(measures.count - 1)
    case .known: self = .nothing
    }
  }

  private init(
    _ condition: Expression, _ wanted: Bool, isExact: Bool, _ measures: inout [Expression]
  ) {
    if case .call(let call) = condition {
      if call.function === Logical.not, let operand = call.arguments.first, operand.isPlainlyNegated {
        self.init(operand, !wanted, isExact: true, &measures)
        return
      }
      let operands = call.function === Logical.and ? condition.conjuncts : condition.disjuncts
      if operands.count > 1 {
        let parts = operands.map { GoalMeter($0, wanted, isExact: isExact, &measures) }
        self = (call.function === Logical.and) == wanted ? .all(parts) : .any(parts)
        return
      }
    }
    measures.append(condition)
    self = .leaf(measures.count - 1, wanted: wanted, isExact: isExact)
  }

  func part(_ values: Table, row: Int) -> Double {
    switch self {
    case .nothing: return 1
    // A condition that is null keeps a row away as well as a false one; but what denies it is null as well.
    case .leaf(let column, let wanted, let isExact):
      let value = values.value(row: row, column: column)
      return (isExact ? value == .bool(wanted) : (value == .bool(true)) == wanted) ? 1 : 0
    case .all(let parts): return parts.reduce(0) { $0 + $1.part(values, row: row) } / Double(parts.count)
    case .any(let parts): return parts.map { $0.part(values, row: row) }.max() ?? 0
    case .value(let column, let wanted): return values.value(row: row, column: column).isLike(wanted) ? 1 : 0
    case .noValue(let column, let others):
      let value = values.value(row: row, column: column)
      return value.isNull || others.contains(where: value.isLike) ? 0 : 1
    case .filled(let column): return values.value(row: row, column: column).isFilled ? 1 : 0
    }
  }
}

extension Expression {
  /// `not` around it turns true and false round, and null does not come in between.
  fileprivate var isPlainlyNegated: Bool {
    guard case .call(let call) = self else { return false }
    return call.function.nulls == .neverNull || call.function === Logical.and || call.function === Logical.or
  }
}
