/// A total order of values, for sorting boxed ones and for min and max of mixed ones.
package enum ValueOrder {
  /// Null before everything; numbers by value; values of other kinds by kind, then within the kind.
  package static func isBefore(_ left: Value, _ right: Value) -> Bool {
    let leftRank = rank(left)
    let rightRank = rank(right)
    if leftRank != rightRank { return leftRank < rightRank }
    switch (left, right) {
    case (.bool(let first), .bool(let second)): return !first && second
    case (.long(let first), .long(let second)), (.datetime(let first), .datetime(let second)),
      (.timespan(let first), .timespan(let second)):
      return first < second
    case (.decimal(let first), .decimal(let second)): return first < second
    case (.guid(let first), .guid(let second)): return first < second
    case (.string(let first), .string(let second)): return first.precedes(second)
    case (.dynamic(let first), .dynamic(let second)):
      return first.text.precedes(second.text)
    default:
      guard let first = left.number, let second = right.number else { return false }
      return first < second
    }
  }

  private static func rank(_ value: Value) -> Int {
    switch value {
    case .null: 0
    case .bool: 1
    case .long, .real, .decimal: 2
    case .datetime: 3
    case .timespan: 4
    case .string: 5
    case .guid: 6
    case .dynamic: 7
    }
  }
}
