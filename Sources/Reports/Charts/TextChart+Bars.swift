import Diagnostics
import Engine

/// Lying bars, a line each: names at the left, values at the right.
///
/// ```
/// ses.amazonaws.com  ██████████████▍ 156
/// sns.amazonaws.com  ███▌            40
/// ```
extension TextChart {
  func bars(_ notes: inout [Advice]) -> [String] {
    let names = chart.axis.names
    let (shown, note) = chart.greatestPlaces(TextChart.mostBars)
    if let note { notes.append(note) }
    if chart.isStacked { return legend() + stackedBars(names, shown) }
    let parts = chart.form == .shares ? chart.series.map { chart.parts(of: $0) } : []
    func text(_ series: Int, _ place: Int) -> String {
      let value = chart.series[series].values[place]
      guard value.isFinite else { return "" }
      let full = number(value)
      guard !parts.isEmpty, parts[series].contains(where: { $0 > 0 }) else { return full }
      let percent = ChartNumber.text((parts[series][place] * 1000).rounded() / 10) + "%"
      return width < 40 ? percent : "\(full)  \(percent)"
    }
    let values = shown.flatMap { place in chart.series.map { $0.values[place] } }
    let least = values.filter(\.isFinite).min() ?? 0
    let most = values.filter(\.isFinite).max() ?? 0
    let digits =
      shown.flatMap { place in chart.series.indices.map { text($0, place).count } }.max() ?? 1
    let name = nameWidth(shown.map { names[$0] }, digits)
    let isGrouped = chart.series.count > 1
    let room = max(3, width - name - digits - 3 - (isGrouped ? 2 : 0))
    // The zero is where the negative values need it.
    let (lower, upper) = (min(least, 0), max(most, 0))
    let left = lower < upper ? Int((AxisShare.of(0, from: lower, to: upper) * Double(room)).rounded(.up)) : 0
    var lines = isGrouped ? legend() : []
    if !isGrouped { lines.append(ChartText.cut(caption, to: width, glyphs)) }
    for place in shown {
      for (index, series) in chart.series.enumerated() {
        let value = series.values[place]
        if isGrouped, !value.isFinite, chart.series.contains(where: { $0.values[place].isFinite }) {
          continue
        }
        let isFirst = index == chart.series.firstIndex { $0.values[place].isFinite } ?? 0
        let label = ChartText.atLeft(isFirst ? ChartText.cut(names[place], to: name, glyphs) : "", name)
        let mark = isGrouped ? "\(glyphs.fill(index)) " : ""
        let bar = bar(
          value, left: left, right: room - left, lower...upper, fill: isGrouped ? glyphs.fill(index) : nil)
        lines.append("\(label)  \(mark)\(bar) \(text(index, place))")
      }
    }
    return lines
  }

  private var caption: String {
    let value = chart.series.first?.name ?? ""
    return chart.name.isEmpty ? value : "\(value) by \(chart.name)"
  }

  /// Names have no more than a half of what numbers leave.
  private func nameWidth(_ names: [String], _ number: Int) -> Int {
    let longest = names.map { DisplayText.width(of: $0) }.max() ?? 0
    return max(3, min(longest, max(width / 2, width - number - 30), width - number - 9))
  }

  /// In full where there is room.
  private func number(_ value: Double) -> String {
    width < 40 ? ChartNumber.text(value) : ChartNumber.full(value)
  }

  private func bar(
    _ value: Double, left: Int, right: Int, _ range: ClosedRange<Double>, fill: Character?
  ) -> String {
    let room = left + right
    guard value.isFinite, range.lowerBound < range.upperBound else {
      return String(repeating: " ", count: room)
    }
    let length =
      abs(
        AxisShare.of(value, from: range.lowerBound, to: range.upperBound)
          - AxisShare.of(0, from: range.lowerBound, to: range.upperBound)) * Double(room)
    if value < 0 {
      let cells = min(left, max(1, Int(length.rounded())))
      return String(repeating: " ", count: left - cells)
        + String(repeating: fill ?? glyphs.lying(8), count: cells) + String(repeating: " ", count: right)
    }
    var eighths = min(right * 8, Int((length * 8).rounded()))
    if value > 0, eighths == 0 { eighths = glyphs == .blocks ? 1 : 4 }
    var cells = String(repeating: fill ?? glyphs.lying(8), count: eighths / 8)
    if eighths % 8 > 0 {
      cells.append(
        fill == nil ? glyphs.lying(eighths % 8) : eighths % 8 >= 4 || cells.isEmpty ? fill ?? " " : " ")
    }
    return String(repeating: " ", count: left) + ChartText.atLeft(cells, right)
  }

  private func stackedBars(_ names: [String], _ shown: [Int]) -> [String] {
    let layers = chart.layers
    // Said as it is, also where it is too large to be drawn.
    let totals = shown.map { place in
      number(chart.series.reduce(0) { $0 + Chart.positive($1.values[place]) })
    }
    let digits = totals.map(\.count).max() ?? 1
    let label = nameWidth(shown.map { names[$0] }, digits)
    let room = max(3, width - label - digits - 3)
    let whole = shown.map { layers.last?[$0].upper ?? 0 }.max() ?? 0
    return zip(shown, totals).map { place, total in
      var cells = ""
      for index in layers.indices where whole > 0 {
        let end = Int((AxisShare.of(layers[index][place].upper, from: 0, to: whole) * Double(room)).rounded())
        cells += String(repeating: glyphs.fill(index), count: max(0, end - cells.count))
      }
      return ChartText.atLeft(ChartText.cut(names[place], to: label, glyphs), label) + "  "
        + ChartText.atLeft(cells, room) + " " + total
    }
  }
}
