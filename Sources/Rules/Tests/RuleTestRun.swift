package import Diagnostics
import Engine
import Formats
import LogSources
package import Session

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Runs the tests that stand beside rules.
///
/// ```
///   let file = RuleTestRun.testFile(of: "rules/high-volume-ses.kql")   // rules/high-volume-ses.tests.yml
/// ```
package struct RuleTestRun: Sendable {
  package static let fileEnding = ".tests.yml"

  /// The workspace without logs: functions, watchlists, macros, …
  private var configuration: WorkspaceConfiguration
  /// Folders with the data of contentctl's tests.
  private let attackData: [String]
  /// What tests may read: they come with rules, and rules from anyone.
  private let boundary: FolderBoundary

  /// - Parameter folders: what was named, and where the program runs; tests read files of these only.
  package init(
    _ configuration: WorkspaceConfiguration, attackData: [String] = [], folders: [String] = ["."]
  ) {
    boundary = FolderBoundary(folders + attackData)
    self.configuration = configuration
    self.attackData = attackData
    // A test changes nothing: what a rule writes is not kept.
    self.configuration.lookupOutput = .dropped
  }

  // MARK: - Finding tests

  /// The tests of a rule stand in a file beside it.
  package static func testFile(of path: String) -> String { FilePath(path).withoutEnding + fileEnding }

  /// The rules that a test file stands beside; the file itself if there are none.
  package static func rules(ofTestFile path: String) -> [String] {
    let stem = path.dropLast(fileEnding.count)
    let rules = ["kql", "kusto", "spl", "yml", "yaml"].map { "\(stem).\($0)" }
    let found = rules.filter { FileManager.default.fileExists(atPath: $0) }
    return found.isEmpty ? [path] : found
  }

  /// Where watchlists and lookups of a rule may stand.
  package static func companionFolders(of path: String, _ languages: FrontEnds) -> [String] {
    CompanionTables.folders(besides: path, languages)
  }

  /// The tests in the file beside a rule; nil if it has none.
  package static func tests(
    of rule: DetectionRule, isRecording: Bool = false
  ) throws(QueryFailure) -> [RuleTest]? {
    let path = testFile(of: rule.path)
    guard let source = source(path) else { return nil }
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    do throws(YAMLFailure) {
      return try RuleTest.tests(in: source, folder: folder, isRecording: isRecording)
    } catch {
      throw error.failure(in: source)
    }
  }

  /// All tests of a rule: those of the file beside it, and those within a detection for Splunk.
  package func allTests(of rule: DetectionRule) throws(QueryFailure) -> [RuleTest] {
    let beside = try RuleTestRun.tests(of: rule) ?? []
    guard FilePath(rule.path).isYAML, let source = RuleTestRun.source(rule.path),
      let document = try? YAMLReader.read(source.text), document["search"] != nil
    else { return beside }
    return beside
      + RuleTest.contentctlTests(in: document, source: source, data: AttackData(folders: attackData))
  }

  private static func source(_ path: String) -> SourceText? {
    guard let bytes = FileManager.default.contents(atPath: path) else { return nil }
    let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
    return SourceText(name: path, text: String(decoding: content, as: UTF8.self))
  }

  // MARK: - Running

  package func run(_ test: RuleTest, of rule: DetectionRule) -> RuleTestResult {
    let start = ContinuousClock.now
    let outcome = outcome(of: test, rule)
    let elapsed = start.duration(to: .now).components
    return RuleTestResult(
      test: test, outcome: outcome, seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18)
  }

  private func outcome(of test: RuleTest, _ rule: DetectionRule) -> RuleTestResult.Outcome {
    if let obstacle = test.obstacle { return .notRun(obstacle) }
    do {
      let failures = test.failures(
        of: try table(of: test, rule), dialect: rule.language.dialect, schedule: rule.metadata.schedule)
      return failures.isEmpty ? .passed : .failed(failures.map { Advice($0) })
    } catch let missing as MissingFile {
      return .broken(missing.failure(in: test.source), isInput: true)
    } catch let failure as QueryFailure {
      return .broken(placed(failure, in: test), isInput: false)
    } catch let problem as Problem {
      return .failed([problem.message])
    } catch let file as UnreadableInput {
      return .failed(["`\(file.path)`: \(file.reason)"])
    } catch {
      return .failed(["it stopped: \((error as? ExecutionFailure)?.message ?? "\(error)")"])
    }
  }

  /// A variable that the rule does not have is the test's fault.
  private func placed(_ failure: QueryFailure, in test: RuleTest) -> QueryFailure {
    guard let first = failure.diagnostics.first, first.id == "unknown-variable", !test.values.isEmpty else {
      return failure
    }
    let message = ([first.message] + first.notes.map(\.plainText)).joined(separator: "; ")
    return YAMLFailure(
      id: first.id, message: message, line: test.valuesPlace.line, column: test.valuesPlace.column
    ).failure(in: test.source)
  }

  private struct Problem: Error {
    var message: Advice
  }

  /// What a rule gives for a test.
  private func table(of test: RuleTest, _ rule: DetectionRule) throws -> Table {
    var configuration = try configuration(of: test)
    var folder: ScratchFolder?
    if !test.events.isEmpty {
      let made = try ScratchFolder(for: "test")
      let path = try made.write(EventLog.text(test.events, container: nil), to: "events.json")
      folder = made
      configuration.logs.append(path)
      configuration.boundary = boundary.adding(path)
    }
    // The events lie there until they were read.
    defer { withExtendedLifetime(folder) {} }
    let workspace = Workspace(configuration)
    let query = try workspace.resolve(workspace.compile(rule))
    let run = try workspace.run([query])
    if let file = run.report.unreadable.first {
      throw Problem(message: "the log `\(file.path)` cannot be read: \(file.reason)")
    }
    // A count of nothing is a row, and no sign that a rule works.
    if test.fires == true, !query.results.allSatisfy({ $0.plan.scans.isEmpty }), run.report.eventsRead == 0 {
      throw Problem(message: "the logs of the test hold no event of a table that the rule reads")
    }
    let missing = MissingData(report: run.report, configuration: configuration)
      .verdict(on: workspace.optimized(query)).notRun
    if !missing.isEmpty {
      throw Problem(message: "the rule was not run: \(missing.joined(separator: "; "))")
    }
    guard let table = run.outcomes.first?.results.first?.table else {
      throw Problem(message: "the rule gives no table")
    }
    return table
  }

  /// The workspace with what the test brings along.
  private func configuration(of test: RuleTest) throws -> WorkspaceConfiguration {
    for file in test.logs + test.watchlists + test.lookups + test.macros
    where !FileManager.default.fileExists(atPath: file.path) {
      throw MissingFile(file: file, reason: "there is no file or folder `\(file.path)`")
    }
    for file in test.logs + test.watchlists + test.lookups + test.macros where !boundary.holds(file.path) {
      throw MissingFile(
        file: file,
        reason:
          "`\(file.path)` lies outside of what was named and of the folder where this runs: tests read nothing there"
      )
    }
    var configuration = configuration
    configuration.boundary = boundary
    configuration.logs = test.logs.map(\.path)
    configuration.values.merge(test.values) { $1 }
    if let now = test.now { configuration.now = .at(now) }
    for file in test.watchlists { configuration.watchlists[file.name] = try csv(file) }
    for file in test.lookups {
      if !file.name.isEmpty {
        configuration.lookups[file.name] = try csv(file)
        continue
      }
      for found in FileDiscovery.files(below: [file.path], within: boundary).files
      where found.path.hasSuffix(".csv") {
        var part = file
        part.path = found.path
        configuration.lookups[FilePath(found.path).stem] = try csv(part)
      }
    }
    for file in test.macros {
      let endings = [".conf", ".json", ".yml", ".yaml"]
      for found in FileDiscovery.files(below: [file.path], within: boundary).files {
        guard endings.contains(where: { found.path.hasSuffix($0) }) else { continue }
        guard let source = RuleTestRun.source(found.path) else {
          throw MissingFile(file: file, reason: "`\(found.path)` cannot be read")
        }
        configuration.macros.append(source)
      }
    }
    return configuration
  }

  private func csv(_ file: RuleTest.File) throws -> Table {
    guard let source = RuleTestRun.source(file.path), let table = CSVTable.parse(source.text) else {
      throw MissingFile(file: file, reason: "`\(file.path)` is no CSV with a header")
    }
    return table
  }

  // MARK: - Recording

  /// Which tests were recorded, and the text of their file with the new rows; nil if nothing changes.
  package struct Recording: Sendable {
    package var path: String
    package var text: String
    package var tests: [String]
  }

  /// Runs the tests of a rule that keep their rows, or that expect nothing yet, and puts the rows into their file.
  ///
  /// - Parameter includes: which tests may be recorded.
  package func record(
    _ rule: DetectionRule, includes: (RuleTest) -> Bool
  ) throws -> Recording? {
    guard let tests = try RuleTestRun.tests(of: rule, isRecording: true) else { return nil }
    var results: [(test: String, rows: [[RuleTest.Cell]])] = []
    for test in tests where includes(test) && (test.awaitsRecording || test.result != nil) {
      let table: Table
      do {
        table = try self.table(of: test, rule)
      } catch let missing as MissingFile {
        throw missing.failure(in: test.source)
      }
      guard table.rowCount <= RecordedResult.mostRows else {
        throw failure(
          "the rule gives \(table.rowCount) rows; at most \(RecordedResult.mostRows) are recorded. "
            + "Use `rows` and `contains`", line: test.line, in: test.source)
      }
      if let recorded = test.result,
        RecordedResult.differences(recorded, from: table, dialect: rule.language.dialect).isEmpty
      {
        continue
      }
      results.append((test.name, RecordedResult.rows(of: table, dialect: rule.language.dialect)))
    }
    guard let source = tests.first?.source, !results.isEmpty else { return nil }
    do throws(RecordingEdit.Refusal) {
      let text = try RecordingEdit.text(source.text, recording: results)
      return Recording(path: source.name, text: text, tests: results.map(\.test))
    } catch {
      throw failure(error.message, line: error.line, in: source)
    }
  }

  private func failure(_ message: String, line: Int, in source: SourceText) -> QueryFailure {
    YAMLFailure(id: "cannot-record", message: message, line: line, column: 1).failure(in: source)
  }
}

/// A file that a test names, and that is not there or is not what it should be.
private struct MissingFile: Error {
  var file: RuleTest.File
  var reason: String

  func failure(in source: SourceText) -> QueryFailure {
    YAMLFailure(id: "unreadable-input", message: reason, line: file.line, column: file.column)
      .failure(in: source)
  }
}
