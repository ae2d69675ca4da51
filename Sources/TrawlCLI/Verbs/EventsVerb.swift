import Diagnostics
import Engine
import Rules
import Session

/// `trawl events RULES… --out DIR`: logs that rules fire on and near misses, with the tests that say so.
enum EventsVerb: Verb {
  static let name = VerbName.events

  static func run(_ arguments: ParsedArguments, console: Console) throws(UsageError) -> ExitCode {
    let settings = try arguments.runSettings()
    let output = try arguments.outputSettings(terminalWidth: console.terminalWidth)
    guard let folder = arguments.value(.out) else {
      throw UsageError(
        "missing-option", "nothing says where the events are to be written", advice: ["--out DIR"],
        verb: .events)
    }
    let pack = try arguments.rulePack(console)
    let workspaceSettings = try arguments.workspaceSettings(logs: [])
    do {
      var configuration = try workspaceSettings.configuration(settings)
      configuration.lookupOutput = .dropped
      console.isQuiet = output.isQuiet
      let workspace = Workspace(configuration)
      let target = EventsFolder(path: folder, isForced: arguments.has(.force))
      try target.check(pack.rules, in: workspace)
      var report = EventsReport()
      for rule in pack.rules {
        let made = try workspace.events(for: rule)
        let files = try target.write(made, configuration.sources)
        report.add(made, files: files)
        if output.format == .table { report.printLast(console) }
      }
      report.print(output, console)
      for failure in pack.broken { _ = FailurePrinter.print(failure, in: failure.source, console) }
      return .gravest([
        report.exitCode, pack.broken.isEmpty ? .success : .usage,
        pack.unreadable.isEmpty ? .success : .unreadable,
      ])
    } catch let usage as UsageError {
      throw usage
    } catch {
      return FailurePrinter.print(error, in: nil, console)
    }
  }
}
