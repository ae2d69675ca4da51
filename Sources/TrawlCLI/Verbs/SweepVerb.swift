import Diagnostics
import Engine
import Reports
import Rules
import Session

/// `trawl sweep RULE --set NAME=FROM..TO:STEP --logs LOGS…`: what a threshold or a window would find.
enum SweepVerb: Verb {
  static let name = VerbName.sweep

  static func run(_ arguments: ParsedArguments, console: Console) throws(UsageError) -> ExitCode {
    var settings = try arguments.runSettings()
    let output = try arguments.outputSettings(terminalWidth: console.terminalWidth)
    let workspaceSettings = try arguments.workspaceSettings(logs: [])
    if workspaceSettings.logs.isEmpty, workspaceSettings.tables.isEmpty {
      throw UsageError(
        "missing-logs", "no logs given", advice: ["name files or folders: --logs PATH"], verb: .sweep)
    }
    let values = settings.values
    settings.values = []
    do {
      let rule = try rule(arguments.operands[0], settings)
      var configuration = try workspaceSettings.configuration(settings)
      console.isQuiet = output.isQuiet
      configuration.meter = console.loadMeter()
      let workspace = Workspace(configuration)
      let sweep = try workspace.sweep(rule, settings: values.map { ($0.name, $0.value) })
      if output.wantsPage {
        let report = SweepReport(sweep: sweep)
        let summary = RunSummary(
          run: sweep.queries, configuration: configuration, readsLogs: sweep.readsTables)
        let table = report.table(withPicture: false)
        // The values and the rows, without what else there is to say of a point.
        let columns = Array(sweep.parameters.indices) + [sweep.parameters.count + 1]
        let drawn = Table(
          fields: columns.map { table.fields[$0] }, columns: columns.map { table.columns[$0] },
          rowCount: table.rowCount)
        var chart = ChartRequest(.columnchart)
        chart.y = ["rows"]
        chart.series = sweep.parameters.dropFirst().map(\.name)
        let page = TablesPage(
          "Sweep of \(rule.metadata.title)", subtitle: sweep.parameters.map(\.name).joined(separator: ", "),
          [
            TablesPage.Part("Rows by value", table, notes: report.notes, chart: chart, drawn: drawn)
          ], PageDelivery.account(sweep.report, now: sweep.now, summary))
        try PageDelivery.write(page.page, output, console)
      }
      return show(sweep, configuration, settings, output, console)
    } catch let usage as UsageError {
      throw usage
    } catch let failure as SweepFailure {
      throw failure.usage
    } catch {
      return FailurePrinter.print(error, in: nil, console)
    }
  }

  private static func rule(_ path: String, _ settings: RunSettings) throws -> DetectionRule {
    let pack = RulePack.load([path], settings.languages)
    if let failure = pack.broken.first { throw failure }
    if let file = pack.unreadable.first { throw UnreadableInput(path: file.path, reason: file.reason) }
    guard let rule = pack.rules.first, pack.rules.count == 1 else {
      throw UsageError(
        "not-one-rule",
        pack.rules.isEmpty ? "no rule in `\(path)`" : "`\(path)` holds \(pack.rules.count) rules",
        advice: ["sweep takes the file of one rule"]
          + pack.skipped.prefix(3).map { "skipped \($0.path): \($0.reason)" }, verb: .sweep)
    }
    return rule
  }

  private static func show(
    _ sweep: RuleSweep, _ configuration: WorkspaceConfiguration, _ settings: RunSettings,
    _ output: OutputSettings, _ console: Console
  ) -> ExitCode {
    let report = SweepReport(sweep: sweep)
    let isForPeople = output.format == .table || output.format == .markdown
    let table = report.table(withPicture: isForPeople)
    let shown = output.limit.map { table.slice(0..<min($0, table.rowCount)) } ?? table
    if output.document == nil { console.write(shown, output.renderer()) }
    if shown.rowCount < table.rowCount {
      console.say(.note, "\(shown.rowCount) of \(table.rowCount) rows shown (--limit)")
    }
    var code = ExitCode.success
    for point in sweep.points {
      switch point.outcome {
      case .ran, .notRun: continue
      case .refused(let failure):
        code = .usage
        console.printError("with \(report.text(of: point)):\n")
        console.printError(failure)
      case .failed(let failure):
        console.printError("with \(report.text(of: point)):\n")
        code = .gravest([code, FailurePrinter.print(failure, in: nil, console)])
      }
    }
    if !output.isQuiet {
      if let first = sweep.warnings.first {
        console.printError(DiagnosticRenderer.oneLine(first, in: sweep.rule.query) + "\n")
      }
      for note in report.notes { console.say(.note, "\(DisplayText.escaped(note))") }
    }
    let summary = RunSummary(
      run: sweep.queries, configuration: configuration, readsLogs: sweep.readsTables)
    summary.print(output, console)
    let isIdle = sweep.points.allSatisfy { if case .notRun = $0.outcome { true } else { false } }
    let loading = summary.exitCode(allowsPartial: settings.allowsPartial)
    return .gravest([code, loading, isIdle ? .unreadable : .success])
  }
}

extension SweepFailure {
  fileprivate var usage: UsageError {
    func error(_ id: String, _ message: String, _ advice: [String] = []) -> UsageError {
      UsageError(id, message, advice: advice, verb: .sweep)
    }
    switch self {
    case .badRange(let text, let reason):
      return error(
        "bad-range", "`\(text)` is no range: \(reason)", ["a range is FROM..TO:STEP, as in 10..100:10"])
    case .tooMany(let text, let limit):
      return error(
        "too-many-values", "`\(text)` has more than \(limit) values", ["a larger step gives fewer"])
    case .tooManyCombinations(let count, let limit):
      return error(
        "too-many-values", "\(count) combinations are more than \(limit)",
        ["larger steps or fewer parameters give fewer"])
    case .nothingSwept:
      return error(
        "nothing-to-sweep", "no parameter has several values",
        ["--set NAME=FROM..TO:STEP or --set NAME=1,5,10 gives some"])
    case .repeated(let name): return error("repeated-option", "`\(name)` is set twice")
    case .unknown(let name, let known):
      let near = NearestNames.of(name, among: known.map(\.name))
      let list = known.prefix(20).map { parameter in
        let place = parameter.line.map {
          " (line \($0)\(parameter.detail.isEmpty ? "" : ", \(parameter.detail)"))"
        }
        let current = parameter.current.count > 60 ? parameter.current.prefix(59) + "…" : parameter.current
        return
          "  \(parameter.name) = \(current)\(place ?? (parameter.detail.isEmpty ? "" : " (\(parameter.detail))"))"
      }
      return error(
        "unknown-parameter", "the rule has nothing named `\(name)` to sweep",
        UsageError.suggestion(near)
          + (known.isEmpty
            ? ["what can be swept: `where NAME > 10`; KQL: `let NAME = 10;`; SPL: `eval NAME=10`"]
            : ["it has:"] + list + (known.count > 20 ? ["  and \(known.count - 20) more"] : [])))
    case .badValue(let name, let value, let current):
      return error("bad-value", "`\(name)` cannot be `\(value)`", ["it is `\(current)` in the rule"])
    case .overlapping(let first, let second):
      return error("overlapping-parameters", "`\(second)` is part of `\(first)`", ["set one of them"])
    case .badMacroText(let name, _):
      return error("bad-value", "the definition of the macro `\(name)` must stand on one line")
    }
  }
}
