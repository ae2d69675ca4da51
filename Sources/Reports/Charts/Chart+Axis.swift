import Diagnostics
import Engine

/// Where things stand along an axis, for every way of drawing a chart.
///
/// Shares are from 0 to 1, and are numbers whatever the values are: the distance of two numbers may be none.
enum AxisShare {
  /// The part of the way from one end to another at which a value stands; the middle where there is no way.
  static func of(_ value: Double, from lower: Double, to upper: Double) -> Double {
    if !(lower < upper) { return 0.5 }
    if value <= lower { return 0 }
    if value >= upper { return 1 }
    let range = upper - lower
    // Halves where the whole is too large, and only there: the halves of the least numbers are 0.
    let share = range.isFinite ? (value - lower) / range : (value / 2 - lower / 2) / (upper / 2 - lower / 2)
    return share.isFinite ? max(0, min(1, share)) : 0
  }

  static func of(_ time: Int64, from first: Int64, to last: Int64) -> Double {
    of(distance(first, time), from: 0, to: distance(first, last))
  }

  /// Ticks as they are counted: as numbers of their own they are too large to be told apart.
  private static func distance(_ first: Int64, _ time: Int64) -> Double {
    let (ticks, isTooFar) = time.subtractingReportingOverflow(first)
    return isTooFar ? Double(time) - Double(first) : Double(ticks)
  }
}

extension Chart.Axis {
  struct Mark: Hashable {
    var share: Double
    var text: String
    /// The date where it begins or changes.
    var context: String?
  }

  /// Where the places are; of names the middles of equal parts.
  var shares: [Double] {
    switch self {
    case .categories(let names):
      return names.indices.map { (Double($0) + 0.5) / Double(max(1, names.count)) }
    case .times(let times):
      guard let first = times.first, let last = times.last else { return [] }
      return times.map { AxisShare.of($0, from: first, to: last) }
    case .numbers(let numbers):
      guard let first = numbers.first, let last = numbers.last else { return [] }
      return numbers.map { AxisShare.of($0, from: first, to: last) }
    }
  }

  /// The distance of the two nearest neighbours; nil where there is one place.
  var step: Double? {
    let shares = shares
    return zip(shares, shares.dropFirst()).map { $1 - $0 }.filter { $0 > 0 }.min()
  }

  /// About so many round places with their texts; names have none.
  func marks(_ count: Int) -> [Mark] {
    switch self {
    case .categories: return []
    case .times(let times):
      guard let first = times.first, let last = times.last else { return [] }
      return TimeScale(from: first, to: last, marks: count).marks.map { mark in
        Mark(share: AxisShare.of(mark.time, from: first, to: last), text: mark.text, context: mark.context)
      }
    case .numbers(let numbers):
      guard let first = numbers.first, let last = numbers.last else { return [] }
      return NumberScale([first, last], fromZero: false, marks: count).marks
        .filter { $0 >= first && $0 <= last }
        .map { Mark(share: AxisShare.of($0, from: first, to: last), text: ChartNumber.text($0)) }
    }
  }

  /// The places as texts.
  var names: [String] {
    switch self {
    case .categories(let names): names.map { $0.isEmpty ? "(empty)" : $0 }
    case .times(let times): times.map { Ticks.shortText($0) }
    case .numbers(let numbers): numbers.map { ChartNumber.full($0) }
    }
  }
}

extension Chart {
  /// Where a bar begins and ends.
  struct Layer: Hashable {
    var lower: Double
    var upper: Double

    /// The whole is larger than any number.
    var isCut: Bool { upper == .greatestFiniteMagnitude }
  }

  /// The bars of the series, by series and place, on top of each other if they are stacked; without an end where there is
  /// no value. Of a full stack they are parts of 100.
  var layers: [[Layer]] {
    guard isStacked else { return series.map { $0.values.map { Layer(lower: 0, upper: $0) } } }
    var levels = [Double](repeating: 0, count: axis.count)
    let parts = stacking == .full ? axis.count : 0
    // In units of the greatest value of a place no sum is too large.
    let units = (0..<parts).map { place in series.map { Chart.positive($0.values[place]) }.max() ?? 0 }
    let wholes = (0..<parts).map { place in
      series.reduce(0) { $0 + Chart.part(Chart.positive($1.values[place]), of: units[place]) }
    }
    return series.map { series in
      series.values.indices.map { place -> Layer in
        let value = Chart.positive(series.values[place])
        let height =
          stacking == .full
          ? Chart.part(Chart.part(value, of: units[place]), of: wholes[place]) * 100 : value
        let lower = levels[place]
        levels[place] = min(lower + height, .greatestFiniteMagnitude)
        return Layer(lower: lower, upper: levels[place])
      }
    }
  }

  /// The axis of the values of all series.
  func scale(marks count: Int) -> NumberScale {
    if isStacked, stacking == .full { return NumberScale([0, 100], fromZero: true, marks: count) }
    if isStacked { return NumberScale(layers.last?.map(\.upper) ?? [], fromZero: true, marks: count) }
    let values = series.flatMap { $0.points.isEmpty ? $0.values : $0.points.map(\.value) }
    return NumberScale(values, fromZero: form != .points, marks: count)
  }

  /// The parts of a whole that the values of a series are, from 0 to 1.
  func parts(of series: Series) -> [Double] {
    let unit = self.series.flatMap(\.values).map { Chart.positive($0) }.max() ?? 0
    let whole = self.series.reduce(0) { sum, series in
      series.values.reduce(sum) { $0 + Chart.part(Chart.positive($1), of: unit) }
    }
    return series.values.map { Chart.part(Chart.part(Chart.positive($0), of: unit), of: whole) }
  }

  /// The places of the greatest bars in their order, and what is said of the others.
  func greatestPlaces(_ most: Int) -> (places: [Int], note: Advice?) {
    let all = Array(0..<axis.count)
    guard all.count > most else { return (all, nil) }
    let totals = all.map { place in
      series.reduce(0) { $0 + ($1.values[place].isFinite ? abs($1.values[place]) : 0) }
    }
    let shown = all.sorted { (totals[$1], $0) < (totals[$0], $1) }.prefix(most).sorted()
    return (shown, "the \(shown.count) greatest of \(all.count) bars are drawn")
  }

  static func positive(_ value: Double) -> Double { value.isFinite ? max(0, value) : 0 }

  private static func part(_ value: Double, of whole: Double) -> Double { whole > 0 ? value / whole : 0 }
}
