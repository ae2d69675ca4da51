/// Numbers, truth values and times as integers in the same order, so that one loop finds the extremes of all.
///
///     real -1.5 < 0.0 < 2.0   becomes   -4609434218613702657 < 0 < 4611686018427387904
enum SortableKey {
  /// Whether a type has such keys.
  static func fits(_ type: DataType) -> Bool {
    switch type {
    case .bool, .int, .long, .real, .datetime, .timespan: true
    case .decimal, .guid, .string, .dynamic: false
    }
  }

  /// -0.0 is 0.0; NaN is the key that is asked for.
  @inline(__always)
  static func key(_ value: Double, nan: Int64) -> Int64 {
    if value.isNaN { return nan }
    let bits = Int64(bitPattern: (value + 0.0).bitPattern)
    return bits >= 0 ? bits : bits ^ Int64.max
  }

  /// The double of a key; the limits, which no number has, are NaN.
  static func real(_ key: Int64) -> Double {
    if key == Int64.max || key == Int64.min { return .nan }
    return Double(bitPattern: UInt64(bitPattern: key >= 0 ? key : key ^ Int64.max))
  }

  /// The keys of all rows; what a null row has is of no meaning. nil for a type without such keys.
  static func keys(_ column: Column, nan: Int64) -> Vector<Int64>? {
    switch column {
    case .int64(let integers): return integers.values
    case .real(let reals): return Vector(reals.values.withBuffer { $0.map { key($0, nan: nan) } })
    case .bool(let bools): return Vector(bools.values.withBuffer { $0.map { $0 ? 1 : 0 } })
    case .constant(let constant):
      guard fits(constant.type) else { return nil }
      if constant.type == .real, case .long(let value) = constant.value {
        return Vector(repeating: key(Double(value), nan: nan), count: constant.count)
      }
      let key: Int64 =
        switch constant.value {
        case .null: 0
        case .bool(let value): value ? 1 : 0
        case .long(let value), .datetime(let value), .timespan(let value): value
        case .real(let value): SortableKey.key(value, nan: nan)
        case .decimal, .guid, .string, .dynamic: 0
        }
      return Vector(repeating: key, count: constant.count)
    case .string, .values: return nil
    }
  }

  /// The values of keys as a column.
  static func column(_ type: DataType, _ keys: [Int64], validity: [Bool]?) -> Column {
    switch type {
    case .real: .reals(keys.map(real), validity: validity)
    case .bool: .bools(keys.map { $0 == 1 }, validity: validity)
    case .int, .long, .datetime, .timespan, .decimal, .guid, .string, .dynamic:
      .int64(type, keys, validity: validity)
    }
  }

  /// The value of one key.
  static func value(_ type: DataType, _ key: Int64) -> Value {
    switch type {
    case .real: .real(real(key))
    case .bool: .bool(key == 1)
    case .datetime: .datetime(key)
    case .timespan: .timespan(key)
    case .int, .long, .decimal, .guid, .string, .dynamic: .long(key)
    }
  }
}
