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
  package var periodTicks: Int64? { period.flatMap(ScheduleDuration.ticks) }

  package var frequencyTicks: Int64? { frequency.flatMap(ScheduleDuration.ticks) }
}
