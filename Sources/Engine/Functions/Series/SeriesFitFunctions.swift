/// Fits of a series: `series_fit_line_dynamic`, `series_fit_2lines`, `series_fit_poly`.
package enum SeriesFitFunctions {
  package static let all: [ScalarFunction] = [lineBag, twoLinesBag] + twoLines + polynomial

  /// The outputs of each function, in order.
  static let outputs: [(String, [MultiOutputFunction.Output])] = [
    ("series_fit_2lines", twoLinesOutputs), ("series_fit_poly", polynomialOutputs),
  ]

  private static func output(_ suffix: String, _ type: DataType) -> MultiOutputFunction.Output {
    MultiOutputFunction.Output(suffix: suffix, type: type)
  }

  private static let sideNames = ["rsquare", "slope", "interception", "variance", "rvariance"]
  private static let twoLinesOutputs: [MultiOutputFunction.Output] =
    [
      output("rsquare", .real), output("split_idx", .long), output("variance", .real),
      output("rvariance", .real), output("line_fit", .dynamic),
    ] + sideNames.map { output("right_\($0)", .real) } + sideNames.map { output("left_\($0)", .real) }
  private static let polynomialOutputs: [MultiOutputFunction.Output] = [
    output("rsquare", .real), output("coefficients", .dynamic), output("variance", .real),
    output("rvariance", .real), output("poly_fit", .dynamic),
  ]

  static let lineBag = ScalarFunction(
    [.kql("series_fit_line_dynamic")], Signature([.dynamic("series")], returns: .fixed(.dynamic)),
    "Fits a line through a series, and gives its measures in a bag.",
    notes: ["Keys: rsquare, slope, variance, rvariance, interception, line_fit."],
    kernel: .scalar { values in
      guard let numbers = Series(values[0])?.numbers else { return .null }
      let line = SeriesStatistics.line(through: numbers)
      return .dynamic(
        .object([
          .init("rsquare", .real(line.rSquare)), .init("slope", .real(line.slope)),
          .init("variance", .real(line.variance)), .init("rvariance", .real(line.residualVariance)),
          .init("interception", .real(line.interception)), .init("line_fit", Series.array(line.values)),
        ]))
    },
    examples: [
      .kql("todouble(series_fit_line_dynamic(dynamic([2,4,6])).slope)", gives: "2.0"),
      .kql("series_fit_line_dynamic(dynamic([2,null]))", gives: "dynamic(null)"),
    ])

  private static func side(_ line: SeriesStatistics.Line) -> [Double] {
    [line.rSquare, line.slope, line.interception, line.variance, line.residualVariance]
  }

  private static let splitNote =
    "The break is where the two lines together leave least; it begins the right one."

  static let twoLinesBag = ScalarFunction(
    [.kql("series_fit_2lines_dynamic")], Signature([.dynamic("series")], returns: .fixed(.dynamic)),
    "Fits two lines through a series, broken where they fit best, and gives their measures in a bag.",
    notes: [
      splitNote, "Keys: rsquare, split_idx, variance, rvariance, line_fit, and bags `right` and `left`.",
    ],
    kernel: .scalar { values in
      guard let numbers = Series(values[0])?.numbers, let fit = SeriesFit.twoLines(through: numbers) else {
        return .null
      }
      func bag(_ line: SeriesStatistics.Line) -> JSONValue {
        .object(zip(sideNames, side(line)).map { .init($0, .real($1)) })
      }
      return .dynamic(
        .object([
          .init("rsquare", .real(fit.rSquare)), .init("split_idx", .long(Int64(fit.splitIndex))),
          .init("variance", .real(fit.variance)), .init("rvariance", .real(fit.residualVariance)),
          .init("line_fit", Series.array(fit.left.values + fit.right.values)),
          .init("right", bag(fit.right)), .init("left", bag(fit.left)),
        ]))
    },
    examples: [
      .kql("tolong(series_fit_2lines_dynamic(dynamic([1,2,3,4,9,8,7,6])).split_idx)", gives: "4"),
      .kql("todouble(series_fit_2lines_dynamic(dynamic([1,2,3,4,9,8,7,6])).right.slope)", gives: "-1.0"),
      .kql("series_fit_2lines_dynamic(dynamic([1]))", gives: "dynamic(null)"),
    ])

  static let twoLines = MultiOutputFunction.records(
    "series_fit_2lines", [.dynamic("series")], twoLinesOutputs,
    "Fits two lines through a series, broken where they fit best.", notes: [splitNote],
    examples: [
      .kql("series_fit_2lines(dynamic([1,2,3,4,9,8,7,6]))", gives: "1.0"),
      .kqlQuery(
        "print y = dynamic([1,2,3,4,9,8,7,6]) | project (r, split) = series_fit_2lines(y) | project split",
        gives: "4"),
      .kql("series_fit_2lines(dynamic([2,null]))", gives: "real(null)"),
    ]
  ) { values in
    guard let numbers = Series(values[0])?.numbers, let fit = SeriesFit.twoLines(through: numbers) else {
      return nil
    }
    let sides = side(fit.right) + side(fit.left)
    return [
      .real(fit.rSquare), .long(Int64(fit.splitIndex)), .real(fit.variance), .real(fit.residualVariance),
      Series.array(fit.left.values + fit.right.values),
    ] + sides.map { .real($0) }
  }

  static let polynomial = MultiOutputFunction.records(
    "series_fit_poly",
    [.dynamic("y_series"), Parameter.dynamic("x_series").optional, Parameter.long("degree").optional],
    polynomialOutputs, "Fits a polynomial through a series; its coefficients begin with the highest power.",
    notes: [
      "Without a second series the places are 1, 2, 3, …; the degree is 1 unless given, and at most 5.",
      "Null where the points do not determine a polynomial of that degree.",
    ],
    examples: [
      .kql("round(series_fit_poly(dynamic([1,4,9,16]), dynamic([1,2,3,4]), 2), 6)", gives: "1.0"),
      .kqlQuery(
        "print y = dynamic([3,5,7]) | project (r, c) = series_fit_poly(y) | project round(todouble(c[0]), 6)",
        gives: "2.0", why: "the slope of the line"),
      .kql("series_fit_poly(dynamic([1]))", gives: "real(null)"),
    ]
  ) { values in
    guard let numbers = Series(values[0])?.numbers else { return nil }
    var places = numbers.indices.map { Double($0 + 1) }
    if values.count > 1 {
      guard let given = Series(values[1])?.numbers else { return nil }
      places = given
    }
    let degree = values.count > 2 ? values[2].integer ?? 0 : 1
    guard FunctionLimit.allows(numbers.count, SeriesFit.lengthLimit, "points of a series to fit"),
      let power = Int(exactly: degree),
      let fit = SeriesFit.polynomial(numbers, at: places, degree: power)
    else { return nil }
    return [
      .real(fit.rSquare), Series.array(fit.coefficients), .real(fit.variance), .real(fit.residualVariance),
      Series.array(fit.values),
    ]
  }
}
