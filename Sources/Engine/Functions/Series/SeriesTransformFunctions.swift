/// Series to frequencies and back: `series_fft`, `series_ifft`.
package enum SeriesTransformFunctions {
  package static let all: [ScalarFunction] = fft + ifft

  static let outputs: [(String, [MultiOutputFunction.Output])] = [
    ("series_fft", parts), ("series_ifft", parts),
  ]

  private static let parts: [MultiOutputFunction.Output] = [
    .init(suffix: "real", type: .dynamic), .init(suffix: "imag", type: .dynamic),
  ]
  private static let parameters: [Parameter] = [.dynamic("real"), Parameter.dynamic("imaginary").optional]

  static let fft = MultiOutputFunction.records(
    "series_fft", parameters, parts, "Applies the discrete Fourier transform to a series of complex numbers.",
    notes: ["Null where an element is no number, or the two parts differ in length."],
    examples: [
      .kql("series_fft(dynamic([1,1,1,1]))", gives: "dynamic([4.0,0.0,0.0,0.0])"),
      .kql("series_fft(dynamic([1,null]))", gives: "dynamic(null)"),
    ]
  ) { transform($0, FourierTransform.forward) }

  static let ifft = MultiOutputFunction.records(
    "series_ifft", parameters, parts,
    "Applies the inverse of the discrete Fourier transform, so that `series_fft` is undone.",
    notes: ["Null where an element is no number, or the two parts differ in length."],
    examples: [
      .kql("series_ifft(dynamic([4,0,0,0]))", gives: "dynamic([1.0,1.0,1.0,1.0])"),
      .kql("series_ifft(dynamic(null))", gives: "dynamic(null)"),
    ]
  ) { transform($0, FourierTransform.inverse) }

  private static func transform(
    _ values: [Value], _ compute: ([FourierTransform.Complex]) -> [FourierTransform.Complex]
  ) -> [JSONValue]? {
    guard let real = Series(values[0])?.numbers else { return nil }
    var imaginary = [Double](repeating: 0, count: real.count)
    if values.count > 1 {
      guard let given = Series(values[1])?.numbers, given.count == real.count else { return nil }
      imaginary = given
    }
    let result = compute(
      zip(real, imaginary).map { FourierTransform.Complex(real: $0, imaginary: $1) })
    return [Series.array(result.map(\.real)), Series.array(result.map(\.imaginary))]
  }
}
