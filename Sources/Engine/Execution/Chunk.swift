/// Some rows on their way through a pipeline.
struct Chunk: Sendable {
  var columns: [Column]
  var count: Int
  /// Where in its source the chunk begins, for what depends on the row's number.
  var firstRow = 0

  /// The rows at some indexes; only the listed columns, the others become null constants.
  func gather(_ rows: Vector<UInt32>, only wanted: Set<Int>) -> Chunk {
    let gathered = columns.enumerated().map { index, column in
      wanted.contains(index) ? column.gather(rows) : Column.constant(.null, column.type, count: rows.count)
    }
    return Chunk(columns: gathered, count: rows.count, firstRow: firstRow)
  }

  func gather(_ rows: Vector<UInt32>) -> Chunk {
    Chunk(columns: columns.map { $0.gather(rows) }, count: rows.count, firstRow: firstRow)
  }
}
