import Diagnostics
import Engine
import Rules
import Session
import Testing

@Suite struct RuleDifferenceTests {
  static let folders = ["examples/bursts", "examples/enable-then-abuse", "examples/signin-logs/entra"]

  private func rule(_ text: String, _ language: any FrontEnd = .kql) -> DetectionRule {
    DetectionRule(
      metadata: RuleMetadata(title: "r"), query: SourceText(name: "r", text: text), language: language,
      path: "r")
  }

  private func difference(
    _ old: DetectionRule?, _ new: DetectionRule?, logs: String = "examples/bursts",
    _ change: (inout DifferenceRequest) -> Void = { _ in }
  ) throws -> RuleDifference {
    var request = DifferenceRequest()
    change(&request)
    let run = try ExampleFolders.workspace(logs).difference(
      of: [RulePair(old: old, new: new)], request: request)
    return try #require(run.rules.first)
  }

  @Test(arguments: folders) func `no rule differs from itself`(_ folder: String) throws {
    let pairs = ExampleFolders.shippedRules.map { RulePair(old: $0, new: $0) }
    let run = try ExampleFolders.workspace(folder).difference(of: pairs, request: DifferenceRequest())
    #expect(!run.isDifferent)
    for rule in run.rules {
      #expect(rule.oldRows == rule.newRows && rule.alert != .lost && rule.alert != .gained)
      let same = rule.results.reduce(0) { $0 + $1.sameCount }
      #expect(same == rule.oldRows, "\(rule.pair.title)")
    }
  }

  @Test(arguments: FunnelCountTests.queries)
  func `no query differs from itself`(_ language: any FrontEnd, _ text: String) throws {
    let found = try difference(rule(text, language), rule(text, language), logs: "examples/ordinary-traffic")
    #expect(!found.isDifferent)
    #expect(found.results.allSatisfy { $0.sameCount == $0.old.rowCount })
  }

  static let grouped =
    "AWSCloudTrail | where EventName == 'SendEmail' | summarize Calls = count() by UserIdentityArn, Hour = bin(TimeGenerated, 1h)"

  @Test func `a threshold loses rows and the alert`() throws {
    let found = try difference(
      rule(Self.grouped + " | where Calls > 100"), rule(Self.grouped + " | where Calls > 100000"))
    #expect(found.alert == .lost && found.oldRows > 0 && found.newRows == 0)
    let rows = try #require(found.results.first)
    #expect(rows.lost.count == found.oldRows && rows.gained.isEmpty && rows.changed.isEmpty)
    #expect(rows.key.basis == .groupKeys && rows.key.columns.count == 2)
  }

  @Test func `a number that is counted otherwise changes rows`() throws {
    let found = try difference(
      rule(Self.grouped), rule(Self.grouped.replacing("count()", with: "dcount(SourceIpAddress)")))
    let rows = try #require(found.results.first)
    #expect(!rows.changed.isEmpty && rows.lost.isEmpty && rows.gained.isEmpty)
    #expect(rows.changed.allSatisfy { $0.columns.map { rows.pairing.pairs[$0].name } == ["Calls"] })
  }

  @Test func `a port to the other language can be proved`() throws {
    let search = """
      search eventName=SendEmail | bin _time span=1h
      | stats count as Calls by userIdentity.arn, _time
      """
    let map = [
      DifferenceRequest.Mapping(old: "UserIdentityArn", new: "userIdentity.arn"),
      DifferenceRequest.Mapping(old: "Hour", new: "_time"),
    ]
    let proved = try difference(rule(Self.grouped), rule(search, .spl)) { $0.map = map }
    #expect(!proved.isDifferent, "\(proved.results)")
    #expect(proved.oldRows > 1 && proved.results.first?.key.basis == .groupKeys)
    let wrong = search.replacing("span=1h", with: "span=30m")
    #expect(try difference(rule(Self.grouped), rule(wrong, .spl)) { $0.map = map }.isDifferent)
  }

  @Test func `thresholds of the trigger decide on the alert, not on the rows`() throws {
    var strict = rule(Self.grouped)
    var schedule = RuleSchedule()
    schedule.triggerThreshold = 1_000
    strict.metadata.schedule = schedule
    let found = try difference(rule(Self.grouped), strict)
    #expect(found.alert == .lost && found.oldRows == found.newRows && found.isDifferent)
    #expect(found.results.first?.isDifferent == false)
    #expect(found.statements == ["trigger: none → gt 1000"])
  }

  @Test func `a rule of one side alone loses or gains all its rows`() throws {
    let gone = try difference(rule(Self.grouped), nil)
    #expect(gone.alert == .lost && gone.isDifferent && gone.results.first?.lost.count == gone.oldRows)
    let added = try difference(nil, rule(Self.grouped))
    #expect(added.alert == .gained && added.results.first?.gained.count == added.newRows)
  }

  @Test func `a wrong side is named and is no difference`() throws {
    let found = try difference(rule(Self.grouped), rule("AWSCloudTrail | where x == 1"))
    guard case .refused(.new, _) = found.outcome else {
      Issue.record("\(found.outcome)")
      return
    }
    #expect(!found.isDifferent)
  }

  @Test func `columns that no result has are refused`() {
    for change: (inout DifferenceRequest) -> Void in [
      { $0.key = ["Nothing"] }, { $0.ignored = ["Nothing"] },
      { $0.map = [DifferenceRequest.Mapping(old: "Nothing", new: "Calls")] },
    ] {
      #expect(throws: UnknownDifferenceColumn.self) {
        try difference(rule(Self.grouped), rule(Self.grouped), change)
      }
    }
  }

  @Test func `labels of the legs of a union are told from what is grouped by`() throws {
    let text = """
      let Mail = AWSCloudTrail | where EventName == 'SendEmail' | summarize n = count() by UserIdentityArn
        | extend What = 'mail', Who = tolower(UserIdentityArn);
      union Mail, (AWSCloudTrail | summarize n = count(), Last = max(TimeGenerated) by UserIdentityArn | extend What = 'all')
      | extend Fixed = 1, Age = now() - Last
      """
    let query = try ExampleFolders.compile(text, .kql, in: ExampleFolders.workspace("examples/bursts"))
    let plan = try #require(query.results.first?.plan)
    let kinds = Dictionary(
      uniqueKeysWithValues: zip(plan.columns.map(\.name), ColumnRole.roles(of: plan)))
    #expect(kinds["UserIdentityArn"]?.kind == .groupKey)
    #expect(kinds["n"]?.kind == .measure && kinds["Who"]?.kind == .derived)
    #expect(kinds["What"]?.kind == .label && kinds["Fixed"]?.kind == .constant)
    #expect(kinds["Age"]?.kind == .measure && kinds["Last"]?.isTime == true && kinds["n"]?.isTime == false)
  }
}
