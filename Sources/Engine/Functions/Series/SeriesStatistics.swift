/// Numbers that describe a series.
enum SeriesStatistics {
  static func mean(_ numbers: [Double]) -> Double {
    numbers.isEmpty ? .nan : numbers.reduce(0, +) / Double(numbers.count)
  }

  /// Of a sample: divided by one less than the count; 0 of a single number.
  static func variance(_ numbers: [Double]) -> Double {
    if numbers.count < 2 { return 0 }
    let mean = mean(numbers)
    return numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count - 1)
  }

  /// The number below which a percentage lies, with linear interpolation between neighbours.
  static func percentile(_ percent: Double, ofSorted sorted: [Double]) -> Double {
    guard let last = sorted.indices.last, percent.isFinite else { return .nan }
    let position = min(max(percent, 0), 100) / 100 * Double(last)
    let index = min(Int(position), last)
    let next = min(index + 1, last)
    return sorted[index] + (sorted[next] - sorted[index]) * (position - Double(index))
  }

  /// The line of least squares through the points (1, y1), (2, y2), …
  struct Line {
    var slope: Double
    var interception: Double
    var values: [Double]
    /// The sample variance of what is left over.
    var residualVariance: Double
    var rSquare: Double
    var variance: Double
  }

  static func line(through numbers: [Double]) -> Line {
    let count = Double(numbers.count)
    let meanX = (count + 1) / 2
    let meanY = mean(numbers)
    var products = 0.0
    var squares = 0.0
    for (index, number) in numbers.enumerated() {
      let distance = Double(index + 1) - meanX
      products += distance * (number - meanY)
      squares += distance * distance
    }
    let slope = squares > 0 ? products / squares : 0
    let interception = meanY - slope * meanX
    let values = numbers.indices.map { interception + slope * Double($0 + 1) }
    let variance = variance(numbers)
    var rest = 0.0
    for (number, fitted) in zip(numbers, values) { rest += (number - fitted) * (number - fitted) }
    let residual = numbers.count > 1 ? rest / (count - 1) : 0
    return Line(
      slope: slope, interception: interception, values: values, residualVariance: residual,
      rSquare: variance > 0 ? 1 - residual / variance : 1, variance: variance)
  }

  /// How well a series agrees with itself some steps later: 1 fully, 0 not at all.
  static func autocorrelation(_ numbers: [Double], lag: Int) -> Double {
    guard lag > 0, lag < numbers.count else { return 0 }
    let mean = mean(numbers)
    var total = 0.0
    for number in numbers { total += (number - mean) * (number - mean) }
    guard total > 0 else { return 0 }
    var shared = 0.0
    for index in 0..<numbers.count - lag { shared += (numbers[index] - mean) * (numbers[index + lag] - mean) }
    return shared / Double(numbers.count - lag) / (total / Double(numbers.count))
  }

  /// The longest lag that periods are looked for at, to bound the work.
  static let lagLimit = 4096
  /// Points that a period has at least.
  static let leastPeriod = 4

  /// How well a series agrees with itself two periods later, where it is long enough to tell.
  static func scoreOfSecondRound(_ numbers: [Double], period: Int) -> Double {
    numbers.count >= 3 * period ? autocorrelation(numbers, lag: 2 * period) : 1
  }

  /// Lags at which the autocorrelation has a peak above 0, best first, with their scores from 0 to 1.
  ///
  /// Multiples of a period score as well as the period; they give way to it.
  static func periods(
    _ numbers: [Double], from least: Int, to most: Int, count: Int
  ) -> [(period: Int, score: Double)] {
    let low = max(leastPeriod, least)
    let high = min(most, numbers.count / 2, lagLimit)
    guard low <= high, count > 0 else { return [] }
    let scores = (low - 1...high + 1).map { autocorrelation(numbers, lag: $0) }
    var peaks: [(period: Int, score: Double)] = []
    for lag in low...high {
      var score = scores[lag - low + 1]
      guard score > 0, score >= scores[lag - low], score >= scores[lag - low + 2] else { continue }
      score = min(score, scoreOfSecondRound(numbers, period: lag))
      if score <= 0 { continue }
      let isMultiple = peaks.contains { lag % $0.period == 0 && score <= $0.score + 0.05 }
      if !isMultiple { peaks.append((lag, min(1, score))) }
    }
    peaks.sort { $0.score != $1.score ? $0.score > $1.score : $0.period < $1.period }
    return Array(peaks.prefix(count))
  }
}
