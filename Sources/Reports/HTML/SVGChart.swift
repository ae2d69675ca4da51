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
  /// More columns, or places of a line, than a picture has room for: of neighbours the outermost is drawn.
  private static let mostPlaces = 1000

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
    // Columns at the ends stand within the picture.
    let margin =
      chart.form == .columns && chart.axis.step != nil ? 0.5 / Double(min(chart.axis.count, 200) + 1) : 0
    func x(_ share: Double) -> Double { SVGChart.left + (margin + share * (1 - 2 * margin)) * width }
    let places = chart.axis.shares.map { x($0) }
    let names = chart.axis.names
    let layers = chart.layers
    let scale = chart.scale(marks: 4)
    let drawn = self.drawn(layers)
    if drawn.inOne > 1 { html.note("of each \(drawn.inOne) places in a row the outermost values are drawn") }
    func y(_ value: Double) -> Double { 10 + (1 - scale.share(of: value)) * height }
    html.element(
      "svg", ["viewBox": "0 0 900 220", "role": "img", "aria-label": label]
    ) { html in
      axes(&html, scale, x: x, y: y)
      let slot = chart.axis.step.map { max(1, min(40, $0 * width * 0.85)) } ?? 24
      for (index, layer) in layers.enumerated() {
        let color = "s\(index % 10)"
        let points = drawn.places[index]
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
            ) { $0.element("title", text: title(names, place, index)) }
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
              $0.element("title", text: "\(names[point.place]): \(ChartNumber.full(point.value))")
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
                $0.element("title", text: title(names, place, index))
              }
            }
          }
        }
      }
    }
    legend(&html)
  }

  /// The places of each series that are drawn, and of how many neighbours the outermost is one.
  private func drawn(_ layers: [[Chart.Layer]]) -> (places: [[Int]], inOne: Int) {
    let all = layers.map { layer in layer.indices.filter { layer[$0].upper.isFinite } }
    guard chart.form != .points, let longest = all.map(\.count).max(), longest > SVGChart.mostPlaces else {
      return (all, 1)
    }
    let inOne = (longest + SVGChart.mostPlaces - 1) / SVGChart.mostPlaces
    let sums = layers.last ?? []
    let places = zip(layers, all).map { layer, places -> [Int] in
      stride(from: 0, to: places.count, by: inOne).flatMap { start -> [Int] in
        let run = places[start..<min(places.count, start + inOne)]
        func value(_ place: Int) -> Double { chart.isStacked ? sums[place].upper : layer[place].upper }
        let most = run.max { value($0) < value($1) }
        let least = run.min { value($0) < value($1) }
        // Beside a tall column a short one is not seen, and one below zero is.
        let hasBoth = chart.form != .columns || (least.map { value($0) < 0 } ?? false)
        return [most, hasBoth ? least : nil].compactMap { $0 }.uniqued.sorted()
      }
    }
    return (places, inOne)
  }

  private func axes(
    _ html: inout HTMLWriter, _ scale: NumberScale, x: (Double) -> Double, y: (Double) -> Double
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
        "text", ["x": SVGChart.text(x(share)), "y": "212", "text-anchor": "middle"], text: text)
    }
  }

  private var axisMarks: [(Double, String)] {
    switch chart.axis {
    case .times, .numbers: chart.axis.marks(8).map { ($0.share, $0.wholeText) }
    case .categories(let names):
      names.count > 30 ? [] : Array(zip(chart.axis.shares, names.map { String($0.prefix(14)) }))
    }
  }

  private func title(_ names: [String], _ place: Int, _ index: Int) -> String {
    let series = chart.series[index]
    return "\(names[place]), \(series.name): \(ChartNumber.full(series.values[place]))"
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
    let (shown, note) = chart.greatestPlaces(SVGChart.mostBars)
    if let note { html.note(note.plainText) }
    let names = chart.axis.names
    let isStacked = chart.isStacked
    let perPlace = isStacked ? 1 : chart.series.count
    let layers = chart.layers
    let scale = chart.scale(marks: 4)
    let rowHeight = 18.0
    let height = Double(shown.count * perPlace) * rowHeight + Double(shown.count) * (perPlace > 1 ? 6 : 0) + 8
    let (left, room) = (260.0, 520.0)
    func x(_ value: Double) -> Double { left + scale.share(of: value) * room }
    html.element("svg", ["viewBox": "0 0 900 \(SVGChart.text(height))", "role": "img", "aria-label": label]) {
      html in
      var top = 4.0
      for place in shown {
        let name = names[place]
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
            ) { $0.element("title", text: title(names, place, index)) }
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

extension Chart.Axis.Mark {
  /// With the date where it changes.
  var wholeText: String { context.map { "\($0.suffix(5)) \(text)" } ?? text }
}
