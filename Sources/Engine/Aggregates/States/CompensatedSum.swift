/// A sum of doubles that keeps what rounding takes away, twice over, so that the order of the terms does not show.
///
///     [1e16, 1, -1e16]   plain: 0   here: 1
struct CompensatedSum {
  private(set) var high = 0.0
  /// The sum of what additions to `high` lost, and of what additions to `low` lost.
  private(set) var low = 0.0
  private(set) var rest = 0.0

  init() {}

  /// A sum whose parts are known.
  init(high: Double, low: Double, rest: Double) {
    self.high = high
    self.low = low
    self.rest = rest
  }

  /// The sum as one double. Infinities and NaN come through as in plain addition.
  var value: Double { doubleDouble.value }

  var doubleDouble: DoubleDouble {
    guard high.isFinite, low.isFinite, rest.isFinite else { return DoubleDouble(high: high, low: 0) }
    let (tail, lost) = DoubleDouble.exactSum(low, rest)
    let (sum, carried) = DoubleDouble.exactSum(high, tail)
    return DoubleDouble(high: sum, low: carried + lost)
  }

  @inline(__always)
  mutating func add(_ term: Double) {
    let (sum, lost) = DoubleDouble.exactSum(high, term)
    high = sum
    let (lower, lowest) = DoubleDouble.exactSum(low, lost)
    low = lower
    rest += lowest
  }

  @inline(__always)
  mutating func add(_ term: DoubleDouble) {
    add(term.high)
    add(term.low)
  }

  mutating func add(_ other: CompensatedSum) {
    add(other.high)
    // Past an infinity or NaN the lost parts mean nothing.
    guard other.high.isFinite else { return }
    add(other.low)
    add(other.rest)
  }
}
