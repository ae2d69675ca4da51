package import Diagnostics

/// A width such as `5m`, `1d@d` or a plain `10`.
///
/// Example: `1h` has the amount 1 and the unit hour; `10` has no unit, and `@d` has the amount 1 and a snap.
package struct TimeSpanSyntax: Hashable, Sendable {
  package enum Unit: String, Hashable, Sendable {
    case microsecond, millisecond, centisecond, decisecond
    case second, minute, hour, day, week, month, quarter, year
  }

  /// The number as written; `1` where there is none.
  package let amount: String
  /// Nil for a plain number, which is a width of values.
  package let unit: Unit?
  /// The text after `@`, such as `d` or `w1`.
  package let snap: String?
  package let text: String
  package let span: SourceSpan

  init?(_ literal: StringLiteralSyntax) {
    text = literal.value
    span = literal.span
    var rest = Substring(literal.value)
    if let at = rest.firstIndex(of: "@") {
      let snapText = String(rest[rest.index(after: at)...])
      let letters = snapText.prefix { !$0.isNumber }
      guard Self.unit(String(letters)) != nil else { return nil }
      snap = snapText
      rest = rest[..<at]
    } else {
      snap = nil
    }
    let digits = rest.prefix { ("0"..."9").contains($0) || $0 == "." }
    let letters = String(rest.dropFirst(digits.count))
    guard !digits.isEmpty || !letters.isEmpty || snap != nil, digits.isEmpty || Double(digits) != nil
    else { return nil }
    amount = digits.isEmpty ? "1" : String(digits)
    if letters.isEmpty {
      unit = nil
    } else {
      guard let found = Self.unit(letters) else { return nil }
      unit = found
    }
  }

  /// The unit that a word stands for; `m` is a minute and `mon` a month.
  static func unit(_ word: String) -> Unit? {
    switch word.lowercased() {
    case "us": .microsecond
    case "ms": .millisecond
    case "cs": .centisecond
    case "ds": .decisecond
    case "s", "sec", "secs", "second", "seconds": .second
    case "m", "min", "mins", "minute", "minutes": .minute
    case "h", "hr", "hrs", "hour", "hours": .hour
    case "d", "day", "days": .day
    case "w", "week", "weeks": .week
    case "mon", "month", "months": .month
    case "q", "qtr", "qtrs", "quarter", "quarters": .quarter
    case "y", "yr", "yrs", "year", "years": .year
    default: nil
    }
  }
}
