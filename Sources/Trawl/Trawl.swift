import Diagnostics
import Engine
import Rules
import Session

/// Logs that are asked in KQL and SPL, one question after the other.
///
/// ```
///   let trawl = try Trawl(logs: ["examples"])
///   let answer = try trawl.query("AWSCloudTrail | summarize calls = count() by EventSource", in: .kql)
///   for row in answer.table.rows { print(row) }
/// ```
/// What a question read stays in memory: the next one over the same columns reads no file, and one that needs more
/// columns reads only these. A file that was changed, came or went is noticed. Values are safe to use from several
/// threads at once; questions that read files wait for each other.
public struct Trawl: Sendable {
  private let workspace: Workspace

  /// - Parameters:
  ///   - logs: files and folders, read recursively.
  ///   - now: see `Settings.now`.
  ///   - values: see `Settings.values`.
  public init(logs: [String], now: String? = nil, values: [String: String] = [:]) throws(TrawlError) {
    var settings = Settings(logs: logs)
    settings.now = now
    settings.values = values
    try self.init(settings)
  }

  /// Reads the files beside the logs; the logs themselves are read by the first question.
  ///
  /// - Throws: `TrawlError` of the kind `wrongSetting` for a time that cannot be read, `unreadableInput` for a file.
  public init(_ settings: Settings) throws(TrawlError) {
    workspace = Workspace(
      try settings.configuration(), keeping: KeptTables(memoryLimit: settings.memoryLimit))
  }

  // MARK: - Questions

  /// Runs a query.
  ///
  /// - Parameter name: stands before the line in messages about the text.
  /// - Throws: `TrawlError`: `wrongText` with all that is wrong with the query, `limit`, `cancelled` or `failed`.
  public func query(
    _ text: String, in language: Language, named name: String = "<query>", control: RunControl = RunControl()
  ) throws(TrawlError) -> Answer {
    let source = SourceText(name: name, text: text)
    let workspace = workspace.controlled(by: control)
    let query: CompiledQuery
    do throws(QueryFailure) {
      query = try workspace.resolve(workspace.compile(source, language: language.frontEnd))
    } catch {
      throw TrawlError(error, control)
    }
    do throws(ExecutionFailure) {
      return Answer(try workspace.run([query]), query)
    } catch {
      throw TrawlError(error, in: source)
    }
  }

  /// What is wrong or doubtful in a query; empty if nothing is. It is not run.
  public func check(_ text: String, in language: Language, named name: String = "<query>") -> [Problem] {
    let source = SourceText(name: name, text: text)
    do throws(QueryFailure) {
      return try workspace.compile(source, language: language.frontEnd).warnings.map {
        Problem($0, in: source)
      }
    } catch {
      return error.diagnostics.map { Problem($0, in: error.source) }
    }
  }

  // MARK: - Rules

  /// Runs the rules of files and folders; one that cannot run does not keep the others from running.
  ///
  /// - Throws: `TrawlError` of the kind `wrongSetting` if no rule has one of the `let`s that values are for.
  public func run(
    rules paths: [String], control: RunControl = RunControl()
  ) throws(TrawlError) -> RuleRun {
    let pack = RulePack.load(paths)
    do {
      return RuleRun(try workspace.controlled(by: control).run(pack.rules), pack)
    } catch let unknown as UnknownRuleVariable {
      throw .wrongSetting("unknown-variable", "no rule has a scalar `let \(unknown.name)`")
    } catch {
      let failure = error as? ExecutionFailure ?? ExecutionFailure("failed", "\(error)")
      throw TrawlError(failure, in: SourceText(name: "rules", text: ""))
    }
  }

  /// Why the rules of a file or folder find what they find: how many rows each stage and condition lets through.
  ///
  /// - Parameter event: the id of an event to follow.
  /// - Throws: `TrawlError`: `wrongText` for a rule that cannot run, `unreadableInput` if there is none.
  public func why(
    rules path: String, following event: String? = nil, control: RunControl = RunControl()
  ) throws(TrawlError) -> [Explanation] {
    let pack = RulePack.load([path])
    if let failure = pack.broken.first { throw TrawlError(failure, control) }
    guard !pack.rules.isEmpty else {
      let reason = pack.unreadable.first?.reason ?? pack.skipped.first?.reason ?? "there is no rule in it"
      throw .unreadableInput(path, reason)
    }
    var explanations: [Explanation] = []
    for rule in pack.rules { explanations.append(try why(rule, following: event, control)) }
    return explanations
  }

  /// Why a query finds what it finds.
  public func why(
    _ text: String, in language: Language, following event: String? = nil, control: RunControl = RunControl()
  ) throws(TrawlError) -> Explanation {
    let rule = DetectionRule(
      metadata: RuleMetadata(title: "<query>"), query: SourceText(name: "<query>", text: text),
      language: language.frontEnd, path: "<query>")
    return try why(rule, following: event, control)
  }

  private func why(
    _ rule: DetectionRule, following event: String?, _ control: RunControl
  ) throws(TrawlError) -> Explanation {
    let workspace = workspace.controlled(by: control)
    let query: CompiledQuery
    do throws(QueryFailure) {
      query = try workspace.resolve(workspace.compile(rule))
    } catch {
      throw TrawlError(error, control)
    }
    do throws(ExecutionFailure) {
      return Explanation(try workspace.funnel(of: query, following: event), rule, query)
    } catch {
      throw TrawlError(error, in: rule.query)
    }
  }
}

extension Workspace {
  fileprivate func controlled(by control: RunControl) -> Workspace {
    let cancellation = control.cancellation
    let isCancelled: @Sendable () -> Bool = { cancellation?.isCancelled ?? false }
    return controlled(progress: control.progress, isCancelled: cancellation == nil ? nil : isCancelled)
  }
}
