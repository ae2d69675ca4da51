/// A sum of doubles that also keeps what rounding takes away, so that the order of the terms does not show.
///
///     [1e16, 1, -1e16]   plain: 0   here: 1
struct DoubleDouble {
  private(set) var high = 0.0
  private(set) var low = 0.0

  init() {}

  init(high: Double, low: Double) {
    self.high = high
    self.low = low
  }

  /// The exact product of two doubles.
  init(_ left: Double, times right: Double) {
    high = left * right
    low = high.isFinite ? (-high).addingProduct(left, right) : 0
  }

  /// The sum as one double. Infinities and NaN come through as in plain addition.
  @inline(__always)
  var value: Double {
    let sum = high + low
    return high.isFinite && low.isFinite ? sum : high
  }

  @inline(__always)
  mutating func add(_ term: Double) {
    let sum = high + term
    let rounded = sum - high
    low += (high - (sum - rounded)) + (term - rounded)
    high = sum
  }

  @inline(__always)
  mutating func add(_ other: DoubleDouble) {
    add(other.high)
    low += other.low
  }

  static func - (left: DoubleDouble, right: DoubleDouble) -> Double {
    var difference = left
    difference.add(DoubleDouble(high: -right.high, low: -right.low))
    return difference.value
  }

  func divided(by divisor: Double) -> DoubleDouble {
    let quotient = high / divisor
    let rest = high.addingProduct(-quotient, divisor)
    return DoubleDouble(high: quotient, low: (rest + low) / divisor)
  }

  static func * (left: DoubleDouble, right: DoubleDouble) -> DoubleDouble {
    let product = DoubleDouble(left.high, times: right.high)
    return DoubleDouble(
      high: product.high, low: product.low + left.high * right.low + left.low * right.high)
  }
}
