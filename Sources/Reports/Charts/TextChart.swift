package import Diagnostics
import Engine

/// A chart for a terminal, in plain text.
///
/// ```
/// count_ by TimeGenerated
/// 100 ┤    ▄
///  50 ┤ ▂  █
///   0 ┤▁█▁▃█▂
///     └┬──────
///      14:00
/// ```
package struct TextChart {
  let chart: Chart
  let width: Int
  let glyphs: ChartGlyphs

  /// Lines of a picture with one series, and of one of several side by side.
  private static let height = 12
  static let mostBars = 40

  package init(_ chart: Chart, width: Int, glyphs: ChartGlyphs) {
    self.chart = chart
    self.width = max(10, min(width, 1000))
    self.glyphs = glyphs
  }

  /// The picture, each line with its end. What is not drawn stands in `notes`.
  package func text() -> (text: String, notes: [Advice]) {
    var lines: [String] = []
    if let title = chart.title, !title.isEmpty { lines.append(ChartText.cut(title, to: width, glyphs)) }
    var notes = chart.notes
    switch chart.form {
    case .card:
      for series in chart.series {
        lines.append(
          ChartText.cut("\(series.name)  \(ChartNumber.full(series.values[0]))", to: width, glyphs))
      }
    case .bars, .shares: lines += bars(&notes)
    case .lines, .points: lines += panels(height: panelHeight) { dots($0, $1, $2, $3) }
    case .columns:
      if !fitsUpright { lines += bars(&notes) } else { lines += upright(&notes) }
    case .areas: lines += upright(&notes)
    }
    return (lines.map { ChartText.trimmed($0) + "\n" }.joined(), notes)
  }

  private func upright(_ notes: inout [Advice]) -> [String] {
    if chart.isStacked { return stacked(height: TextChart.height) }
    let group = binsInOne
    if group > 1, chart.form == .columns {
      notes.append("each column is the greatest of \(group) in a row")
    }
    return panels(height: panelHeight) { columns($0, $1, $2, $3) }
  }

  private var panelHeight: Int {
    chart.series.count == 1 ? TextChart.height : max(3, min(6, 24 / chart.series.count))
  }

  // MARK: - The axis across

  /// The line of the axis and the texts below it.
  ///
  /// - Parameter reach: the column of the last place; nil is the last one.
  func axisLines(_ plot: Int, reach: Int? = nil) -> [String] {
    var marks: [(column: Int, text: String)] = []
    var contexts: [(column: Int, text: String)] = []
    let last = Double(reach ?? plot - 1)
    switch chart.axis {
    case .times, .numbers:
      for mark in chart.axis.marks(max(1, plot / 9)) {
        let column = Int((mark.share * last).rounded())
        marks.append((column, mark.text))
        if let context = mark.context { contexts.append((column, context)) }
      }
    case .categories(let names):
      let slot = max(1, plot / max(1, names.count))
      for (index, name) in names.enumerated() {
        marks.append((index * slot, ChartText.cut(name, to: max(1, slot - 1), glyphs)))
      }
    }
    var line = [Character](repeating: glyphs.horizontal, count: plot)
    for mark in marks where mark.column >= 0 && mark.column < plot {
      line[mark.column] = glyphs.horizontalMark
    }
    var lines = [String(line), ChartText.line(marks, width: plot)]
    if !contexts.isEmpty { lines.append(ChartText.line(contexts, width: plot)) }
    return lines
  }

  // MARK: - The axis at the left

  /// A picture for each series, one below the other over one axis.
  private func panels(
    height: Int, _ draw: (Int, NumberScale, _ columns: Int, _ rows: Int) -> [String]
  ) -> [String] {
    let scales = chart.series.map { series in
      let values = series.points.isEmpty ? series.values : series.points.map(\.value)
      if height < TextChart.height, chart.form != .points { return NumberScale(tight: values) }
      return NumberScale(values, fromZero: chart.form != .points, marks: max(1, height / 3))
    }
    let labels = scales.map { $0.marks.map { ChartNumber.text($0) } }
    let label = labels.flatMap { $0 }.map(\.count).max() ?? 1
    let room = max(4, width - label - 2)
    let (plot, reach) = chart.form == .columns ? columnPlot(room) : (room, room - 1)
    var lines: [String] = []
    for (index, series) in chart.series.enumerated() {
      lines.append(heading(series))
      let rows = draw(index, scales[index], plot, height)
      lines += framed(rows, scales[index], label: label)
    }
    return lines + below(axisLines(plot, reach: reach), label: label)
  }

  private func heading(_ series: Chart.Series) -> String {
    let numbers = series.points.isEmpty ? series.numbers : series.points.map(\.value)
    var facts = ""
    if chart.series.count > 1, let most = numbers.max() { facts = "  greatest \(ChartNumber.full(most))" }
    let by = chart.name.isEmpty || chart.series.count > 1 ? "" : " by \(chart.name)"
    if facts.count > width / 2 { facts = "" }
    return ChartText.cut(series.name + by, to: width - facts.count, glyphs) + facts
  }

  func framed(_ rows: [String], _ scale: NumberScale, label: Int) -> [String] {
    var labels = [String](repeating: "", count: rows.count)
    for mark in scale.marks {
      let row = rows.count - 1 - Int((scale.share(of: mark) * Double(rows.count - 1)).rounded())
      if labels[row].isEmpty { labels[row] = ChartNumber.text(mark) }
    }
    return zip(labels, rows).map { name, row in
      ChartText.atRight(name, label) + " " + (name.isEmpty ? glyphs.vertical : glyphs.verticalMark) + row
    }
  }

  func below(_ axis: [String], label: Int) -> [String] {
    axis.enumerated().map { index, line in
      String(repeating: " ", count: label + 1) + (index == 0 ? glyphs.corner : " ") + line
    }
  }

  /// What fills the parts of which series, in as many lines as that takes.
  func legend() -> [String] {
    var lines: [String] = []
    var line = ""
    for (index, series) in chart.series.enumerated() {
      let entry =
        "\(glyphs.fill(index)) " + ChartText.cut(series.name, to: max(4, min(40, width - 4)), glyphs)
      if !line.isEmpty, DisplayText.width(of: line) + 3 + DisplayText.width(of: entry) > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : "   ") + entry
    }
    return lines + [line]
  }
}
