package import Diagnostics
import Engine
import FoundationEssentials

/// Runs the tests that stand beside rules.
///
/// ```
///   let file = RuleTestRun.testFile(of: "rules/high-volume-ses.kql")   // rules/high-volume-ses.tests.yml
/// ```
package struct RuleTestRun: Sendable {
  /// The workspace without logs: functions, watchlists, macros, …
  private var configuration: WorkspaceConfiguration

  package init(_ configuration: WorkspaceConfiguration) {
    self.configuration = configuration
    self.configuration.lookupOutput = .dropped
  }

  /// The tests of a rule stand in a file beside it.
  package static func testFile(of path: String) -> String {
    let name = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
    let stem = name.lastIndex(of: ".").map { path[..<$0] } ?? path[...]
    return "\(stem).tests.yml"
  }

  /// The tests of a rule; nil if it has none.
  package static func tests(of rule: DetectionRule) throws(QueryFailure) -> [RuleTest]? {
    let path = testFile(of: rule.path)
    guard let bytes = FileManager.default.contents(atPath: path) else { return nil }
    let source = SourceText(name: path, text: String(decoding: bytes, as: UTF8.self))
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    do throws(YAMLFailure) {
      return try RuleTest.tests(in: source.text, folder: folder)
    } catch {
      throw error.failure(in: source)
    }
  }

  package func run(_ test: RuleTest, of rule: DetectionRule) -> RuleTestResult {
    let start = ContinuousClock.now
    let failures = failures(of: test, rule)
    let elapsed = start.duration(to: .now).components
    return RuleTestResult(
      test: test, failures: failures, seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18)
  }

  private func failures(of test: RuleTest, _ rule: DetectionRule) -> [String] {
    var configuration = configuration
    configuration.logs = test.logs
    configuration.values.merge(test.values) { $1 }
    if let now = test.now { configuration.now = .at(now) }
    for path in test.logs where !FileManager.default.fileExists(atPath: path) {
      return ["the log `\(path)` is not there"]
    }
    var inlineFile: String?
    defer { if let inlineFile { try? FileManager.default.removeItem(atPath: inlineFile) } }
    if !test.events.isEmpty {
      let path = FileManager.default.temporaryDirectory.appending(
        path: "trawl-test-\(UUID().uuidString).json"
      ).path
      let text = test.events.map(\.text).joined(separator: "\n") + "\n"
      guard FileManager.default.createFile(atPath: path, contents: Data(text.utf8)) else {
        return ["the events of the test cannot be written to `\(path)`"]
      }
      inlineFile = path
      configuration.logs.append(path)
    }
    do {
      let workspace = Workspace(configuration)
      let query = try workspace.compile(rule)
      let run = try workspace.run([query])
      if let file = run.report.unreadable.first {
        return ["the log `\(file.path)` cannot be read: \(file.reason)"]
      }
      guard let table = run.outcomes.first?.results.first?.table else { return ["the rule gives no table"] }
      return test.failures(of: table)
    } catch let failure as QueryFailure {
      return failure.diagnostics.prefix(1).map { DiagnosticRenderer.oneLine($0, in: failure.source) }
    } catch {
      return ["it stopped: \((error as? ExecutionFailure)?.message ?? "\(error)")"]
    }
  }
}
