import Diagnostics
import Engine
import Reports
import Rules
import Session
import Trawl

/// Writes what rules found.
///
/// For people, a line for each alert, the gravest first; with `--rows` and in markdown rule by rule: its title, severity
/// and techniques, what each alert is about, and a table of the rows.
/// For programs, one table of all alerts of all rules, with entities and the row itself as values:
///
/// ```
/// {"rule":"…","id":"…","severity":"high","technique":"T1496.004","file":"rules/…","row":{"EventCount":101,…}}
/// ```
struct AlertPrinter {
  /// So many alerts of a rule are listed above its rows.
  private static let listed = 20

  let output: OutputSettings
  let console: Console

  func print(_ alerts: RunAlerts, of pack: RulePack) {
    let run = alerts.run
    switch output.document {
    case nil: break
    case .html, .navigator: return
    case .timesketch:
      let (table, left) = TimesketchTable.table(of: run.entries.flatMap(shown))
      ResultPrinter(output: output, dialect: .own, console: console).printTimeline(table, left: left)
      return
    case .sarif:
      let document = AlertSarif.document(
        of: run, broken: pack.broken, unreadable: pack.unreadable, version: TrawlVersion.text,
        spelling: \.option)
      console.write(document)
      return
    }
    switch output.format {
    case .table:
      printList(alerts.list)
      if output.showsRows { for entry in run.entries where entry.hasFired { printSection(entry) } }
    case .markdown: for entry in run.entries where entry.hasFired { printSection(entry) }
    case .json, .ndjson, .csv, .tsv, .typedJSON, .arrow:
      console.write(AlertDocument.table(of: run.entries.flatMap(shown)), output.renderer())
    }
  }

  // MARK: - For people

  private func printList(_ list: AlertList) {
    if list.lines.isEmpty { return }
    console.write(AlertListText(list, width: output.width, limit: output.limit).text)
    if output.showsRows { console.write("\n") }
    let shown = min(output.limit ?? list.lines.count, list.lines.count)
    if shown < list.lines.count {
      console.say(.note, "\(shown) of \(list.lines.count) alerts shown (--limit)")
    }
  }

  private func printSection(_ entry: PackRun.Entry) {
    guard case .ran(let outcome) = entry.outcome else { return }
    let metadata = entry.rule.metadata
    let rows = entry.rowCount
    let facts =
      [metadata.severity, metadata.techniques.joined(separator: " ")].compactMap { $0 }
      .filter { !$0.isEmpty } + [rows == 1 ? "1 row" : "\(rows) rows"]
    let title = DisplayText.escaped(metadata.title)
    let details = DisplayText.escaped(facts.joined(separator: " · "))
    let path = DisplayText.escaped(entry.rule.path)
    let playbook = entry.rule.playbookPath.map { DisplayText.escaped($0) }
    let lines = alertLines(entry)
    if output.format == .markdown {
      console.write("## \(title)\n\n\(details) · `\(path)`\n\n")
      if let playbook { console.write("Playbook: `\(playbook)`\n\n") }
      for line in lines { console.write("- \(AlertPrinter.markdown(line))\n") }
    } else {
      var head = StyledText(title, .name)
      head.append(" [")
      head.append(details, StyledText.Style(severity: metadata.severity))
      head.append("]\n\(path)\n")
      console.write(head)
      if let playbook { console.write("playbook: \(playbook)\n") }
      for line in lines { console.write("  \(line)\n") }
    }
    if !lines.isEmpty || output.format == .table { console.write("\n") }
    ResultPrinter(output: output, dialect: entry.rule.language.dialect, console: console).print(outcome)
    console.write("\n")
  }

  /// What each alert is about; none where the rule says nothing of it.
  private func alertLines(_ entry: PackRun.Entry) -> [String] {
    let metadata = entry.rule.metadata
    let saysMore =
      !metadata.entities.isEmpty || !metadata.customDetails.isEmpty || metadata.alertDetails != AlertDetails()
    guard saysMore else { return [] }
    let count = min(output.limit ?? AlertPrinter.listed, entry.alertCount)
    var lines = entry.alerts(upTo: count).map { alert in
      var parts: [String] = []
      if let time = alert.time { parts.append(Ticks.shortText(time)) }
      if alert.title != metadata.title { parts.append(alert.title) }
      if alert.severity != metadata.severity, let severity = alert.severity { parts.append("[\(severity)]") }
      if !alert.entityText.isEmpty { parts.append(alert.entityText) }
      parts += alert.customDetails.map { "\($0.key) = \($0.value.scalarText)" }
      return DisplayText.escaped(parts.joined(separator: "  "))
    }
    if count < entry.alertCount { lines.append("and \(entry.alertCount - count) more, in the rows below") }
    return lines
  }

  /// Text in which no mark has a meaning.
  private static func markdown(_ text: String) -> String {
    var result = ""
    for character in text {
      if "\\`*_[]<>|#".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }

  // MARK: - For programs

  /// The alerts up to the limit, with a word about the others.
  private func shown(_ entry: PackRun.Entry) -> [Alert] {
    guard let limit = output.limit, limit < entry.alertCount else { return entry.alerts }
    let title = DisplayText.escaped(entry.rule.metadata.title)
    console.say(.note, "\(limit) of \(entry.alertCount) rows of `\(title)` shown (--limit)")
    return entry.alerts(upTo: limit)
  }
}
