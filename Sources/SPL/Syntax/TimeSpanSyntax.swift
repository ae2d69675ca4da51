package import Diagnostics
package import Engine

/// A width such as `5m`, `1d@d` or a plain `10`.
///
/// Example: `1h` has the amount 1 and the unit hour; `10` has no unit, and `@d` has the amount 1 and a snap.
package struct TimeSpanSyntax: Hashable, Sendable {
  package enum Unit: Hashable, Sendable {
    case microsecond, millisecond, centisecond, decisecond
    case whole(TimeUnit)

    init?(_ word: String) {
      switch word.lowercased() {
      case "us": self = .microsecond
      case "ms": self = .millisecond
      case "cs": self = .centisecond
      case "ds": self = .decisecond
      default:
        guard let unit = TimeUnit(name: word) else { return nil }
        self = .whole(unit)
      }
    }

    var name: String {
      switch self {
      case .microsecond: "microsecond"
      case .millisecond: "millisecond"
      case .centisecond: "centisecond"
      case .decisecond: "decisecond"
      case .whole(let unit): unit.rawValue
      }
    }

    /// The fixed length in ticks; nil for months and longer.
    var ticks: Int64? {
      switch self {
      case .microsecond: Ticks.perMicrosecond
      case .millisecond: Ticks.perMillisecond
      case .centisecond: 10 * Ticks.perMillisecond
      case .decisecond: 100 * Ticks.perMillisecond
      case .whole(let unit): unit.ticks
      }
    }

    /// The length in months, for months and longer.
    var months: Int? { if case .whole(let unit) = self { unit.months } else { nil } }
  }

  /// The number as written; `1` where there is none.
  package let amount: String
  /// Nil for a plain number, which is a width of values.
  package let unit: Unit?
  /// What stands behind `@`, such as `d` or `w1`: where spans begin.
  package let snap: RelativeTime.Step?
  package let text: String
  package let span: SourceSpan

  init?(_ literal: StringLiteralSyntax) {
    text = literal.value
    span = literal.span
    var rest = Substring(literal.value)
    if let at = rest.firstIndex(of: "@") {
      guard let steps = RelativeTime(String(rest[at...]))?.steps, steps.count == 1 else { return nil }
      snap = steps[0]
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
      guard let found = Unit(letters) else { return nil }
      unit = found
    }
  }
}
