#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Series functions that work on each element: arithmetic, comparison, filling of gaps.
package enum SeriesElementFunctions {
  package static let all: [ScalarFunction] = arithmetic + comparisons + unary + fills

  private static func binary(
    _ name: String, _ summary: String, keepsIntegers: Bool, examples: [FunctionExample],
    _ compute: @escaping @Sendable (Double, Double) -> Double
  ) -> ScalarFunction {
    ScalarFunction(
      [.kql(name)], Signature([.any("left"), .any("right")], returns: .fixed(.dynamic)), summary,
      notes: ["One side may be a single number. Elements that are no numbers give null."],
      kernel: .scalar { values in
        guard let (left, right) = pair(values) else { return .null }
        let results = zipped(left, right, compute)
        return .dynamic(Series.array(results, asIntegers: keepsIntegers && left.isInteger && right.isInteger))
      }, examples: examples)
  }

  private static let arithmetic: [ScalarFunction] = [
    binary(
      "series_add", "Adds the elements of two series.", keepsIntegers: true,
      examples: [
        .kql("series_add(dynamic([1,2]), dynamic([10,20]))", gives: "dynamic([11,22])"),
        .kql("series_add(dynamic([1,null]), 0.5)", gives: "dynamic([1.5,null])"),
      ]
    ) { $0 + $1 },
    binary(
      "series_subtract", "Subtracts the elements of two series.", keepsIntegers: true,
      examples: [
        .kql("series_subtract(dynamic([1,2]), dynamic([10,20]))", gives: "dynamic([-9,-18])"),
        .kql("series_subtract(dynamic([1,2]), dynamic([1]))", gives: "dynamic([0,null])"),
      ]
    ) { $0 - $1 },
    binary(
      "series_multiply", "Multiplies the elements of two series.", keepsIntegers: true,
      examples: [
        .kql("series_multiply(dynamic([1,2]), dynamic([10,20]))", gives: "dynamic([10,40])"),
        .kql("series_multiply(dynamic([1,2]), 3)", gives: "dynamic([3,6])"),
      ]
    ) { $0 * $1 },
    binary(
      "series_divide", "Divides the elements of two series, always to reals.", keepsIntegers: false,
      examples: [
        .kql("series_divide(dynamic([1,3]), dynamic([2,2]))", gives: "dynamic([0.5,1.5])"),
        .kql("tostring(series_divide(dynamic([1]), 0)[0])", gives: #""Infinity""#),
      ]
    ) { $0 / $1 },
    binary(
      "series_pow", "Raises the elements of one series to the powers in another.", keepsIntegers: false,
      examples: [
        .kql("series_pow(dynamic([2,3]), 2)", gives: "dynamic([4.0,9.0])"),
        .kql("series_pow(dynamic([2]), dynamic([null]))", gives: "dynamic([null])"),
      ]
    ) { pow($0, $1) },
  ]

  private static func comparison(
    _ name: String, _ summary: String, examples: [FunctionExample],
    _ test: @escaping @Sendable (Double, Double) -> Bool
  ) -> ScalarFunction {
    ScalarFunction(
      [.kql(name)], Signature([.any("left"), .any("right")], returns: .fixed(.dynamic)), summary,
      notes: ["One side may be a single number. Elements that are no numbers give null."],
      kernel: .scalar { values in
        guard let (left, right) = pair(values) else { return .null }
        return .array(zipped(left, right) { test($0, $1) ? 1 : 0 }.map { $0.map { .bool($0 == 1) } ?? .null })
      }, examples: examples)
  }

  private static let comparisons: [ScalarFunction] = [
    comparison(
      "series_equals", "Tells where two series are equal.",
      examples: [
        .kql("series_equals(dynamic([1,2]), dynamic([1,3]))", gives: "dynamic([true,false])"),
        .kql("series_equals(dynamic([1,null]), 1)", gives: "dynamic([true,null])"),
      ]
    ) { $0 == $1 },
    comparison(
      "series_not_equals", "Tells where two series differ.",
      examples: [
        .kql("series_not_equals(dynamic([1,2]), dynamic([1,3]))", gives: "dynamic([false,true])"),
        .kql("series_not_equals(dynamic([]), 1)", gives: "dynamic([])"),
      ]
    ) { $0 != $1 },
    comparison(
      "series_greater", "Tells where the first series is larger.",
      examples: [
        .kql("series_greater(dynamic([1,2]), dynamic([1,1]))", gives: "dynamic([false,true])"),
        .kql("series_greater(dynamic([1,2]), 1)", gives: "dynamic([false,true])"),
      ]
    ) { $0 > $1 },
    comparison(
      "series_greater_equals", "Tells where the first series is larger or equal.",
      examples: [
        .kql("series_greater_equals(dynamic([1,0]), dynamic([1,1]))", gives: "dynamic([true,false])"),
        .kql("series_greater_equals(dynamic([1,0]), 0)", gives: "dynamic([true,true])"),
      ]
    ) { $0 >= $1 },
    comparison(
      "series_less", "Tells where the first series is smaller.",
      examples: [
        .kql("series_less(dynamic([1,0]), dynamic([1,1]))", gives: "dynamic([false,true])"),
        .kql("series_less(dynamic([1]), dynamic([1,1]))", gives: "dynamic([false,null])"),
      ]
    ) { $0 < $1 },
    comparison(
      "series_less_equals", "Tells where the first series is smaller or equal.",
      examples: [
        .kql("series_less_equals(dynamic([1,2]), dynamic([1,1]))", gives: "dynamic([true,false])"),
        .kql("series_less_equals(dynamic([1,2]), 1)", gives: "dynamic([true,false])"),
      ]
    ) { $0 <= $1 },
  ]

  static func each(
    _ name: String, _ summary: String, keepsIntegers: Bool, examples: [FunctionExample],
    _ compute: @escaping @Sendable (Double) -> Double
  ) -> ScalarFunction {
    ScalarFunction(
      [.kql(name)], Signature([.dynamic("series")], returns: .fixed(.dynamic)), summary,
      kernel: .scalar { values in
        guard let series = Series(values[0]) else { return .null }
        return .dynamic(
          Series.array(series.values.map { $0.map(compute) }, asIntegers: keepsIntegers && series.isInteger))
      }, examples: examples)
  }

  private static let unary: [ScalarFunction] = [
    each(
      "series_abs", "Gives the elements without their signs.", keepsIntegers: true,
      examples: [
        .kql("series_abs(dynamic([-1,2]))", gives: "dynamic([1,2])"),
        .kql("series_abs(dynamic([null,-0.5]))", gives: "dynamic([null,0.5])"),
      ]
    ) { $0.magnitude },
    each(
      "series_sign", "Gives the signs of the elements.", keepsIntegers: true,
      examples: [
        .kql("series_sign(dynamic([-6,0,8]))", gives: "dynamic([-1,0,1])"),
        .kql("series_sign(dynamic([]))", gives: "dynamic([])"),
      ]
    ) { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 },
    each(
      "series_exp", "Gives e to the powers of the elements.", keepsIntegers: false,
      examples: [
        .kql("series_exp(dynamic([0]))", gives: "dynamic([1.0])"),
        .kql("series_exp(dynamic([null]))", gives: "dynamic([null])"),
      ]
    ) { exp($0) },
    each(
      "series_log", "Gives the natural logarithms of the elements.", keepsIntegers: false,
      examples: [
        .kql("series_log(dynamic([1]))", gives: "dynamic([0.0])"),
        .kql("series_log(dynamic([null]))", gives: "dynamic([null])"),
      ]
    ) { log($0) },
    each(
      "series_ceiling", "Rounds the elements up.", keepsIntegers: true,
      examples: [
        .kql("series_ceiling(dynamic([1.2,-1.2]))", gives: "dynamic([2.0,-1.0])"),
        .kql("series_ceiling(dynamic([3]))", gives: "dynamic([3])"),
      ]
    ) { $0.rounded(.up) },
    each(
      "series_floor", "Rounds the elements down.", keepsIntegers: true,
      examples: [
        .kql("series_floor(dynamic([1.2,-1.2]))", gives: "dynamic([1.0,-2.0])"),
        .kql("series_floor(dynamic([3]))", gives: "dynamic([3])"),
      ]
    ) { $0.rounded(.down) },
  ]

  private static let fills: [ScalarFunction] = SeriesFill.functions

  private static func zipped(
    _ left: Series, _ right: Series, _ compute: (Double, Double) -> Double
  ) -> [Double?] {
    (0..<max(left.values.count, right.values.count)).map { index in
      guard index < left.values.count, index < right.values.count, let first = left.values[index],
        let second = right.values[index]
      else { return nil }
      return compute(first, second)
    }
  }

  /// Two series, one of which may be a number for all places; nil if neither is a series.
  private static func pair(_ values: [Value]) -> (Series, Series)? {
    switch (Series(values[0]), Series(values[1])) {
    case (let left?, let right?): return (left, right)
    case (let left?, nil):
      return scalar(values[1]).map {
        (left, Series(elements: Array(repeating: $0, count: left.values.count)))
      }
    case (nil, let right?):
      return scalar(values[0]).map {
        (Series(elements: Array(repeating: $0, count: right.values.count)), right)
      }
    case (nil, nil): return nil
    }
  }

  private static func scalar(_ value: Value) -> JSONValue? {
    switch value.json {
    case .long, .real: value.json
    case .null, .bool, .string, .array, .object: nil
    }
  }
}
