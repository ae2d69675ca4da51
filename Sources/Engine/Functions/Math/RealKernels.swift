/// Loops over columns of reals, for functions that give a real or null.
///
/// Example: `RealKernels.map(column, count: count) { $0.squareRoot() }`.
enum RealKernels {
  @inline(__always)
  static func map(_ column: Column, count: Int, _ transform: (Double) -> Double?) -> Column {
    guard let operand = NumberKernels.reals(column) else { return .constant(.null, .real, count: count) }
    switch operand {
    case .constant(let value):
      if case .constant(let constant) = column, constant.value.isNull {
        return .constant(.null, .real, count: count)
      }
      return .constant(transform(value).map { .real($0) } ?? .null, .real, count: count)
    case .column(let values):
      var validity = column.validity?.array
      var results: [Double] = []
      results.reserveCapacity(count)
      values.withBuffer { values in
        for row in 0..<count {
          let result = transform(values[row])
          results.append(result ?? 0)
          if result == nil { invalidate(row, &validity, count: count) }
        }
      }
      return .reals(results, validity: validity)
    }
  }

  @inline(__always)
  static func map(
    _ left: Column, _ right: Column, count: Int, _ transform: (Double, Double) -> Double?
  ) -> Column {
    guard let first = NumberKernels.reals(left), let second = NumberKernels.reals(right) else {
      return .constant(.null, .real, count: count)
    }
    var validity = NumberKernels.validity(left, right)
    if case .constant(let one) = first, case .constant(let other) = second {
      let value = validity == nil ? transform(one, other) : nil
      return .constant(value.map { .real($0) } ?? .null, .real, count: count)
    }
    let results = NumberKernels.Operand.combine(first, second, count: count, transform)
    for row in 0..<count where results[row] == nil { invalidate(row, &validity, count: count) }
    return .reals(results.map { $0 ?? 0 }, validity: validity)
  }

  @inline(never)
  private static func invalidate(_ row: Int, _ validity: inout [Bool]?, count: Int) {
    if validity == nil { validity = [Bool](repeating: true, count: count) }
    validity?[row] = false
  }
}
