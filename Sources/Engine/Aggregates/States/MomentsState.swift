/// Variance and standard deviation, and SPL's sum of squares.
///
/// Sums run at twice the precision of a double, so that neither the order of the rows shows nor the difference
/// of two large sums loses what matters.
final class MomentsState: AggregateState {
  enum Result {
    case variance(ofSample: Bool)
    case deviation(ofSample: Bool)
    case sumOfSquares
  }

  private struct Moments {
    var sum = CompensatedSum()
    var squares = CompensatedSum()
    var count: Int64 = 0
  }

  private let result: Result
  private let dialect: Dialect
  private var reader: NumberReader
  private var moments: [Moments] = []

  init(_ result: Result, _ arguments: AggregateArguments) {
    self.result = result
    dialect = arguments.dialect
    reader = NumberReader(type: arguments.type(at: 0), dialect: arguments.dialect)
  }

  func update(groups: UnsafeBufferPointer<UInt32>, groupCount: Int, arguments: [Column]) {
    moments.grow(to: groupCount, filling: Moments())
    moments.withUnsafeMutableBufferPointer { moments in
      reader.forEach(arguments[0], groups: groups) { group, number in
        moments[group].sum.add(number)
        moments[group].squares.add(DoubleDouble(number, times: number))
        moments[group].count &+= 1
      }
    }
  }

  func merge(_ other: any AggregateState, mapping: [UInt32], groupCount: Int) {
    let other = Self.same(other)
    moments.grow(to: groupCount, filling: Moments())
    for (group, more) in other.moments.enumerated() {
      moments[Int(mapping[group])].sum.add(more.sum)
      moments[Int(mapping[group])].squares.add(more.squares)
      moments[Int(mapping[group])].count &+= more.count
    }
  }

  func partial(groupCount: Int) -> PartialRows {
    moments.grow(to: groupCount, filling: Moments())
    return PartialRows(
      ofEach: groupCount,
      moments.map(\.sum).partColumns + moments.map(\.squares).partColumns + [
        .int64(.long, moments.map(\.count))
      ])
  }

  func absorb(_ rows: PartialRows, groupCount: Int) {
    moments.grow(to: groupCount, filling: Moments())
    let sums = rows.sums(from: 0)
    let squares = rows.sums(from: [CompensatedSum].partCount)
    let counts = rows.longs(2 * [CompensatedSum].partCount)
    for (row, group) in rows.groups.enumerated() {
      moments[Int(group)].sum.add(sums[row])
      moments[Int(group)].squares.add(squares[row])
      moments[Int(group)].count &+= counts[row]
    }
  }

  func finish(groupCount: Int) -> [Column] {
    moments.grow(to: groupCount, filling: Moments())
    let isNull = dialect.emptyTotalIsNull && moments.contains { $0.count == 0 }
    let values = moments.map { moments in
      switch result {
      case .variance(let ofSample): variance(moments, ofSample: ofSample)
      case .deviation(let ofSample): variance(moments, ofSample: ofSample).squareRoot()
      case .sumOfSquares: moments.squares.value
      }
    }
    return [.reals(values, validity: isNull ? moments.map { $0.count > 0 } : nil)]
  }

  private func variance(_ moments: Moments, ofSample: Bool) -> Double {
    let count = Double(moments.count)
    if !moments.sum.value.isFinite || !moments.squares.value.isFinite { return .nan }
    if moments.count < 2 { return 0 }
    let sum = moments.sum.doubleDouble
    let spread = (moments.squares.doubleDouble - (sum * sum).divided(by: count)).value
    let variance = max(0, spread) / (ofSample ? count - 1 : count)
    return dialect.varianceDecimals.map { MomentsState.rounded(variance, to: $0) } ?? variance
  }

  static func rounded(_ value: Double, to decimals: Int) -> Double {
    let factor = (0..<decimals).reduce(1.0) { factor, _ in factor * 10 }
    let scaled = value * factor
    return abs(scaled) < 0x1p53 ? scaled.rounded() / factor : value
  }
}
