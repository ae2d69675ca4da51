import Diagnostics
import Engine
import Formats
import Rules
import Session
import Testing

@Suite struct RuleTestTests {
  private let table = Table(
    fields: [Field("who", .string), Field("n", .long)],
    rows: [[.string("alice"), .long(3)], [.string("bob"), .long(5)]])

  private func failures(_ expectations: String) throws -> [String] {
    let text = "- name: t\n  logs: x\n" + expectations
    let test = try #require(
      try RuleTest.tests(in: SourceText(name: "r.tests.yml", text: text), folder: "").first)
    return test.failures(of: table, dialect: .kql)
  }

  @Test(arguments: [
    "  expect: fires\n", "  rows: 2\n", "  contains:\n    - who: bob\n      n: 5\n",
    "  lacks:\n    - {who: alice, n: 5}\n",
  ])
  func `what is as expected passes`(_ expectations: String) throws {
    #expect(try failures(expectations).isEmpty)
  }

  @Test(arguments: [
    ("  expect: silent\n", "it should be silent and gives 2 rows"),
    ("  rows: 3\n", "wanted 3 rows, got 2 rows"),
    ("  contains: [{who: bob, n: 4}]\n", "in the closest row n is \"5\""),
    ("  contains: [{whom: bob}]\n", "did you mean `who`?"),
    ("  lacks: [{who: bob}]\n", "a row has who = \"bob\""),
  ])
  func `what is not as expected is said`(_ expectations: String, _ part: String) throws {
    let found = try failures(expectations)
    #expect(found.count == 1 && found[0].contains(part), "\(found)")
  }

  @Test(arguments: [
    ("- name: t\n  expect: fires\n", "neither `logs` nor `events`"),
    ("- name: t\n  logs: x\n", "expects nothing"),
    ("- name: t\n  logs: x\n  expct: fires\n", "did you mean `expect`?"),
    ("- logs: x\n  rows: 1\n", "needs a `name`"),
    ("- name: a\n  events:\n    - recipientAccountId: 012345678901\n      eventName: A\n", "in quotes"),
    ("- name: t\n  logs: x\n  expect: maybe\n", "`fires` or `silent`"),
    ("- name: t\n  logs: x\n  result:\n", "`result` is empty: write `[]` for no rows"),
    ("- name: t\n  logs: x\n  result: 3\n", "a list of rows, not `3`"),
    ("- name: t\n  logs: x\n  set: y\n", "`set` is written"),
    ("- name: t\n  logs: x\n  watchlists: y.csv\n", "`NAME: FILE.csv`"),
    ("- name: t\n  logs: x\n  watchlist: {a: y.csv}\n", "did you mean `watchlists`?"),
    ("- name: t\n  logs: x\n  zz: 1\n", "known are contains, events"),
    ("- {name: t, logs: x, rows: 1}\n- {name: t, logs: x, rows: 1}\n", "a second time"),
    ("test: []\n", "did you mean `tests`?"),
  ])
  func `a wrong test file is refused`(_ text: String, _ part: String) throws {
    let failure = try #require(throws: YAMLFailure.self) {
      try RuleTest.tests(in: SourceText(name: "r.tests.yml", text: text), folder: "")
    }
    #expect(failure.message.contains(part), "\(failure)")
  }

  @Test func `every shipped rule has tests, and they pass`() throws {
    let run = RuleTestRun(WorkspaceConfiguration())
    for rule in ExampleFolders.shippedRules {
      let tests = try #require(try RuleTestRun.tests(of: rule), "\(rule.path)")
      #expect(tests.contains { $0.fires == true } && tests.contains { $0.fires == false }, "\(rule.path)")
      for test in tests { #expect(run.run(test, of: rule).failures == [], "\(rule.path): \(test.name)") }
    }
  }

  @Test(arguments: ExampleFolders.shippedRules.map(\.path))
  func `a shipped rule is tested on its burst, its limit, failed calls and ordinary traffic`(_ path: String)
    throws
  {
    let rule = try #require(ExampleFolders.shippedRules.first { $0.path == path })
    let tests = try #require(try RuleTestRun.tests(of: rule))
    #expect(tests.contains { $0.fires == true && $0.name.hasPrefix("fires on") })
    for kind in ["exactly", "failed", "ordinary"] {
      #expect(
        tests.contains { $0.fires == false && $0.name.contains(kind) }, "\(path) has no test for \(kind)")
    }
    #expect(tests.filter { $0.fires == false }.count >= 4)
  }

  @Test func `events may stand in the test`() throws {
    let rule = try #require(ExampleFolders.shippedRules.first { $0.path.hasSuffix("high-volume-ses.kql") })
    let text = """
      - name: one email
        set: {SESHighVolumeThreshold: 0}
        expect: fires
        contains: [{EventCount: 1}]
        events:
          - eventVersion: "1.08"
            eventID: 11111111-2222-3333-4444-555555555555
            eventTime: "2026-03-02T08:00:00Z"
            eventSource: ses.amazonaws.com
            eventName: SendEmail
            awsRegion: us-east-1
            userIdentity: {type: IAMUser, arn: "arn:aws:iam::111122223333:user/a"}
      """
    let test = try #require(
      try RuleTest.tests(in: SourceText(name: "r.tests.yml", text: text), folder: "").first)
    #expect(RuleTestRun(WorkspaceConfiguration()).run(test, of: rule).failures == [])
  }
}
