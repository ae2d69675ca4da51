import Diagnostics
import Engine
import Reports
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
    let pack = try arguments.rulePack(console)
    for failure in pack.broken {
      console.printError(failure)
    }
    if pack.rules.isEmpty {
      if !pack.broken.isEmpty { return .usage }
      return .unreadable
    }
    do {
      var configuration = try workspaceSettings.configuration(settings)
      console.isQuiet = output.isQuiet
      configuration.meter = console.loadMeter()
      let coverage = try CoverageRun(configuration).run(pack.rules)
      let summary = RunSummary(
        run: Workspace.Run(outcomes: [], report: coverage.report, now: coverage.report.latest ?? Clock.now()),
        configuration: configuration, readsLogs: true, showsNow: false)
      let report = CoverageReport(coverage: coverage)
      if output.wantsPage {
        let account = PageDelivery.account(coverage.report, now: nil, summary)
        try PageDelivery.write(report.page(account), output, console)
      }
      switch output.document {
      case nil: report.print(output, console)
      case .navigator: console.write(NavigatorLayer.document(coverage, name: "trawl coverage"))
      case .html, .sarif, .timesketch: break
      }
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
