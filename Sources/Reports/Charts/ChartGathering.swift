import Diagnostics
import Engine

/// Values as they come from the rows, by series and place.
struct ChartGathering {
  private struct Gathered {
    var values: [Int: Double] = [:]
    var points: [Chart.Point] = []
    var total = 0.0
  }

  let keepsPoints: Bool
  /// What a series without a name is called where it is the only one.
  var unnamed = ""
  private var places: [Value: Int] = [:]
  private var placeValues: [Value] = []
  private var names: [String] = []
  private var series: [String: Gathered] = [:]
  /// Values that no picture can show.
  private var unshown = 0
  private var repeated = 0

  init(keepsPoints: Bool) { self.keepsPoints = keepsPoints }

  mutating func add(_ cell: Value, at place: Value, to name: String) {
    if cell.isNull || cell == .string("") { return }
    guard let value = ChartGathering.number(cell), value.isFinite else {
      unshown += 1
      return
    }
    if place.isNull {
      unshown += 1
      return
    }
    let index: Int
    if let known = places[place] {
      index = known
    } else {
      index = placeValues.count
      places[place] = index
      placeValues.append(place)
    }
    if series[name] == nil { names.append(name) }
    var known = series.removeValue(forKey: name) ?? Gathered()
    if keepsPoints { known.points.append(Chart.Point(place: index, value: value)) }
    if let other = known.values[index] {
      repeated += 1
      known.values[index] = max(other, value)
    } else {
      known.values[index] = value
    }
    known.total += abs(value)
    series[name] = known
  }

  // MARK: - Charts

  func chart(
    _ form: Chart.Form, _ request: ChartRequest, _ name: String, _ dialect: Dialect
  ) -> ChartMaker.Outcome {
    guard !names.isEmpty else { return .rows("no value of the rows can be drawn") }
    let (axis, order) = axis(form)
    var notes: [Advice] = []
    if unshown > 0 {
      notes.append(
        "not drawn: \(unshown) value\(unshown == 1 ? "" : "s") without a place or a finite number")
    }
    if repeated > 0, !keepsPoints { notes.append("of several values at one place the greatest is drawn") }
    var kept = names
    if names.count > ChartMaker.mostSeries {
      let greatest = names.indices.sorted { left, right in
        let (first, second) = (series[names[left]]?.total ?? 0, series[names[right]]?.total ?? 0)
        return first == second ? left < right : first > second
      }.prefix(ChartMaker.mostSeries)
      kept = greatest.sorted().map { names[$0] }
      notes.append("the \(kept.count) series with the greatest totals of \(names.count) are drawn")
    }
    var rank = [Int](repeating: 0, count: order.count)
    for (position, place) in order.enumerated() { rank[place] = position }
    let made = kept.map { name in
      let gathered = series[name] ?? Gathered()
      var values = [Double](repeating: .nan, count: order.count)
      for (place, value) in gathered.values { values[rank[place]] = value }
      let points = gathered.points.map { Chart.Point(place: rank[$0.place], value: $0.value) }
      let shown = name.isEmpty ? (names.count > 1 ? "(empty)" : unnamed) : name
      return Chart.Series(name: shown, values: values, points: points)
    }
    var chart = Chart(
      form: form, stacking: request.stacking, title: request.title, name: name, axis: axis, series: made)
    chart.notes = notes
    if chart.isStacked, chart.stacking != .full, chart.layers.last?.contains(where: { $0.isCut }) == true {
      chart.notes.append("sums that are too large for a number are drawn as the greatest one")
    }
    return .chart(chart)
  }

  /// The axis, and the places in its order.
  private func axis(_ form: Chart.Form) -> (Chart.Axis, [Int]) {
    let isNamed =
      switch form {
      case .bars, .shares, .card: true
      case .lines, .areas, .columns, .points: false
      }
    let times = placeValues.map { ChartGathering.time($0) }
    if times.allSatisfy({ $0 != nil }) {
      let order = placeValues.indices.sorted { (times[$0] ?? 0, $0) < (times[$1] ?? 0, $1) }
      return (.times(order.map { times[$0] ?? 0 }), order)
    }
    let numbers = placeValues.map { place -> Double? in
      switch place {
      case .long, .real, .decimal, .dynamic:
        return ChartGathering.number(place).flatMap { $0.isFinite ? $0 : nil }
      case .null, .bool, .datetime, .timespan, .guid, .string: return nil
      }
    }
    if !isNamed, numbers.allSatisfy({ $0 != nil }) {
      let order = placeValues.indices.sorted { (numbers[$0] ?? 0, $0) < (numbers[$1] ?? 0, $1) }
      return (.numbers(order.map { numbers[$0] ?? 0 }), order)
    }
    return (.categories(placeValues.map { ChartGathering.text($0) }), Array(placeValues.indices))
  }

  // MARK: - Cells

  static func number(_ value: Value) -> Double? {
    switch value {
    case .long(let number): return Double(number)
    case .real(let number): return number
    case .decimal: return Double(value.kqlText)
    case .timespan(let ticks): return Double(ticks) / Double(Ticks.perSecond)
    case .string(let text): return Double(text)
    case .dynamic(.long(let number)): return Double(number)
    case .dynamic(.real(let number)): return number
    case .dynamic(.string(let text)): return Double(text)
    case .null, .bool, .datetime, .guid, .dynamic: return nil
    }
  }

  static func time(_ value: Value) -> Int64? {
    switch value {
    case .datetime(let ticks): return ticks
    case .dynamic(.string(let text)):
      guard text.count > 9, text.contains("-") else { return nil }
      return DatetimeParsing.parseKQL(text)
    case .null, .bool, .long, .real, .decimal, .timespan, .guid, .string, .dynamic: return nil
    }
  }

  static func text(_ value: Value) -> String {
    switch value {
    case .datetime(let ticks): Ticks.shortText(ticks)
    case .null: ""
    case .bool, .long, .real, .decimal, .timespan, .guid, .string, .dynamic: value.kqlText
    }
  }
}
