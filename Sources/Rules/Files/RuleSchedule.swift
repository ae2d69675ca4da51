import Engine

/// How often a rule runs, over how much time, and how many rows make an alert.
///
/// Example: `queryFrequency: 1h`, `queryPeriod: 1d`, `triggerOperator: gt`, `triggerThreshold: 0`.
package struct RuleSchedule: Hashable, Sendable {
  package enum Operator: String, Hashable, Sendable, CaseIterable {
    case greaterThan = "gt"
    case lessThan = "lt"
    case equal = "eq"
    case notEqual = "ne"

    /// Reads both spellings: `gt` and `GreaterThan`.
    init?(text: String) {
      switch text.lowercased() {
      case "gt", "greaterthan": self = .greaterThan
      case "lt", "lessthan": self = .lessThan
      case "eq", "equal": self = .equal
      case "ne", "notequal": self = .notEqual
      default: return nil
      }
    }
  }

  /// As written: `1h`, `PT1H`.
  package var frequency: String?
  package var period: String?
  package var triggerOperator = Operator.greaterThan
  package var triggerThreshold = 0

  package init() {}

  /// So many rows make an alert.
  package func isTriggered(byRows count: Int) -> Bool {
    switch triggerOperator {
    case .greaterThan: count > triggerThreshold
    case .lessThan: count < triggerThreshold
    case .equal: count == triggerThreshold
    case .notEqual: count != triggerThreshold
    }
  }
}

extension RuleSchedule {
  /// `period` in ticks.
  package var periodTicks: Int64? { period.flatMap(RuleSchedule.ticks) }

  package var frequencyTicks: Int64? { frequency.flatMap(RuleSchedule.ticks) }

  /// Ticks of `1d`, `12h`, `PT5M` or `P1DT12H`; nil for what is no span of time above zero.
  package static func ticks(_ text: String) -> Int64? {
    let text = text.uppercased()
    let isISO = text.hasPrefix("P")
    var total: Int64 = 0
    var digits = ""
    var isTime = !isISO
    for character in isISO ? text.dropFirst() : text[...] {
      if character.isNumber {
        digits.append(character)
        continue
      }
      if character == "T", isISO, digits.isEmpty {
        isTime = true
        continue
      }
      let unit: Int64
      switch character {
      case "D": unit = Ticks.perDay
      case "W" where isISO: unit = 7 * Ticks.perDay
      case "H" where isTime: unit = Ticks.perHour
      case "M" where isTime: unit = Ticks.perMinute
      case "S" where isTime: unit = Ticks.perSecond
      default: return nil
      }
      guard let number = Int64(digits), number < 100_000 else { return nil }
      total += number * unit
      digits = ""
    }
    return digits.isEmpty && total > 0 ? total : nil
  }
}
