import Diagnostics
import Engine
import Rules
import Session

/// `trawl check RULES…`: reads, binds and type-checks rules, and says all that is wrong or doubtful in them.
enum CheckVerb: Verb {
  static let name = VerbName.check

  static func run(_ arguments: ParsedArguments, console: Console) throws(UsageError) -> ExitCode {
    let settings = try arguments.runSettings()
    let output = try arguments.outputSettings(terminalWidth: console.terminalWidth)
    if arguments.has(.list) {
      LintList(output: output, console: console).print()
      return .success
    }
    if arguments.operands.isEmpty {
      throw UsageError("missing-operand", "there is no rule to check", verb: .check)
    }
    let workspaceSettings = try arguments.workspaceSettings(logs: [])
    let pack = try arguments.rulePack(console)
    do {
      // A warning is an error by its count alone: the rules are read as they would run.
      var reading = settings
      reading.isStrict = false
      var configuration = try workspaceSettings.configuration(reading)
      configuration.lookupOutput = .dropped
      console.isQuiet = output.isQuiet
      configuration.meter = console.loadMeter()
      let workspace = Workspace(configuration)
      let comparesLogs = !workspaceSettings.logs.isEmpty || !workspaceSettings.tables.isEmpty
      let result = try RuleCheck(workspace, comparesLogs: comparesLogs).check(pack.rules)
      let report = CheckReport(result: result, pack: pack, isStrict: settings.isStrict)
      report.print(output, console)
      var loading = ExitCode.success
      if let loaded = result.report {
        let summary = RunSummary(
          run: Workspace.Run(outcomes: [], report: loaded, now: loaded.latest ?? Clock.now()),
          configuration: configuration, readsLogs: true)
        summary.print(output, console)
        loading = summary.exitCode(allowsPartial: settings.allowsPartial)
      }
      return .gravest([
        loading, report.wrongCount > 0 ? .usage : .success, pack.unreadable.isEmpty ? .success : .unreadable,
      ])
    } catch {
      return FailurePrinter.print(error, in: nil, console)
    }
  }
}
