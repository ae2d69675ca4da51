/// Keeps the rows for which all conditions are true. Each condition sees only the rows that passed the ones before.
struct FilterOperator: StreamingOperator {
  private let conditions: [(expression: PhysicalExpression, inputs: Set<Int>)]

  init(_ conditions: [PhysicalExpression]) {
    self.conditions = conditions.map { ($0, $0.inputs) }
  }

  func process(_ chunk: Chunk) throws(ExecutionFailure) -> Chunk {
    var selection: Vector<UInt32>?
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
    return selection.map { chunk.gather($0) } ?? chunk
  }
}
