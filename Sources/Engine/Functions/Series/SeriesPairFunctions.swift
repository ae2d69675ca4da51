import Foundation

/// Single numbers that two series, or one as a vector, give: products, lengths, likeness.
package enum SeriesPairFunctions {
  package static let all: [ScalarFunction] = [
    number(
      "series_dot_product", "Gives the sum of the products of two series' elements.",
      examples: [.kql("series_dot_product(dynamic([1,2,3]), dynamic([4,5,6]))", gives: "32.0")]
    ) { dot($0, $1) },
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

  private static func number(
    _ name: String, _ summary: String, examples: [FunctionExample],
    _ compute: @escaping @Sendable ([Double], [Double]) -> Double
  ) -> ScalarFunction {
    ScalarFunction(
      [.kql(name)], Signature([.dynamic("left"), .dynamic("right")], returns: .fixed(.real)), summary,
      notes: ["Null where the series differ in length or hold what is no number."], naming: .firstArgument,
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
      notes: ["Null where an element is no number."], naming: .firstArgument,
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
