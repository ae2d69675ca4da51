/// Series functions with one output: sums, outliers, filters, and statistics as a bag.
package enum SeriesFunctions {
  package static let all: [ScalarFunction] = [
    statisticsBag, sum, outliers, finiteResponse, infiniteResponse, seasonal,
  ]

  static let statisticsBag = ScalarFunction(
    [.kql("series_stats_dynamic")],
    Signature([.dynamic("series"), .bool("ignore_nonfinite").optional], returns: .fixed(.dynamic)),
    "Describes a series in a bag: min, min_idx, max, max_idx, avg, stdev, variance, sum, len.",
    kernel: .scalar { values in
      guard let summary = SeriesSummary(values) else { return .null }
      return .dynamic(
        .object([
          .init("min", .real(summary.minimum)), .init("min_idx", .long(summary.minimumIndex)),
          .init("max", .real(summary.maximum)), .init("max_idx", .long(summary.maximumIndex)),
          .init("avg", .real(summary.average)), .init("stdev", .real(summary.variance.squareRoot())),
          .init("variance", .real(summary.variance)), .init("sum", .real(summary.sum)),
          .init("len", .long(Int64(summary.count))),
        ]))
    },
    examples: [
      .kql("tolong(series_stats_dynamic(dynamic([4,2,9])).max_idx)", gives: "2"),
      .kql("series_stats_dynamic(dynamic([]))", gives: "dynamic(null)"),
    ])

  static let sum = ScalarFunction(
    [.kql("series_sum")], Signature([.dynamic("series")], returns: .fixed(.real)),
    "Adds the numbers of a series; null if an element is none.",
    kernel: .scalar { values in
      Series(values[0])?.numbers.map { .real($0.reduce(0, +)) } ?? .null
    },
    examples: [
      .kql("series_sum(dynamic([1,2,3.5]))", gives: "6.5"),
      .kql("series_sum(dynamic([1,null]))", gives: "real(null)"),
    ])

  static let outliers = ScalarFunction(
    [.kql("series_outliers")],
    Signature(
      [
        .dynamic("series"), .string("kind").optional, .any("ignore_value").optional,
        .real("min_percentile").optional, .real("max_percentile").optional,
      ], returns: .fixed(.dynamic)),
    "Scores the points of a series by how far they lie outside its usual range; beyond 1.5 is an outlier.",
    notes: ["Kinds: ctukey (fences at the 10th and 90th percentile, unless given), tukey (25th and 75th)."],
    nulls: .handlesNulls,
    kernel: .scalar { values in
      guard let series = Series(values[0]) else { return .null }
      let isPlain = values.count > 1 && values[1].text == "tukey"
      let ignored = values.count > 2 ? values[2].number : nil
      let least = isPlain ? 25 : values.count > 3 ? values[3].number ?? 10 : 10
      let most = isPlain ? 75 : values.count > 4 ? values[4].number ?? 90 : 90
      let kept = series.values.map { $0 == ignored ? nil : $0 }
      let scores = SeriesOutliers.scores(kept.compactMap { $0 }, from: least, to: most)
      var position = 0
      return .dynamic(
        Series.array(
          kept.map { value -> Double? in
            guard value != nil else { return 0 }
            position += 1
            return scores[position - 1]
          }))
    },
    examples: [
      .kql("todouble(series_outliers(dynamic([1,2,3,2,1,90]), \"tukey\")[5]) > 3", gives: "true"),
      .kql("series_outliers(dynamic([1,2,3]), \"tukey\")", gives: "dynamic([-0.5,0.0,0.5])"),
      .kql("series_outliers(dynamic(null))", gives: "dynamic(null)"),
    ])

  static let finiteResponse = ScalarFunction(
    [.kql("series_fir")],
    Signature(
      [.dynamic("series"), .dynamic("filter"), .bool("normalize").optional, .bool("center").optional],
      returns: .fixed(.dynamic)),
    "Applies a finite impulse response filter: each point becomes a weighted sum of it and those before it.",
    notes: [
      "The weights are divided by their sum, unless one is negative or normalize is false. Points outside are 0."
    ],
    kernel: .scalar { values in
      guard let series = Series(values[0]), let filter = Series(values[1])?.numbers else { return .null }
      let hasNegative = filter.contains { $0 < 0 }
      var isNormalized = !hasNegative
      if values.count > 2, case .bool(let wanted) = values[2] { isNormalized = wanted }
      let total = filter.reduce(0, +)
      if isNormalized, hasNegative || total == 0 { return .null }
      let isCentered = values.count > 3 && values[3] == .bool(true)
      let shift = isCentered ? filter.count / 2 : 0
      guard
        FunctionLimit.allows(
          series.values.count * filter.count, SeriesFunctions.workLimit, "steps of `series_fir`")
      else { return .null }
      let result = series.values.indices.map { index -> Double? in
        var sum = 0.0
        for (position, weight) in filter.enumerated() {
          let source = index - position + shift
          if series.values.indices.contains(source) { sum += weight * (series.values[source] ?? 0) }
        }
        return isNormalized ? sum / total : sum
      }
      return .dynamic(Series.array(result))
    },
    examples: [
      .kql("series_fir(dynamic([2,4,6]), dynamic([1,1]))", gives: "dynamic([1.0,3.0,5.0])"),
      .kql(
        "series_fir(dynamic([2,4,7]), dynamic([1,-1]))", gives: "dynamic([2.0,2.0,3.0])", why: "differences"),
    ])

  static let infiniteResponse = ScalarFunction(
    [.kql("series_iir")],
    Signature(
      [.dynamic("series"), .dynamic("numerators"), .dynamic("denominators")], returns: .fixed(.dynamic)),
    "Applies an infinite impulse response filter, whose results feed back into later points.",
    kernel: .scalar { values in
      guard let series = Series(values[0]), let numerators = Series(values[1])?.numbers,
        let denominators = Series(values[2])?.numbers, let scale = denominators.first, scale != 0,
        FunctionLimit.allows(
          series.values.count * (numerators.count + denominators.count), SeriesFunctions.workLimit,
          "steps of `series_iir`")
      else { return .null }
      var results: [Double] = []
      for index in series.values.indices {
        var sum = 0.0
        for (position, weight) in numerators.enumerated() where position <= index {
          sum += weight * (series.values[index - position] ?? 0)
        }
        for (position, weight) in denominators.enumerated() where position > 0 && position <= index {
          sum -= weight * results[index - position]
        }
        results.append(sum / scale)
      }
      return .dynamic(Series.array(results))
    },
    examples: [
      .kql(
        "series_iir(dynamic([1,2,3]), dynamic([1]), dynamic([1,-1]))", gives: "dynamic([1.0,3.0,6.0])",
        why: "running sums"),
      .kql("series_iir(dynamic([1]), dynamic([1]), dynamic([0]))", gives: "dynamic(null)"),
    ])

  /// Steps that one call of a filter may take.
  static let workLimit = 100_000_000

  static let seasonal = ScalarFunction(
    [.kql("series_seasonal")],
    Signature([.dynamic("series"), .long("period").optional], returns: .fixed(.dynamic)),
    "Gives the part of a series that repeats: the median of the points of each phase.",
    kernel: .scalar { values in
      guard let numbers = Series(values[0])?.numbers else { return .null }
      let period = values.count > 1 ? values[1].integer ?? -1 : -1
      let parts = SeriesDecomposition(
        numbers, seasonality: Int(max(-1, min(period, Int64(numbers.count)))), trend: .none, testPoints: 0,
        threshold: 0.6)
      return .dynamic(Series.array(parts.seasonal))
    },
    examples: [
      .kql("series_seasonal(dynamic([2,5,3,4,3,2]), 3)", gives: "dynamic([3.0,4.0,2.5,3.0,4.0,2.5])"),
      .kql("series_seasonal(dynamic([1,2]), 0)", gives: "dynamic([0.0,0.0])"),
    ])
}
