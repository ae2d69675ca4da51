/// Loops over columns of ticks and other integers, for functions that give an integer or null.
///
/// Example: `TickKernels.map(column, to: .datetime) { Ticks.floor($0, to: Ticks.perDay) }`.
enum TickKernels {
  @inline(__always)
  static func map(
    _ column: Column, to type: DataType, count: Int, _ transform: (Int64) -> Int64?
  ) -> Column {
    guard let operand = NumberKernels.integers(column) else { return .constant(.null, type, count: count) }
    switch operand {
    case .constant(let value):
      if case .constant(let constant) = column, constant.value.isNull {
        return .constant(.null, type, count: count)
      }
      return .constant(TickKernels.value(transform(value), type), type, count: count)
    case .column(let values):
      var validity = column.validity?.array
      let results = values.withBuffer { values in
        [Int64](unsafeUninitializedCapacity: count) { target, initialized in
          for row in 0..<count {
            let result = transform(values[row])
            target.initializeElement(at: row, to: result ?? 0)
            if result == nil { invalidate(row, &validity, count: count) }
          }
          initialized = count
        }
      }
      return .int64(type, results, validity: validity)
    }
  }

  @inline(__always)
  static func map(
    _ left: Column, _ right: Column, to type: DataType, count: Int, _ transform: (Int64, Int64) -> Int64?
  ) -> Column {
    guard let first = NumberKernels.integers(left), let second = NumberKernels.integers(right) else {
      return .constant(.null, type, count: count)
    }
    var validity = NumberKernels.validity(left, right)
    if case .constant(let one) = first, case .constant(let other) = second {
      if validity != nil { return .constant(.null, type, count: count) }
      return .constant(value(transform(one, other), type), type, count: count)
    }
    let results = NumberKernels.Operand.combine(first, second, count: count, transform)
    for row in 0..<count where results[row] == nil { invalidate(row, &validity, count: count) }
    return .int64(type, results.map { $0 ?? 0 }, validity: validity)
  }

  @inline(never)
  private static func invalidate(_ row: Int, _ validity: inout [Bool]?, count: Int) {
    if validity == nil { validity = [Bool](repeating: true, count: count) }
    validity?[row] = false
  }

  /// An integer as a value of an integer type.
  static func value(_ number: Int64?, _ type: DataType) -> Value {
    guard let number else { return .null }
    switch type {
    case .datetime: return .datetime(number)
    case .timespan: return .timespan(number)
    case .bool, .int, .long, .real, .decimal, .guid, .string, .dynamic: return .long(number)
    }
  }
}
