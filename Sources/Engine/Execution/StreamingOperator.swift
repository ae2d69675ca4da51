/// An operator that handles one chunk at a time and keeps nothing between chunks.
protocol StreamingOperator: Sendable {
  func process(_ chunk: Chunk) throws(ExecutionFailure) -> Chunk
}

/// Rows of a table and what is done to them on the way; the unit that is cut into chunks.
struct Segment: Sendable {
  var source: Table
  var operators: [any StreamingOperator]

  func chunk(_ range: Range<Int>) throws(ExecutionFailure) -> Chunk {
    var chunk = Chunk(
      columns: source.columns.map { $0.slice(range) }, count: range.count, firstRow: range.lowerBound)
    for step in operators { chunk = try step.process(chunk) }
    return chunk
  }
}
