import Diagnostics
import Engine
import Rules

/// `trawl check RULES…`: reads, binds and type-checks rules without logs, and says all that is wrong with them.
enum CheckVerb: Verb {
  static let name = VerbName.check

  static func run(_ arguments: ParsedArguments, console: Console) throws(UsageError) -> ExitCode {
    let settings = try arguments.runSettings()
    let workspaceSettings = try arguments.workspaceSettings(logs: [])
    let pack = RulePack.load(arguments.operands)
    for file in pack.unreadable {
      console.printError("error[unreadable-input]: `\(DisplayText.escaped(file.path))`: \(file.reason)\n")
    }
    let workspace: Workspace
    do {
      var configuration = try workspaceSettings.configuration(settings)
      configuration.lookupOutput = .dropped
      workspace = Workspace(configuration)
    } catch {
      return FailurePrinter.print(error, in: nil, console)
    }
    var wrong = 0
    var warned = 0
    for rule in pack.rules {
      let diagnostics = CheckVerb.diagnostics(of: rule, in: workspace)
      if diagnostics.isEmpty { continue }
      console.write(DiagnosticRenderer.render(diagnostics, in: rule.query) + "\n")
      let isWrong = settings.isStrict || diagnostics.contains { $0.severity == .error }
      if isWrong { wrong += 1 } else { warned += 1 }
    }
    let fine = pack.rules.count - wrong - warned
    console.write(
      "rules: \(pack.rules.count) checked, \(wrong) wrong, \(warned) with warnings, \(fine) fine\n")
    if wrong > 0 { return .usage }
    return pack.unreadable.isEmpty ? .success : .unreadable
  }

  private static func diagnostics(of rule: DetectionRule, in workspace: Workspace) -> [Diagnostic] {
    do throws(QueryFailure) {
      return try workspace.compile(rule).warnings
    } catch {
      return error.diagnostics
    }
  }
}
