/// Single numbers that two series, or one as a vector, give: products, lengths, likeness.
package enum SeriesPairFunctions {
  package static let all: [ScalarFunction] = [
    dotProduct,
    number(
      "series_cosine_similarity", "Gives the cosine of the angle between two series as vectors.",
      examples: [.kql("series_cosine_similarity(dynamic([1,0]), dynamic([0,1]))", gives: "0.0")]
    ) { dot($0, $1) / (length($0) * length($1)) },
    number(
      "series_pearson_correlation", "Gives the Pearson correlation of two series.",
      examples: [.kql("series_pearson_correlation(dynamic([1,2,3]), dynamic([2,4,6]))", gives: "1.0")]
    ) { left, right in
      let first = centred(left)
      let second = centred(right)
      return dot(first, second) / (length(first) * length(second))
    },
    single(
      "series_product", "Gives the product of the elements.",
      examples: [.kql("series_product(dynamic([2,3,4]))", gives: "24.0")]
    ) { $0.reduce(1, *) },
    single(
      "series_magnitude", "Gives the length of a series as a vector.",
      examples: [.kql("series_magnitude(dynamic([3,4]))", gives: "5.0")]
    ) { length($0) },
  ]

  static let dotProduct = ScalarFunction(
    [.kql("series_dot_product")],
    Signature(
      [
        .oneOf("left", [.dynamic, .int, .long, .real]), .oneOf("right", [.dynamic, .int, .long, .real]),
      ], returns: .fixed(.real)),
    "Gives the sum of the products of two series' elements; a number stands for a series of it.",
    notes: ["Null where the series differ in length or hold what is no number."],
    kernel: .scalar { values in
      let count = values.compactMap { Series($0)?.values.count }.first ?? 1
      func numbers(_ value: Value) -> [Double]? {
        if let series = Series(value) { return series.numbers }
        return value.number.map { [Double](repeating: $0, count: count) }
      }
      guard let left = numbers(values[0]), let right = numbers(values[1]), left.count == right.count else {
        return .null
      }
      return .real(dot(left, right))
    },
    examples: [
      .kql("series_dot_product(dynamic([1,2,3]), dynamic([4,5,6]))", gives: "32.0"),
      .kql("series_dot_product(dynamic([1,2,4]), 2)", gives: "14.0"),
      .kql("series_dot_product(dynamic([1,2]), dynamic([1]))", gives: "real(null)"),
    ])

  private static func number(
    _ name: String, _ summary: String, examples: [FunctionExample],
    _ compute: @escaping @Sendable ([Double], [Double]) -> Double
  ) -> ScalarFunction {
    ScalarFunction(
      [.kql(name)], Signature([.dynamic("left"), .dynamic("right")], returns: .fixed(.real)), summary,
      notes: ["Null where the series differ in length or hold what is no number."],
      kernel: .scalar { values in
        guard let left = Series(values[0])?.numbers, let right = Series(values[1])?.numbers,
          left.count == right.count
        else { return .null }
        return .real(compute(left, right))
      }, examples: examples)
  }

  private static func single(
    _ name: String, _ summary: String, examples: [FunctionExample],
    _ compute: @escaping @Sendable ([Double]) -> Double
  ) -> ScalarFunction {
    ScalarFunction(
      [.kql(name)], Signature([.dynamic("series")], returns: .fixed(.real)), summary,
      notes: ["Null where an element is no number."],
      kernel: .scalar { values in Series(values[0])?.numbers.map { .real(compute($0)) } ?? .null },
      examples: examples)
  }

  private static func dot(_ left: [Double], _ right: [Double]) -> Double {
    zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private static func length(_ numbers: [Double]) -> Double { dot(numbers, numbers).squareRoot() }

  private static func centred(_ numbers: [Double]) -> [Double] {
    let mean = SeriesStatistics.mean(numbers)
    return numbers.map { $0 - mean }
  }
}
