import Diagnostics
import Engine
import LogSources

/// A summary of logs as a page.
package struct SummaryPage {
  private let summary: LogSummary
  private let account: PageAccount

  /// Rows of each list.
  private static let mostEntries = 2000

  package init(_ summary: LogSummary, _ account: PageAccount) {
    self.summary = summary
    self.account = account
  }

  package var page: HTMLPage {
    let tables = summary.sources.map { "\($0.events.grouped) events of \($0.table)" }
    var page = HTMLPage("Summary of logs", subtitle: tables.joined(separator: ", "))
    page.facts = account.facts
    page.facts += [
      ("With an error", summary.errorCount.grouped),
      ("New is what is seen first from", summary.newFrom.map { Ticks.shortText($0) } ?? ""),
    ]
    if summary.timeline.count > 1 {
      page.section("Timeline") { html in
        let chart = Chart(
          form: .columns, stacking: .stacked, title: "Events", name: "time",
          axis: .times(summary.timeline.map(\.time)),
          series: [
            Chart.Series(
              name: "without an error", values: summary.timeline.map { Double($0.events - $0.errors) }),
            Chart.Series(name: "with an error", values: summary.timeline.map { Double($0.errors) }),
          ])
        SVGChart(chart: chart).write(to: &html)
      }
    }
    let news = summary.news
    if !news.isEmpty {
      page.section("New") { html in
        html.entries(
          news.map { ($0.kind.rawValue, $0.entry) }, caption: "New", limit: SummaryPage.mostEntries)
      }
    }
    if !summary.visits.isEmpty { page.section("Who from where") { visits(&$0) } }
    for group in summary.groups {
      page.section(group.kind.title) { html in
        html.entries(
          group.entries.map { (nil, $0) }, caption: group.kind.title, limit: SummaryPage.mostEntries)
      }
    }
    page.section("What was read") { account.write(to: &$0) }
    return page
  }

  private func visits(_ html: inout HTMLWriter) {
    let rows = summary.visits.prefix(SummaryPage.mostEntries).map { visit in
      [
        visit.entry.isNew ? "new" : "", visit.identity, visit.address, "\(visit.entry.events)",
        "\(visit.entry.errors)",
        visit.entry.first.map { Ticks.shortText($0) } ?? "",
        visit.entry.last.map { Ticks.shortText($0) } ?? "",
        visit.services.joined(separator: ", "), visit.actions.joined(separator: ", "),
        visit.regions.joined(separator: ", "),
      ]
    }
    html.table(
      ["new", "identity", "address", "events", "errors", "first", "last", "services", "actions", "regions"],
      rows,
      caption: "Who from where", numbers: [3, 4])
    if summary.visits.count > rows.count {
      html.note("the first \(rows.count) of \(summary.visits.count) rows; other formats have them all")
    }
  }
}

extension HTMLWriter {
  fileprivate mutating func entries(
    _ entries: [(kind: String?, entry: LogSummary.Entry)], caption: String, limit: Int
  ) {
    let hasKind = entries.contains { $0.kind != nil }
    let rows = entries.prefix(limit).map { kind, entry -> [String] in
      (hasKind ? [kind ?? ""] : [entry.isNew ? "new" : ""]) + [
        entry.value, "\(entry.events)", "\(entry.errors)", entry.first.map { Ticks.shortText($0) } ?? "",
        entry.last.map { Ticks.shortText($0) } ?? "",
      ]
    }
    table(
      [hasKind ? "kind" : "new", "value", "events", "errors", "first", "last"], rows, caption: caption,
      numbers: [2, 3])
    if entries.count > rows.count {
      note("the first \(rows.count) of \(entries.count) rows; other formats have them all")
    }
  }
}
