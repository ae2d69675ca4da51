/// A kind of moving average of `trendline`.
package enum TrendKind: String, Hashable, Sendable, CaseIterable {
  /// Each of the last values counts the same.
  case sma
  /// Earlier values count ever less.
  case ema
  /// The last value counts most, the first once.
  case wma
}

extension SPLWindowFunctions {
  /// The moving average of the last values that are numbers; null until there are so many.
  ///
  /// Example: over 1, 2, 6 the simple average of two is null, 1.5, 4.
  package static let trend = make(
    "trend", "A moving average.", .fixed(.real),
    [.any("value"), .string("kind").constant, .long("period").constant]
  ) { call in
    guard let column = call.arguments.first, case .string(let name)? = call.constant(1),
      let kind = TrendKind(rawValue: name), let period = call.integer(2), (1...1_000_000).contains(period)
    else { return .constant(.null, .real, count: call.count) }
    return Column.of(.real, averages(of: column, kind, period: Int(period), count: call.count))
  }

  private static func averages(of column: Column, _ kind: TrendKind, period: Int, count: Int) -> [Value] {
    var recent: [Double] = []
    var smooth: Double?
    return (0..<count).map { row -> Value in
      guard let number = NumberReader.number(column.value(at: row)) else { return .null }
      recent.append(number)
      if recent.count > period { recent.removeFirst() }
      guard recent.count == period else { return .null }
      switch kind {
      case .sma: return .real(recent.reduce(0, +) / Double(period))
      case .wma:
        let weighted = recent.enumerated().reduce(0) { $0 + Double($1.offset + 1) * $1.element }
        return .real(weighted / (Double(period) * Double(period + 1) / 2))
      case .ema:
        // It begins as the simple average of the first values.
        let weight = 2 / Double(period + 1)
        let next = smooth.map { $0 + weight * (number - $0) } ?? recent.reduce(0, +) / Double(period)
        smooth = next
        return .real(next)
      }
    }
  }
}
