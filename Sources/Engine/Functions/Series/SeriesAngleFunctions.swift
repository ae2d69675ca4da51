#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Sines, cosines and tangents of each element of a series.
package enum SeriesAngleFunctions {
  package static let all: [ScalarFunction] = [
    each("series_sin", "sines", at: "0", gives: "0.0") { sin($0) },
    each("series_cos", "cosines", at: "0", gives: "1.0") { cos($0) },
    each("series_tan", "tangents", at: "0", gives: "0.0") { tan($0) },
    each("series_asin", "arc sines", at: "0", gives: "0.0") { asin($0) },
    each("series_acos", "arc cosines", at: "1", gives: "0.0") { acos($0) },
    each("series_atan", "arc tangents", at: "0", gives: "0.0") { atan($0) },
  ]

  private static func each(
    _ name: String, _ what: String, at argument: String, gives result: String,
    _ compute: @escaping @Sendable (Double) -> Double
  ) -> ScalarFunction {
    SeriesElementFunctions.each(
      name, "Gives the \(what) of the elements.", keepsIntegers: false,
      examples: [
        .kql("\(name)(dynamic([\(argument)]))", gives: "dynamic([\(result)])"),
        .kql("\(name)(dynamic([null]))", gives: "dynamic([null])"),
      ], compute)
  }
}
