import Diagnostics
import Engine
import Rules
import Session
import Testing

@Suite struct SweepValuesTests {
  static let readable: [(String, [String], Bool)] = [
    ("50..200:50", ["50", "100", "150", "200"], true),
    ("1..3", ["1", "2", "3"], true),
    ("10..1:-4", ["10", "6", "2"], true),
    ("0.1..0.5:0.2", ["0.1", "0.3", "0.5"], true),
    ("1h..3h:30m", ["60m", "90m", "120m", "150m", "180m"], true),
    ("1h..3h:1h", ["1h", "2h", "3h"], true),
    ("-24h..-6h:6h", ["-24h", "-18h", "-12h", "-6h"], true),
    ("0..1h:30m", ["0m", "30m", "60m"], true),
    ("5..5:1", ["5"], true),
    ("1,5,10", ["1", "5", "10"], true),
    ("1..3:1,10", ["1", "2", "3", "10"], true),
    ("1,1,2", ["1", "2"], true),
    ("24h", ["24h"], false),
    ("dynamic([1,2])", ["dynamic([1,2])"], false),
    ("\"a,b\"", ["\"a,b\""], false),
    ("a..b", ["a..b"], false),
    ("", [""], false),
  ]

  @Test(arguments: readable)
  func `values are read`(_ text: String, _ values: [String], _ isSwept: Bool) throws {
    let found = try SweepValues(text)
    #expect(found.texts == values)
    #expect(found.isSwept == isSwept)
  }

  static let wrong = [
    "1..10:0", "1..10:-1", "10..1:1", "1h..5:1", "1..5h:1h", "1h..5h", "0.1..0.9", "1..x:1", "1..10:x",
    "a..b:c",
    "1..2000", "1..9223372036854775807:1", "-9223372036854775807..9223372036854775807:1",
    "1..99999999999999999999:1", "1..-9223372036854775807:-1",
  ]

  @Test(arguments: wrong) func `a wrong range is refused`(_ text: String) {
    #expect(throws: SweepFailure.self) { try SweepValues(text) }
  }

  private func sweep(
    _ text: String, _ language: any FrontEnd, _ settings: [(name: String, text: String)],
    macros: String? = nil
  ) throws -> RuleSweep {
    var configuration = WorkspaceConfiguration()
    configuration.logs = [ExampleFolders.path("examples/bursts")]
    configuration.threads = 1
    if let macros { configuration.macros = [SourceText(name: "macros.conf", text: macros)] }
    let rule = DetectionRule(
      metadata: RuleMetadata(title: "r"), query: SourceText(name: "r", text: text), language: language,
      path: "r")
    return try Workspace(configuration).sweep(rule, settings: settings)
  }

  private func rows(_ sweep: RuleSweep) -> [String] {
    sweep.points.map { point in
      guard case .ran(let rows, _, _) = point.outcome else { return "\(point.values): failed" }
      return "\(point.values.joined(separator: " "))\(point.isCurrent ? "*" : ""): \(rows)"
    }
  }

  static let perEvent = "sourcetype=aws:cloudtrail | stats count by userIdentity.arn"

  @Test func `the places of a search that can be swept are found`() throws {
    let found = try sweep(
      """
      search eventName=Send* | bin _time span=1h | stats count as n by _time, userIdentity.arn
      | eval Limit=case(n>5, 10, true(), 20), Word="x" | where n > 100
      """, .spl, [("span", "1h,2h")])
    #expect(found.points.map(\.isCurrent) == [true, false])
    #expect(throws: SweepFailure.self) {
      try sweep(SweepValuesTests.perEvent + " | where count > 1", .spl, [("cuont", "1,2")])
    }
    do {
      _ = try sweep("search x | eval a=1 | where a > 2 AND a < 5 | head 1", .spl, [("b", "1,2")])
    } catch SweepFailure.unknown(_, let known) {
      #expect(known.map { "\($0.name)=\($0.current)" } == ["a#1=1", "a#2=2", "a#3=5"])
    }
  }

  @Test func `a number of a search is replaced where it stands`() throws {
    let text = SweepValuesTests.perEvent + " | where count > 100 | where count < 100000"
    let found = try sweep(text, .spl, [("count#1", "0,100,1000")])
    let counts = found.points.compactMap { point -> Int? in
      if case .ran(let rows, _, _) = point.outcome { rows } else { nil }
    }
    #expect(counts.count == 3 && counts[0] > counts[1] && counts[1] > 0 && counts[2] == 0)
    #expect(found.points.map(\.isCurrent) == [false, true, false])
  }

  @Test func `numbers and times of a query are found where they stand`() throws {
    let text = """
      let N = 5;
      AWSCloudTrail | where TimeGenerated > ago(30d) and EventName != "n > 3" | summarize n = count() by UserIdentityArn, bin(TimeGenerated, 1h)
      | where n > 100 and n * 2 > 7 and N > 1 and n < 100000 // n > 9
      """
    do {
      _ = try sweep(text, .kql, [("none", "1,2")])
    } catch SweepFailure.unknown(_, let known) {
      #expect(
        known.map { "\($0.name)=\($0.current)" } == ["N=5", "ago=30d", "bin=1h", "n#1=100", "n#2=100000"])
    }
    let found = try sweep(text, .kql, [("n#1", "0,100,100000"), ("ago", "30d")])
    let counts = found.points.compactMap { point -> Int? in
      if case .ran(let rows, _, _) = point.outcome { rows } else { nil }
    }
    #expect(counts.count == 3 && counts[0] > counts[1] && counts[1] > 0 && counts[2] == 0)
    #expect(found.points.map(\.isCurrent) == [false, true, false])
  }

  @Test func `a macro is a parameter`() throws {
    let text = SweepValuesTests.perEvent + " | where count > `limit`"
    let found = try sweep(text, .spl, [("limit", "0,100000")], macros: "[limit]\ndefinition = 100000\n")
    #expect(rows(found).last == "100000*: 0")
    #expect(rows(found).first?.hasSuffix(": 0") == false)
  }

  @Test func `a value that does not fit is refused`() {
    let text = SweepValuesTests.perEvent + " | where count > 100"
    #expect(throws: SweepFailure.self) { try sweep(text, .spl, [("count", "1,x | delete")]) }
    #expect(throws: SweepFailure.self) { try sweep(text, .spl, [("count", "5")]) }
    #expect(throws: SweepFailure.self) { try sweep(text, .spl, [("count", "1,2"), ("count", "3")]) }
    let cases = SweepValuesTests.perEvent + " | eval L=case(count>1, 5, true(), 9)"
    #expect(throws: SweepFailure.self) { try sweep(cases, .spl, [("L", "1,2"), ("L[1]", "3")]) }
  }

  @Test func `what a let has now is among the values`() throws {
    let text =
      "let N = 100; let W = 30d; AWSCloudTrail | where TimeGenerated > ago(W) | summarize c = count() by UserIdentityArn | where c > N"
    let found = try sweep(text, .kql, [("N", "0..50:50")])
    #expect(found.points.map(\.values) == [["100"], ["0"], ["50"]])
    #expect(found.points.map(\.isCurrent) == [true, false, false])
    #expect(found.readsNow)
    let both = try sweep(text, .kql, [("N", "100,1000"), ("W", "1h,720h")])
    #expect(both.points.map(\.isCurrent) == [false, true, false, false])
    #expect(throws: SweepFailure.self) { try sweep(text, .kql, [("N", "1..100"), ("W", "1h..100h:1h")]) }
  }
}
