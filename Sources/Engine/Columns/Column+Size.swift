extension Column {
  /// Bytes that the rows take, their dictionary included.
  package var byteCount: Int {
    switch self {
    case .constant: 16
    case .bool(let column): column.values.count
    case .int64(let column): column.values.count * 8
    case .real(let column): column.values.count * 8
    case .string(let column):
      column.codes.count * 4 + column.dictionary.byteCount + column.dictionary.count * 8
    case .values(let column): column.values.count * 48
    }
  }
}
