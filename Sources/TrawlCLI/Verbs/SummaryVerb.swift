import Diagnostics
import Engine
import Reports
import Session

/// `trawl summary LOGS…`: who did what from where and when.
enum SummaryVerb: Verb {
  static let name = VerbName.summary

  /// Of a pipe.
  private static let usualWidth = 120

  static func run(_ arguments: ParsedArguments, console: Console) throws(UsageError) -> ExitCode {
    let settings = try arguments.runSettings()
    let output = try arguments.outputSettings(terminalWidth: console.terminalWidth)
    let logs = try arguments.workspaceSettings(logs: arguments.operands)
    if logs.logs.isEmpty, logs.tables.isEmpty {
      throw UsageError(
        "missing-logs", "no logs given", advice: ["name files or folders: trawl summary PATH"], verb: .summary
      )
    }
    var since: Int64?
    if let text = arguments.value(.since) {
      since = DatetimeParsing.parseKQL(text)
      if since == nil { throw arguments.invalid(.since, text, "a time such as 2024-01-31T12:00:00Z") }
    }
    do {
      var configuration = try logs.configuration(settings)
      console.isQuiet = output.isQuiet
      configuration.meter = console.loadMeter()
      let summary = try Workspace.summary(configuration, newFrom: since)
      let account = RunSummary(
        run: Workspace.Run(outcomes: [], report: summary.report, now: summary.now),
        configuration: configuration,
        readsLogs: true, showsNow: false)
      if output.wantsPage {
        let page = SummaryPage(summary, PageDelivery.account(summary.report, now: nil, account)).page
        try PageDelivery.write(page, output, console)
      }
      if output.document == nil { show(summary, output, console) }
      account.print(output, console)
      return account.exitCode(allowsPartial: settings.allowsPartial)
    } catch {
      return FailurePrinter.print(error, in: nil, console)
    }
  }

  private static func show(_ summary: LogSummary, _ output: OutputSettings, _ console: Console) {
    switch output.format {
    case .table:
      let width = output.width ?? usualWidth
      console.write(SummaryText(summary, width: width, glyphs: console.glyphs, limit: output.limit).text)
    case .json: console.write(SummaryTables.document(summary))
    case .markdown: markdown(summary, output, console)
    case .ndjson, .csv, .tsv, .typedJSON, .arrow:
      console.write(SummaryTables.entries(summary), output.renderer())
    }
  }

  private static func markdown(_ summary: LogSummary, _ output: OutputSettings, _ console: Console) {
    let limit = output.limit ?? SummaryText.usualLimit
    func section(_ title: String, _ table: Table) {
      console.write("## \(title): \(table.rowCount)\n\n")
      console.write(table.slice(0..<min(limit, table.rowCount)), output.renderer())
      console.write("\n")
    }
    for group in summary.groups {
      section(group.kind.title, SummaryTables.entries(summary, of: [group.kind]))
    }
    section("Who from where", SummaryTables.visits(summary))
  }
}
