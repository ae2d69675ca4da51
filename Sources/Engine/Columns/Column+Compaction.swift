extension Column {
  /// The same rows over a dictionary of only their texts, where the dictionary is far larger than the rows.
  ///
  /// Operators do work for each entry of a dictionary; a few rows of a large table should not pay for all.
  package var compacted: Column {
    guard case .string(let column) = self, column.dictionary.count > 4 * column.codes.count + 16 else {
      return self
    }
    var builder = StringDictionaryBuilder()
    let codes = column.codes.array.map { builder.intern(column.dictionary[$0]) }
    return .string(
      StringColumn(
        type: column.type, codes: Vector(codes), dictionary: builder.finish(), validity: column.validity))
  }
}
