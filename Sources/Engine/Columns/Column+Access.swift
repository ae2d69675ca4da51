extension Column {
  /// The value of a row. For output and slow paths; kernels read the layouts.
  package func value(at row: Int) -> Value {
    switch self {
    case .constant(let column): return column.value
    case .bool(let column):
      if let validity = column.validity, !validity[row] { return .null }
      return .bool(column.values[row])
    case .int64(let column):
      if let validity = column.validity, !validity[row] { return .null }
      switch column.type {
      case .datetime: return .datetime(column.values[row])
      case .timespan: return .timespan(column.values[row])
      case .bool, .int, .long, .real, .decimal, .guid, .string, .dynamic: return .long(column.values[row])
      }
    case .real(let column):
      if let validity = column.validity, !validity[row] { return .null }
      return .real(column.values[row])
    case .string(let column):
      if let validity = column.validity, !validity[row] { return .null }
      let bytes = column.dictionary[column.codes[row]]
      if column.type == .dynamic {
        return JSONValue(parsing: bytes).map { .dynamic($0) } ?? .null
      }
      return .string(String(decoding: bytes, as: UTF8.self))
    case .values(let column): return column.values[row]
    }
  }

  package func isNull(at row: Int) -> Bool {
    switch self {
    case .constant(let column): column.value.isNull
    case .bool(let column): column.validity.map { !$0[row] } ?? false
    case .int64(let column): column.validity.map { !$0[row] } ?? false
    case .real(let column): column.validity.map { !$0[row] } ?? false
    case .string(let column): column.validity.map { !$0[row] } ?? false
    case .values(let column): column.values[row] == .null
    }
  }

  package func slice(_ range: Range<Int>) -> Column {
    if range == 0..<count { return self }
    switch self {
    case .constant(var column):
      column.count = range.count
      return .constant(column)
    case .bool(let column):
      return .bool(BoolColumn(values: column.values.slice(range), validity: column.validity?.slice(range)))
    case .int64(let column):
      return .int64(
        Int64Column(
          type: column.type, values: column.values.slice(range), validity: column.validity?.slice(range)))
    case .real(let column):
      return .real(RealColumn(values: column.values.slice(range), validity: column.validity?.slice(range)))
    case .string(let column):
      return .string(
        StringColumn(
          type: column.type, codes: column.codes.slice(range), dictionary: column.dictionary,
          validity: column.validity?.slice(range)))
    case .values(let column):
      return .values(ValueColumn(type: column.type, values: column.values.slice(range)))
    }
  }

  /// The rows at some indexes, in their order; an index may repeat.
  package func gather(_ rows: Vector<UInt32>) -> Column {
    switch self {
    case .constant(var column):
      column.count = rows.count
      return .constant(column)
    case .bool(let column):
      return .bool(BoolColumn(values: column.values.gather(rows), validity: column.validity?.gather(rows)))
    case .int64(let column):
      return .int64(
        Int64Column(
          type: column.type, values: column.values.gather(rows), validity: column.validity?.gather(rows)))
    case .real(let column):
      return .real(RealColumn(values: column.values.gather(rows), validity: column.validity?.gather(rows)))
    case .string(let column):
      return .string(
        StringColumn(
          type: column.type, codes: column.codes.gather(rows), dictionary: column.dictionary,
          validity: column.validity?.gather(rows)))
    case .values(let column):
      return .values(ValueColumn(type: column.type, values: column.values.gather(rows)))
    }
  }

  /// The same rows without the constant layout.
  package var materialized: Column {
    guard case .constant(let constant) = self else { return self }
    if constant.count == 0 { return Column.of(constant.type, []) }
    return Column.of(constant.type, [constant.value]).gather(Vector(repeating: 0, count: constant.count))
  }
}
