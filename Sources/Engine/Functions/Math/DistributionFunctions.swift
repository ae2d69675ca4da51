#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The beta distribution and Welch's test.
package enum DistributionFunctions {
  package static let all: [ScalarFunction] = [cumulative, density, inverse, welchTest]

  private static func beta(
    _ name: String, _ first: String, _ summary: String, outside: Value = .real(.nan),
    examples: [FunctionExample],
    _ compute: @escaping @Sendable (Double, Double, Double) -> Double?
  ) -> ScalarFunction {
    ScalarFunction(
      [.kql(name)], Signature([.real(first), .real("alpha"), .real("beta")], returns: .fixed(.real)), summary,
      notes: [
        "An `alpha` or `beta` that is not above 0 gives NaN.",
        "A `\(first)` that is not between 0 and 1 gives \(outside.isNull ? "null" : "NaN").",
      ],
      kernel: .scalar { values in
        guard let value = values[0].number, let alpha = values[1].number, let beta = values[2].number else {
          return .null
        }
        guard alpha > 0, beta > 0 else { return .real(.nan) }
        guard (0...1).contains(value) else { return outside }
        return compute(value, alpha, beta).map { .real($0) } ?? .null
      }, examples: examples)
  }

  static let cumulative = beta(
    "beta_cdf", "x", "Gives the probability that a beta-distributed number is at most x.",
    examples: [
      .kql("round(beta_cdf(0.5, 2, 2), 6)", gives: "0.5"),
      .kql("isnan(beta_cdf(2.0, 2, 2))", gives: "true"),
    ]
  ) { IncompleteBeta.regularized($0, $1, $2) }

  static let density = beta(
    "beta_pdf", "x", "Gives the density of the beta distribution at x.",
    examples: [
      .kql("round(beta_pdf(0.5, 2, 2), 6)", gives: "1.5"),
      .kql("isnan(beta_pdf(0.5, -1, 2))", gives: "true"),
    ]
  ) { x, alpha, beta in
    let scale: Double = lgamma(alpha + beta) - lgamma(alpha) - lgamma(beta)
    let left: Double = pow(x, alpha - 1)
    let right: Double = pow(1 - x, beta - 1)
    return exp(scale) * left * right
  }

  static let inverse = beta(
    "beta_inv", "probability", "Gives the x below which a share of the beta distribution lies.",
    outside: .null,
    examples: [
      .kql("round(beta_inv(0.5, 2, 2), 6)", gives: "0.5"),
      .kql("beta_inv(1.5, 2, 2)", gives: "real(null)"),
    ]
  ) { probability, alpha, beta in
    var low = 0.0
    var high = 1.0
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if IncompleteBeta.regularized(middle, alpha, beta) < probability { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  static let welchTest = ScalarFunction(
    [.kql("welch_test")],
    Signature(
      [
        .real("mean1"), .real("variance1"), .real("count1"), .real("mean2"), .real("variance2"),
        .real("count2"),
      ], returns: .fixed(.real)),
    "Gives the probability that two samples have one mean, by Welch's two-sided t-test.",
    kernel: .scalar { values in
      let numbers = values.compactMap(\.number)
      guard numbers.count == 6, numbers[2] > 1, numbers[5] > 1 else { return .null }
      let first = numbers[1] / numbers[2]
      let second = numbers[4] / numbers[5]
      guard first >= 0, second >= 0, first + second > 0 else { return .null }
      let statistic = (numbers[0] - numbers[3]) / (first + second).squareRoot()
      let freedom =
        (first + second) * (first + second)
        / (first * first / (numbers[2] - 1) + second * second / (numbers[5] - 1))
      return .real(IncompleteBeta.regularized(freedom / (freedom + statistic * statistic), freedom / 2, 0.5))
    },
    examples: [
      .kql("welch_test(1.0, 1.0, 10, 1.0, 1.0, 10)", gives: "1.0"),
      .kql("welch_test(1.0, 1.0, 1, 1.0, 1.0, 10)", gives: "real(null)"),
    ])
}

/// The regularized incomplete beta function, by its continued fraction.
enum IncompleteBeta {
  static func regularized(_ x: Double, _ alpha: Double, _ beta: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    let scale: Double = lgamma(alpha + beta) - lgamma(alpha) - lgamma(beta)
    let front: Double = exp(scale + alpha * log(x) + beta * log1p(-x))
    // The fraction converges fast on the left of the mean; the right is its mirror.
    if x < (alpha + 1) / (alpha + beta + 2) { return front * fraction(x, alpha, beta) / alpha }
    return 1 - front * fraction(1 - x, beta, alpha) / beta
  }

  /// Lentz's method.
  private static func fraction(_ x: Double, _ alpha: Double, _ beta: Double) -> Double {
    let tiny = 1e-300
    func nonzero(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var numerator = 1.0
    var denominator = 1 / nonzero(1 - (alpha + beta) * x / (alpha + 1))
    var result = denominator
    for step in 1...500 {
      let m = Double(step)
      let even: Double = m * (beta - m) * x / ((alpha + 2 * m - 1) * (alpha + 2 * m))
      denominator = 1 / nonzero(1 + even * denominator)
      numerator = nonzero(1 + even / numerator)
      result *= denominator * numerator
      let odd: Double = -(alpha + m) * (alpha + beta + m) * x / ((alpha + 2 * m) * (alpha + 2 * m + 1))
      denominator = 1 / nonzero(1 + odd * denominator)
      numerator = nonzero(1 + odd / numerator)
      let factor = denominator * numerator
      result *= factor
      if abs(factor - 1) < 1e-15 { break }
    }
    return result
  }
}
