import Diagnostics
import Engine
import Formats
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
      configuration.progress = console.fileProgress()
      workspace = Workspace(configuration)
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
    func plain(_ text: String, named name: String, _ language: (any FrontEnd)?) -> DetectionRule {
      DetectionRule(
        metadata: RuleMetadata(title: name), query: SourceText(name: name, text: text),
        language: settings.language ?? language ?? settings.languages.usual, path: name)
    }
    guard let path = arguments.value(.file) else {
      guard let text = operands.popFirst() else { return nil }
      if settings.languages.language(ofFile: text) != nil || FilePath(text).isYAML,
        FileManager.default.fileExists(atPath: text)
      {
        throw UsageError(
          "file-as-query", "`\(text)` is a file, and a query is wanted here",
          advice: ["its query is read with --file \(text)"], verb: arguments.verb)
      }
      return plain(text, named: "<query>", nil)
    }
    let text = try InputFile.textOrInput(path)
    guard FilePath(path).isYAML else {
      return plain(text, named: path == "-" ? "<stdin>" : path, settings.languages.language(ofFile: path))
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
      let shown = ResultPrinter(output: output, dialect: rule.language.dialect, console: console)
      for outcome in run.outcomes { shown.print(outcome) }
      let summary = RunSummary(run: run, configuration: workspace.configuration, readsLogs: query.readsTables)
      summary.print(output, console)
      if settings.showsProfile { console.printError(ProfileText.text(run)) }
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
      console.printError("error[unreadable-input]: `\(DisplayText.escaped(input.path))`: \(input.reason)\n")
      return .unreadable
    }
    if let failure = error as? QueryFailure {
      console.printError(failure)
      return .usage
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
}
