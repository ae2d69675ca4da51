import Diagnostics
import Engine
import Rules
import Session

/// Questions over the same logs, one after the other, and what is kept between them: the columns that were read, the
/// last result as the table `_`, values and times that were set.
final class ShellSession {
  /// The name of the last result: a table, and a lookup for searches.
  static let resultName = "_"

  /// A question that has an answer.
  struct Asked {
    var rule: DetectionRule
    /// What `_` was for it.
    var earlier: Table?
  }

  let console: Console
  private let chosenOutput: OutputSettings
  let settings: RunSettings
  /// Of all loads.
  let meter: LoadMeter
  private let base: Workspace

  /// Nil: each question tells.
  var language: (any FrontEnd)?
  /// Of scalar `let`s.
  var values: [String: String]
  var now: WorkspaceConfiguration.Now
  var isTimed = false
  private(set) var last: Asked?
  private(set) var result: Table?
  /// What `now()` was for the last question that read logs.
  private var lastNow: Int64?
  /// What the last question was in, if it was told apart.
  private var lastLanguage: String?

  init(
    _ base: Workspace, _ settings: RunSettings, _ output: OutputSettings, _ meter: LoadMeter,
    console: Console
  ) {
    self.base = base
    self.settings = settings
    chosenOutput = output
    self.meter = meter
    self.console = console
    language = settings.language
    values = base.configuration.values
    now = base.configuration.now
  }

  /// The window may have another width with each question.
  var output: OutputSettings {
    var output = chosenOutput
    if !output.hasWidth { output.width = console.terminalWidth }
    return output
  }

  var languages: FrontEnds { settings.languages }

  /// The logs, and `_`.
  var workspace: Workspace { workspace(with: result) }

  private func workspace(with result: Table?) -> Workspace {
    let workspace = base.with(now: now)
    guard let result else { return workspace }
    return workspace.adding(rows: result, named: ShellSession.resultName)
      .adding(lookup: result, named: ShellSession.resultName)
  }

  // MARK: - Questions

  /// The language of a text: the one that was chosen, or the one that it tells.
  func language(of text: String) -> any FrontEnd {
    language ?? languages.language(of: SourceText(name: "<shell>", text: text), in: workspace)
  }

  func rule(_ text: String) -> DetectionRule {
    let language = language(of: text)
    if self.language == nil, languages.all.count > 1 {
      if let lastLanguage, lastLanguage != language.name, !output.isQuiet {
        console.say(.note, "read as \(language.title); `\\\(language.name)` takes every question as such")
      }
      lastLanguage = language.name
    }
    return DetectionRule(
      metadata: RuleMetadata(title: "<shell>"), query: SourceText(name: "<shell>", text: text),
      language: language, path: "<shell>")
  }

  func ask(_ text: String) -> ExitCode { ask(rule(text), over: result) }

  /// - Parameters:
  ///   - earlier: what `_` is for the question.
  ///   - isDrawn: the answer is wanted as a chart.
  func ask(_ rule: DetectionRule, over earlier: Table?, isDrawn: Bool = false) -> ExitCode {
    let workspace = workspace(with: earlier)
    do {
      let query = try resolved(rule, in: workspace)
      if !query.warnings.isEmpty {
        console.printError(query.warnings, in: rule.query)
        if settings.isStrict { return .usage }
      }
      let readsLogs = query.readsFiles(of: workspace)
      let run = try answering(query, readsLogs: readsLogs, in: workspace).run([query])
      if readsLogs { lastNow = run.now }
      var output = output
      if isDrawn { output.charts = .always }
      let printer = ResultPrinter(
        output: output, dialect: rule.language.dialect, console: console, numbersHint: "`_` shows the numbers"
      )
      console.paging { for outcome in run.outcomes { printer.print(outcome) } }
      let summary = RunSummary(run: run, configuration: workspace.configuration, readsLogs: readsLogs)
      // What was read is said when it is read, and not of each question over it.
      console.printError(
        output.isQuiet || run.report.filesOpened == 0 ? summary.trouble : summary.text)
      if settings.showsProfile { console.printError(ProfileText.text(run, workspace.configuration)) }
      if isTimed { console.printError(ShellTiming.text(run)) }
      last = Asked(rule: rule, earlier: earlier)
      result = run.outcomes.first?.results.first?.table
      return summary.exitCode(allowsPartial: settings.allowsPartial)
    } catch {
      return failed(error, in: rule.query)
    }
  }

