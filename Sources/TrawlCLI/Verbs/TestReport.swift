import Diagnostics
import Engine
import Rules

/// What came of all tests, as text, as a table and as JUnit XML.
struct TestReport {
  struct Suite {
    /// The rule's file.
    var path: String
    var results: [RuleTestResult]
  }

  var suites: [Suite] = []
  /// Rules without tests.
  var untested: [String] = []
  /// Test files that cannot be read as such.
  var wrongFiles: [QueryFailure] = []

  private var results: [RuleTestResult] { suites.flatMap(\.results) }

  var isEmpty: Bool { suites.isEmpty }
  var failedCount: Int { results.filter { $0.outcome.word == "failed" }.count }
  private var brokenCount: Int { results.filter { $0.outcome.word == "broken" }.count }
  private var notRunCount: Int { results.filter { $0.outcome.word == "not run" }.count }

  /// A rule or a test file is wrong.
  var isWrong: Bool {
    !wrongFiles.isEmpty
      || results.contains { if case .broken(_, isInput: false) = $0.outcome { true } else { false } }
  }

  /// A test names a file that is not there.
  var lacksInput: Bool {
    results.contains { if case .broken(_, isInput: true) = $0.outcome { true } else { false } }
  }

  /// What keeps tests from running, each once.
  var problems: [QueryFailure] {
    var seen: Set<String> = []
    let broken = results.compactMap { result -> QueryFailure? in
      guard case .broken(let failure, _) = result.outcome else { return nil }
      let text = result.failures.map(\.optionText).joined(separator: "\n")
      return seen.insert(text).inserted ? failure : nil
    }
    return wrongFiles + broken
  }

  var text: StyledText {
    var text = StyledText()
    for suite in suites {
      text.append(DisplayText.escaped(suite.path) + "\n", .name)
      for result in suite.results {
        text.append("  ")
        text.append(result.outcome.mark, result.outcome.style)
        text.append("  \(DisplayText.escaped(result.test.name))\n")
        for failure in result.failures {
          text.append("            \(DisplayText.escaped(failure.optionText))\n")
        }
      }
    }
    return text
  }

  var summary: String {
    var text = "tests: \(results.count) of \(suites.count) rule\(suites.count == 1 ? "" : "s"), "
    text += "\(failedCount) failed"
    if brokenCount > 0 { text += ", \(brokenCount) broken" }
    if notRunCount > 0 { text += ", \(notRunCount) not run" }
    text += "\n"
    if !untested.isEmpty {
      text += "rules without tests: \(untested.count)\n"
      for path in untested.prefix(5) { text += "  \(DisplayText.escaped(path))\n" }
    }
    return text
  }

  var table: Table {
    let fields = [
      Field("rule", .string), Field("test", .string), Field("passed", .bool), Field("outcome", .string),
      Field("failures", .string),
    ]
    let rows = suites.flatMap { suite in
      suite.results.map { result in
        [
          Value.string(suite.path), .string(result.test.name), .bool(result.isPassed),
          .string(result.outcome.word), .string(result.failures.optionText),
        ]
      }
    }
    return Table(fields: fields, rows: rows)
  }

  /// One suite for each rule, as build servers read it.
  var junit: String {
    var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"]
    lines.append("<testsuites \(TestReport.counts(of: results))>")
    for suite in suites {
      let name = TestReport.escaped(suite.path)
      lines.append("  <testsuite name=\"\(name)\" \(TestReport.counts(of: suite.results))>")
      for result in suite.results {
        let head = "    <testcase classname=\"\(name)\" name=\"\(TestReport.escaped(result.test.name))\" "
        let time = "time=\"\(TestReport.milliseconds(result.seconds))\""
        guard let element = result.outcome.junitElement, let first = result.failures.first?.optionText else {
          lines.append(head + time + "/>")
          continue
        }
        lines.append(head + time + ">")
        let all = TestReport.escaped(result.failures.map(\.optionText).joined(separator: "\n"))
        lines.append("      <\(element) message=\"\(TestReport.escaped(first))\">\(all)</\(element)>")
        lines.append("    </testcase>")
      }
      lines.append("  </testsuite>")
    }
    lines.append("</testsuites>")
    return lines.joined(separator: "\n") + "\n"
  }

  private static func counts(of results: [RuleTestResult]) -> String {
    func count(_ word: String) -> Int { results.filter { $0.outcome.word == word }.count }
    return "tests=\"\(results.count)\" failures=\"\(count("failed"))\" errors=\"\(count("broken"))\" "
      + "skipped=\"\(count("not run"))\""
  }

  private static func milliseconds(_ seconds: Double) -> String {
    let thousandths = Int(min(max(0, seconds), 1e9) * 1000)
    let fraction = String(thousandths % 1000)
    return "\(thousandths / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)"
  }

  /// What XML cannot hold is left out.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      default:
        if scalar.value >= 0x20, scalar.value != 0xFFFE, scalar.value != 0xFFFF {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result
  }
}

extension RuleTestResult.Outcome {
  var word: String {
    switch self {
    case .passed: "passed"
    case .failed: "failed"
    case .notRun: "not run"
    case .broken: "broken"
    }
  }

  fileprivate var mark: String {
    switch self {
    case .passed: "ok    "
    case .failed: "FAILED"
    case .notRun: "not run"
    case .broken: "BROKEN"
    }
  }

  fileprivate var style: StyledText.Style {
    switch self {
    case .passed: .good
    case .failed, .broken: .error
    case .notRun: .warning
    }
  }

  fileprivate var junitElement: String? {
    switch self {
    case .passed: nil
    case .failed: "failure"
    case .notRun: "skipped"
    case .broken: "error"
    }
  }
}
