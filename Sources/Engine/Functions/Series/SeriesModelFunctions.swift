/// Series functions with several outputs: statistics, lines, periods, decomposition, anomalies.
package enum SeriesModelFunctions {
  package static let all: [ScalarFunction] = [
    statistics, fitLine, decompose, decomposeAnomalies, periodsDetect, periodsValidate, [decomposeForecast],
  ].flatMap { (records: [ScalarFunction]) -> [ScalarFunction] in records }

  /// The outputs of each function, in order.
  static let outputs: [(String, [MultiOutputFunction.Output])] =
    [
      ("series_stats", statisticsOutputs), ("series_fit_line", lineOutputs),
      ("series_decompose", decomposeOutputs), ("series_decompose_anomalies", anomalyOutputs),
      ("series_periods_detect", periodOutputs), ("series_periods_validate", periodOutputs),
    ] + SeriesFitFunctions.outputs + SeriesTransformFunctions.outputs

  private static func output(_ suffix: String, _ type: DataType) -> MultiOutputFunction.Output {
    MultiOutputFunction.Output(suffix: suffix, type: type)
  }

  private static let statisticsOutputs: [MultiOutputFunction.Output] = [
    output("min", .real), output("min_idx", .long), output("max", .real), output("max_idx", .long),
    output("avg", .real), output("stdev", .real), output("variance", .real),
  ]
  private static let lineOutputs: [MultiOutputFunction.Output] = [
    output("rsquare", .real), output("slope", .real), output("variance", .real), output("rvariance", .real),
    output("interception", .real), output("line_fit", .dynamic),
  ]
  private static let decomposeOutputs: [MultiOutputFunction.Output] = [
    output("baseline", .dynamic), output("seasonal", .dynamic), output("trend", .dynamic),
    output("residual", .dynamic),
  ]
  private static let anomalyOutputs: [MultiOutputFunction.Output] = [
    output("ad_flag", .dynamic), output("ad_score", .dynamic), output("baseline", .dynamic),
  ]
  private static let periodOutputs: [MultiOutputFunction.Output] = [
    output("periods", .dynamic), output("scores", .dynamic),
  ]

  static let statistics = MultiOutputFunction.records(
    "series_stats", [.dynamic("series"), .bool("ignore_nonfinite").optional], statisticsOutputs,
    "Describes a series: its extremes and where they are, its mean, deviation and variance.",
    notes: ["A null in the series makes all of them null, unless what is not finite is ignored."],
    examples: [
      .kql("series_stats(dynamic([4,2,9]))", gives: "2.0"),
      .kql("series_stats(dynamic([4,null,9]))", gives: "real(null)"),
    ]
  ) { values in
    guard let summary = SeriesSummary(values) else { return nil }
    return [
      .real(summary.minimum), .long(summary.minimumIndex), .real(summary.maximum),
      .long(summary.maximumIndex),
      .real(summary.average), .real(summary.variance.squareRoot()), .real(summary.variance),
    ]
  }

  static let fitLine = MultiOutputFunction.records(
    "series_fit_line", [.dynamic("series")], lineOutputs,
    "Fits a line through a series: how well, its slope, variances, where it starts, and its values.",
    examples: [
      .kql("series_fit_line(dynamic([2,4,6,8]))", gives: "1.0"),
      .kql("series_fit_line(dynamic([2,null]))", gives: "real(null)"),
    ]
  ) { values in
    guard let numbers = Series(values[0])?.numbers else { return nil }
    let line = SeriesStatistics.line(through: numbers)
    return [
      .real(line.rSquare), .real(line.slope), .real(line.variance), .real(line.residualVariance),
      .real(line.interception), Series.array(line.values),
    ]
  }

  private static let decompositionNote =
    "Seasonality: -1 looks for a period, 0 takes none, else the period in points. Trend: avg, linefit, none."
  private static let periodNote =
    "A period that is looked for is found as by `series_periods_detect`, so it may be another than the service's."

  static let decompose = MultiOutputFunction.records(
    "series_decompose",
    [
      .dynamic("series"), .long("seasonality").optional, .string("trend").optional,
      .long("test_points").optional, .real("seasonality_threshold").optional,
    ], decomposeOutputs,
    "Takes a series apart into what repeats, a trend, and the rest.",
    notes: [decompositionNote, "What repeats is the median of the points of each phase."],
    differs: [periodNote],
    examples: [
      .kql("series_decompose(dynamic([1,3,1,3]), 2)", gives: "dynamic([1.0,3.0,1.0,3.0])"),
      .kqlQuery(
        "print y = dynamic([1,3,1,3]) | project (b, seasonal) = series_decompose(y, 2) | project seasonal",
        gives: "dynamic([1.0,3.0,1.0,3.0])"),
      .kql("series_decompose(dynamic([1,3,1,3]), 0)", gives: "dynamic([2.0,2.0,2.0,2.0])"),
    ]
  ) { values in
    guard
      let parts = decomposition(
        values, seasonality: 1, trend: 2, testPoints: 3, threshold: 4)
    else { return nil }
    return [
      Series.array(parts.baseline), Series.array(parts.seasonal), Series.array(parts.trend),
      Series.array(parts.residual),
    ]
  }

  static let decomposeAnomalies = MultiOutputFunction.records(
    "series_decompose_anomalies",
    [
      .dynamic("series"), .real("threshold").optional, .long("seasonality").optional,
      .string("trend").optional, .long("test_points").optional, .string("method").optional,
      .real("seasonality_threshold").optional,
    ], anomalyOutputs,
    "Flags the points of a series that lie far from its baseline: 1 above, -1 below, 0 otherwise.",
    notes: [
      "Methods: ctukey (fences at the 10th and 90th percentile), tukey (25th and 75th).", decompositionNote,
    ], differs: [periodNote],
    examples: [
      .kql(
        "series_decompose_anomalies(dynamic([1,2,1,2,1,2,1,50,1,2,1,2]), 1.5, 0)",
        gives: "dynamic([0,0,0,0,0,0,0,1,0,0,0,0])"),
      .kql("series_decompose_anomalies(dynamic(null))", gives: "dynamic(null)"),
    ]
  ) { values in
    let threshold = values.count > 1 ? values[1].number ?? 1.5 : 1.5
    let method = values.count > 5 ? values[5].text ?? "ctukey" : "ctukey"
    guard
      let parts = decomposition(
        values, seasonality: 2, trend: 3, testPoints: 4, threshold: 6)
    else { return nil }
    let isPlain = method == "tukey"
    let scores = SeriesOutliers.scores(parts.residual, from: isPlain ? 25 : 10, to: isPlain ? 75 : 90)
    let flags = scores.map { JSONValue.long($0 > threshold ? 1 : $0 < -threshold ? -1 : 0) }
    return [.array(flags), Series.array(scores), Series.array(parts.baseline)]
  }

  static let decomposeForecast = ScalarFunction(
    [.kql("series_decompose_forecast")],
    Signature(
      [
        .dynamic("series"), .long("points"), .long("seasonality").optional, .string("trend").optional,
        .real("seasonality_threshold").optional,
      ], returns: .fixed(.dynamic)),
    "Predicts the last points of a series from those before: what repeats and the trend, over all points.",
    notes: [decompositionNote, "The points to predict are part of the series and not learned from."],
    differs: [periodNote],
    kernel: .scalar { values in
      guard let parts = decomposition(values, seasonality: 2, trend: 3, testPoints: 1, threshold: 4) else {
        return .null
      }
      return .dynamic(Series.array(parts.baseline))
    },
    examples: [
      .kql(
        "series_decompose_forecast(dynamic([1,3,1,3,0,0]), 2, 2)",
        gives: "dynamic([1.0,3.0,1.0,3.0,1.0,3.0])"),
      .kql(
        "array_length(series_decompose_forecast(dynamic([2,4,6,8,0]), 1, 0, 'linefit'))", gives: "5"),
      .kql("series_decompose_forecast(dynamic(null), 2)", gives: "dynamic(null)"),
    ])

  private static func decomposition(
    _ values: [Value], seasonality: Int, trend: Int, testPoints: Int, threshold: Int
  ) -> SeriesDecomposition? {
    guard let numbers = Series(values[0])?.numbers else { return nil }
    func value(_ index: Int) -> Value { index < values.count ? values[index] : .null }
    let period = value(seasonality).integer ?? -1
    let kind: SeriesDecomposition.Trend
    if let name = value(trend).text {
      guard let known = SeriesDecomposition.Trend(rawValue: name.lowercased()) else { return nil }
      kind = known
    } else {
      kind = .average
    }
    return SeriesDecomposition(
      numbers, seasonality: Int(max(-1, min(period, Int64(numbers.count)))), trend: kind,
      testPoints: Int(max(0, min(value(testPoints).integer ?? 0, Int64(numbers.count)))),
      threshold: value(threshold).number ?? 0.6)
  }

  static let periodsDetect = MultiOutputFunction.records(
    "series_periods_detect",
    [.dynamic("series"), .real("min_period"), .real("max_period"), .long("num_periods")], periodOutputs,
    "Finds the periods after which a series repeats, best first, and how well.",
    notes: [
      "As many as were asked for, with 0 where no more are found; of 4 points to half the series and 4,096 points.",
      "The score is the autocorrelation after one period or after two, whichever is less.",
    ], differs: ["How the service scores periods is not documented: its scores may be others."],
    examples: [
      .kql("series_periods_detect(dynamic([1,1,1,9,1,1,1,9,1,1,1,9]), 2, 6, 2)", gives: "dynamic([4, 0])"),
      .kql("series_periods_detect(dynamic([1,1,1,1]), 2, 2, 1)", gives: "dynamic([0])"),
    ]
  ) { values in
    guard let numbers = Series(values[0])?.numbers, let least = values[1].number, let most = values[2].number,
      let count = values[3].integer
    else { return nil }
    let found = SeriesStatistics.periods(
      numbers, from: Int(Int64(saturating: max(0, min(least, 1e6)))),
      to: Int(Int64(saturating: max(0, min(most, 1e6)))), count: Int(max(0, min(count, 1000))))
    let missing = max(0, Int(max(0, min(count, 1000))) - found.count)
    return [
      .array(found.map { .long(Int64($0.period)) } + Array(repeating: .long(0), count: missing)),
      .array(found.map { .real($0.score) } + Array(repeating: .real(0), count: missing)),
    ]
  }

  static let periodsValidate = MultiOutputFunction.records(
    "series_periods_validate", [.dynamic("series"), .real("period"), .real("next").repeated], periodOutputs,
    "Gives how well a series repeats after given periods.",
    differs: ["How the service scores periods is not documented: its scores may be others."],
    examples: [
      .kql("series_periods_validate(dynamic([1,5,1,5]), 2)", gives: "dynamic([2.0])"),
      .kql("series_periods_validate(dynamic(null), 2)", gives: "dynamic(null)"),
    ]
  ) { values in
    guard let numbers = Series(values[0])?.numbers else { return nil }
    let periods = values.dropFirst().compactMap(\.number)
    let scores = periods.map { period -> Double in
      let lag = Int(Int64(saturating: max(0, min(period.rounded(), 1e9))))
      let score = min(
        SeriesStatistics.autocorrelation(numbers, lag: lag),
        SeriesStatistics.scoreOfSecondRound(numbers, period: lag))
      return max(0, min(1, score))
    }
    return [Series.array(periods), Series.array(scores)]
  }
}