  /// Says why there is no answer.
  func failed(_ error: any Error, in source: SourceText?) -> ExitCode {
    if Interrupt.isRaised {
      console.say(.note, "stopped")
      return .usage
    }
    return FailurePrinter.print(error, in: source, console)
  }

  /// Values are for those questions that have a `let` of the name.
  func resolved(_ rule: DetectionRule, in workspace: Workspace) throws(QueryFailure) -> CompiledQuery {
    var query = try workspace.compile(rule, values: [:])
    let fitting = values.filter { query.variables.contains($0.key) }
    if !fitting.isEmpty { query = try workspace.compile(rule, values: fitting) }
    return try workspace.resolve(query)
  }

  /// A question that reads no log has the time of the last one that did.
  private func answering(
    _ query: CompiledQuery, readsLogs: Bool, in workspace: Workspace
  ) -> Workspace {
    guard !readsLogs, now == .latest, let lastNow else { return workspace }
    return workspace.with(now: .at(lastNow))
  }

  // MARK: - Narrowing

  /// Asks the last question again with a condition on a value of its result.
  func narrow(row: Int, column name: String, isExcluded: Bool) -> ExitCode {
    guard let last, let result else {
      return refuse("no-result", "there is no result yet")
    }
    guard result.rowCount > 0 else { return refuse("no-rows", "the last result has no rows") }
    guard (1...result.rowCount).contains(row) else {
      return refuse("no-row", "there is no row \(row): the last result has rows 1 to \(result.rowCount)")
    }
    let exact = result.fields.firstIndex { $0.name == name }
    let folded = result.fields.firstIndex { $0.name.lowercased() == name.lowercased() }
    guard let column = exact ?? folded else {
      return refuse(
        "unknown-column", "the last result has no column `\(name)`",
        UsageError.suggestion(NearestNames.of(name, among: result.fields.map(\.name)))
          + ["it has \(result.fields.map { "`\($0.name)`" }.joined(separator: ", "))"])
    }
    let value = result.value(row: row - 1, column: column)
    guard
      let text = last.rule.language.narrowed(
        last.rule.query, to: result.fields[column], being: value, isExcluded: isExcluded)
    else {
      return refuse(
        "no-condition", "\(last.rule.language.title) has no condition for a value of `\(name)` here")
    }
    console.printError("\(text)\n")
    history?(text)
    var rule = last.rule
    rule.query = SourceText(name: "<shell>", text: text)
    rule.path = "<shell>"
    return ask(rule, over: last.earlier)
  }

  /// Results that are longer than the screen go through the pager.
  func paging(_ body: () -> ExitCode) -> ExitCode {
    var code = ExitCode.success
    console.paging { code = body() }
    return code
  }

  /// Told of questions that no one typed.
  var history: ((String) -> Void)?

  func refuse(_ id: String, _ message: String, _ advice: [String] = []) -> ExitCode {
    console.refuse(id, message, advice)
    return .usage
  }
}

/// How long an answer took, and whether files were read for it.
enum ShellTiming {
  static func text(_ run: Workspace.Run) -> String {
    let engine = run.outcomes.reduce(0) { $0 + $1.seconds }
    let files = run.report.filesOpened
    let read =
      files == 0
      ? "no file was read"
      : "\(seconds(run.report.timings.wall)) to read \(files) file\(files == 1 ? "" : "s")"
    return "timing: \(seconds(engine)) to answer; \(read)\n"
  }

  private static func seconds(_ seconds: Double) -> String {
    let millis = Int((seconds * 1000).rounded())
    return "\(millis / 1000).\(String(millis % 1000 + 1000).dropFirst()) s"
  }
}
