import Diagnostics
import Engine
import Reports
import Rules
import Session
import Trawl

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `trawl why RULE|QUERY LOGS…`: stage by stage how many rows are left, and what came closest where none are.
enum WhyVerb: Verb {
  static let name = VerbName.why

  static func run(_ arguments: ParsedArguments, console: Console) throws(UsageError) -> ExitCode {
    let settings = try arguments.runSettings()
    let output = try arguments.outputSettings(terminalWidth: console.terminalWidth)
    var operands = arguments.operands[...]
    do {
      let rules = try rules(arguments, settings, &operands)
      var configuration = try arguments.workspaceSettings(logs: operands).configuration(settings)
      configuration.lookupOutput = .dropped
      // Several rules ask one after the other.
      let workspace = Workspace(configuration, keeping: rules.count > 1 ? KeptTables() : nil)
      if rules.isEmpty { throw UsageError("missing-query", "there is no rule and no query", verb: .why) }
      var code = ExitCode.success
      var entries: [WhyPage.Entry] = []
      var account = PageAccount(LoadReport(), now: nil, version: TrawlVersion.text)
      for rule in rules {
        let found = show(
          rule, in: workspace, following: arguments.value(.event), settings, output,
          isOneOfMany: rules.count > 1, console
        ) { run, summary in
          entries.append((rule, run.funnels))
          account = PageDelivery.account(run.report, now: run.now, summary)
        }
        if found.rawValue > code.rawValue { code = found }
      }
      if output.wantsPage, !entries.isEmpty {
        try PageDelivery.write(WhyPage(entries, account).page, output, console)
      }
      return code
    } catch let usage as UsageError {
      throw usage
    } catch {
      return FailurePrinter.print(error, in: nil, console)
    }
  }

  /// The rules of a file or folder, or the query that was typed.
  private static func rules(
    _ arguments: ParsedArguments, _ settings: RunSettings, _ operands: inout ArraySlice<String>
  ) throws -> [DetectionRule] {
    if arguments.value(.file) == nil, let path = operands.first, FileManager.default.fileExists(atPath: path)
    {
      operands.removeFirst()
      let pack = RulePack.load([path], settings.languages)
      if let failure = pack.broken.first { throw failure }
      if let file = pack.unreadable.first { throw UnreadableInput(path: file.path, reason: file.reason) }
      if let file = pack.skipped.first, pack.rules.isEmpty {
        throw UsageError(
          "no-rules", "no rule in `\(path)`", advice: ["\(file.path): \(file.reason)"], verb: .why)
      }
      return pack.rules
    }
    return try QueryVerb.query(arguments, settings, &operands).map { [$0] } ?? []
  }

  static func show(
    _ rule: DetectionRule, in workspace: Workspace, following event: String?, _ settings: RunSettings,
    _ output: OutputSettings, isOneOfMany: Bool, _ console: Console,
    _ keep: (Workspace.FunnelRun, RunSummary) -> Void
  ) -> ExitCode {
    do {
      let query = try workspace.resolve(workspace.compile(rule))
      if !query.warnings.isEmpty {
        if !output.isQuiet || settings.isStrict {
          console.printError(query.warnings, in: rule.query)
        }
        if settings.isStrict { return .usage }
      }
      let run = try workspace.funnel(of: query, following: event)
      switch output.format {
      case _ where output.document != nil: break
      case .table:
        if isOneOfMany { console.write("\(DisplayText.escaped(rule.metadata.title))\n\n") }
        for funnel in run.funnels { console.write(FunnelText(funnel: funnel).text) }
      case .json: console.write(FunnelDocument.value(of: run, rule: rule))
      case .ndjson, .csv, .tsv, .markdown, .typedJSON, .arrow:
        let renderer = output.renderer(rule.language.dialect)
        for funnel in run.funnels { console.write(FunnelDocument.table(of: funnel), renderer) }
      }
      if let event, !run.funnels.contains(where: \.sawFollowed) {
        console.say(.note, "no event that the query reads has the id `\(DisplayText.escaped(event))`")
      }
      let summary = RunSummary(
        run: run.queries, configuration: workspace.configuration, readsLogs: query.readsFiles(of: workspace))
      keep(run, summary)
      summary.print(output, console)
      return summary.exitCode(allowsPartial: settings.allowsPartial)
    } catch {
      return FailurePrinter.print(error, in: rule.query, console)
    }
  }
}
