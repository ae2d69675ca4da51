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

/// `trawl diff OLD NEW --logs LOGS…`: what a change of a rule does to its rows and alerts.
enum DiffVerb: Verb {
  static let name = VerbName.diff

  /// Rows of a list that are shown to people unless `--limit` says otherwise.
  static let standardLimit = 20

  static func run(_ arguments: ParsedArguments, console: Console) throws(UsageError) -> ExitCode {
    let settings = try arguments.runSettings()
    let output = try arguments.outputSettings(terminalWidth: console.terminalWidth)
    let workspaceSettings = try arguments.workspaceSettings(logs: [])
    if workspaceSettings.logs.isEmpty, workspaceSettings.tables.isEmpty {
      throw UsageError(
        "missing-logs", "no logs given", advice: ["name files or folders: --logs PATH"], verb: .diff)
    }
    let request = try request(arguments)
    do {
      let paths = arguments.operands
      let old = try side(paths[0], like: paths[1], settings)
      let new = try side(paths[1], like: paths[0], settings)
      for file in old.skipped + new.skipped {
        console.say(.note, "skipped \(DisplayText.escaped(file.path)): \(file.reason)")
      }
      var configuration = try workspaceSettings.configuration(settings)
      console.isQuiet = output.isQuiet
      configuration.meter = console.loadMeter()
      let workspace = Workspace(configuration)
      let pairs = RulePairing.pairs(old: old.rules, below: paths[0], new: new.rules, below: paths[1])
      let run = try workspace.difference(of: pairs, request: request)
      if output.wantsPage {
        let summary = RunSummary(run: run.queries, configuration: configuration, readsLogs: run.readsTables)
        let account = PageDelivery.account(run.report, now: run.now, summary)
        try PageDelivery.write(
          DifferencePage(run.rules, account, spelling: \.option).page, output, console)
      }
      return show(run, configuration, settings, output, console)
    } catch let usage as UsageError {
      throw usage
    } catch let unknown as UnknownRuleVariable {
      throw unknown.usage(of: .diff)
    } catch let unknown as UnknownDifferenceColumn {
      let near = UsageError.suggestion(NearestNames.of(unknown.name, among: unknown.known))
      let all = unknown.known.isEmpty ? [] : ["there are \(unknown.known.joined(separator: ", "))"]
      throw UsageError(
        "unknown-column", "no result has the column `\(unknown.name)`", advice: near + all, verb: .diff)
    } catch {
      return FailurePrinter.print(error, in: nil, console)
    }
  }

  private static func request(_ arguments: ParsedArguments) throws(UsageError) -> DifferenceRequest {
    var request = DifferenceRequest()
    request.key = names(arguments.values(.key))
    request.ignored = names(arguments.values(.ignore))
    for text in names(arguments.values(.map)) {
      let sides = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty else {
        throw UsageError(
          "invalid-value", "`--map` cannot be `\(text)`",
          advice: ["it wants OLD=NEW: the old column and the new one that it is compared with"], verb: .diff)
      }
      request.map.append(DifferenceRequest.Mapping(old: sides[0], new: sides[1]))
    }
    return request
  }

  private static func names(_ texts: [String]) -> [String] {
    texts.flatMap { $0.split(separator: ",") }.map { $0.trimmingSpaces }.filter { !$0.isEmpty }
  }

  /// The rules of a file or folder. A file without a rule's ending is what the other side is.
  private static func side(
    _ path: String, like other: String, _ settings: RunSettings
  ) throws -> (rules: [DetectionRule], skipped: [(path: String, reason: String)]) {
    var isFolder = false
    let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    let hasEnding =
      settings.languages.language(ofFile: path) != nil || FilePath(path).isYAML
    if path == "-" || (isThere && !isFolder && (!hasEnding || settings.language != nil)) {
      let text = try InputFile.textOrInput(path)
      let name = path == "-" ? "<stdin>" : path
      if let rule = try RuleFile.version(
        text, path: name, like: other, language: settings.language, settings.languages)
      {
        return ([rule], [])
      }
      throw UsageError(
        "unknown-language", "the name `\(path)` does not say whether it is \(settings.languages.titles)",
        advice: [
          settings.languages.names.map { "--language \($0)" }.joined(separator: " or ") + " says it"
        ], verb: .diff)
    }
    let pack = RulePack.load([path], settings.languages)
    if let file = pack.unreadable.first { throw UnreadableInput(path: file.path, reason: file.reason) }
    if let failure = pack.broken.first { throw failure }
    if pack.rules.isEmpty {
      throw UsageError(
        "no-rules", "no rule in `\(path)`",
        advice: pack.skipped.prefix(3).map { "skipped \($0.path): \($0.reason)" }, verb: .diff)
    }
    return (pack.rules, pack.skipped)
  }

  private static func show(
    _ run: DifferenceRun, _ configuration: WorkspaceConfiguration, _ settings: RunSettings,
    _ output: OutputSettings, _ console: Console
  ) -> ExitCode {
    if !output.isQuiet {
      var warnings = RuleWarnings()
      for (rule, found) in run.rules.flatMap(\.warnings) { warnings.add(found, of: rule) }
      console.printError(warnings.text)
      for (rule, note) in run.rules.flatMap(\.notes) {
        console.say(.note, "\(DisplayText.escaped("\(rule.place): \(note.optionText)"))")
      }
    }
    let limit = output.limit ?? standardLimit
    switch output.format {
    case _ where output.document != nil: break
    case .table: console.write(DifferenceText(run: run, limit: limit).text)
    case .markdown: console.write(DifferenceMarkdown(run: run, limit: limit).text)
    case .json: console.write(DifferenceDocument(run: run, limit: output.limit).value)
    case .ndjson, .csv, .tsv, .typedJSON, .arrow:
      let document = DifferenceDocument(run: run, limit: output.limit)
      console.write(document.table, output.renderer())
      for note in document.cut { console.say(.note, "\(DisplayText.escaped(note))") }
    }
    let failure = printFailures(of: run, console)
    let summary = RunSummary(
      run: run.queries, configuration: configuration, readsLogs: run.readsTables)
    summary.print(output, console)
    let loading = summary.exitCode(allowsPartial: settings.allowsPartial)
    // Nothing was compared, so nothing is known to be the same.
    let isIdle = run.rules.allSatisfy { if case .notRun = $0.outcome { true } else { false } }
    return .gravest([
      failure, loading, run.isDifferent ? .failedTest : .success,
      isIdle && !run.isDifferent ? .unreadable : .success,
    ])
  }

  private static func printFailures(of run: DifferenceRun, _ console: Console) -> ExitCode {
    var code = ExitCode.success
    for rule in run.rules {
      switch rule.outcome {
      case .compared: continue
      case .refused(_, let failure):
        code = .usage
        if let first = failure.cause {
          console.printError(first, in: failure.source)
        }
      case .notRun: continue
      case .failed(let side, let failure):
        let source = (side == .old ? rule.pair.old : rule.pair.new)?.query
        code = .gravest([code, FailurePrinter.print(failure, in: source, console)])
      }
    }
    return code
  }
}

extension UnknownRuleVariable {
  func usage(of verb: VerbName) -> UsageError {
    UsageError(
      "unknown-variable", "no rule has a scalar `let` named `\(name)` to set",
      advice: UsageError.suggestion(NearestNames.of(name, among: known))
        + (known.isEmpty ? [] : ["the rules have \(known.joined(separator: ", "))"]),
      verb: verb)
  }
}

extension Substring {
  fileprivate var trimmingSpaces: String {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
