package import Diagnostics
import Engine
import LogSources
package import Rules
package import Session

/// The rows of a query as a page.
package struct QueryPage {
  private let rule: DetectionRule
  private let outcomes: [QueryOutcome]
  private let account: PageAccount
  private let spelling: (Remedy) -> String
  /// Rows that are shown.
  package var limit: Int?

  package init(
    _ rule: DetectionRule, _ outcomes: [QueryOutcome], _ account: PageAccount,
    spelling: @escaping (Remedy) -> String
  ) {
    self.rule = rule
    self.outcomes = outcomes
    self.account = account
    self.spelling = spelling
  }

  package var page: HTMLPage {
    let title = rule.metadata.title == "<query>" ? "Query" : rule.metadata.title
    var page = HTMLPage(title, subtitle: rule.language.title)
    page.facts = account.facts
    for result in outcomes.flatMap(\.results) {
      page.section(result.name ?? "Rows") { html in
        if let request = result.chart {
          let drawn = ChartMaker.chart(of: result.table, request, rule.language.dialect)
          switch drawn {
          case .chart(let chart): SVGChart(chart: chart).write(to: &html)
          case .rows(let reason): if let reason, !request.isImplied { html.note(reason.text(spelling)) }
          }
        }
        let count = result.table.rowCount
        html.element("p", text: count == 1 ? "1 row" : "\(count) rows")
        html.table(
          result.table, caption: result.name ?? "Rows", rule.language.dialect,
          limit: min(limit ?? HTMLWriter.mostRows, HTMLWriter.mostRows))
      }
    }
    page.section("Query") { html in
      html.element("pre", text: rule.query.text)
      for note in outcomes.flatMap(\.notes) { html.note(note.text(spelling)) }
    }
    page.section("What was read") { account.write(to: &$0) }
    return page
  }
}
