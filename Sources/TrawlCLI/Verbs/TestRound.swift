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

/// One run of all tests.
struct TestRound {
  let arguments: ParsedArguments
  let settings: RunSettings
  let output: OutputSettings
  let workspaceSettings: WorkspaceSettings
  let console: Console

  func run() throws(UsageError) -> ExitCode {
    let pack = pack()
    for file in pack.unreadable {
      console.refuse("unreadable-input", "`\(DisplayText.escaped(file.path))`: \(file.reason)")
    }
    for failure in pack.broken {
      console.printError(failure)
    }
    let isWrong = printOrphans(of: pack) || !pack.broken.isEmpty
    if pack.rules.isEmpty {
      if isWrong { return .usage }
      if !pack.unreadable.isEmpty { return .unreadable }
      throw UsageError(
        "no-rules", "no rule in \(arguments.operands.map { "`\($0)`" }.joined(separator: ", "))", verb: .test)
    }
    var report = TestReport()
    do {
      let tests = RuleTestRun(
        try workspaceSettings.configuration(settings), attackData: try folders(.attackData),
        folders: ["."] + arguments.operands.map(TestRound.folder))
      for rule in pack.rules {
        // A wrong test file keeps no other rule from being tested.
        do throws(QueryFailure) {
          if arguments.has(.record) { try record(rule, tests) }
          try run(rule, tests, into: &report)
        } catch {
          report.wrongFiles.append(error)
        }
      }
    } catch {
      return FailurePrinter.print(error, in: nil, console)
    }
    if let filter = arguments.value(.filter), report.isEmpty, report.problems.isEmpty, !arguments.has(.watch)
    {
      throw UsageError(
        "no-tests", "no test has `\(filter)` in its name or its rule's path",
        advice: ["--filter compares letter by letter"], verb: .test)
    }
    return show(report, isWrong: isWrong, isUnreadable: !pack.unreadable.isEmpty)
  }

  /// The rules that were named, also by their test files.
  private func pack() -> RulePack {
    let paths = arguments.operands.flatMap { path in
      path.hasSuffix(RuleTestRun.fileEnding) ? RuleTestRun.rules(ofTestFile: path) : [path]
    }
    return RulePack.load(paths, arguments.languages)
  }

  /// Says which test files stand beside no rule.
  private func printOrphans(of pack: RulePack) -> Bool {
    let known = Set(pack.rules.map { RuleTestRun.testFile(of: $0.path) })
    let orphans = pack.testFiles.filter { !known.contains($0) }
    for path in orphans {
      let stem = path.dropLast(RuleTestRun.fileEnding.count)
      let near = NearestNames.of(String(stem), among: pack.rules.map { FilePath($0.path).withoutEnding })
        .first
      let diagnostic = Diagnostic.error(
        "missing-rule", "there is no rule for these tests: no `\(stem)` with .kql, .spl, .yml or .yaml",
        at: SourceSpan(0, 0),
        suggestions: near.map {
          [Diagnostic.Suggestion("did you mean to call the file `\($0)\(RuleTestRun.fileEnding)`?")]
        } ?? [])
      let text = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
      console.printError(diagnostic, in: SourceText(name: path, text: text ?? ""))
    }
    return !orphans.isEmpty
  }

  /// A folder, or that of a file.
  private static func folder(_ path: String) -> String {
    var isFolder = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder { return path }
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private func folders(_ option: OptionName) throws(UnreadableInput) -> [String] {
    for path in arguments.values(option) {
      var isFolder = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder else {
        throw UnreadableInput(path: path, reason: "there is no such folder")
      }
    }
    return arguments.values(option)
  }

  private func isWanted(_ test: RuleTest, of rule: DetectionRule) -> Bool {
    guard let filter = arguments.value(.filter) else { return true }
    return test.name.contains(filter) || rule.place.contains(filter)
  }

  private func run(_ rule: DetectionRule, _ run: RuleTestRun, into report: inout TestReport)
    throws(QueryFailure)
  {
    let tests = try run.allTests(of: rule)
    if tests.isEmpty {
      report.untested.append(rule.place)
      return
    }
    var suite = TestReport.Suite(path: rule.place, results: [])
    for test in tests where isWanted(test, of: rule) { suite.results.append(run.run(test, of: rule)) }
    if !suite.results.isEmpty { report.suites.append(suite) }
  }

  private func record(_ rule: DetectionRule, _ run: RuleTestRun) throws(QueryFailure) {
    let recording: RuleTestRun.Recording?
    do {
      recording = try run.record(rule) { isWanted($0, of: rule) }
    } catch let failure as QueryFailure {
      throw failure
    } catch {
      let message = (error as? ExecutionFailure)?.message ?? "\(error)"
      throw QueryFailure([.error("cannot-record", message)], in: rule.query)
    }
    guard let recording else { return }
    if let reason = FileWriting.replace(recording.path, with: Array(recording.text.utf8)) {
      throw QueryFailure(
        [.error("cannot-write", "`\(recording.path)` cannot be written: \(reason)")], in: rule.query)
    }
    for test in recording.tests {
      console.printError(
        "recorded: \(DisplayText.escaped(recording.path)): \(DisplayText.escaped(test))\n")
    }
  }

  private func show(_ report: TestReport, isWrong: Bool, isUnreadable: Bool) -> ExitCode {
    switch output.format {
    case .table: console.write(report.text)
    case .json, .ndjson, .csv, .tsv, .markdown, .typedJSON, .arrow:
      console.write(report.table, output.renderer())
    }
    for failure in report.problems {
      console.printError(failure)
    }
    if !output.isQuiet { console.printError(report.summary) }
    if let path = arguments.value(.junit),
      let reason = FileWriting.replace(path, with: Array(report.junit.utf8))
    {
      console.refuse("cannot-write", "`\(DisplayText.escaped(path))` cannot be written: \(reason)")
      return .unreadable
    }
    return .gravest([
      isWrong || report.isWrong ? .usage : .success,
      isUnreadable || report.lacksInput ? .unreadable : .success,
      report.failedCount > 0 ? .failedTest : .success,
    ])
  }

  /// All files and folders whose change means another run.
  func watchedPaths() -> [String] {
    var paths = arguments.operands
    let pack = pack()
    for rule in pack.rules {
      paths.append(RuleTestRun.testFile(of: rule.path))
      paths += RuleTestRun.companionFolders(of: rule.path, arguments.languages)
      let tests = try? RuleTestRun.tests(of: rule, isRecording: true)
      paths += (tests ?? []).flatMap(\.files)
    }
    paths += workspaceSettings.functions + workspaceSettings.macros + workspaceSettings.lookups
    paths += (workspaceSettings.watchlists + workspaceSettings.externals + workspaceSettings.tables).map(
      \.value)
    return paths + arguments.values(.attackData)
  }
}
