import Diagnostics
import Engine
import Formats
import Reports
import Rules
import Session

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `trawl query QUERY [LOGS…]`: one query over logs.
enum QueryVerb: Verb {
  static let name = VerbName.query

  static func run(_ arguments: ParsedArguments, console: Console) throws(UsageError) -> ExitCode {
    let settings = try arguments.runSettings()
    let output = try arguments.outputSettings(terminalWidth: console.terminalWidth)
    var operands = arguments.operands[...]
    let query: DetectionRule?
    let workspace: Workspace
    do {
      query = try Self.query(arguments, settings, &operands)
      var configuration = try arguments.workspaceSettings(logs: operands).configuration(settings)
      console.isQuiet = output.isQuiet
      let spark = try arguments.sparkSettings()
      configuration.runs(on: spark, console)
      workspace = Workspace(configuration)
      if let spark, spark.isDryRun, let query {
        return DryRun.show([query], in: workspace, spark, console)
      }
    } catch let usage as UsageError {
      throw usage
    } catch {
      return FailurePrinter.print(error, in: nil, console)
    }
    guard let query else { throw UsageError("missing-query", "there is no query", verb: .query) }
    return run(query, in: workspace, settings, output, console)
  }

  /// The query, from the command line or a file: plain, or in the YAML of a rule. It counts as a rule without a title.
  static func query(
    _ arguments: ParsedArguments, _ settings: RunSettings, _ operands: inout ArraySlice<String>
  ) throws -> DetectionRule? {
    guard let path = arguments.value(.file) else {
      guard let text = operands.popFirst() else { return nil }
      if settings.languages.language(ofFile: text) != nil || FilePath(text).isYAML,
        FileManager.default.fileExists(atPath: text)
      {
        throw UsageError(
          "file-as-query", "`\(text)` is a file, and a query is wanted here",
          advice: ["its query is read with --file \(text)"], verb: arguments.verb)
      }
      return rule(text, named: "<query>", nil, settings)
    }
    return try rule(inFile: path, settings)
  }

  private static func rule(
    _ text: String, named name: String, _ language: (any FrontEnd)?, _ settings: RunSettings
  ) -> DetectionRule {
    DetectionRule(
      metadata: RuleMetadata(title: name), query: SourceText(name: name, text: text),
      language: settings.language ?? language ?? settings.languages.usual, path: name)
  }

  /// The query of a file: plain, or in the YAML of a rule.
  static func rule(inFile path: String, _ settings: RunSettings) throws -> DetectionRule {
    let text = try InputFile.textOrInput(path)
    guard FilePath(path).isYAML else {
      return rule(
        text, named: path == "-" ? "<stdin>" : path, settings.languages.language(ofFile: path), settings)
    }
    do throws(RuleFile.YAMLProblem) {
      return try RuleFile.rule(yaml: text, path: path)
    } catch {
      switch error {
      case .noRule(let reason): throw UnreadableInput(path: path, reason: reason)
      case .wrong(let failure):
        throw UnreadableInput(
          path: path, reason: "\(failure.line):\(failure.column): \(failure.message) [\(failure.id)]")
      }
    }
  }

  private static func run(
    _ rule: DetectionRule, in workspace: Workspace, _ settings: RunSettings, _ output: OutputSettings,
    _ console: Console
  ) -> ExitCode {
    let source = rule.query
    do {
      let query = try workspace.resolve(workspace.compile(rule))
      if !query.warnings.isEmpty {
        console.printError(query.warnings, in: source)
        if settings.isStrict { return .usage }
      }
      let run = try workspace.run([query])
      let summary = RunSummary(run: run, configuration: workspace.configuration, readsLogs: query.readsTables)
      if output.wantsPage {
        let account = PageDelivery.account(
          run.report, now: query.readsTables ? query.now ?? run.now : nil, summary)
        var page = QueryPage(rule, run.outcomes, account, spelling: \.option)
        page.limit = output.limit
        try PageDelivery.write(page.page, output, console)
      }
      let shown = ResultPrinter(output: output, dialect: rule.language.dialect, console: console)
      switch output.document {
      case nil: for outcome in run.outcomes { shown.print(outcome) }
      case .timesketch: for outcome in run.outcomes { try shown.printTimeline(outcome) }
      case .html, .sarif, .navigator: break
      }
      summary.print(output, console)
      if settings.showsProfile { console.printError(ProfileText.text(run, workspace.configuration)) }
      return summary.exitCode(allowsPartial: settings.allowsPartial)
    } catch {
      return FailurePrinter.print(error, in: source, console)
    }
  }
}

/// Says why nothing ran.
enum FailurePrinter {
  static func print(_ error: any Error, in source: SourceText?, _ console: Console) -> ExitCode {
    if let input = error as? UnreadableInput {
      console.refuse("unreadable-input", "`\(DisplayText.escaped(input.path))`: \(input.reason)")
      return .unreadable
    }
    if let failure = error as? QueryFailure {
      console.printError(failure)
      return failure.isLimit ? .limit : .usage
    }
    if let failure = error as? ExecutionFailure {
      let diagnostic = Diagnostic.error(
        failure.id, failure.message, at: failure.span,
        suggestions: failure.suggestion.map { [Diagnostic.Suggestion($0)] } ?? [])
      console.printError(diagnostic, in: source ?? SourceText(name: "<query>", text: ""))
      return failure.kind == .limit ? .limit : .usage
    }
    console.printError("error: \(error)\n")
    return .unreadable
  }
}

extension CompiledQuery {
  /// The query reads tables from files.
  var readsTables: Bool { results.contains { !$0.plan.scans.isEmpty } }

  /// The query reads other tables than those whose rows are there already.
  func readsFiles(of workspace: Workspace) -> Bool {
    results.contains { $0.plan.scans.contains { workspace.sources.rows[$0.table] == nil } }
  }
}
