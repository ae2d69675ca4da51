/// KQL's comparisons: `==`, `!=`, `<`, `<=`, `>`, `>=`.
package enum Comparison {
  package static let all: [ScalarFunction] = [equal, notEqual, less, lessOrEqual, greater, greaterOrEqual]

  private static let operands = [Parameter.any("left"), Parameter.any("right")]

  package static let equal = ScalarFunction(
    [.kql("==")], Signature(operands, returns: .computed { types, _ in equatable(types) }),
    "Is true if both are equal; texts by their case. Null against a value is false, null against null is null.",
    nulls: .handlesNulls, notation: .infix(.comparison),
    kernel: .vector { call in EqualityKernels.equal(call.arguments[0], call.arguments[1], count: call.count)
    },
    meaning: PredicateMeaning(.equals),
    examples: [
      .kql("1 == 1.0", gives: "true"),
      .kql(#""a" == "A""#, gives: "false"),
      .kql("int(null) == 1", gives: "false"),
      .kql("int(null) == int(null)", gives: "bool(null)"),
      .kql(#"dynamic("-1") == "-1""#, gives: "true"),
    ])

  package static let notEqual = ScalarFunction(
    [.kql("!="), .kqlAlias("<>")], Signature(operands, returns: .computed { types, _ in equatable(types) }),
    "Is true if both differ. Null against a value is true, null against null is null.",
    nulls: .handlesNulls, notation: .infix(.comparison),
    kernel: .vector { call in
      BoolKernels.not(EqualityKernels.equal(call.arguments[0], call.arguments[1], count: call.count))
    },
    meaning: PredicateMeaning(.equals, isNegated: true),
    examples: [
      .kql("1 != 2", gives: "true"),
      .kql("int(null) != 1", gives: "true"),
      .kql("int(null) != int(null)", gives: "bool(null)"),
    ])

  package static let less = ordering(
    "<", .less, "Is true if the left is smaller.",
    examples: [
      .kql("1 < 2.5", gives: "true"),
      .kql("int(null) < 1", gives: "bool(null)"),
    ]
  ) {
    $0 < $1
  } reals: {
    $0 < $1
  }

  package static let lessOrEqual = ordering(
    "<=", .lessOrEqual, "Is true if the left is smaller or equal.",
    examples: [
      .kql("1h <= 60m", gives: "true")
    ]
  ) {
    $0 <= $1
  } reals: {
    $0 <= $1
  }

  package static let greater = ordering(
    ">", .greater, "Is true if the left is larger.",
    examples: [
      .kql("datetime(2024-01-02) > datetime(2024-01-01)", gives: "true")
    ]
  ) {
    $0 > $1
  } reals: {
    $0 > $1
  }

  package static let greaterOrEqual = ordering(
    ">=", .greaterOrEqual, "Is true if the left is larger or equal.",
    examples: [
      .kql("2 >= 3", gives: "false")
    ]
  ) {
    $0 >= $1
  } reals: {
    $0 >= $1
  }

  private static func ordering(
    _ name: String, _ bound: PredicateMeaning.Bound, _ summary: String, examples: [FunctionExample],
    integers: @escaping @Sendable (Int64, Int64) -> Bool, reals: @escaping @Sendable (Double, Double) -> Bool
  ) -> ScalarFunction {
    ScalarFunction(
      [.kql(name)], Signature(operands, returns: .computed { types, _ in ordered(types) }), summary,
      notes: ["Texts have no order in KQL: compare them with `strcmp()`."], nulls: .handlesNulls,
      notation: .infix(.comparison),
      kernel: .vector { call in
        OrderingKernels.compare(
          call.arguments[0], call.arguments[1], count: call.count, integers: integers, reals: reals)
      }, meaning: PredicateMeaning(.bound(bound)), examples: examples)
  }

  /// Whether values of two types can be equal.
  package static func canEqual(_ left: DataType, _ right: DataType) -> Bool {
    if left == right || left == .dynamic || right == .dynamic { return true }
    return (left.isNumeric || left == .bool) && (right.isNumeric || right == .bool)
  }

  private static func equatable(_ types: [DataType]) -> DataType? {
    canEqual(types[0], types[1]) ? .bool : nil
  }

  private static func ordered(_ types: [DataType]) -> DataType? {
    func isOrdered(_ type: DataType) -> Bool {
      switch type {
      case .bool, .int, .long, .real, .decimal, .datetime, .timespan, .dynamic: true
      case .string, .guid: false
      }
    }
    guard types.allSatisfy(isOrdered), canOrder(types[0], types[1]) else { return nil }
    return equatable(types)
  }

  /// What is in a bag has an order among numbers only.
  package static func canOrder(_ left: DataType, _ right: DataType) -> Bool {
    let other = left == .dynamic ? right : right == .dynamic ? left : nil
    guard let other else { return canEqual(left, right) }
    return other.isNumeric || other == .dynamic
  }
}
