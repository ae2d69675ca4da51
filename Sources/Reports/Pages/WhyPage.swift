package import Rules
import Session

/// Why rules found what they found, as a page.
package struct WhyPage {
  package typealias Entry = (rule: DetectionRule, funnels: [Funnel])

  private let entries: [Entry]
  private let account: PageAccount

  package init(_ entries: [Entry], _ account: PageAccount) {
    self.entries = entries
    self.account = account
  }

  package var page: HTMLPage {
    var page = HTMLPage("Why", subtitle: "How many rows each stage and each condition lets through")
    page.facts = account.facts
    for entry in entries {
      let rows = entry.funnels.reduce(0) { $0 + $1.rowCount }
      let title = entry.rule.metadata.title == "<query>" ? "Query" : entry.rule.metadata.title
      page.section(title) { html in
        html.facts([
          ("Rows", "\(rows)"), ("File", entry.rule.path), ("Language", entry.rule.language.title),
          ("Severity", entry.rule.metadata.severity ?? ""),
          ("Technique", entry.rule.metadata.techniques.joined(separator: " ")),
        ])
        for funnel in entry.funnels { html.funnel(funnel) }
        html.details("Text", isOpen: true) { $0.source(entry.rule.query, deciding: entry.funnels) }
      }
    }
    page.section("What was read") { account.write(to: &$0) }
    return page
  }
}
