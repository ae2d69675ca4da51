import Diagnostics
import Engine
import LogSources

/// A summary for people, in a given width.
package struct SummaryText {
  let summary: LogSummary
  let width: Int
  let glyphs: ChartGlyphs
  /// Rows of each list.
  let limit: Int

  package static let usualLimit = 10

  package init(_ summary: LogSummary, width: Int, glyphs: ChartGlyphs, limit: Int?) {
    self.summary = summary
    self.width = max(20, width)
    self.glyphs = glyphs
    self.limit = limit ?? SummaryText.usualLimit
  }

  package var text: String {
    guard summary.eventCount > 0 else { return "no events\n" }
    var lines = head + timeline
    for group in summary.groups { lines += section(group) }
    lines += visits + news
    return lines.map { ChartText.trimmed($0) + "\n" }.joined()
  }

  // MARK: - Head

  private var head: [String] {
    let tables = summary.sources.map { "\($0.events.grouped) of \($0.table)" }
    var text = "events: \(tables.joined(separator: ", "))"
    if summary.errorCount > 0 { text += "; \(summary.errorCount.grouped) with an error" }
    var lines = [ChartText.cut(text, to: width, glyphs)]
    if let earliest = summary.report.earliest, let latest = summary.report.latest {
      lines.append("time:   \(Ticks.shortText(earliest)) to \(Ticks.shortText(latest))")
    }
    if let newFrom = summary.newFrom {
      lines.append("new:    what is seen first from \(Ticks.shortText(newFrom)) on, marked +")
    }
    return lines + [""]
  }

  private var timeline: [String] {
    guard summary.timeline.count > 1 else { return [] }
    var series = [Chart.Series(name: "events", values: summary.timeline.map { Double($0.events) })]
    if summary.errorCount > 0 {
      series.append(Chart.Series(name: "errors", values: summary.timeline.map { Double($0.errors) }))
    }
    let chart = Chart(
      form: .columns, stacking: .none, title: nil, name: "time", axis: .times(summary.timeline.map(\.time)),
      series: series)
    return TextChart(chart, width: width, glyphs: glyphs).text().text.split(separator: "\n").map(String.init)
      + [""]
  }

  // MARK: - Lists

  private func section(_ group: LogSummary.Group) -> [String] {
    let news = group.entries.count(where: \.isNew)
    let heading =
      "\(group.kind.title): \(group.entries.count.grouped)"
      + (news > 0 ? ", \(news) new" : "")
    return list(
      heading, group.entries.count, ["", "events", "errors", "first", "last"],
      group.entries.prefix(limit).map { [mark($0) + $0.value] + figures($0) })
  }

  private var visits: [String] {
    if summary.visits.isEmpty { return [] }
    return list(
      "Who from where: \(summary.visits.count.grouped)", summary.visits.count,
      ["", "", "events", "errors", "first", "last", "services", "actions", "regions"],
      summary.visits.prefix(limit).map { visit in
        [mark(visit.entry) + visit.identity, visit.address] + figures(visit.entry)
          + [SummaryText.few(visit.services), SummaryText.few(visit.actions), SummaryText.few(visit.regions)]
      })
  }

  private var news: [String] {
    let news = summary.news
    if news.isEmpty { return [] }
    return list(
      "New: \(news.count.grouped)", news.count,
      ["", "", "events", "errors", "first", "last"],
      news.prefix(limit).map { [$0.kind.rawValue, $0.entry.value] + figures($0.entry) })
  }

  private func mark(_ entry: LogSummary.Entry) -> String { entry.isNew ? "+ " : "  " }

  private func figures(_ entry: LogSummary.Entry) -> [String] {
    [
      entry.events.grouped, entry.errors > 0 ? entry.errors.grouped : "",
      time(entry.first), time(entry.last),
    ]
  }

  /// To the minute.
  private func time(_ ticks: Int64?) -> String {
    ticks.map { Ticks.minuteText($0) } ?? ""
  }

  static func few(_ names: [String]) -> String {
    let shown = names.prefix(3).map { SourceCatalog.shortName(of: $0) }
    return shown.joined(separator: ", ") + (names.count > 3 ? " +\(names.count - 3)" : "")
  }

  /// Rows of cells: numbers at the right, texts cut to what room there is; in a narrow terminal the last columns go.
  private func list(_ heading: String, _ count: Int, _ names: [String], _ rows: [[String]]) -> [String] {
    let isNumber = names.map { $0 == "events" || $0 == "errors" }
    let cells = rows.map { row in row.map { DisplayText.escaped($0) } }
    let natural = names.indices.map { column in
      max(names[column].count, cells.map { DisplayText.width(of: $0[column]) }.max() ?? 0)
    }
    let firstColumns = names.prefix { $0.isEmpty }.count
    var shown = Array(names.indices)
    func least(_ columns: [Int]) -> Int {
      columns.reduce(0) { $0 + ($1 < firstColumns ? min(natural[$1], 14) : natural[$1]) + 2 } - 2
    }
    while shown.count > firstColumns, least(shown) > width { shown.removeLast() }
    var widths = natural
    let fixed = shown.filter { $0 >= firstColumns }.reduce(0) { $0 + natural[$1] + 2 }
    // The widest texts give way first.
    let room = max(8 * firstColumns, width - fixed) - 2 * (firstColumns - 1)
    while let widest = (0..<firstColumns).max(by: { widths[$0] < widths[$1] }), widths[widest] > 8,
      widths[..<firstColumns].reduce(0, +) > room
    {
      widths[widest] -= 1
    }
    func line(_ row: [String]) -> String {
      shown.map { column in
        let text =
          column < firstColumns
          ? ChartText.cutWithin(row[column], to: widths[column], glyphs)
          : ChartText.cut(row[column], to: widths[column], glyphs)
        return isNumber[column]
          ? ChartText.atRight(text, widths[column]) : ChartText.atLeft(text, widths[column])
      }.joined(separator: "  ")
    }
    var head = names
    head[0] = heading
    // The heading stands over the first columns, and may need a line of its own.
    var lines: [String] = []
    if DisplayText.width(of: heading) > widths[0] {
      lines.append(ChartText.cut(heading, to: width, glyphs))
      head[0] = ""
    } else if firstColumns > 1 {
      lines.append(heading)
      head[0] = ""
    }
    lines.append(line(head))
    lines += cells.map(line)
    if count > rows.count { lines.append("  and \((count - rows.count).grouped) more") }
    return lines + [""]
  }
}
