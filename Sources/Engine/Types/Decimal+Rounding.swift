#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Decimal {
  /// The same with at most so many digits behind the point; a negative number of them rounds to tens, hundreds, …
  ///
  /// - Parameter rule: `.up`, `.down`, `.towardZero` or, for all others, halves away from zero.
  func rounded(digits: Int, _ rule: FloatingPointRoundingRule) -> Decimal {
    guard isFinite, exponent < -digits, let whole = UInt128(significand.magnitude.description) else {
      return self
    }
    let dropped = -digits - exponent
    var scale: UInt128 = 1
    for _ in 0..<min(dropped, 38) { scale *= 10 }
    let isNegative = self < 0
    // A significand has 39 digits at most, so that nothing is left beyond them.
    let (kept, rest) = dropped > 38 ? (0, whole) : whole.quotientAndRemainder(dividingBy: scale)
    let goesUp =
      switch rule {
      case .up: rest > 0 && !isNegative
      case .down: rest > 0 && isNegative
      case .towardZero: false
      case .awayFromZero: rest > 0
      case .toNearestOrAwayFromZero, .toNearestOrEven: dropped <= 38 && rest >= scale - rest
      @unknown default: false
      }
    let result = kept + (goesUp ? 1 : 0)
    guard let digitsOfResult = Decimal(string: result.description) else { return self }
    return Decimal(sign: isNegative ? .minus : .plus, exponent: -digits, significand: digitsOfResult)
  }
}
