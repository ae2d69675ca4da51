import Diagnostics
import Engine
import Reports
import Rules
import Session

/// `trawl run RULES… --logs LOGS…`: detection rules over logs, which are read once for all of them.
enum RunVerb: Verb {
  static let name = VerbName.run

  static func run(_ arguments: ParsedArguments, console: Console) throws(UsageError) -> ExitCode {
    let settings = try arguments.runSettings()
    let output = try arguments.outputSettings(terminalWidth: console.terminalWidth)
    let workspaceSettings = try arguments.workspaceSettings(logs: [])
    if workspaceSettings.logs.isEmpty, workspaceSettings.tables.isEmpty {
      throw UsageError(
        "missing-logs", "no logs given", advice: ["name files or folders: --logs PATH"], verb: .run)
    }
    let pack = try arguments.rulePack(console)
    if !output.isSarif {
      for failure in pack.broken {
        console.printError(failure)
      }
    }
    if pack.rules.isEmpty, pack.broken.isEmpty {
      return .unreadable
    }
    do {
      var configuration = try workspaceSettings.configuration(settings)
      console.isQuiet = output.isQuiet
      let spark = try arguments.sparkSettings()
      configuration.runs(on: spark, console)
      if let spark, spark.isDryRun {
        return DryRun.show(pack.rules, in: Workspace(configuration), spark, console)
      }
      // A page asks more of the logs than the rules do.
      let workspace = Workspace(configuration, keeping: output.wantsPage ? KeptTables() : nil)
      if let request = try arguments.replayRequest() {
        if let document = output.document, document != .html {
          throw UsageError(
            "conflicting-options", "`--replay` writes no \(document.rawValue)",
            advice: ["its alerts are one table: --format json, ndjson or csv"], verb: .run)
        }
        let replay = try workspace.replay(pack.rules, request: request)
        return ReplayReport(replay: replay, pack: pack).show(configuration, settings, output, console)
      }
      var options = PackRunOptions()
      options.appliesPeriod = arguments.has(.applyPeriod)
      let run = try workspace.run(pack.rules, options: options)
      let alerts = RunAlerts(run)
      if output.wantsPage { try writePage(alerts, of: pack, workspace, output, console) }
      return show(alerts, of: pack, workspace.configuration, settings, output, console)
    } catch let usage as UsageError {
      throw usage
    } catch let unknown as UnknownRuleVariable {
      throw unknown.usage(of: .run)
    } catch {
      return FailurePrinter.print(error, in: nil, console)
    }
  }

  private static func show(
    _ alerts: RunAlerts, of pack: RulePack, _ configuration: WorkspaceConfiguration, _ settings: RunSettings,
    _ output: OutputSettings, _ console: Console
  ) -> ExitCode {
    let run = alerts.run
    if !output.isQuiet { printWarnings(of: run, console) }
    AlertPrinter(output: output, console: console).print(alerts, of: pack)
    printFailures(of: run, console)
    if !output.isQuiet { printNotes(of: run, output.format, console) }
    let summary = RunSummary(run: run.queries, configuration: configuration, readsLogs: run.readsTables)
    if !output.isQuiet { console.printError(PackSummary(run: run, pack: pack).text) }
    summary.print(output, console)
    if settings.showsProfile { console.printError(ProfileText.text(run.queries, configuration)) }
    return exitCode(run, pack, settings, loading: summary.exitCode(allowsPartial: settings.allowsPartial))
  }

  private static func writePage(
    _ alerts: RunAlerts, of pack: RulePack, _ workspace: Workspace, _ output: OutputSettings,
    _ console: Console
  ) throws {
    let run = alerts.run
    let summary = RunSummary(
      run: run.queries, configuration: workspace.configuration, readsLogs: run.readsTables)
    var account = PageDelivery.account(run.report, now: run.now, summary)
    let playbooks = PageDelivery.playbooks(of: run)
    account.playbooks = playbooks.texts
    if !output.isQuiet { for reason in playbooks.left { console.say(.note, DisplayText.escaped(reason)) } }
    account.lines += playbooks.left
    account.lines += PackSummary(run: run, pack: pack).text.split(separator: "\n").map(String.init)
    var page = RunPage(alerts, pack, account, spelling: \.option)
    let hasFunnels = workspace.configuration.cluster == nil
    if !hasFunnels, run.entries.contains(where: \.hasFired) {
      page.account.lines.append(
        "the page has no funnels: they count all rows at each stage, and the logs are with the cluster")
    }
    for (index, entry) in run.entries.enumerated() where entry.hasFired && hasFunnels {
      do {
        let query = try workspace.resolve(workspace.compile(entry.rule))
        page.funnels[index] = try workspace.funnel(of: query).funnels
      } catch let failure as ExecutionFailure {
        page.account.lines.append("no funnel of \(entry.rule.path): \(failure.message)")
      }
    }
    page.activity = try EntityActivity.find(alerts, in: workspace)
    try PageDelivery.write(page.page, output, console)
  }

  private static func exitCode(
    _ run: PackRun, _ pack: RulePack, _ settings: RunSettings, loading: ExitCode
  ) -> ExitCode {
    var codes = [loading]
    if !pack.broken.isEmpty { codes.append(.usage) }
    if !pack.unreadable.isEmpty { codes.append(.unreadable) }
    // One that did not run is listed; a run of none has shown nothing.
    if run.entries.allSatisfy({ if case .notRun = $0.outcome { true } else { false } }) {
      codes.append(.unreadable)
    }
    if settings.failsOnAlert, run.entries.contains(where: \.hasFired) { codes.append(.failedTest) }
    for entry in run.entries {
      switch entry.outcome {
      case .ran, .notRun: continue
      case .refused(let failure): codes.append(failure.isLimit ? .limit : .usage)
      case .failed(let failure): codes.append(failure.kind == .limit ? .limit : .usage)
      }
    }
    return .gravest(codes)
  }

  /// `trawl check` shows them in full. Empty tables stand in the summary.
  private static func printWarnings(of run: PackRun, _ console: Console) {
    var warnings = RuleWarnings()
    for entry in run.entries {
      switch entry.outcome {
      case .refused, .notRun: continue
      case .ran, .failed: warnings.add(entry.warnings.filter { $0.id != "empty-lookup" }, of: entry.rule)
      }
    }
    console.printError(warnings.text)
  }

  /// What runs had to say that no table of theirs was shown for.
  private static func printNotes(of run: PackRun, _ format: OutputFormat, _ console: Console) {
    for entry in run.entries {
      guard case .ran(let outcome) = entry.outcome else { continue }
      if entry.rowCount > 0, format == .table || format == .markdown { continue }
      for note in outcome.notes {
        console.say(.note, "\(DisplayText.escaped("\(entry.rule.path): \(note.optionText)"))")
      }
    }
  }

  private static func printFailures(of run: PackRun, _ console: Console) {
    for entry in run.entries {
      switch entry.outcome {
      case .ran, .notRun: continue
      case .refused(let failure):
        guard let first = failure.cause else { continue }
        console.printError(first, in: failure.source)
      case .failed(let failure): _ = FailurePrinter.print(failure, in: entry.rule.query, console)
      }
    }
  }
}
