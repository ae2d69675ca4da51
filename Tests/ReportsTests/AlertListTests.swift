import Diagnostics
import Engine
import Testing

@testable import Reports
@testable import Rules
@testable import Session

@Suite struct AlertListTests {
  private static let start = Ticks.make(year: 2026, month: 3, day: 2, hour: 10) ?? 0

  /// A rule that fired, with a row for each minute and what it names.
  private static func entry(
    _ path: String, _ head: String, _ names: [String], _ rows: [(minute: Int, cells: [String])]
  ) -> PackRun.Entry {
    let language: any FrontEnd = path.hasSuffix(".kql") ? .kql : .spl
    let lines = head.split(separator: "\n").map(String.init)
    let rule = RuleFile.rule(
      language.comment.comment(lines) + "\nT", language: language, path: path)
    let table = Table(
      fields: [Field("TimeGenerated", .datetime)] + names.map { Field($0, .string) },
      rows: rows.map { row in
        [.datetime(start + Int64(row.minute) * Ticks.perMinute)] + row.cells.map { .string($0) }
      })
    let outcome = QueryOutcome(
      results: [QueryOutcome.Result(name: nil, table: table, chart: nil)], notes: [], profile: [], seconds: 0)
    return PackRun.Entry(rule: rule, outcome: .ran(outcome), warnings: [], hasFired: true)
  }

  private static func alerts(_ entries: [PackRun.Entry]) -> RunAlerts {
    RunAlerts(PackRun(entries: entries, report: LoadReport(), now: start, readsTables: true))
  }

  private static let head = "title: Mail\nseverity: low\nentities: Account=Who, IP=From"

  private static func twins(
    _ first: [(minute: Int, cells: [String])], _ second: [(minute: Int, cells: [String])]
  ) -> [AlertList.Line] {
    alerts([
      entry("rules/mail.kql", head, ["Who", "From"], first),
      entry("rules/mail-splunk.spl", head, ["Who", "From"], second),
    ]).list.lines
  }

  @Test func `what a rule and its twin found of the same is one line`() {
    let lines = Self.twins([(0, ["ada", "10.0.0.1"])], [(20, ["ada", "10.0.0.1"])])
    #expect(lines.map(\.rules) == [["Mail", "SPL"]] && lines.map(\.count) == [1])
  }

  @Test func `alerts that share a name alone are two`() {
    #expect(Self.twins([(0, ["ada", "10.0.0.1"])], [(0, ["ada", "10.0.0.2"])]).count == 2)
    #expect(Self.twins([(0, ["ada", "10.0.0.1"])], [(0, ["bob", "10.0.0.1"])]).count == 2)
    #expect(Self.twins([(0, ["ada", ""])], [(0, ["ada", "10.0.0.1"])]).count == 2)
    // Who and from where are not the same.
    #expect(Self.twins([(0, ["ada", "x"])], [(0, ["x", "ada"])]).count == 2)
    #expect(Self.twins([(0, ["ada", "x"])], [(61, ["ada", "x"])]).count == 2)
    #expect(Self.twins([(50, ["ada", "x"])], [(70, ["ada", "x"])]).count == 1)
  }

  @Test func `of several lines of a twin the nearest is taken, and each once`() {
    let lines = Self.twins(
      [(0, ["ada", "x"]), (100, ["ada", "x"])], [(5, ["ada", "x"]), (95, ["ada", "x"])])
    #expect(lines.map(\.rules) == [["Mail", "SPL"], ["Mail", "SPL"]])
  }

  @Test func `many alerts of one identity take no longer each than few`() {
    let rows = (0..<6000).map { (minute: $0, cells: ["ada", "10.0.\($0 / 250).\($0 % 250)"]) }
    let elapsed = ContinuousClock().measure { #expect(Self.twins(rows, rows).count == 6000) }
    #expect(elapsed < .seconds(40))
  }

  @Test func `of a rule that names no entities the columns tell, as the logs call them`() {
    let names = ["UserIdentityArn", "SourceIpAddress", "EventName", "src_ip", "UserPrincipalName"]
    let list = Self.alerts([
      Self.entry("a.kql", "title: A", names, [(0, ["arn:1", "10.0.0.1", "x", "10.0.0.2", "ada"])])
    ]).list
    #expect(list.lines.map(\.who) == [["arn:1", "ada"]])
    #expect(list.lines.map(\.from) == [["10.0.0.1", "10.0.0.2"]])
  }

  @Test func `an entity that is too long to be looked up is counted`() throws {
    let long = String(repeating: "x", count: 3000)
    let alerts = Self.alerts([Self.entry("a.kql", "title: A", ["user"], [(0, [long])])])
    let activity = try EntityActivity.find(alerts, in: Workspace(WorkspaceConfiguration()))
    #expect(activity.tooLong == 1 && activity.entities.isEmpty && !activity.isEmpty)
  }

  @Test func `what such a rule names is looked up too`() throws {
    let alerts = Self.alerts([Self.entry("a.kql", "title: A", ["user"], [(0, ["ada"])])])
    let activity = try EntityActivity.find(alerts, in: Workspace(WorkspaceConfiguration()))
    #expect(activity.entities.map(\.name) == ["ada"])
  }
}
