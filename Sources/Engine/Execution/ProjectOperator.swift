/// Gives a list of expressions as columns.
struct ProjectOperator: StreamingOperator {
  let expressions: [PhysicalExpression]

  func process(_ chunk: Chunk) throws(ExecutionFailure) -> Chunk {
    var columns: [Column] = []
    columns.reserveCapacity(expressions.count)
    for expression in expressions { columns.append(try expression.evaluate(chunk)) }
    return Chunk(columns: columns, count: chunk.count, firstRow: chunk.firstRow)
  }
}
