import Foundation

/// Reads cells as documentation prints them: numbers, datetimes and timespans in several styles.
enum PrintedValue {
  enum Number {
    case finite(Decimal)
    case special(Double)

    var double: Double {
      switch self {
      case .finite(let value): NSDecimalNumber(decimal: value).doubleValue
      case .special(let value): value
      }
    }
  }

  static func isNull(_ text: String) -> Bool {
    ["", "null", "(null)", "NULL", "Null", "<null>"].contains(text.trimmed)
  }

  static func number(_ text: String) -> Number? {
    let text = text.trimmed
    switch text.lowercased() {
    case "∞", "+∞", "inf", "infinity", "+inf", "+infinity": return .special(.infinity)
    case "-∞", "-inf", "-infinity": return .special(-.infinity)
    case "nan", "-nan": return .special(.nan)
    default: break
    }
    let isNumber =
      text.wholeMatch(
        of: #/[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?(?:[eE][-+]?\d+)?|[-+]?\.\d+(?:[eE][-+]?\d+)?/#)
      != nil
    guard isNumber else { return nil }
    let plain = text.replacingOccurrences(of: ",", with: "")
    if let value = Decimal(string: plain), !value.isNaN { return .finite(value) }
    return Double(plain).map { .special($0) }
  }

  /// The exponent of the last printed digit and the digits behind the point; nil for an integer.
  static func digits(_ text: String) -> (exponent: Int, count: Int)? {
    guard let match = text.wholeMatch(of: #/\s*[-+]?[\d,]*\.(\d*)(?:[eE]([-+]?\d+))?\s*/#) else { return nil }
    let exponent = match.2.flatMap { Int($0.hasPrefix("+") ? $0.dropFirst() : $0) } ?? 0
    return (exponent - match.1.count, match.1.count)
  }

  /// Ticks since year 1.
  static func datetime(_ text: String) -> Int64? {
    let parts: (Int?, Int?, Int?)
    var hour = 0
    var minute = 0
    var second = 0
    var fraction: Int64 = 0
    if let match = text.wholeMatch(
      of:
        #/(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s*(?:Z|\+00:00|UTC)?/#
    ) {
      parts = (Int(match.1), Int(match.2), Int(match.3))
      hour = match.4.flatMap { Int($0) } ?? 0
      minute = match.5.flatMap { Int($0) } ?? 0
      second = match.6.flatMap { Int($0) } ?? 0
      fraction = ticks(ofFraction: match.7 ?? "")
    } else if let match = text.wholeMatch(
      of:
        #/(\d{1,2})\/(\d{1,2})\/(\d{4})(?:,? (\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*([AaPp][Mm])?)?/#
    ) {
      parts = (Int(match.3), Int(match.1), Int(match.2))
      hour = match.4.flatMap { Int($0) } ?? 0
      if let half = match.8 { hour = hour % 12 + (half.lowercased() == "pm" ? 12 : 0) }
      minute = match.5.flatMap { Int($0) } ?? 0
      second = match.6.flatMap { Int($0) } ?? 0
      fraction = ticks(ofFraction: match.7 ?? "")
    } else {
      return nil
    }
    guard let year = parts.0, let month = parts.1, let day = parts.2, (1...12).contains(month), year > 0,
      hour < 24, minute < 60, second < 60, (1...days(month, year)).contains(day)
    else { return nil }
    let seconds = Int64((ordinal(year, month, day) * 24 + hour) * 3600 + minute * 60 + second)
    return seconds * 10_000_000 + fraction
  }

  private static func ordinal(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let before = year - 1
    let months = (1..<month).reduce(0) { $0 + days($1, year) }
    return before * 365 + before / 4 - before / 100 + before / 400 + months + day - 1
  }

  private static func days(_ month: Int, _ year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  static func timespan(_ text: String) -> Int64? {
    if let match = text.wholeMatch(of: #/(-)?(?:(\d+)[.:])?(\d{1,2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?/#) {
      guard let hour = Int64(match.3), let minute = Int64(match.4), let second = Int64(match.5), hour < 24,
        minute < 60, second < 60
      else { return nil }
      let day = match.2.flatMap { Int64($0) } ?? 0
      let total =
        (((day &* 24 &+ hour) &* 60 &+ minute) &* 60 &+ second) &* 10_000_000
        &+ ticks(ofFraction: match.6 ?? "")
      return match.1 == nil ? total : -total
    }
    if let match = text.wholeMatch(of: #/(-?\d+(?:\.\d+)?)\s*(d|h|m|s|ms|microseconds?|ticks?)/#) {
      let units: [Substring: Double] = [
        "d": 864e9, "h": 36e9, "m": 6e8, "s": 1e7, "ms": 1e4, "microsecond": 10, "microseconds": 10,
        "tick": 1,
        "ticks": 1,
      ]
      guard let count = Double(match.1), let unit = units[match.2] else { return nil }
      return Int64(exactly: (count * unit).rounded(.towardZero))
    }
    return nil
  }

  private static func ticks(ofFraction text: some StringProtocol) -> Int64 {
    let digits = text.prefix(7)
    return Int64(digits + String(repeating: "0", count: 7 - digits.count)) ?? 0
  }
}

extension String {
  var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }

  /// Runs of white space as one blank.
  var collapsed: String { replacing(#/\s+/#, with: " ").trimmed }
}
