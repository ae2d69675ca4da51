/// Copies of the few rows that an aggregate such as `arg_max` may still need, out of all those it saw.
///
/// Rows are gathered from each chunk as columns; texts stay codes into their dictionary.
struct RetainedRows {
  private let types: [DataType]
  /// For each column, its pieces in the order in which they came.
  private var pieces: [[Column]]
  private(set) var count = 0

  init(types: [DataType]) {
    self.types = types
    pieces = types.map { _ in [] }
  }

  /// Adds rows of columns; gives the number of the first.
  mutating func append(_ columns: [Column], rows: Vector<UInt32>) -> UInt32 {
    let first = UInt32(truncatingIfNeeded: count)
    for index in pieces.indices where index < columns.count {
      pieces[index].append(columns[index].gather(rows))
    }
    count += rows.count
    return first
  }

  /// Adds the rows of another; gives the number of its first here.
  mutating func append(_ other: RetainedRows) -> UInt32 {
    let first = UInt32(truncatingIfNeeded: count)
    for index in pieces.indices { pieces[index].append(contentsOf: other.pieces[index]) }
    count += other.count
    return first
  }

  /// Drops all but some rows, which become 0, 1, 2, ….
  mutating func keep(_ rows: [UInt32]) {
    let kept = Vector(rows)
    for index in pieces.indices {
      pieces[index] = [Column.concatenating(pieces[index], type: types[index]).gather(kept)]
    }
    count = rows.count
  }

  /// The columns of some rows; `UInt32.max` is a missing one.
  func columns(rows: [UInt32], missingText: MissingText) -> [Column] {
    types.indices.map { index in
      if count == 0 { return .missing(types[index], count: rows.count, missingText: missingText) }
      return Column.concatenating(pieces[index], type: types[index])
        .gatherOrMissing(rows, missingText: missingText)
    }
  }
}
