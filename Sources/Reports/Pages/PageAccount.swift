import Diagnostics
package import Engine

/// What a page says of how it came about: what was read, skipped and rejected.
package struct PageAccount {
  package var facts: [(name: String, text: String)] = []
  package var report: LoadReport
  /// Texts of playbooks by their paths.
  package var playbooks: [String: String] = [:]
  /// The summary as the command line words it.
  package var lines: [String] = []

  package init(_ report: LoadReport, now: Int64?, version: String) {
    self.report = report
    var facts: [(name: String, text: String)] = []
    if let earliest = report.earliest, let latest = report.latest {
      facts.append(("Logs", "\(Ticks.shortText(earliest)) to \(Ticks.shortText(latest))"))
    }
    if report.eventsRead > 0 { facts.append(("Events", report.eventsRead.grouped)) }
    if let now { facts.append(("now", Ticks.shortText(now))) }
    facts.append(("Made by", "trawl \(version)"))
    self.facts = facts
  }

  private static let listed = 100

  func write(to html: inout HTMLWriter) {
    html.facts([
      ("Files read", report.filesRead.grouped),
      ("Files skipped", report.skipped.count.grouped),
      ("Files not read", report.unreadable.count.grouped),
      ("Files damaged", report.damaged.count.grouped),
      ("Events read", report.eventsRead.grouped),
      ("Events rejected", report.rejected.grouped),
      ("Events without a time", report.eventsWithoutTime.grouped),
    ])
    if !lines.isEmpty { html.element("pre", text: lines.joined(separator: "\n")) }
    let files =
      report.unreadable.map { ["not read", $0.path, $0.reason] }
      + report.damaged.map { ["damaged", "\($0.path) at byte \($0.offset)", $0.reason] }
      + report.skipped.map { ["skipped", $0.path, $0.reason] }
    if files.isEmpty { return }
    html.table(
      ["what", "file", "reason"], Array(files.prefix(PageAccount.listed)),
      caption: "Files that were not read whole")
    if files.count > PageAccount.listed { html.note("\(files.count - PageAccount.listed) more files") }
  }
}
