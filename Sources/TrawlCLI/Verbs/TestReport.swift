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

  var testCount: Int { suites.reduce(0) { $0 + $1.results.count } }
  var failedCount: Int { suites.reduce(0) { $0 + $1.results.filter { !$0.isPassed }.count } }

  var text: String {
    var lines: [String] = []
    for suite in suites {
      lines.append(DisplayText.escaped(suite.path))
      for result in suite.results {
        lines.append("  \(result.isPassed ? "ok    " : "FAILED")  \(DisplayText.escaped(result.test.name))")
        for failure in result.failures { lines.append("            \(DisplayText.escaped(failure))") }
      }
    }
    return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
  }

  var summary: String {
    var text = "tests: \(testCount) of \(suites.count) rules, \(failedCount) failed\n"
    if !untested.isEmpty {
      text += "rules without tests: \(untested.count)\n"
      for path in untested.prefix(5) { text += "  \(DisplayText.escaped(path))\n" }
    }
    return text
  }

  var table: Table {
    let fields = [
      Field("rule", .string), Field("test", .string), Field("passed", .bool), Field("failures", .string),
    ]
    let rows = suites.flatMap { suite in
      suite.results.map { result in
        [
          Value.string(suite.path), .string(result.test.name), .bool(result.isPassed),
          .string(result.failures.joined(separator: "; ")),
        ]
      }
    }
    return Table(fields: fields, rows: rows)
  }

  /// One suite for each rule, as build servers read it.
  var junit: String {
    var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"]
    lines.append("<testsuites tests=\"\(testCount)\" failures=\"\(failedCount)\">")
    for suite in suites {
      let name = TestReport.escaped(suite.path)
      let failed = suite.results.filter { !$0.isPassed }.count
      lines.append("  <testsuite name=\"\(name)\" tests=\"\(suite.results.count)\" failures=\"\(failed)\">")
      for result in suite.results {
        let head = "    <testcase classname=\"\(name)\" name=\"\(TestReport.escaped(result.test.name))\" "
        let time = "time=\"\(TestReport.milliseconds(result.seconds))\""
        guard let first = result.failures.first else {
          lines.append(head + time + "/>")
          continue
        }
        lines.append(head + time + ">")
        let all = TestReport.escaped(result.failures.joined(separator: "\n"))
        lines.append("      <failure message=\"\(TestReport.escaped(first))\">\(all)</failure>")
        lines.append("    </testcase>")
      }
      lines.append("  </testsuite>")
    }
    lines.append("</testsuites>")
    return lines.joined(separator: "\n") + "\n"
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
