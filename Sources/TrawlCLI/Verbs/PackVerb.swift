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
    RunLimits.set(seconds: settings.timeoutSeconds, memory: settings.memoryLimit)
    let table = SourceTable.awsCloudTrail
    var options = LoadOptions()
    options.threads = settings.threads
    options.otherSources = SourceCatalog.strangers()
    options.carriers = CarrierCatalog.framing
    console.isQuiet = output.isQuiet
    var packer = Packer(to: folder, source: table.logSource, layout: table.packLayout, options: options)
    do throws(ExecutionFailure) {
      let report = try packer.run(arguments.operands)
      print(report, output, console)
      return exitCode(report, settings)
    } catch {
      return FailurePrinter.print(error, in: nil, console)
    }
  }

  private static func print(_ report: Packer.Report, _ output: OutputSettings, _ console: Console) {
    var text = ""
    for file in report.load.unreadable {
      text +=
        "error[unreadable-input]: `\(DisplayText.escaped(file.path))`: \(DisplayText.escaped(file.reason))\n"
    }
    for place in report.load.damaged {
      text +=
        "warning: `\(DisplayText.escaped(place.path))` is damaged at byte \(place.offset): \(DisplayText.escaped(place.reason)); what came before is packed\n"
    }
    if report.load.rejected > 0 {
      let first =
        report.load.firstRejected.map { ", the first in `\(DisplayText.escaped($0.path))`: \($0.reason)" }
        ?? ""
      text += "warning: \(report.load.rejected) events could not be read\(first)\n"
    }
    for file in report.knownTrouble {
      text +=
        "warning: `\(DisplayText.escaped(file.path))` was damaged when it was packed: \(DisplayText.escaped(file.reason))\n"
    }
    if !output.isQuiet {
      for file in report.load.skipped {
        text += "  skipped: \(DisplayText.escaped(file.path)): \(DisplayText.escaped(file.reason))\n"
      }
      if report.leftovers > 0 { text += "note: what a pack that was broken off left there was removed\n" }
      text +=
        "packed: \(report.events) events of \(report.sourcesRead) file\(report.sourcesRead == 1 ? "" : "s"); "
        + "\(report.sourcesUnchanged) unchanged\n"
      if report.sourcesGone > 0 {
        text += "note: \(report.sourcesGone) packed before and not there any more; their events stay\n"
      }
      text += "the folder holds \(report.totalEvents) events in \(report.totalFiles) files\n"
    }
    console.printError(text)
  }

  private static func exitCode(_ report: Packer.Report, _ settings: RunSettings) -> ExitCode {
    let load = report.load
    if !load.limited.isEmpty { return .limit }
    if load.filesFound == 0 || report.totalEvents == 0 { return .unreadable }
    let isPartial =
      !load.unreadable.isEmpty || !load.damaged.isEmpty || load.rejected > 0 || !report.knownTrouble.isEmpty
    return isPartial && !settings.allowsPartial ? .partial : .success
  }
}
