import Diagnostics
import Engine
import Rules
import Session

/// What a run read and what it could not read: nothing is left unsaid.
struct RunSummary {
  /// So many files are named; of more, the number is given.
  private static let namedFiles = 5

  /// Why a file without a row is a table all the same.
  private static let emptyTables: Set<String> = ["CSV without rows", "JSON without events"]

  let run: Workspace.Run
  let configuration: WorkspaceConfiguration
  let readsLogs: Bool
  /// A replay has many times that are now.
  var showsNow = true

  var text: String {
    guard readsLogs else { return "" }
    let report = run.report
    if configuration.logs.isEmpty, configuration.tables.isEmpty {
      return "note: no logs are named, so every table is empty; name files or folders behind the query\n"
    }
    var lines: [String] = []
    if report.filesRead == 0 {
      lines.append("nothing was read: no file here holds events of a table that the query reads")
      lines.append(
        "  what would work: CloudTrail JSON, plain or gzipped, in files or folders; other tables by --table NAME=PATH"
      )
    }
    lines.append("files: \(counted(report.filesRead)) read, \(counted(report.skipped.count)) skipped")
    lines += named(report.skipped.map { ($0.path, $0.reason) }, "skipped")
    if report.filesNotNeeded > 0 {
      lines.append(
        "files: \(counted(report.filesNotNeeded)) not opened, as those before them gave all rows that are wanted"
      )
    }
    if !report.unreadable.isEmpty {
      lines.append("files: \(counted(report.unreadable.count)) could not be read")
      lines += named(report.unreadable.map { ($0.path, $0.reason) }, "not read")
    }
    lines += named(report.damaged.map { ("\($0.path) at byte \($0.offset)", $0.reason) }, "damaged")
    var events = "events: \(counted(report.eventsRead)) read, \(counted(report.rejected)) rejected"
    if let first = report.firstRejected {
      events += " (first: \(DisplayText.escaped(first.path)) at byte \(first.offset): \(first.reason))"
    }
    lines.append(events)
    if report.otherRecords > 0 { lines.append("records of other kinds: \(counted(report.otherRecords))") }
    if report.eventsWithoutTime > 0 {
      lines.append("events without a readable time: \(counted(report.eventsWithoutTime))")
    }
    if let earliest = report.earliest, let latest = report.latest {
      lines.append("time: \(short(earliest)) to \(short(latest))")
    }
    // Files are left out only where nothing asks for the time.
    if report.filesNotNeeded > 0 { return lines.joined(separator: "\n") + "\n" }
    let origin =
      switch configuration.now {
      case .latest:
        report.latest == nil ? " (the clock, as no event has a time)" : " (the newest event; --now sets it)"
      case .at: ""
      }
    if showsNow { lines.append("now: \(short(run.now))\(origin)") }
    return lines.joined(separator: "\n") + "\n"
  }

  func exitCode(allowsPartial: Bool) -> ExitCode {
    guard readsLogs else { return .success }
    let report = run.report
    if !report.limited.isEmpty { return .limit }
    if report.filesRead == 0, !report.unreadable.isEmpty { return .unreadable }
    if report.filesRead == 0, configuration.tables.isEmpty, !configuration.logs.isEmpty,
      report.damaged.isEmpty
    {
      return .unreadable
    }
    // A named table may be empty, but not something else.
    if report.filesRead == 0, configuration.logs.isEmpty, report.damaged.isEmpty,
      report.skipped.contains(where: { !RunSummary.emptyTables.contains($0.reason) })
    {
      return .unreadable
    }
    let isPartial = !report.unreadable.isEmpty || !report.damaged.isEmpty || report.rejected > 0
    return isPartial && !allowsPartial ? .partial : .success
  }

  private func named(_ files: [(path: String, reason: String)], _ what: String) -> [String] {
    var lines = files.prefix(RunSummary.namedFiles).map {
      "  \(what): \(DisplayText.escaped($0.path)): \(DisplayText.escaped($0.reason))"
    }
    if files.count > RunSummary.namedFiles {
      var reasons: [String: Int] = [:]
      for file in files.dropFirst(RunSummary.namedFiles) { reasons[file.reason, default: 0] += 1 }
      for (reason, count) in reasons.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).prefix(5) {
        lines.append("  \(what): \(counted(count)) more: \(DisplayText.escaped(reason))")
      }
    }
    return lines
  }

  private func counted(_ number: Int) -> String {
    var digits = String(number)
    var index = digits.count - 3
    while index > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: index))
      index -= 3
    }
    return digits
  }

  private func short(_ ticks: Int64) -> String {
    let text = Ticks.datetimeText(ticks)
    return text.hasSuffix(".0000000Z") ? text.dropLast(9) + "Z" : text
  }
}
