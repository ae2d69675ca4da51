/// Where runs of rows begin: at the first row and wherever a restart condition is true.
enum RestartRows {
  static func flags(_ call: VectorCall, argument: Int) -> [Bool] {
    var flags = [Bool](repeating: false, count: call.count)
    if argument < call.arguments.count {
      BoolKernels.forEachTrue(call.arguments[argument]) { flags[$0] = true }
    }
    if !flags.isEmpty { flags[0] = true }
    return flags
  }

  /// Whether each row equals the one before it; nulls are equal, and so are NaNs.
  static func equalsPrevious(_ column: Column) -> [Bool] {
    let count = column.count
    var result = [Bool](repeating: false, count: count)
    guard count > 1 else { return result }
    for row in 1..<count {
      switch column {
      case .constant: result[row] = true
      case .int64(let integers) where integers.validity == nil:
        result[row] = integers.values[row] == integers.values[row - 1]
      case .string(let strings) where strings.validity == nil && strings.dictionary.isDistinct:
        result[row] = strings.codes[row] == strings.codes[row - 1]
      case .bool, .int64, .real, .string, .values:
        let value = column.value(at: row)
        let previous = column.value(at: row - 1)
        if case .real(let number) = value, case .real(let other) = previous, number.isNaN {
          result[row] = other.isNaN
        } else {
          result[row] = value == previous
        }
      }
    }
    return result
  }
}
