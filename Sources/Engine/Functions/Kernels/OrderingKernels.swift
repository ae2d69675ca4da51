/// Order of two columns: numbers, datetimes, timespans and dynamic numbers. Null with either side null.
enum OrderingKernels {
  @inline(__always)
  static func compare(
    _ left: Column, _ right: Column, count: Int, integers: (Int64, Int64) -> Bool,
    reals: (Double, Double) -> Bool
  ) -> Column {
    let left = left.type == .dynamic ? inner(left, against: right.type) : left
    let right = right.type == .dynamic ? inner(right, against: left.type) : right
    let validity = NumberKernels.validity(left, right)
    if left.type != .real, right.type != .real, let first = NumberKernels.integers(left),
      let second = NumberKernels.integers(right)
    {
      return .bools(
        NumberKernels.Operand.combine(first, second, count: count, integers), validity: validity)
    }
    guard let first = NumberKernels.reals(left), let second = NumberKernels.reals(right) else {
      return .constant(.null, .bool, count: count)
    }
    return .bools(NumberKernels.Operand.combine(first, second, count: count, reals), validity: validity)
  }

  /// The values inside a dynamic column, as the type of the other side; numbers if that is dynamic too.
  private static func inner(_ column: Column, against type: DataType) -> Column {
    switch type {
    case .datetime, .timespan, .long, .int:
      let wanted: DataType = type == .int || type == .long ? .real : type
      return ConversionKernels.convert(column, to: wanted)
    case .bool, .real, .decimal, .guid, .string, .dynamic: return ConversionKernels.convert(column, to: .real)
    }
  }
}
