/// Keeps the rows for which all conditions are true. Each condition sees only the rows that passed the ones before.
///
/// Conditions on one text column come first, the most selective of them before the others: they are known for each
/// entry of the dictionary, so that a row costs one look.
struct FilterOperator: StreamingOperator {
  private let conditions: [(expression: PhysicalExpression, inputs: Set<Int>)]
  private let lifted: [LiftedExpression]

  init(_ conditions: [PhysicalExpression]) {
    // Random numbers depend on which rows are asked for: then the order stays as written.
    let isOrdered = conditions.contains(where: \.isVolatile)
    var lifted: [LiftedExpression] = []
    var others: [(expression: PhysicalExpression, inputs: Set<Int>)] = []
    for condition in conditions {
      if case .lifted(let expression) = condition, !isOrdered {
        lifted.append(expression)
      } else {
        others.append((condition, condition.inputs))
      }
    }
    self.lifted = lifted
    self.conditions = others
  }

  func process(_ chunk: Chunk) throws(ExecutionFailure) -> Chunk {
    var selection: Vector<UInt32>?
    var tests: [LiftedExpression.Passing] = []
    var conditions = conditions
    for expression in lifted {
      if let test = try expression.passing(chunk) {
        tests.append(test)
      } else {
        conditions.insert((.lifted(expression), [expression.input]), at: 0)
      }
    }
    let shares = tests.map(\.share)
    for index in tests.indices.sorted(by: { (shares[$0], $0) < (shares[$1], $1) }) {
      if let kept = selection, kept.count == 0 { break }
      selection = tests[index].rows(among: selection)
    }
    for condition in conditions {
      if let kept = selection {
        if kept.count == 0 { break }
        let narrowed = chunk.gather(kept, only: condition.inputs)
        if let passed = BoolKernels.selection(try condition.expression.evaluate(narrowed)) {
          selection = kept.gather(passed)
        }
      } else {
        selection = BoolKernels.selection(try condition.expression.evaluate(chunk))
      }
    }
    guard let selection, selection.count < chunk.count else { return chunk }
    return chunk.gather(selection)
  }
}

extension PhysicalExpression {
  /// Something in it depends on which rows are asked for.
  var isVolatile: Bool {
    switch self {
    case .column, .constant, .lifted: false
    case .call(let call): call.takesRowNumbers || call.arguments.contains(where: \.isVolatile)
    case .conditional(let conditional):
      conditional.otherwise.isVolatile
        || conditional.branches.contains { $0.condition.isVolatile || $0.value.isVolatile }
    case .binding(let binding): binding.value.isVolatile || binding.body.isVolatile
    }
  }
}
