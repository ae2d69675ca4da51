import Diagnostics
import Engine
import LogSources
import Session

/// `trawl pack LOGS… --out DIR`: CloudTrail as Parquet by day.
enum PackVerb: Verb {
  static let name = VerbName.pack

  static func run(_ arguments: ParsedArguments, console: Console) throws(UsageError) -> ExitCode {
    let settings = try arguments.runSettings()
    let output = try arguments.outputSettings(terminalWidth: console.terminalWidth)
    guard let folder = arguments.value(.out) else {
      throw UsageError(
        "missing-option", "nothing says where the packed logs are to be", advice: ["--out DIR"], verb: .pack)
    }
    let table = SourceTable.awsCloudTrail
    var options = LoadOptions()
    options.threads = settings.threads
    options.limits = settings.fileLimits
    options.otherSources = SourceCatalog.strangers()
    options.carriers = CarrierCatalog.framing
    console.isQuiet = output.isQuiet
    let compression = arguments.value(.compression).flatMap { ParquetCompression(rawValue: $0) } ?? .snappy
    var packer = Packer(
      to: folder, source: table.logSource, layout: table.packLayout, compression, options: options)
    do throws(ExecutionFailure) {
      let report = try packer.run(arguments.operands)
      print(report, output, console)
      return exitCode(report, settings)
    } catch {
      return FailurePrinter.print(error, in: nil, console)
    }
  }

  private static func print(_ report: Packer.Report, _ output: OutputSettings, _ console: Console) {
    let load = report.load
    var text = ""
    func say(_ what: String, _ files: [(path: String, reason: String)], _ behind: String = "") {
      for file in files {
        text += "\(what)`\(DisplayText.escaped(file.path))`: \(DisplayText.escaped(file.reason))\(behind)\n"
      }
    }
    say("error[unreadable-input]: ", load.unreadable)
    say(
      "warning: ", load.damaged.map { ($0.path, "damaged at byte \($0.offset): \($0.reason)") },
      "; what came before is packed")
    for help in load.limitHelp { text += "  help: \(help.optionText)\n" }
    say("warning: ", report.kept, "; what was packed of it before stays")
    say("warning: ", report.lost, "; those are lost")
    if load.rejected > 0 {
      let first =
        load.firstRejected.map { ", the first in `\(DisplayText.escaped($0.path))`: \($0.reason)" } ?? ""
      text += "warning: \(load.rejected) events could not be read\(first)\n"
    }
    say("warning: damaged when it was packed: ", report.knownTrouble)
    for note in report.notes {
      text += "warning: everything is packed, but small files of a day were not joined: "
      text += DisplayText.escaped(note.message) + "\n"
      if let help = note.suggestion { text += "  help: \(help.optionText)\n" }
    }
    if !output.isQuiet { text += summary(report) }
    console.printError(text)
  }

  private static func summary(_ report: Packer.Report) -> String {
    let load = report.load
    var lines = FileList.lines(load.skipped, "skipped")
    lines += FileList.lines(load.emptyTables.map { ($0, "it has no rows") }, "empty")
    lines += FileList.lines(load.notes, "note")
    if load.otherRecords > 0 {
      lines.append("records of other kinds, which are not packed: \(load.otherRecords.grouped)")
    }
    if load.eventsWithoutTime > 0 {
      lines.append("events without a readable time: \(load.eventsWithoutTime.grouped)")
      lines += FileList.lines(load.filesWithoutTimes, "in")
    }
    if report.leftovers > 0 { lines.append("note: what a pack that was broken off left there was removed") }
    lines.append(
      "packed: \(report.events) events of \(report.sourcesRead) file\(report.sourcesRead == 1 ? "" : "s"); "
        + "\(report.sourcesUnchanged) unchanged")
    if report.filesJoined > 0 {
      lines.append("note: \(report.filesJoined) small files of days that had many were written anew as few")
    }
    if report.sourcesGone > 0 {
      lines.append(
        "note: \(report.sourcesGone) packed before and not there any more; "
          + (report.lost.isEmpty ? "their events stay" : "their events stay but for those that are lost"))
    }
    lines.append("the folder holds \(report.totalEvents) events in \(report.totalFiles) files")
    return lines.map { $0 + "\n" }.joined()
  }

  private static func exitCode(_ report: Packer.Report, _ settings: RunSettings) -> ExitCode {
    let load = report.load
    if !load.limited.isEmpty { return .limit }
    if load.filesFound == 0 || report.totalEvents == 0 { return .unreadable }
    let isPartial =
      !load.unreadable.isEmpty || !load.damaged.isEmpty || load.rejected > 0 || !report.knownTrouble.isEmpty
      || !report.kept.isEmpty || !report.lost.isEmpty
    return isPartial && !settings.allowsPartial ? .partial : .success
  }
}
