/// Percentiles and medians of numbers in order, as SPL has them.
enum Quantile {
  /// Ranks go from 0 to one less than there are values; between two of them the value is in proportion.
  static func interpolated(_ percentile: Double, of count: Int, _ number: (Int) -> Double?) -> Double? {
    guard count > 0, percentile >= 0, percentile <= 100 else { return nil }
    let rank = Double(count - 1) * percentile / 100
    let place = Int(rank)
    guard let low = number(place) else { return nil }
    let part = rank - Double(place)
    guard part > 0, let high = number(place + 1) else { return low }
    return low + (high - low) * part
  }

  /// The middle value, or the mean of two in as many digits as they have, a half going up.
  static func median(of count: Int, _ number: (Int) -> Double?) -> Double? {
    guard count > 0, let low = number((count - 1) / 2), let high = number(count / 2) else { return nil }
    if low == high { return low }
    let mean = low + (high - low) / 2
    let digits = max(NumberText.decimals(of: low), NumberText.decimals(of: high))
    guard digits <= 12 else { return mean }
    let scale = powersOfTen[digits]
    let rounded = (mean * scale + 0.5).rounded(.down) / scale
    return rounded.isFinite ? rounded : mean
  }

  private static let powersOfTen: [Double] = (0...12).map { (0..<$0).reduce(1.0) { power, _ in power * 10 } }
}
