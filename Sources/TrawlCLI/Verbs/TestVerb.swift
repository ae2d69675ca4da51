import Diagnostics
import Engine
import FoundationEssentials
import Rules

/// `trawl test RULES…`: the tests that stand beside the rules.
enum TestVerb: Verb {
  static let name = VerbName.test

  static func run(_ arguments: ParsedArguments, console: Console) throws(UsageError) -> ExitCode {
    let settings = try arguments.runSettings()
    let output = try arguments.outputSettings(terminalWidth: console.terminalWidth)
    let workspaceSettings = try arguments.workspaceSettings(logs: [])
    let pack = RulePack.load(arguments.operands)
    for file in pack.unreadable {
      console.printError("error[unreadable-input]: `\(DisplayText.escaped(file.path))`: \(file.reason)\n")
    }
    for failure in pack.broken {
      console.printError(DiagnosticRenderer.render(failure.diagnostics, in: failure.source))
    }
    if pack.rules.isEmpty {
      if !pack.broken.isEmpty { return .usage }
      if !pack.unreadable.isEmpty { return .unreadable }
      throw UsageError(
        "no-rules", "no rule in \(arguments.operands.map { "`\($0)`" }.joined(separator: ", "))", verb: .test)
    }
    var report = TestReport()
    do {
      let tests = RuleTestRun(try workspaceSettings.configuration(settings))
      for rule in pack.rules { try run(rule, tests, filter: arguments.value(.filter), into: &report) }
    } catch {
      return FailurePrinter.print(error, in: nil, console)
    }
    switch output.format {
    case .table: console.write(report.text)
    case .json, .ndjson, .csv, .tsv, .markdown, .typedJSON:
      output.renderer(.kql).render(report.table) { console.write($0) }
    }
    if !output.isQuiet { console.printError(report.summary) }
    if let path = arguments.value(.junit),
      !FileManager.default.createFile(atPath: path, contents: Data(report.junit.utf8))
    {
      console.printError("error[cannot-write]: `\(DisplayText.escaped(path))` cannot be written\n")
      return .unreadable
    }
    if report.failedCount > 0 { return .failedTest }
    if !pack.broken.isEmpty { return .usage }
    return pack.unreadable.isEmpty ? .success : .unreadable
  }

  private static func run(
    _ rule: DetectionRule, _ run: RuleTestRun, filter: String?, into report: inout TestReport
  ) throws(QueryFailure) {
    guard let tests = try RuleTestRun.tests(of: rule) else {
      report.untested.append(rule.path)
      return
    }
    var suite = TestReport.Suite(path: rule.path, results: [])
    for test in tests {
      if let filter, !test.name.contains(filter), !rule.path.contains(filter) { continue }
      suite.results.append(run.run(test, of: rule))
    }
    if !suite.results.isEmpty { report.suites.append(suite) }
  }
}
