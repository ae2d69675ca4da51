/// A number as the sum of two doubles, for 106 bits of precision where a difference of large sums is taken.
struct DoubleDouble {
  let high: Double
  let low: Double

  init(high: Double, low: Double) {
    self.high = high
    self.low = low
  }

  /// The exact product of two doubles.
  init(_ left: Double, times right: Double) {
    high = left * right
    low = high.isFinite ? (-high).addingProduct(left, right) : 0
  }

  var value: Double { low.isFinite ? high + low : high }

  /// A sum and what rounding took from it.
  @inline(__always)
  static func exactSum(_ left: Double, _ right: Double) -> (sum: Double, lost: Double) {
    let sum = left + right
    let rounded = sum - left
    return (sum, (left - (sum - rounded)) + (right - rounded))
  }

  static func - (left: DoubleDouble, right: DoubleDouble) -> DoubleDouble {
    let (difference, lost) = exactSum(left.high, -right.high)
    return DoubleDouble(high: difference, low: lost + (left.low - right.low))
  }

  static func * (left: DoubleDouble, right: DoubleDouble) -> DoubleDouble {
    let product = DoubleDouble(left.high, times: right.high)
    return DoubleDouble(
      high: product.high, low: product.low + left.high * right.low + left.low * right.high)
  }

  func divided(by divisor: Double) -> DoubleDouble {
    let quotient = high / divisor
    let rest = high.addingProduct(-quotient, divisor)
    return DoubleDouble(high: quotient, low: (rest + low) / divisor)
  }
}
