import Diagnostics
import Engine
import Rules
import Session

/// `trawl explain QUERY`: how a query is understood, at each stage on the way from text to execution.
enum ExplainVerb: Verb {
  static let name = VerbName.explain

  /// On the way from text to execution.
  enum Stage: String, CaseIterable {
    case tokens, tree, plan, optimized, physical, distributed

    static let standard = Stage.optimized

    /// A plan that is also written as JSON; the others are text.
    var hasDocument: Bool {
      switch self {
      case .plan, .optimized: true
      case .tokens, .tree, .physical, .distributed: false
      }
    }
  }

  static func run(_ arguments: ParsedArguments, console: Console) throws(UsageError) -> ExitCode {
    let settings = try arguments.runSettings()
    let stage = arguments.value(.stage).flatMap { Stage(rawValue: $0) } ?? .standard
    let isDocument = try arguments.wantsDocument(of: stage)
    var operands = arguments.operands[...]
    let query: DetectionRule?
    let workspace: Workspace
    do {
      query = try QueryVerb.query(arguments, settings, &operands)
      var configuration = try arguments.workspaceSettings(logs: []).configuration(settings)
      configuration.lookupOutput = .dropped
      workspace = Workspace(configuration)
    } catch let usage as UsageError {
      throw usage
    } catch {
      return FailurePrinter.print(error, in: nil, console)
    }
    guard let query else { throw UsageError("missing-query", "there is no query", verb: .explain) }
    return show(
      query, stage: stage, isDocument: isDocument, in: workspace, settings, console)
  }

  static func show(
    _ query: DetectionRule, stage: Stage, isDocument: Bool, in workspace: Workspace, _ settings: RunSettings,
    _ console: Console
  ) -> ExitCode {
    let (source, language) = (query.query, query.language)
    switch stage {
    case .tokens: return show(language.tokens(of: source, in: workspace), of: source, console)
    case .tree: return show(language.tree(of: source, in: workspace), of: source, console)
    case .plan:
      return showPlans(of: query, workspace, settings, console, isTitled: !isDocument) {
        isDocument ? PlanDocument.text(of: $0) : $0.explanation
      }
    case .physical:
      return showPlans(of: query, workspace, settings, console) {
        PhysicalPlanner.plan(Optimizer.optimize($0)).explanation
      }
    case .distributed:
      return showPlans(of: query, workspace, settings, console) {
        DryRun.distributed([Optimizer.optimize($0)], in: workspace).explanation
      }
    case .optimized:
      return showPlans(of: query, workspace, settings, console, isTitled: !isDocument) {
        let plan = Optimizer.optimize($0)
        return isDocument ? PlanDocument.text(of: plan) : plan.explanation
      }
    }
  }

  /// Shown also of a wrong query, with what is wrong.
  private static func show(_ listing: SyntaxListing, of source: SourceText, _ console: Console) -> ExitCode {
    for line in listing.text.split(separator: "\n") {
      console.write(DisplayText.escaped(String(line)) + "\n")
    }
    if listing.diagnostics.isEmpty { return .success }
    console.printError(listing.diagnostics, in: source)
    return listing.diagnostics.contains { $0.severity == .error } ? .usage : .success
  }

  private static func showPlans(
    of rule: DetectionRule, _ workspace: Workspace, _ settings: RunSettings, _ console: Console,
    isTitled: Bool = true, text: (LogicalPlan) -> String
  ) -> ExitCode {
    let source = rule.query
    do {
      let query = try workspace.compile(rule)
      for (index, result) in query.results.enumerated() {
        if query.results.count > 1, isTitled {
          console.write("\(index > 0 ? "\n" : "")\(result.name ?? "result \(index + 1)"):\n")
        }
        for line in text(result.plan).split(separator: "\n") {
          console.write(DisplayText.escaped(String(line)) + "\n")
        }
      }
      if query.warnings.isEmpty { return .success }
      console.printError(query.warnings, in: source)
      return settings.isStrict ? .usage : .success
    } catch {
      return FailurePrinter.print(error, in: source, console)
    }
  }
}

extension ParsedArguments {
  /// Whether plans are written as JSON; the other stages are text.
  fileprivate func wantsDocument(of stage: ExplainVerb.Stage) throws(UsageError) -> Bool {
    switch value(.format) ?? "table" {
    case "table": return false
    case "json": break
    case let format: throw invalid(.format, format, "table, json")
    }
    if stage.hasDocument { return true }
    throw UsageError(
      "stage-format", "the stage `\(stage.rawValue)` is text, and has no JSON",
      advice: ["`--stage plan` and `--stage optimized` have one"], verb: .explain)
  }
}
