/// Curves of least squares through a series: two lines that meet at a break, and polynomials.
enum SeriesFit {
  struct TwoLines {
    var splitIndex: Int
    var left: SeriesStatistics.Line
    var right: SeriesStatistics.Line
    var variance: Double
    var residualVariance: Double
    var rSquare: Double
  }

  /// Breaks a series where two lines fit best; nil with fewer than two numbers.
  static func twoLines(through numbers: [Double]) -> TwoLines? {
    guard numbers.count >= 2, FunctionLimit.allows(numbers.count, lengthLimit, "points of a series to fit")
    else { return nil }
    let count = numbers.count
    let sums = RunningSums(numbers)
    var best = (split: 1, rest: Double.infinity)
    for split in 1..<count {
      let rest = sums.rest(0..<split) + sums.rest(split..<count)
      // Rounding must not move the break among equal fits.
      if rest < best.rest - 1e-12 * max(1, best.rest.isFinite ? best.rest : 1) { best = (split, rest) }
    }
    let left = SeriesStatistics.line(through: Array(numbers[..<best.split]))
    let right = SeriesStatistics.line(through: Array(numbers[best.split...]))
    let variance = SeriesStatistics.variance(numbers)
    var rest = 0.0
    for (number, fitted) in zip(numbers, left.values + right.values) {
      rest += (number - fitted) * (number - fitted)
    }
    let residual = rest / Double(count - 1)
    return TwoLines(
      splitIndex: best.split, left: left, right: right, variance: variance, residualVariance: residual,
      rSquare: variance > 0 ? 1 - residual / variance : 1)
  }

  /// Points that a fit may have.
  static let lengthLimit = 1 << 20

  /// Sums over prefixes, by which the rest of a line through any part is known at once.
  private struct RunningSums {
    private var x: [Double] = [0]
    private var y: [Double] = [0]
    private var xx: [Double] = [0]
    private var xy: [Double] = [0]
    private var yy: [Double] = [0]

    init(_ numbers: [Double]) {
      // Around the mean, so that large numbers lose less.
      let meanX = Double(numbers.count - 1) / 2
      let meanY = SeriesStatistics.mean(numbers)
      for (index, number) in numbers.enumerated() {
        let along = Double(index) - meanX
        let up = number - meanY
        x.append(x[index] + along)
        y.append(y[index] + up)
        xx.append(xx[index] + along * along)
        xy.append(xy[index] + along * up)
        yy.append(yy[index] + up * up)
      }
    }

    /// The sum of squares that the best line through a part leaves.
    func rest(_ range: Range<Int>) -> Double {
      let count = Double(range.count)
      func sum(_ sums: [Double]) -> Double { sums[range.upperBound] - sums[range.lowerBound] }
      let spreadX = sum(xx) - sum(x) * sum(x) / count
      let spreadY = sum(yy) - sum(y) * sum(y) / count
      let shared = sum(xy) - sum(x) * sum(y) / count
      return max(0, spreadX > 0 ? spreadY - shared * shared / spreadX : spreadY)
    }
  }

  struct Polynomial {
    /// From the highest power to the lowest.
    var coefficients: [Double]
    var values: [Double]
    var variance: Double
    var residualVariance: Double
    var rSquare: Double
  }

  static let degrees = 1...5

  /// nil if the points do not determine a polynomial of that degree.
  static func polynomial(_ numbers: [Double], at places: [Double], degree: Int) -> Polynomial? {
    guard numbers.count == places.count, numbers.count > degree, degrees.contains(degree),
      let first = places.first
    else { return nil }
    // Places are moved and scaled into -1…1, where powers stay small.
    let least = places.reduce(first, min)
    let most = places.reduce(first, max)
    let middle = (least + most) / 2
    let scale = most > least ? (most - least) / 2 : 1
    let scaled = places.map { ($0 - middle) / scale }
    guard let local = OrthogonalFit.coefficients(numbers, at: scaled, degree: degree) else { return nil }
    let values = scaled.map { place in local.reversed().reduce(0) { $0 * place + $1 } }
    let variance = SeriesStatistics.variance(numbers)
    var rest = 0.0
    for (number, fitted) in zip(numbers, values) { rest += (number - fitted) * (number - fitted) }
    let residual = rest / Double(max(1, numbers.count - 1))
    return Polynomial(
      coefficients: expanded(local, middle: middle, scale: scale).reversed(), values: values,
      variance: variance, residualVariance: residual,
      rSquare: variance > 0 ? 1 - residual / variance : 1)
  }

  /// The coefficients of p((x - middle) / scale), from the lowest power.
  private static func expanded(_ local: [Double], middle: Double, scale: Double) -> [Double] {
    var result = [Double](repeating: 0, count: local.count)
    for coefficient in local.reversed() {
      // result = result * (x - middle) / scale + coefficient
      var next = [Double](repeating: 0, count: local.count)
      for power in result.indices {
        next[power] -= result[power] * middle / scale
        if power + 1 < next.count { next[power + 1] += result[power] / scale }
      }
      next[0] += coefficient
      result = next
    }
    return result
  }
}

/// Least squares by Householder reflections of the matrix of powers.
enum OrthogonalFit {
  /// Coefficients from the lowest power; nil if the matrix has no full rank.
  static func coefficients(_ numbers: [Double], at places: [Double], degree: Int) -> [Double]? {
    let rows = places.count
    var columns: [[Double]] = [[Double](repeating: 1, count: rows)]
    for _ in 0..<degree {
      let last = columns[columns.count - 1]
      columns.append(zip(last, places).map { $0 * $1 })
    }
    var target = numbers
    var diagonal: [Double] = []
    for step in columns.indices {
      let length = columns[step][step...].reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard length > 1e-10 * Double(rows).squareRoot() else { return nil }
      let pivot = columns[step][step] > 0 ? -length : length
      var mirror = Array(columns[step][step...])
      mirror[0] -= pivot
      let norm = mirror.reduce(0) { $0 + $1 * $1 }
      func reflect(_ column: inout [Double]) {
        guard norm > 0 else { return }
        var shared = 0.0
        for index in mirror.indices { shared += mirror[index] * column[step + index] }
        let factor = 2 * shared / norm
        for index in mirror.indices { column[step + index] -= factor * mirror[index] }
      }
      for later in columns.indices where later > step { reflect(&columns[later]) }
      reflect(&target)
      diagonal.append(pivot)
    }
    var result = [Double](repeating: 0, count: degree + 1)
    for row in stride(from: degree, through: 0, by: -1) {
      var value = target[row]
      for column in row + 1..<degree + 1 { value -= columns[column][row] * result[column] }
      result[row] = value / diagonal[row]
    }
    return result
  }
}
