import Diagnostics
import Engine

/// A chart as a picture within a page; its numbers are beside it as a table.
struct SVGChart {
  let chart: Chart

  private static let width = 900.0
  private static let height = 220.0
  private static let left = 56.0
  private static let bottom = 26.0
  private static let mostBars = 60
  /// Of a series.
  private static let mostPoints = 5000

  func write(to html: inout HTMLWriter) {
    switch chart.form {
    case .card: html.facts(chart.series.map { ($0.name, ChartNumber.full($0.values[0])) })
    case .bars, .shares: bars(&html)
    case .columns:
      if case .categories = chart.axis { bars(&html) } else { plot(&html) }
    case .lines, .areas, .points: plot(&html)
    }
    for note in chart.notes { html.note(note.plainText) }
    for series in chart.series where series.points.count > SVGChart.mostPoints {
      html.note(
        "the first \(SVGChart.mostPoints) of \(series.points.count) points of \(series.name) are drawn")
    }
  }

  private var label: String {
    let names = chart.series.map(\.name).joined(separator: ", ")
    return (chart.title.map { "\($0): " } ?? "") + (chart.name.isEmpty ? names : "\(names) by \(chart.name)")
  }

  private static func text(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

  // MARK: - Over an axis

  private func plot(_ html: inout HTMLWriter) {
    let width = SVGChart.width - SVGChart.left - 10
    let height = SVGChart.height - SVGChart.bottom - 10
    let places = shares.map { SVGChart.left + $0 * width }
    let (layers, scale) = layers
    func y(_ value: Double) -> Double { 10 + (1 - scale.share(of: value)) * height }
    html.element(
      "svg", ["viewBox": "0 0 900 220", "role": "img", "aria-label": label]
    ) { html in
      axes(&html, scale, y: y, width: width)
      let slot = barWidth(width)
      for (index, layer) in layers.enumerated() {
        let color = "s\(index % 10)"
        let points = layer.indices.filter { layer[$0].upper.isFinite }
        switch chart.form {
        case .columns:
          for place in points {
            let (top, end) = (y(layer[place].upper), y(layer[place].lower))
            let x = places[place] - slot / 2
            html.element(
              "rect",
              [
                "class": "bar \(color)", "x": SVGChart.text(x), "y": SVGChart.text(min(top, end)),
                "width": SVGChart.text(slot), "height": SVGChart.text(max(0.5, abs(end - top))),
              ]
            ) { $0.element("title", text: title(place, index)) }
          }
        case .areas:
          let path =
            points.map { "\(SVGChart.text(places[$0])),\(SVGChart.text(y(layer[$0].upper)))" }
            + points.reversed().map { "\(SVGChart.text(places[$0])),\(SVGChart.text(y(layer[$0].lower)))" }
          html.element(
            "polygon",
            ["class": "area \(color)", "points": path.joined(separator: " "), "fill-opacity": "0.75"]
          ) {
            $0.element("title", text: chart.series[index].name)
          }
        case .points:
          for point in chart.series[index].points.prefix(SVGChart.mostPoints) {
            html.element(
              "circle",
              [
                "class": color, "cx": SVGChart.text(places[point.place]), "cy": SVGChart.text(y(point.value)),
                "r": "2.5",
              ]
            ) {
              $0.element("title", text: "\(placeName(point.place)): \(ChartNumber.full(point.value))")
            }
          }
        case .lines, .bars, .shares, .card:
          let path = points.map { "\(SVGChart.text(places[$0])),\(SVGChart.text(y(layer[$0].upper)))" }
          html.element("polyline", ["class": "line \(color)", "points": path.joined(separator: " ")]) {
            $0.element("title", text: chart.series[index].name)
          }
          if points.count <= 60 {
            for place in points {
              html.element(
                "circle",
                [
                  "class": color, "cx": SVGChart.text(places[place]),
                  "cy": SVGChart.text(y(layer[place].upper)), "r": "2",
                ]
              ) {
                $0.element("title", text: title(place, index))
              }
            }
          }
        }
      }
    }
    legend(&html)
  }

  /// Where the layers of the series begin and end.
  private var layers: ([[(lower: Double, upper: Double)]], NumberScale) {
    if !chart.isStacked {
      let all = chart.series.flatMap { $0.points.isEmpty ? $0.values : $0.points.map(\.value) }
      return (
        chart.series.map { $0.values.map { (0, $0) } },
        NumberScale(all, fromZero: chart.form != .points, marks: 4)
      )
    }
    var sums = [Double](repeating: 0, count: chart.axis.count)
    for series in chart.series {
      for (place, value) in series.values.enumerated() where value.isFinite && value > 0 {
        sums[place] += value
      }
    }
    var level = [Double](repeating: 0, count: chart.axis.count)
    let isFull = chart.stacking == .full
    let layers = chart.series.map { series in
      series.values.indices.map { place -> (lower: Double, upper: Double) in
        let value = series.values[place].isFinite ? max(0, series.values[place]) : 0
        let lower = level[place]
        level[place] += isFull ? (sums[place] > 0 ? value / sums[place] * 100 : 0) : value
        return (lower, level[place])
      }
    }
    return (layers, NumberScale(isFull ? [0, 100] : sums, fromZero: true, marks: 4))
  }

  private var shares: [Double] {
    let places = chart.axis.places
    if case .categories = chart.axis {
      return places.map { ($0 + 0.5) / Double(max(1, places.count)) }
    }
    guard let first = places.first, let last = places.last, last > first else {
      return places.map { _ in 0.5 }
    }
    // Columns at the ends stand within the picture.
    let margin = chart.form == .columns ? 0.5 / Double(min(places.count, 200) + 1) : 0
    return places.map { margin + ($0 - first) / (last - first) * (1 - 2 * margin) }
  }

  private func barWidth(_ width: Double) -> Double {
    let places = chart.axis.places
    guard let first = places.first, let last = places.last, last > first else { return 24 }
    var step = last - first
    for (before, after) in zip(places, places.dropFirst()) where after > before {
      step = min(step, after - before)
    }
    return max(1, min(40, step / (last - first) * width * 0.85))
  }

  private func axes(
    _ html: inout HTMLWriter, _ scale: NumberScale, y: (Double) -> Double, width: Double
  ) {
    for mark in scale.marks {
      let place = SVGChart.text(y(mark))
      html.element("line", ["class": "axis", "x1": "56", "x2": "890", "y1": place, "y2": place]) { _ in }
      html.element(
        "text", ["x": "50", "y": SVGChart.text(y(mark) + 4), "text-anchor": "end"],
        text: ChartNumber.text(mark))
    }
    for (share, text) in axisMarks {
      html.element(
        "text", ["x": SVGChart.text(SVGChart.left + share * width), "y": "212", "text-anchor": "middle"],
        text: text)
    }
  }

  private var axisMarks: [(Double, String)] {
    switch chart.axis {
    case .times(let times):
      guard let first = times.first, let last = times.last else { return [] }
      return SVGTimeAxis.marks(from: first, to: last, count: 8)
    case .numbers(let numbers):
      guard let first = numbers.first, let last = numbers.last, last > first else { return [] }
      return NumberScale([first, last], fromZero: false, marks: 8).marks
        .filter { $0 >= first && $0 <= last }
        .map { (($0 - first) / (last - first), ChartNumber.text($0)) }
    case .categories(let names):
      let count = Double(max(1, names.count))
      return names.count > 30
        ? [] : names.enumerated().map { ((Double($0) + 0.5) / count, String($1.prefix(14))) }
    }
  }

  private func placeName(_ place: Int) -> String {
    switch chart.axis {
    case .times(let times): Ticks.shortText(times[place])
    case .numbers(let numbers): ChartNumber.full(numbers[place])
    case .categories(let names): names[place]
    }
  }

  private func title(_ place: Int, _ index: Int) -> String {
    let series = chart.series[index]
    return "\(placeName(place)), \(series.name): \(ChartNumber.full(series.values[place]))"
  }

  private func legend(_ html: inout HTMLWriter) {
    html.element("ul", ["class": "legend"]) { html in
      for (index, series) in chart.series.enumerated() {
        html.element("li") { html in
          html.element("svg", ["viewBox": "0 0 10 10", "aria-hidden": "true"]) {
            $0.element("rect", ["class": "bar s\(index % 10)", "width": "10", "height": "10"]) { _ in }
          }
          html.text(series.name)
        }
      }
    }
  }

  // MARK: - Lying bars

  private func bars(_ html: inout HTMLWriter) {
    var shown = Array(0..<chart.axis.count)
    if shown.count > SVGChart.mostBars {
      let totals = shown.map { place in
        chart.series.reduce(0) { $0 + ($1.values[place].isFinite ? abs($1.values[place]) : 0) }
      }
      shown = shown.sorted { (totals[$1], $0) < (totals[$0], $1) }.prefix(SVGChart.mostBars).sorted()
      html.note("the \(shown.count) greatest of \(chart.axis.count) bars are drawn")
    }
    let isStacked = chart.isStacked
    let perPlace = isStacked ? 1 : chart.series.count
    let (layers, scale) = layers
    let rowHeight = 18.0
    let height = Double(shown.count * perPlace) * rowHeight + Double(shown.count) * (perPlace > 1 ? 6 : 0) + 8
    let (left, room) = (260.0, 520.0)
    func x(_ value: Double) -> Double { left + scale.share(of: value) * room }
    html.element("svg", ["viewBox": "0 0 900 \(SVGChart.text(height))", "role": "img", "aria-label": label]) {
      html in
      var top = 4.0
      for place in shown {
        let name = placeName(place)
        html.element("text", ["x": "252", "y": SVGChart.text(top + 12), "text-anchor": "end"]) { html in
          html.text(name.count > 40 ? "\(name.prefix(12))…\(name.suffix(26))" : name)
          html.element("title", text: name)
        }
        for index in layers.indices {
          let layer = layers[index][place]
          if layer.upper.isFinite {
            let (from, to) = (x(layer.lower), x(layer.upper))
            html.element(
              "rect",
              [
                "class": "bar s\(index % 10)", "x": SVGChart.text(min(from, to)), "y": SVGChart.text(top + 2),
                "width": SVGChart.text(max(0.5, abs(to - from))), "height": "13",
              ]
            ) { $0.element("title", text: title(place, index)) }
            if !isStacked {
              html.element(
                "text", ["x": SVGChart.text(max(from, to) + 6), "y": SVGChart.text(top + 12)],
                text: ChartNumber.full(layer.upper))
            }
          }
          if !isStacked { top += rowHeight }
        }
        if isStacked { top += rowHeight } else if perPlace > 1 { top += 6 }
      }
    }
    if chart.series.count > 1 { legend(&html) }
  }
}

/// Marks of an axis of time, from 0 to 1.
enum SVGTimeAxis {
  static func marks(from first: Int64, to last: Int64, count: Int) -> [(Double, String)] {
    TimeScale(from: first, to: last, marks: count).marks.map { mark in
      let share = last > first ? Double(mark.time - first) / Double(last - first) : 0.5
      return (share, mark.context.map { "\($0.suffix(5)) \(mark.text)" } ?? mark.text)
    }
  }
}
