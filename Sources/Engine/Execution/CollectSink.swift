/// Keeps all rows, or the first so many.
final class CollectSink: ChunkSink {
  private(set) var chunks: [Chunk] = []
  private var count = 0
  private let limit: Int?

  init(limit: Int? = nil) { self.limit = limit }

  var isSatisfied: Bool { limit.map { count >= $0 } ?? false }

  func consume(_ chunk: Chunk) throws(ExecutionFailure) {
    chunks.append(chunk)
    count += chunk.count
  }

  /// All rows of some sinks, in their order.
  static func table(_ sinks: [CollectSink], columns: [PlanColumn], limit: Int? = nil) -> Table {
    let chunks = sinks.flatMap(\.chunks)
    let fields = columns.map { Field($0.name, $0.type) }
    let merged = columns.indices.map { index in
      Column.concatenating(chunks.map { $0.columns[index] }, type: columns[index].type)
    }
    let table = Table(
      fields: fields, columns: merged, rowCount: chunks.reduce(0) { $0 + $1.count })
    if let limit, table.rowCount > limit { return table.slice(0..<limit) }
    return table
  }
}