/// What `series_stats` and `series_stats_dynamic` give.
struct SeriesSummary {
  var minimum: Double
  var minimumIndex: Int64
  var maximum: Double
  var maximumIndex: Int64
  var average: Double
  var variance: Double
  var sum: Double
  var count: Int

  /// From a series and whether to ignore what is not finite.
  init?(_ arguments: [Value]) {
    guard let series = Series(arguments[0]) else { return nil }
    let ignores = arguments.count > 1 && arguments[1] == .bool(true)
    var places: [Int] = []
    var numbers: [Double] = []
    for (index, value) in series.values.enumerated() {
      if ignores, !(value?.isFinite ?? false) { continue }
      guard let value else { return nil }
      places.append(index)
      numbers.append(value)
    }
    guard let first = numbers.first else { return nil }
    var least = (0, first)
    var most = (0, first)
    for (index, number) in numbers.enumerated() {
      if number < least.1 { least = (index, number) }
      if number > most.1 { most = (index, number) }
    }
    minimum = least.1
    minimumIndex = Int64(places[least.0])
    maximum = most.1
    maximumIndex = Int64(places[most.0])
    average = SeriesStatistics.mean(numbers)
    variance = SeriesStatistics.variance(numbers)
    sum = numbers.reduce(0, +)
    count = numbers.count
  }
}
