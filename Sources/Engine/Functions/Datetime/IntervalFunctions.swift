/// Whether a value lies within bounds: `between`, `!between`, `around`.
package enum IntervalFunctions {
  package static let all: [ScalarFunction] = [between, notBetween, around]

  private static let operands = Signature(
    [.any("value"), .any("low"), .any("high")], returns: .computed { types, _ in resultType(types) })

  package static let between = ScalarFunction(
    [.kql("between")], operands,
    "Is true if a value lies between two others, both included. After a datetime a timespan counts from it.",
    nulls: .handlesNulls, notation: .range, kernel: .vector { call in inside(call) },
    meaning: PredicateMeaning(.between),
    examples: [
      .kql("3 between (1 .. 3)", gives: "true"),
      .kql("3 between (1.5 .. 2.5)", gives: "false"),
      .kql("datetime(2024-01-02) between (datetime(2024-01-01) .. 1d)", gives: "true"),
      .kql("long(null) between (1 .. 3)", gives: "bool(null)"),
      .kql("0 between (1 .. long(null))", gives: "false", why: "the lower bound decides"),
    ])

  package static let notBetween = ScalarFunction(
    [.kql("!between")], operands,
    "Is true if a value lies outside two others.",
    nulls: .handlesNulls, notation: .range,
    kernel: .vector { call in BoolKernels.not(inside(call)) },
    meaning: PredicateMeaning(.between, isNegated: true),
    examples: [
      .kql("3 !between (1 .. 3)", gives: "false"),
      .kql("4 !between (1 .. 3)", gives: "true"),
      .kql("long(null) !between (1 .. 3)", gives: "bool(null)"),
    ])

  static let around = ScalarFunction(
    [.kql("around")],
    Signature(
      [.any("value"), .any("center"), .any("delta")],
      returns: .computed { types, _ in
        let areNumbers = types.allSatisfy(\.isNumeric)
        let areTimes =
          types[0] == types[1] && types[2] == .timespan && (types[0] == .datetime || types[0] == .timespan)
        return areNumbers || areTimes ? .bool : nil
      }),
    "Is true if a value is no further than a distance from a center.",
    kernel: .scalar { values in
      if let value = ticks(values[0]), let center = ticks(values[1]), let delta = ticks(values[2]) {
        let (low, lowOverflow) = center.subtractingReportingOverflow(delta)
        let (high, highOverflow) = center.addingReportingOverflow(delta)
        return .bool(value >= (lowOverflow ? .min : low) && value <= (highOverflow ? .max : high))
      }
      guard let value = values[0].number, let center = values[1].number, let delta = values[2].number else {
        return .null
      }
      return .bool(value >= center - delta && value <= center + delta)
    },
    examples: [
      .kql("around(8, 10, 2)", gives: "true"),
      .kql("around(datetime(2024-01-01 10:00), datetime(2024-01-01 11:01), 1h)", gives: "false"),
      .kql("around(long(null), 10, 2)", gives: "bool(null)"),
    ])

  private static func ticks(_ value: Value) -> Int64? {
    switch value {
    case .long(let number), .datetime(let number), .timespan(let number): number
    case .null, .bool, .real, .decimal, .guid, .string, .dynamic: nil
    }
  }

  private static func resultType(_ types: [DataType]) -> DataType? {
    // What is in a bag can be compared with numbers only.
    func matches(_ type: DataType) -> Bool {
      let isNumber = type.isNumeric || type == .dynamic
      return type == types[0] && type != .dynamic || (isNumber && types[0].isNumeric)
        || (types[0] == .dynamic && type.isNumeric)
    }
    guard types.allSatisfy({ $0 != .string && $0 != .guid && $0 != .bool }), matches(types[1]) else {
      return nil
    }
    let isSpan = types[2] == .timespan && (types[0] == .datetime || types[1] == .datetime)
    return isSpan || matches(types[2]) ? .bool : nil
  }

  private static func inside(_ call: VectorCall) -> Column {
    let value = call.arguments[0]
    let low = call.arguments[1]
    var high = call.arguments[2]
    if low.type == .datetime, high.type == .timespan {
      high = ArithmeticKernels.apply(.add, low, high, type: .datetime, count: call.count)
    }
    let above = OrderingKernels.compare(
      value, low, count: call.count, integers: { $0 >= $1 }, reals: { $0 >= $1 })
    let below = OrderingKernels.compare(
      value, high, count: call.count, integers: { $0 <= $1 }, reals: { $0 <= $1 })
    return BoolKernels.and(above, below, count: call.count)
  }
}
