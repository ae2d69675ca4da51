import FoundationEssentials

/// Expressions are equal where they say the same of the same columns: a NaN equals itself here, and -0 is not 0.
extension Expression: Equatable {
  package static func == (left: Expression, right: Expression) -> Bool {
    switch (left, right) {
    case (.literal(let value, let type), .literal(let other, let otherType)):
      type == otherType && value.isSame(as: other)
    case (.column(let column), .column(let other)): column == other
    case (.call(let call), .call(let other)): call == other
    case (.conditional(let conditional), .conditional(let other)): conditional == other
    case (.subquery(let subquery), .subquery(let other)): subquery == other
    case (.binding(let binding), .binding(let other)): binding == other
    case (.literal, _), (.column, _), (.call, _), (.conditional, _), (.subquery, _), (.binding, _): false
    }
  }
}

extension Value {
  /// Whether two values cannot be told apart, by whatever is done with them.
  package func isSame(as other: Value) -> Bool {
    switch (self, other) {
    case (.real(let number), .real(let second)): number.isSame(as: second)
    case (.dynamic(let tree), .dynamic(let second)): tree.isSame(as: second)
    case (.decimal(let number), .decimal(let second)):
      number == second || (number.isNaN && second.isNaN)
    case (.null, _), (.bool, _), (.long, _), (.real, _), (.decimal, _), (.datetime, _), (.timespan, _),
      (.guid, _), (.string, _), (.dynamic, _):
      self == other
    }
  }
}

extension Double {
  fileprivate func isSame(as other: Double) -> Bool {
    bitPattern == other.bitPattern || (isNaN && other.isNaN)
  }
}

extension JSONValue {
  fileprivate func isSame(as other: JSONValue) -> Bool {
    switch (self, other) {
    case (.real(let number), .real(let second)): number.isSame(as: second)
    case (.array(let elements), .array(let second)):
      elements.count == second.count && zip(elements, second).allSatisfy { $0.isSame(as: $1) }
    case (.object(let members), .object(let second)):
      members.count == second.count
        && zip(members, second).allSatisfy { $0.key == $1.key && $0.value.isSame(as: $1.value) }
    case (.null, _), (.bool, _), (.long, _), (.real, _), (.string, _), (.array, _), (.object, _):
      self == other
    }
  }
}

/// Functions are compared by identity: there is one record of each.
extension ScalarFunction: Equatable {
  package static func == (left: ScalarFunction, right: ScalarFunction) -> Bool { left === right }
}

extension AggregateFunction: Equatable {
  package static func == (left: AggregateFunction, right: AggregateFunction) -> Bool { left === right }
}

extension WindowFunction: Equatable {
  package static func == (left: WindowFunction, right: WindowFunction) -> Bool { left === right }
}
