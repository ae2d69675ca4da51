#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Mathematics of `eval`, on reals.
package enum SPLMathFunctions {
  package static let all: [ScalarFunction] =
    rounding + powers + trigonometry + [
      round, power, logarithm, arcTangent2, hypotenuse, pi, exact, random,
    ]

  private static func unary(
    _ names: [FunctionName], _ summary: String, spellings: [Spelling] = [], examples: [FunctionExample],
    _ compute: @escaping @Sendable (Double) -> Double?
  ) -> ScalarFunction {
    ScalarFunction(
      names, Signature([.real("number")], returns: .fixed(.real)), summary,
      kernel: .vector { call in RealKernels.map(call.arguments[0], count: call.count, compute) },
      spellings: spellings, examples: examples)
  }

  private static let rounding: [ScalarFunction] = [
    unary(
      [.spl("floor")], "Rounds down to a whole number.",
      spellings: [.kql("bin($n1, 1)")],
      examples: [.spl("floor(1.9)", gives: "1"), .spl("floor(-1.1)", gives: "-2")]
    ) { $0.rounded(.down) },
    unary(
      [.spl("ceiling"), .splAlias("ceil")], "Rounds up to a whole number.",
      spellings: [.kql("ceiling($n1)")],
      examples: [.spl("ceiling(1.1)", gives: "2"), .spl("ceil(-1.9)", gives: "-1")]
    ) { $0.rounded(.up) },
    unary(
      [.spl("abs")], "Gives a number without its sign.",
      spellings: [.kql("abs($n1)")],
      examples: [.spl("abs(-3)", gives: "3"), .spl(#"isnull(abs(lower("x")))"#, gives: "true()")]
    ) { abs($0) },
  ]

  private static let powers: [ScalarFunction] = [
    unary(
      [.spl("sqrt")], "Gives the square root; null of a negative number.",
      spellings: [.kql("sqrt($n1)")],
      examples: [.spl("sqrt(9)", gives: "3"), .spl("isnull(sqrt(-1))", gives: "true()")]
    ) { $0 < 0 ? nil : $0.squareRoot() },
    unary(
      [.spl("exp")], "Gives e to the power of a number.",
      spellings: [.kql("exp($n1)")],
      examples: [.spl("exp(0)", gives: "1"), .spl("round(exp(1), 3)", gives: "2.718")]
    ) { exp($0) },
    unary(
      [.spl("ln")], "Gives the natural logarithm; null of what is not positive.",
      spellings: [.kql("log($n1)")],
      examples: [.spl("ln(1)", gives: "0"), .spl("isnull(ln(0))", gives: "true()")]
    ) { $0 > 0 ? log($0) : nil },
  ]

  private static func angle(
    _ name: String, _ summary: String, gives atZero: String, _ compute: @escaping @Sendable (Double) -> Double
  ) -> ScalarFunction {
    unary(
      [.spl(name)], summary,
      examples: [
        .spl("round(\(name)(0), 4)", gives: atZero), .spl("isnull(\(name)(nullif(1, 1)))", gives: "true()"),
      ]
    ) { number in
      let result = compute(number)
      return result.isNaN ? nil : result
    }
  }

  private static let trigonometry: [ScalarFunction] = [
    angle("sin", "Gives the sine of an angle in radians.", gives: "0") { sin($0) },
    angle("cos", "Gives the cosine of an angle in radians.", gives: "1") { cos($0) },
    angle("tan", "Gives the tangent of an angle in radians.", gives: "0") { tan($0) },
    angle("asin", "Gives the angle of a sine.", gives: "0") { asin($0) },
    angle("acos", "Gives the angle of a cosine.", gives: "1.5708") { acos($0) },
    angle("atan", "Gives the angle of a tangent.", gives: "0") { atan($0) },
    angle("sinh", "Gives the hyperbolic sine.", gives: "0") { sinh($0) },
    angle("cosh", "Gives the hyperbolic cosine.", gives: "1") { cosh($0) },
    angle("tanh", "Gives the hyperbolic tangent.", gives: "0") { tanh($0) },
    angle("asinh", "Gives the inverse hyperbolic sine.", gives: "0") { asinh($0) },
    angle("acosh", "Gives the inverse hyperbolic cosine.", gives: "null()") { acosh($0) },
    angle("atanh", "Gives the inverse hyperbolic tangent.", gives: "0") { atanh($0) },
  ]

  package static let round = ScalarFunction(
    [.spl("round")], Signature([.real("number"), .real("digits").optional], returns: .fixed(.real)),
    "Rounds to some digits behind the point, to whole numbers without.", notes: ["Halves go away from zero."],
    kernel: .scalar { values in
      guard let number = values[0].number else { return .null }
      let digits = values.count > 1 ? max(-15, min(15, values.integer(1) ?? 0)) : 0
      let scale = pow(10, Double(abs(digits)))
      let scaled = digits < 0 ? number / scale : number * scale
      guard scaled.isFinite else { return .real(number) }
      return .real(digits < 0 ? scaled.rounded() * scale : scaled.rounded() / scale)
    },
    spellings: [.kql("round($n1)"), .kql("round($n1, $w2)")],
    examples: [
      .spl("round(3.5)", gives: "4"), .spl("round(2.555, 1)", gives: "2.6"), .spl("round(-2.5)", gives: "-3"),
    ])

  static let power = ScalarFunction(
    [.spl("pow")], Signature([.real("base"), .real("exponent")], returns: .fixed(.real)),
    "Raises a number to a power.",
    kernel: .vector { call in
      RealKernels.map(call.arguments[0], call.arguments[1], count: call.count) { pow($0, $1) }
    },
    spellings: [.kql("pow($n1, $n2)")],
    examples: [.spl("pow(2, 10)", gives: "1024"), .spl("isnull(pow(2, nullif(1, 1)))", gives: "true()")])

  static let logarithm = ScalarFunction(
    [.spl("log")], Signature([.real("number"), .real("base").optional], returns: .fixed(.real)),
    "Gives the logarithm to a base, 10 if there is none.", notes: ["Null of what is not positive."],
    kernel: .scalar { values in
      guard let number = values[0].number, number > 0 else { return .null }
      if values.count == 1 { return .real(log10(number)) }
      guard let base = values[1].number, base > 0, base != 1 else { return .null }
      return .real(base == 2 ? log2(number) : log(number) / log(base))
    },
    examples: [
      .spl("log(1000)", gives: "3"), .spl("log(8, 2)", gives: "3"), .spl("isnull(log(0))", gives: "true()"),
    ])

  static let arcTangent2 = ScalarFunction(
    [.spl("atan2")], Signature([.real("y"), .real("x")], returns: .fixed(.real)),
    "Gives the angle between the x axis and a point, in radians.",
    kernel: .vector { call in
      RealKernels.map(call.arguments[0], call.arguments[1], count: call.count) { atan2($0, $1) }
    },
    examples: [.spl("atan2(0, 1)", gives: "0"), .spl("round(atan2(1, 0), 4)", gives: "1.5708")])

  static let hypotenuse = ScalarFunction(
    [.spl("hypot")], Signature([.real("x"), .real("y")], returns: .fixed(.real)),
    "Gives the length of the third side of a right triangle.",
    kernel: .vector { call in
      RealKernels.map(call.arguments[0], call.arguments[1], count: call.count) { hypot($0, $1) }
    },
    examples: [.spl("hypot(3, 4)", gives: "5"), .spl("isnull(hypot(3, nullif(1, 1)))", gives: "true()")])

  static let pi = ScalarFunction(
    [.spl("pi")], Signature([], returns: .fixed(.real)), "Gives the number pi.",
    kernel: .scalar { _ in .real(Double.pi) },
    examples: [.spl("round(pi(), 4)", gives: "3.1416"), .spl("round(cos(pi()))", gives: "-1")])

  static let exact = unary(
    [.spl("exact")], "Gives a number in full precision.",
    examples: [
      .spl("exact(1.5)", gives: "1.5"), .spl("isnull(exact(nullif(1, 1)))", gives: "true()"),
    ]
  ) { $0 }

  static let random = ScalarFunction(
    [.spl("random")], Signature([], returns: .fixed(.real)),
    "Gives a whole number from 0 to 2147483647 for each row.",
    notes: ["A run over the same data at the same `now` gives the same numbers."], stability: .volatile,
    kernel: .prepared { arguments in
      let stream = RandomStream(arguments)
      return { values in .real(Double(stream.bits(values) >> 33)) }
    },
    examples: [
      .spl("if(random() < 2147483648, 1, 0)", gives: "1"), .spl("if(random() >= 0, 1, 0)", gives: "1"),
    ])
}
