import Diagnostics
import Engine
import LogSources
import Rules
import Session

/// What a run read and what it could not read: nothing is left unsaid.
struct RunSummary {
  /// The clocks of two machines may differ a little.
  private static let clockSlack = 10 * Ticks.perMinute

  let run: Workspace.Run
  let configuration: WorkspaceConfiguration
  let readsLogs: Bool
  /// A replay has many times that are now, and a coverage one for each day.
  var showsNow = true

  /// Everything.
  var text: StyledText { styled(lines) }

  /// What must be said even if no summary is wanted: what the answer lacks, or what it may mislead about.
  var trouble: StyledText { styled(lines.filter(\.isTrouble)) }

  private func styled(_ lines: [Line]) -> StyledText {
    var text = StyledText()
    for line in lines { text.append(line.text, line.isTrouble ? .warning : .plain) }
    return text
  }

  func print(_ output: OutputSettings, _ console: Console) {
    console.envelope?.summary = self
    console.printError(output.isQuiet ? trouble : text)
  }

  private struct Line {
    var text: String
    var isTrouble = false

    init(_ text: String, isTrouble: Bool = false) {
      self.text = text + "\n"
      self.isTrouble = isTrouble
    }
  }

  private var lines: [Line] {
    guard readsLogs else { return [] }
    let report = run.report
    if configuration.logs.isEmpty, configuration.tables.isEmpty {
      return [
        Line("note: no logs are named, so every table is empty; name files or folders behind the query")
      ]
    }
    var lines: [Line] = []
    if report.filesRead == 0, report.emptyTables.isEmpty {
      let known = SourceCatalog.sources.map(\.name).joined(separator: ", ")
      lines.append(
        Line("nothing was read: no file here holds events of a table that the query reads", isTrouble: true))
      lines.append(
        Line(
          "  what would work: logs of \(known), plain, compressed (gzip, Zstandard, bzip2, xz, LZ4) or in archives (zip, tar), Parquet, in files, folders or pipes; other tables by --table NAME=PATH"
        ))
    }
    lines.append(Line("files: \(report.filesRead.grouped) read, \(report.skipped.count.grouped) skipped"))
    lines += named(report.skipped, "skipped", isTrouble: report.filesRead == 0 && report.emptyTables.isEmpty)
    lines += named(report.emptyTables.map { ($0, "it has no rows") }, "empty")
    lines += named(report.notes, "note")
    if report.filesNotNeeded > 0 {
      lines.append(
        Line(
          "files: \(report.filesNotNeeded.grouped) not opened, as those before them gave all rows that are wanted"
        ))
    }
    if !report.unreadable.isEmpty {
      lines.append(Line("files: \(report.unreadable.count.grouped) could not be read", isTrouble: true))
      lines += named(report.unreadable, "not read", isTrouble: true)
    }
    lines += named(
      report.damaged.map { ("\($0.path) at byte \($0.offset)", $0.reason) }, "damaged", isTrouble: true)
    lines += report.limitHelp.map { Line("  help: \($0.optionText)", isTrouble: true) }
    var events = "events: \(report.eventsRead.grouped) read, \(report.rejected.grouped) rejected"
    if let first = report.firstRejected {
      events += " (first: \(DisplayText.escaped(first.path)) at byte \(first.offset): \(first.reason))"
    }
    lines.append(Line(events, isTrouble: report.rejected > 0))
    if report.otherRecords > 0 {
      lines.append(Line("records of other kinds: \(report.otherRecords.grouped)"))
    }
    if report.eventsWithoutTime > 0 {
      lines.append(
        Line("events without a readable time: \(report.eventsWithoutTime.grouped)", isTrouble: true))
      lines += named(report.filesWithoutTimes, "in", isTrouble: true)
    }
    if let earliest = report.earliest, let latest = report.latest {
      lines.append(Line("time: \(Ticks.shortText(earliest)) to \(Ticks.shortText(latest))"))
    }
    // Files are left out only where nothing asks for the time.
    if report.filesNotNeeded > 0 { return lines }
    let origin =
      switch configuration.now {
      case .latest:
        report.latest == nil
          ? " (the clock, as no event has a time)" : " (just past the newest event; --now sets it)"
      case .at: ""
      }
    if showsNow { lines.append(Line("now: \(Ticks.shortText(run.now))\(origin)")) }
    return lines + doubtfulNow
  }

  /// One event with a wrong time would silence every rule that looks back from the newest.
  private var doubtfulNow: [Line] {
    let report = run.report
    guard case .latest = configuration.now, let latest = report.latest else { return [] }
    let place = report.newestFile.map { ", in \(DisplayText.escaped($0))," } ?? ""
    let advice = "what counts back from it sees none of the others; --now TIME sets another"
    if latest > configuration.wallClock + RunSummary.clockSlack {
      return [
        Line(
          "warning: the newest event (\(Ticks.shortText(latest))\(place)) lies in the future: \(advice)",
          isTrouble: true)
      ]
    }
    guard let outlying = report.outlyingEvents else { return [] }
    let events = outlying.count == 1 ? "1 event lies" : "\(outlying.count.grouped) events lie"
    let others =
      "\(outlying.others.grouped) others, which end on \(Ticks.datetimeText(outlying.othersEnd).prefix(10))"
    return [
      Line(
        "warning: \(events) far behind the \(others) (the newest, \(Ticks.shortText(latest))\(place) is now): \(advice)",
        isTrouble: true)
    ]
  }

  func exitCode(allowsPartial: Bool) -> ExitCode {
    guard readsLogs else { return .success }
    let report = run.report
    if !report.limited.isEmpty { return .limit }
    if report.filesRead == 0, !report.unreadable.isEmpty { return .unreadable }
    // A named table may be empty, but not something else.
    let isAbsent =
      configuration.logs.isEmpty
      ? !report.skipped.isEmpty || !report.damaged.isEmpty : configuration.tables.isEmpty
    if report.filesRead == 0, isAbsent, report.damaged.count == report.filesWithoutBeginning {
      return .unreadable
    }
    let isPartial =
      !report.unreadable.isEmpty || !report.damaged.isEmpty || report.rejected > 0
      || report.eventsWithoutTime > 0
    return isPartial && !allowsPartial ? .partial : .success
  }

  private func named(
    _ files: [(path: String, reason: String)], _ what: String, isTrouble: Bool = false
  ) -> [Line] {
    FileList.lines(files, what).map { Line($0, isTrouble: isTrouble) }
  }
}
