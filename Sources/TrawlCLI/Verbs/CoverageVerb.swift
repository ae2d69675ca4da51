import Diagnostics
import Engine
import Rules
import Session

/// `trawl coverage RULES… --logs LOGS…`: which rules fire on which logs, and what in the logs no rule reads.
enum CoverageVerb: Verb {
  static let name = VerbName.coverage

  static func run(_ arguments: ParsedArguments, console: Console) throws(UsageError) -> ExitCode {
    let settings = try arguments.runSettings()
    let output = try arguments.outputSettings(terminalWidth: console.terminalWidth)
    let workspaceSettings = try arguments.workspaceSettings(logs: [])
    if workspaceSettings.logs.isEmpty, workspaceSettings.tables.isEmpty {
      throw UsageError(
        "missing-logs", "no logs given", advice: ["name files or folders: --logs PATH, once for each column"],
        verb: .coverage)
    }
    let pack = RulePack.load(arguments.operands, arguments.languages)
    for file in pack.unreadable {
      console.printError("error[unreadable-input]: `\(DisplayText.escaped(file.path))`: \(file.reason)\n")
    }
    for failure in pack.broken {
      console.printError(failure)
    }
    if pack.rules.isEmpty {
      if !pack.broken.isEmpty { return .usage }
      if !pack.unreadable.isEmpty { return .unreadable }
      throw UsageError(
        "no-rules", "no rule in \(arguments.operands.map { "`\($0)`" }.joined(separator: ", "))",
        advice: pack.skipped.prefix(3).map { "skipped \($0.path): \($0.reason)" }, verb: .coverage)
    }
    do {
      var configuration = try workspaceSettings.configuration(settings)
      console.isQuiet = output.isQuiet
      configuration.progress = console.fileProgress()
      let coverage = try CoverageRun(configuration).run(pack.rules)
      CoverageReport(coverage: coverage).print(output, console)
      let summary = RunSummary(
        run: Workspace.Run(outcomes: [], report: coverage.report, now: coverage.report.latest ?? Clock.now()),
        configuration: configuration, readsLogs: true)
      summary.print(output, console)
      let isWrong =
        !pack.broken.isEmpty
        || coverage.rows.contains { row in
          row.cells.contains { if case .refused = $0 { true } else { false } }
        }
      return .gravest([
        summary.exitCode(allowsPartial: settings.allowsPartial), isWrong ? .usage : .success,
        pack.unreadable.isEmpty ? .success : .unreadable,
      ])
    } catch {
      return FailurePrinter.print(error, in: nil, console)
    }
  }
}
