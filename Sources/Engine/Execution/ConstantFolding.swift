/// Values of expressions that read no column, for operators that need them before the run.
package enum ConstantFolding {
  /// - Parameters:
  ///   - now: the time of the run, if it is fixed already.
  ///   - resources: what is there of the run's.
  package static func value(
    of expression: Expression, now: Int64?, resources: RunResources = RunResources()
  ) throws(ExecutionFailure) -> Value {
    guard expression.columns.isEmpty, expression.scalarSubqueries.isEmpty, now != nil || !expression.readsNow
    else {
      throw ExecutionFailure("not-constant", "the value is not known before the run")
    }
    let context = ExecutionContext(now: now ?? 0, resources: resources)
    let compiler = ExpressionCompiler(layout: [], context: context, subqueries: [:])
    return try compiler.compile(expression).evaluate(Chunk(columns: [], count: 1)).value(at: 0)
  }
}

extension Expression {
  /// Depends on the time of the run.
  package var readsNow: Bool {
    contains { if case .call(let call) = $0 { call.function.stability == .stablePerQuery } else { false } }
  }
}

extension ConstantFolding {
  /// What is wrong with the constant arguments of a call, if anything: a bad pattern, an unknown unit.
  package static func failure(of call: FunctionCall) -> FunctionFailure? {
    switch call.function.kernel {
    case .scalar, .vector: return nil
    case .prepared, .textTest: break
    }
    let constants = call.arguments.map(\.constantValue)
    if call.function.nulls == .nullIfAnyNull, constants.contains(where: { $0?.isNull == true }) { return nil }
    let prepared = PreparedArguments(
      constants: constants, types: call.arguments.map(\.type), type: call.type, dialect: call.dialect,
      now: 0)
    do throws(FunctionFailure) {
      _ = try KernelAdapter.body(of: call, prepared: prepared)
      return nil
    } catch {
      return error
    }
  }
}
