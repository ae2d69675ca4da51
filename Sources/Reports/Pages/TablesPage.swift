package import Engine

/// A page of tables, some of them drawn.
package struct TablesPage {
  package struct Part {
    var title: String
    var table: Table
    var notes: [String]
    var chart: ChartRequest?
    var drawn: Table

    package init(
      _ title: String, _ table: Table, notes: [String] = [], chart: ChartRequest? = nil, drawn: Table? = nil
    ) {
      self.title = title
      self.table = table
      self.notes = notes
      self.chart = chart
      self.drawn = drawn ?? table
    }
  }

  private let title: String
  private let subtitle: String
  private let parts: [Part]
  private let account: PageAccount

  package init(_ title: String, subtitle: String = "", _ parts: [Part], _ account: PageAccount) {
    self.title = title
    self.subtitle = subtitle
    self.parts = parts
    self.account = account
  }

  package var page: HTMLPage {
    var page = HTMLPage(title, subtitle: subtitle)
    page.facts = account.facts
    for part in parts {
      page.section(part.title) { html in
        if let request = part.chart,
          case .chart(let chart) = ChartMaker.chart(of: part.drawn, request, .own)
        {
          SVGChart(chart: chart).write(to: &html)
        }
        if part.table.rowCount > 0 {
          html.table(part.table, caption: part.title)
        } else {
          html.element("p", text: "None.")
        }
        for note in part.notes { html.note(note) }
      }
    }
    page.section("What was read") { account.write(to: &$0) }
    return page
  }
}
