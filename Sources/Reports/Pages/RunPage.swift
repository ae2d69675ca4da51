package import Diagnostics
import Engine
import Formats
import LogSources
package import Rules
import Session

/// What rules found, as a page.
package struct RunPage {
  /// What the command line knows of the run beside it.
  package var account: PageAccount
  package var funnels: [Int: [Funnel]] = [:]
  package var activity: EntityActivity?
  private let alerts: RunAlerts
  private let pack: RulePack
  /// What a reader can set is called as it is where the page is made.
  private let spelling: (Remedy) -> String

  package init(
    _ alerts: RunAlerts, _ pack: RulePack, _ account: PageAccount, spelling: @escaping (Remedy) -> String
  ) {
    self.alerts = alerts
    self.pack = pack
    self.account = account
    self.spelling = spelling
  }

  private var run: PackRun { alerts.run }

  package var page: HTMLPage {
    let list = alerts.list
    let fired = run.entries.filter(\.hasFired)
    var page = HTMLPage(
      "Alerts",
      subtitle:
        "\(list.alertCount) alert\(list.alertCount == 1 ? "" : "s") of \(fired.count) of \(run.entries.count) rules"
    )
    page.facts = account.facts
    page.section("Alerts") { table(&$0, of: list) }
    if !fired.isEmpty {
      page.section("Rules that fired") { html in
        for (index, entry) in run.entries.enumerated() where entry.hasFired { rule(&html, entry, index) }
      }
    }
    if let activity, !activity.isEmpty { page.section("Entities") { entities(&$0, activity) } }
    page.section("Rules that found nothing") { others(&$0) }
    page.section("What was read") { account.write(to: &$0) }
    return page
  }

  private func table(_ html: inout HTMLWriter, of list: AlertList) {
    if list.lines.isEmpty { return html.element("p", text: "No rule fired.") }
    let lanes = zip(run.entries, alerts.ofEntry).filter { !$1.isEmpty }
      .map { (rank: Severity.rank(Severity($0.rule.metadata.severity)), entry: $0, alerts: $1) }
      .sorted { $0.rank < $1.rank }
    AlertTimeline(lanes.map { ($0.entry.rule.metadata.title, $0.alerts) })?.write(to: &html)
    let names = ["when", "until", "severity", "rule", "who", "from", "technique", "count"]
    html.table(names.map { ($0, $0 == "count") }, caption: "Alerts") { html in
      for (place, line) in list.lines.prefix(HTMLWriter.mostRows).enumerated() {
        row(&html, line, isMore: place >= HTMLPage.rowsAtFirst)
      }
    }
    if list.lines.count > HTMLWriter.mostRows {
      html.note("the first \(HTMLWriter.mostRows) of \(list.lines.count) rows; other formats have them all")
    }
  }

  private func row(_ html: inout HTMLWriter, _ line: AlertList.Line, isMore: Bool) {
    let severity = line.severity ?? "none"
    html.element(
      "tr", isMore ? ["class": "more", "data-severity": severity] : ["data-severity": severity]
    ) { html in
      html.element("td", ["class": "t"], text: line.first.map { Ticks.shortText($0) } ?? "")
      html.element(
        "td", ["class": "t"], text: line.last == line.first ? "" : line.last.map { Ticks.shortText($0) } ?? ""
      )
      html.element("td") { $0.severity(line.severity) }
      html.element("td") { html in
        if let title = line.title {
          html.text(title)
          html.raw("<br>")
        }
        for (place, entry) in line.entries.sorted().enumerated() {
          if place > 0 { html.raw("<br>") }
          html.element("a", ["href": "#rule-\(entry)"], text: run.entries[entry].rule.metadata.title)
        }
      }
      html.element("td", text: line.who.joined(separator: ", "))
      html.element("td", text: line.from.joined(separator: ", "))
      html.element("td", text: line.techniques.joined(separator: " "))
      html.element("td", ["class": "n"], text: "\(line.count)")
    }
  }

  private func rule(_ html: inout HTMLWriter, _ entry: PackRun.Entry, _ index: Int) {
    guard case .ran(let outcome) = entry.outcome else { return }
    let metadata = entry.rule.metadata
    html.element("article", ["class": "rule", "id": "rule-\(index)"]) { html in
      html.element("h3") { html in
        html.text(metadata.title + " ")
        html.severity(metadata.severity)
      }
      if !metadata.description.isEmpty { html.element("p", text: metadata.description) }
      html.facts([
        ("Rows", "\(entry.rowCount)"), ("Technique", metadata.techniques.joined(separator: " ")),
        ("Tactic", metadata.tactics.joined(separator: ", ")), ("File", entry.rule.path),
        ("Language", entry.rule.language.title), ("Playbook", entry.rule.playbookPath ?? ""),
      ])
      for result in outcome.results {
        html.table(
          result.table, caption: "Rows of \(metadata.title)" + (result.name.map { ": \($0)" } ?? ""),
          entry.rule.language.dialect)
      }
      for note in outcome.notes + entry.notes { html.note(note.text(spelling)) }
      if let funnels = funnels[index] {
        html.details("Funnel: how many rows each stage lets through") { html in
          for funnel in funnels { html.funnel(funnel) }
        }
      }
      html.details("Text of the rule") { $0.source(entry.rule.query, deciding: funnels[index] ?? []) }
      if !metadata.falsePositives.isEmpty {
        html.details("False positives") { $0.list(metadata.falsePositives) }
      }
      if !metadata.triage.isEmpty { html.details("Triage") { $0.list(metadata.triage) } }
      if let text = account.playbooks[entry.rule.playbookPath ?? ""] {
        html.details("Playbook") { $0.element("pre", text: text) }
      }
    }
  }

  private func entities(_ html: inout HTMLWriter, _ activity: EntityActivity) {
    html.note("Everything that the entities of alerts did in the logs, whether a rule minds it or not.")
    for entity in activity.entities {
      let rules = entity.rules.map { "\($0.title) (\($0.alerts))" }.joined(separator: ", ")
      html.details(entity.name) { html in
        html.element("p", ["class": "soft"], text: "in alerts of: \(rules)")
        if entity.rows.isEmpty {
          html.note("no event names it as identity or address")
        } else {
          html.table(
            Table(fields: EntityActivity.fields, rows: entity.rows), caption: "Events of \(entity.name)")
        }
        if entity.more > 0 { html.note("\(entity.more) kinds of events more") }
      }
    }
    if activity.tooLong > 0 {
      html.note(
        "\(activity.tooLong) values of more than \(EntityActivity.mostNameBytes) bytes were not looked up")
    }
    if activity.left > 0 { html.note("\(activity.left) more entities were not looked up") }
  }

  private func others(_ html: inout HTMLWriter) {
    var rows: [[String]] = []
    for entry in run.entries where !entry.hasFired {
      let (state, reason): (String, String) =
        switch entry.outcome {
        case .ran(let outcome): ("silent", outcome.notes.map { $0.text(spelling) }.joined(separator: "; "))
        case .notRun(let reasons): ("not run", reasons.map { $0.text(spelling) }.joined(separator: "; "))
        case .refused(let failure): ("refused", failure.diagnostics.first?.message ?? "")
        case .failed(let failure): ("stopped", failure.message)
        }
      rows.append([
        entry.rule.metadata.title, state, entry.rule.metadata.severity ?? "", reason, entry.rule.path,
      ])
    }
    for failure in pack.broken {
      rows.append([
        failure.source.name, "refused", "", failure.diagnostics.first?.message ?? "", failure.source.name,
      ])
    }
    for file in pack.unreadable { rows.append([file.path, "not read", "", file.reason, file.path]) }
    if rows.isEmpty { return html.element("p", text: "Every rule fired.") }
    html.table(["rule", "state", "severity", "reason", "file"], rows, caption: "Rules that found nothing")
  }
}
