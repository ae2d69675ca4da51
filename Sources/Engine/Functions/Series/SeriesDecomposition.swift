/// A series as the sum of what repeats, a trend, and a rest.
///
/// First the seasonal part is taken out, then the trend of what is left.
struct SeriesDecomposition {
  enum Trend: String, CaseIterable {
    case average = "avg"
    case line = "linefit"
    case none
  }

  var seasonal: [Double]
  var trend: [Double]
  var residual: [Double]
  var baseline: [Double]

  /// - Parameters:
  ///   - seasonality: -1 looks for a period, 0 takes none, a larger number is the period itself.
  ///   - testPoints: The last points, which are forecast and not learned from.
  init(_ numbers: [Double], seasonality: Int, trend kind: Trend, testPoints: Int, threshold: Double) {
    let training = Array(numbers.dropLast(max(0, min(testPoints, numbers.count - 1))))
    let period = SeriesDecomposition.period(training, seasonality: seasonality, threshold: threshold)
    let cycle = SeriesDecomposition.cycle(training, period: period)
    let seasonal = numbers.indices.map { cycle.isEmpty ? 0 : cycle[$0 % cycle.count] }
    let steady = training.indices.map { training[$0] - seasonal[$0] }
    let fitted: [Double]
    switch kind {
    case .average:
      fitted = [Double](repeating: SeriesStatistics.mean(steady), count: numbers.count)
    case .line:
      let line = SeriesStatistics.line(through: steady)
      fitted = numbers.indices.map { line.interception + line.slope * Double($0 + 1) }
    case .none:
      fitted = [Double](repeating: 0, count: numbers.count)
    }
    let baseline = numbers.indices.map { fitted[$0] + seasonal[$0] }
    self.seasonal = seasonal
    self.baseline = baseline
    trend = fitted
    residual = numbers.indices.map { numbers[$0] - baseline[$0] }
  }

  /// The median of the points of each phase; empty without a period.
  private static func cycle(_ numbers: [Double], period: Int) -> [Double] {
    guard period > 1, period <= numbers.count else { return [] }
    return (0..<period).map { phase in
      let points = stride(from: phase, to: numbers.count, by: period).map { numbers[$0] }
      return SeriesStatistics.percentile(50, ofSorted: points.sorted())
    }
  }

  private static func period(_ numbers: [Double], seasonality: Int, threshold: Double) -> Int {
    if seasonality >= 0 { return seasonality }
    let best = SeriesStatistics.periods(numbers, from: 4, to: numbers.count / 2, count: 1).first
    guard let best, best.score >= threshold else { return 0 }
    return best.period
  }
}

/// How far the numbers of a series lie outside its usual range, by Tukey's fences.
enum SeriesOutliers {
  /// Above the fence positive, below it negative, inside 0; 1.5 is a mild outlier, 3 a strong one.
  static func scores(_ numbers: [Double], from least: Double, to most: Double) -> [Double] {
    let sorted = numbers.filter { !$0.isNaN }.sorted()
    let low = SeriesStatistics.percentile(least, ofSorted: sorted)
    let high = SeriesStatistics.percentile(most, ofSorted: sorted)
    let range = high - low
    return numbers.map { number in
      if number > high { return range > 0 ? (number - high) / range : .infinity }
      if number < low { return range > 0 ? (number - low) / range : -.infinity }
      return 0
    }
  }
}
