#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Functions of reals: roots, logarithms, trigonometry, gamma and error functions.
package enum RealFunctions {
  package static let all: [ScalarFunction] =
    powers + logarithms + trigonometry + special + [power, arcTangent2, pi, isNaN, isInfinite, isFinite]

  private static func unary(
    _ name: String, _ summary: String, naming: NamingRule = .firstArgument, examples: [FunctionExample],
    _ compute: @escaping @Sendable (Double) -> Double?
  ) -> ScalarFunction {
    ScalarFunction(
      [.kql(name)], Signature([.real("value")], returns: .fixed(.real)), summary, naming: naming,
      kernel: .vector { call in RealKernels.map(call.arguments[0], count: call.count, compute) },
      examples: examples)
  }

  private static let powers: [ScalarFunction] = [
    unary(
      "sqrt", "Gives the square root; NaN of a negative number.",
      examples: [.kql("sqrt(9)", gives: "3.0"), .kql("isnan(sqrt(-1))", gives: "true")]
    ) { $0.squareRoot() },
    unary(
      "exp", "Gives e to the power of a number.",
      examples: [.kql("exp(0)", gives: "1.0"), .kql("exp(1000)", gives: "real(+inf)")]
    ) { exp($0) },
    unary(
      "exp2", "Gives 2 to the power of a number.",
      examples: [.kql("exp2(10)", gives: "1024.0"), .kql("exp2(-1)", gives: "0.5")]
    ) { exp2($0) },
    unary(
      "exp10", "Gives 10 to the power of a number.",
      examples: [.kql("exp10(3)", gives: "1000.0"), .kql("exp10(real(null))", gives: "real(null)")]
    ) { pow(10, $0) },
  ]

  private static let logarithms: [ScalarFunction] = [
    unary(
      "log", "Gives the natural logarithm; -inf of 0, null of a negative number.",
      examples: [
        .kql("log(1)", gives: "0.0"), .kql("log(0)", gives: "real(-inf)"),
        .kql("log(-1)", gives: "real(null)"),
      ]
    ) { $0 < 0 ? nil : log($0) },
    unary(
      "log2", "Gives the logarithm to base 2; -inf of 0, null of a negative number.",
      examples: [.kql("log2(8)", gives: "3.0"), .kql("log2(-1)", gives: "real(null)")]
    ) { $0 < 0 ? nil : log2($0) },
    unary(
      "log10", "Gives the logarithm to base 10; -inf of 0, null of a negative number.",
      examples: [.kql("log10(1000)", gives: "3.0"), .kql("log10(0)", gives: "real(-inf)")]
    ) { $0 < 0 ? nil : log10($0) },
  ]

  private static let trigonometry: [ScalarFunction] = [
    unary(
      "sin", "Gives the sine of an angle in radians.",
      examples: [.kql("sin(0)", gives: "0.0"), .kql("sin(real(null))", gives: "real(null)")]
    ) { sin($0) },
    unary(
      "cos", "Gives the cosine of an angle in radians.",
      examples: [.kql("cos(0)", gives: "1.0"), .kql("cos(real(null))", gives: "real(null)")]
    ) { cos($0) },
    unary(
      "tan", "Gives the tangent of an angle in radians.",
      examples: [.kql("tan(0)", gives: "0.0"), .kql("tan(real(null))", gives: "real(null)")]
    ) { tan($0) },
    unary(
      "cot", "Gives the cotangent of an angle in radians.", naming: .none,
      examples: [.kql("round(cot(1), 4)", gives: "0.6421"), .kql("cot(0)", gives: "real(+inf)")]
    ) { 1 / tan($0) },
    unary(
      "asin", "Gives the angle of a sine, in radians.",
      examples: [.kql("asin(0)", gives: "0.0"), .kql("isnan(asin(2))", gives: "true")]
    ) { asin($0) },
    unary(
      "acos", "Gives the angle of a cosine, in radians.",
      examples: [.kql("acos(1)", gives: "0.0"), .kql("isnan(acos(2))", gives: "true")]
    ) { acos($0) },
    unary(
      "atan", "Gives the angle of a tangent, in radians.",
      examples: [.kql("atan(0)", gives: "0.0"), .kql("atan(real(null))", gives: "real(null)")]
    ) { atan($0) },
    unary(
      "degrees", "Turns radians into degrees.", naming: .none,
      examples: [.kql("degrees(pi())", gives: "180.0"), .kql("degrees(0)", gives: "0.0")]
    ) { $0 * 180 / Double.pi },
    unary(
      "radians", "Turns degrees into radians.", naming: .none,
      examples: [.kql("radians(180) == pi()", gives: "true"), .kql("radians(0)", gives: "0.0")]
    ) { $0 * Double.pi / 180 },
  ]

  private static let special: [ScalarFunction] = [
    unary(
      "gamma", "Gives the gamma function, which extends factorials.", naming: .firstArgument,
      examples: [.kql("gamma(5)", gives: "24.0"), .kql("gamma(1)", gives: "1.0")]
    ) { tgamma($0) },
    unary(
      "loggamma", "Gives the natural logarithm of the gamma function's absolute value.",
      naming: .firstArgument,
      examples: [.kql("loggamma(1)", gives: "0.0"), .kql("round(loggamma(5), 3)", gives: "3.178")]
    ) { lgamma($0) },
    unary(
      "erf", "Gives the error function.", naming: .firstArgument,
      examples: [.kql("erf(0)", gives: "0.0"), .kql("round(erf(1), 4)", gives: "0.8427")]
    ) { erf($0) },
    unary(
      "erfc", "Gives 1 less the error function.", naming: .firstArgument,
      examples: [.kql("erfc(0)", gives: "1.0"), .kql("round(erfc(1), 4)", gives: "0.1573")]
    ) { erfc($0) },
  ]

  static let power = ScalarFunction(
    [.kql("pow")], Signature([.real("base"), .real("exponent")], returns: .fixed(.real)),
    "Raises a number to a power.", naming: .firstArgument,
    kernel: .vector { call in
      RealKernels.map(call.arguments[0], call.arguments[1], count: call.count) { pow($0, $1) }
    },
    spellings: [.spl("pow($1, $2)")],
    examples: [
      .kql("pow(2, 3)", gives: "8.0"),
      .kql("isnan(pow(-1, 0.5))", gives: "true"),
      .kql("pow(2, real(null))", gives: "real(null)"),
    ])

  static let arcTangent2 = ScalarFunction(
    [.kql("atan2")], Signature([.real("y"), .real("x")], returns: .fixed(.real)),
    "Gives the angle between the x axis and a point, in radians.", naming: .firstArgument,
    kernel: .vector { call in
      RealKernels.map(call.arguments[0], call.arguments[1], count: call.count) { atan2($0, $1) }
    },
    examples: [.kql("atan2(0, 1)", gives: "0.0"), .kql("atan2(0, -1) == pi()", gives: "true")])

  static let pi = ScalarFunction(
    [.kql("pi")], Signature([], returns: .fixed(.real)), "Gives the number pi.",
    kernel: .scalar { _ in .real(Double.pi) },
    examples: [.kql("round(pi(), 4)", gives: "3.1416"), .kql("cos(pi())", gives: "-1.0")])

  private static func test(
    _ name: String, _ summary: String, examples: [FunctionExample],
    _ isTrue: @escaping @Sendable (Double) -> Bool
  ) -> ScalarFunction {
    ScalarFunction(
      [.kql(name)], Signature([.real("value")], returns: .fixed(.bool)), summary,
      kernel: .scalar { values in values[0].number.map { .bool(isTrue($0)) } ?? .null }, examples: examples)
  }

  static let isNaN = test(
    "isnan", "Is true for NaN.",
    examples: [.kql("isnan(0.0 / 0.0)", gives: "true"), .kql("isnan(real(null))", gives: "bool(null)")]
  ) { $0.isNaN }
  static let isInfinite = test(
    "isinf", "Is true for both infinities.",
    examples: [.kql("isinf(-1.0 / 0.0)", gives: "true"), .kql("isinf(real(nan))", gives: "false")]
  ) { $0.isInfinite }
  static let isFinite = test(
    "isfinite", "Is true for what is neither infinite nor NaN.",
    examples: [.kql("isfinite(1)", gives: "true"), .kql("isfinite(1.0 / 0.0)", gives: "false")]
  ) { $0.isFinite }
}
