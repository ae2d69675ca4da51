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
    let names = placeNames
    var shown = Array(names.indices)
    if shown.count > TextChart.mostBars {
      let totals = names.indices.map { place in chart.series.reduce(0) { $0 + abs(finite($1.values[place])) }
      }
      shown = shown.sorted { (totals[$1], $0) < (totals[$0], $1) }.prefix(TextChart.mostBars).sorted()
      notes.append("the \(shown.count) greatest of \(names.count) bars are drawn")
    }
    if chart.isStacked { return legend() + shown.map { stackedBar($0, names[$0], shown) } }
    let whole = chart.series.reduce(0) { $0 + $1.numbers.filter { $0 > 0 }.reduce(0, +) }
    func text(_ value: Double) -> String {
      guard value.isFinite else { return "" }
      let full = number(value)
      guard chart.form == .shares, whole > 0 else { return full }
      return "\(width < 40 ? "" : full + "  ")\(ChartNumber.text((value / whole * 1000).rounded() / 10))%"
    }
    let values = shown.flatMap { place in chart.series.map { $0.values[place] } }
    let least = values.filter(\.isFinite).min() ?? 0
    let most = values.filter(\.isFinite).max() ?? 0
    let digits = values.map { text($0).count }.max() ?? 1
    let name = nameWidth(shown.map { names[$0] }, digits)
    let isGrouped = chart.series.count > 1
    let room = max(3, width - name - digits - 3 - (isGrouped ? 2 : 0))
    // The zero is where the negative values need it.
    let range = max(most, 0) / 2 - min(least, 0) / 2
    let left = range > 0 ? Int((-min(least, 0) / 2 / range * Double(room)).rounded(.up)) : 0
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
          value, left: left, right: room - left, range: range, room,
          fill: isGrouped ? glyphs.fill(index) : nil)
        lines.append("\(label)  \(mark)\(bar) \(text(value))")
      }
    }
    return lines
  }

  private var caption: String {
    let value = chart.series.first?.name ?? ""
    return chart.name.isEmpty ? value : "\(value) by \(chart.name)"
  }

  private var placeNames: [String] {
    switch chart.axis {
    case .categories(let names): names.map { $0.isEmpty ? "(empty)" : $0 }
    case .times(let times): times.map { Ticks.shortText($0) }
    case .numbers(let numbers): numbers.map { ChartNumber.full($0) }
    }
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

  private func finite(_ value: Double) -> Double { value.isFinite ? value : 0 }

  private func bar(
    _ value: Double, left: Int, right: Int, range: Double, _ room: Int, fill: Character?
  ) -> String {
    guard value.isFinite, range > 0 else { return String(repeating: " ", count: room) }
    let length = abs(value) / 2 / range * Double(room)
    if value < 0 {
      let cells = max(1, min(left, Int(length.rounded())))
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

  private func stackedBar(_ place: Int, _ name: String, _ shown: [Int]) -> String {
    func total(_ place: Int) -> Double { chart.series.reduce(0) { $0 + max(0, finite($1.values[place])) } }
    let isFull = chart.stacking == .full
    let whole = isFull ? total(place) : shown.map { total($0) }.max() ?? 0
    let digits = shown.map { number(total($0)).count }.max() ?? 1
    let names = placeNames
    let label = nameWidth(shown.map { names[$0] }, digits)
    let room = max(3, width - label - digits - 3)
    var cells = ""
    var level = 0.0
    for (index, series) in chart.series.enumerated() {
      level += max(0, finite(series.values[place]))
      let end = whole > 0 ? Int((level / whole * Double(room)).rounded()) : 0
      cells += String(repeating: glyphs.fill(index), count: max(0, end - cells.count))
    }
    return ChartText.atLeft(ChartText.cut(name, to: label, glyphs), label) + "  "
      + ChartText.atLeft(cells, room) + " " + number(total(place))
  }
}
