/// KQL's arithmetic on numbers, datetimes and timespans.
package enum Arithmetic {
  package static let all: [ScalarFunction] = [add, subtract, multiply, divide, modulo, negate]

  private static func binary(
    _ name: String, _ summary: String, notes: [String] = [], examples: [FunctionExample],
    _ operation: ArithmeticOperation
  ) -> ScalarFunction {
    ScalarFunction(
      [.kql(name)],
      Signature(
        [.any("left"), .any("right")],
        returns: .computed { types, _ in operation.resultType(types[0], types[1]) }),
      summary, notes: notes, notation: .infix(operation.strength),
      kernel: .vector { call in
        ArithmeticKernels.apply(
          operation, call.arguments[0], call.arguments[1], type: call.type, count: call.count)
      }, examples: examples)
  }

  package static let add = binary(
    "+", "Adds numbers, timespans, or a timespan to a datetime.",
    notes: ["Integers wrap around at 64 bits; a datetime outside years 1 to 9999 is null."],
    examples: [
      .kql("1 + 2", gives: "3"),
      .kql("int(1) + int(2)", gives: "3", why: "int with int is long"),
      .kql("datetime(2024-01-01) + 1d", gives: "datetime(2024-01-02)"),
      .kql("9223372036854775807 + 1", gives: "long(-9223372036854775808)"),
      .kql("1 + long(null)", gives: "long(null)"),
    ], .add)

  package static let subtract = binary(
    "-", "Subtracts; two datetimes give a timespan.",
    examples: [
      .kql("5 - 7", gives: "-2"),
      .kql("datetime(2024-01-02) - datetime(2024-01-01)", gives: "1d"),
    ], .subtract)

  package static let multiply = binary(
    "*", "Multiplies numbers, or a timespan by a number.",
    examples: [.kql("2 * 1h", gives: "2h"), .kql("1.5 * 2", gives: "3.0")], .multiply)

  package static let divide = binary(
    "/", "Divides; integers truncate toward zero, and by zero give null.",
    examples: [
      .kql("7 / 2", gives: "3"),
      .kql("-7 / 2", gives: "-3"),
      .kql("1 / 0", gives: "long(null)"),
      .kql("1.0 / 0", gives: "real(+inf)"),
      .kql("1d / 5h", gives: "4.8"),
    ], .divide)

  package static let modulo = binary(
    "%", "Gives the remainder, which is never negative; by zero, null.",
    examples: [
      .kql("-5 % 3", gives: "1"),
      .kql("14 % -12", gives: "2"),
      .kql("5 % 0", gives: "long(null)"),
    ], .modulo)

  package static let negate = ScalarFunction(
    [.kql("unary -")],
    Signature(
      [.oneOf("operand", [.real, .int, .long, .decimal, .timespan])],
      returns: .computed { types, _ in types[0] == .int ? .long : types[0] }),
    "Reverses the sign.", notation: .prefix("-"),
    kernel: .vector { call in
      ArithmeticKernels.apply(
        .subtract, .constant(ArithmeticKernels.zero(of: call.type), call.type, count: call.count),
        call.arguments[0], type: call.type, count: call.count)
    },
    examples: [.kql("-(5)", gives: "long(-5)"), .kql("-(1h)", gives: "time(-1h)")])
}

/// An arithmetic operator: what types it takes, and its result on integers and reals.
package enum ArithmeticOperation: Sendable {
  case add, subtract, multiply, divide, modulo

  var strength: BindingStrength {
    switch self {
    case .add, .subtract: .sum
    case .multiply, .divide, .modulo: .product
    }
  }

  func resultType(_ left: DataType, _ right: DataType) -> DataType? {
    switch (left, right) {
    case (.dynamic, .dynamic): return nil
    case (.dynamic, let other), (let other, .dynamic):
      if other.isNumeric { return other == .int ? .long : other }
      switch (self, other) {
      case (.add, .datetime): return .datetime
      case (.subtract, .datetime), (.add, .timespan), (.subtract, .timespan): return .timespan
      default: return nil
      }
    default: break
    }
    if let first = left.numericWidth, let second = right.numericWidth {
      let wider = first >= second ? left : right
      return wider == .int ? .long : wider
    }
    switch (self, left, right) {
    case (.add, .datetime, .timespan), (.add, .timespan, .datetime), (.subtract, .datetime, .timespan):
      return .datetime
    case (.subtract, .datetime, .datetime), (.add, .timespan, .timespan), (.subtract, .timespan, .timespan),
      (.modulo, .timespan, .timespan), (.modulo, .datetime, .timespan):
      return .timespan
    case (.divide, .timespan, .timespan), (.divide, .datetime, .timespan): return .real
    case (.multiply, .timespan, let other), (.divide, .timespan, let other):
      return other.isNumeric ? .timespan : nil
    case (.multiply, let other, .timespan): return other.isNumeric ? .timespan : nil
    default: return nil
    }
  }
}
