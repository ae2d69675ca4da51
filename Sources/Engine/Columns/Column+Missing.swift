extension Column {
  /// The rows at some indexes; where an index is `UInt32.max` the cell is missing: null, or "" for texts
  /// that are never null.
  func gatherOrMissing(_ rows: [UInt32], missingText: MissingText) -> Column {
    guard rows.contains(UInt32.max) else { return gather(Vector(rows)) }
    let filler = missingText.value(of: type)
    let extended = Column.concatenating([self, Column.of(type, [filler])], type: type)
    let last = UInt32(count)
    return extended.gather(Vector(rows.map { $0 == UInt32.max ? last : $0 }))
  }

  /// A column of missing cells.
  static func missing(_ type: DataType, count: Int, missingText: MissingText) -> Column {
    .constant(missingText.value(of: type), type, count: count)
  }
}
