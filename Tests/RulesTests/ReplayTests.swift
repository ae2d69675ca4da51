import Diagnostics
import Engine
import Foundation
import Rules
import Session
import Testing

@Suite struct ReplayTests {
  /// Names of events and their times on 2026-03-02.
  private func replay(
    _ events: [(String, String)], _ text: String, _ language: any FrontEnd = .kql, every: String? = nil,
    period: String? = nil, schedule: RuleSchedule? = nil
  ) throws -> RuleReplay {
    let folder = FileManager.default.temporaryDirectory.appending(path: "trawl-replay-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let lines = events.map { name, time in
      """
      {"eventVersion":"1.09","eventTime":"2026-03-02T\(time)Z","eventSource":"ses.amazonaws.com",\
      "eventName":"\(name)","awsRegion":"us-east-1"}
      """
    }
    try lines.joined(separator: "\n").write(
      to: folder.appending(path: "events.json"), atomically: true, encoding: .utf8)
    var configuration = WorkspaceConfiguration()
    configuration.logs = [folder.path]
    configuration.threads = 1
    var metadata = RuleMetadata(title: "r")
    metadata.schedule = schedule
    let rule = DetectionRule(
      metadata: metadata, query: SourceText(name: "r", text: text), language: language, path: "r")
    let request = ReplayRequest(
      every: every.flatMap(ScheduleDuration.ticks), period: period.flatMap(ScheduleDuration.ticks))
    return try #require(try Workspace(configuration).replay([rule], request: request).rules.first)
  }

  private func times(_ replay: RuleReplay) -> [String] {
    replay.alerts.map { alert in
      let found = Ticks.datetimeText(alert.firstFound).dropFirst(11).prefix(5)
      let name = alert.row.first.map(\.kqlText) ?? ""
      return "\(found) \(name) \(alert.runs)"
    }
  }

  static let two = [("A", "09:10:00"), ("B", "10:00:00"), ("A", "10:30:00"), ("C", "13:59:59")]

  @Test func `an alert is found at the first run after its event, once`() throws {
    let found = try replay(
      Self.two, "AWSCloudTrail | where EventName in ('A', 'C') | project EventName, TimeGenerated",
      every: "1h", period: "2h")
    #expect(times(found) == ["10:00 A 2", "11:00 A 2", "14:00 C 1"])
    #expect(found.runs == 5 && found.runsFired == 4)
    let first = try #require(found.alerts.first)
    #expect(first.afterFirst == 50 * Ticks.perMinute && first.afterLast == 50 * Ticks.perMinute)
  }

  @Test func `a window takes its end and not its start`() throws {
    let found = try replay(
      [("A", "09:00:00"), ("B", "10:00:00"), ("B", "11:00:00")],
      "AWSCloudTrail | summarize n = count() by EventName", every: "1h", period: "1h")
    // B of 10:00 is seen at 10:00 and not at 11:00, where the next B is.
    #expect(times(found) == ["09:00 A 1", "10:00 B 2"])
    let counts = found.alerts.map { $0.row[1] }
    #expect(counts == [.long(1), .long(1)])
  }

  static let borders = [
    ("A", "10:00:00"), ("B", "10:30:00"), ("C", "10:59:59"), ("D", "11:00:00"), ("E", "11:00:01"),
    ("F", "12:00:00"), ("G", "13:30:00"), ("H", "14:00:00"),
  ]

  @Test(
    arguments: [
      ("search * earliest=-1h@h latest=@h | table eventName", .spl),
      ("search * earliest=-2h@h latest=-1h@h | table eventName", .spl),
      ("search * earliest=-65m@m latest=-5m@m | table eventName", .spl),
      ("search * earliest=-1h latest=now | table eventName", .spl),
      ("AWSCloudTrail | where TimeGenerated >= ago(1h) and TimeGenerated < now() | project EventName", .kql),
      ("AWSCloudTrail | where TimeGenerated > ago(1h) | project EventName", .kql),
      (
        "AWSCloudTrail | where TimeGenerated >= ago(3h) and TimeGenerated < ago(2h) | project EventName", .kql
      ),
      ("AWSCloudTrail | project EventName", .kql),
    ] as [(String, any FrontEnd)]) func `every event is found once, those on a border too`(
      _ text: String, _ language: any FrontEnd
    ) throws
  {
    let found = try replay(Self.borders, text, language, every: "1h")
    #expect(found.alerts.map { $0.row.first?.kqlText ?? "" }.sorted() == Self.borders.map(\.0))
    #expect(found.alerts.allSatisfy { $0.runs == 1 })
  }

  @Test func `without a period a rule looks back as far as its text says`() throws {
    let events = (0..<5).map { ("A", "0\($0):10:00") }
    let texts: [(String, any FrontEnd)] = [
      ("search eventName=A earliest=-24h | stats count by eventName | where count>=5", .spl),
      (
        "AWSCloudTrail | where TimeGenerated > ago(1d) | summarize n = count() by EventName | where n >= 5",
        .kql
      ),
      (
        """
        let known = toscalar(AWSCloudTrail | where TimeGenerated > ago(1d) | summarize count());
        AWSCloudTrail | where TimeGenerated > ago(1h) and known >= 5 | project EventName
        """, .kql
      ),
    ]
    for (text, language) in texts {
      #expect(try replay(events, text, language, every: "1h").alerts.count == 1)
      let cut = try replay(events, text, language, every: "1h", period: "1h")
      #expect(cut.alerts.isEmpty)
      #expect(cut.notes == ["its text looks back 1d, and its period shows it 1h"])
    }
  }

  @Test func `now is the time of the run`() throws {
    let found = try replay(
      Self.two,
      "AWSCloudTrail | where TimeGenerated > ago(30m) | extend Ran = now() | project EventName, Ran",
      every: "30m", period: "1d")
    #expect(times(found) == ["09:30 A 2", "10:00 B 1", "14:00 C 1"])
  }

  @Test func `counts that grow with the window are one alert`() throws {
    let events = (0..<6).map { ("A", "09:\($0)0:00") }
    let found = try replay(
      events, "AWSCloudTrail | summarize n = count(), Last = max(TimeGenerated) by EventName | where n > 2",
      every: "10m", period: "1h")
    #expect(times(found) == ["09:20 A 4"])
    #expect(found.alerts.first?.events?.upperBound == found.alerts.first?.firstFound)
  }

  @Test func `a rule that counts to zero runs also where there are no events`() throws {
    let silence = try replay(
      [("A", "09:00:00"), ("A", "13:00:00")], "AWSCloudTrail | summarize n = count() | where n == 0",
      every: "1h", period: "1h")
    #expect(silence.runsSkipped == 0 && silence.runsFired == 3)
    #expect(silence.alerts.count == 1 && silence.alerts.first?.runs == 3)
    let other = try replay(
      [("A", "09:00:00"), ("A", "13:00:00")], "AWSCloudTrail | project EventName", every: "1h", period: "1h")
    #expect(other.runsSkipped == 3 && other.runsFired == 2 && other.runs == 5)
  }

  @Test func `a search sees the same windows`() throws {
    let found = try replay(
      Self.two, "search eventName=A | stats count latest(_time) as last by eventName", .spl, every: "1h",
      period: "1h")
    #expect(times(found) == ["10:00 A 2"])
    #expect(found.alerts.first?.afterLast == 50 * Ticks.perMinute)
    let relative = try replay(
      Self.two, "search eventName=A earliest=-20m | table eventName", .spl, every: "10m", period: "1d")
    #expect(times(relative) == ["09:10 A 6"])
  }

  @Test func `a subsearch sees the window as well`() throws {
    // A is looked for only where a B is in the same window.
    let text =
      "search [search eventName=B | eval eventName=\"A\" | fields eventName] | stats count by eventName"
    let found = try replay(Self.two, text, .spl, every: "1h", period: "1h")
    #expect(times(found) == ["10:00 A 1"])
    let wide = try replay(Self.two, text, .spl, every: "1h", period: "3h")
    #expect(times(wide) == ["10:00 A 3"])
  }

  @Test func `a limit is for each window`() throws {
    let found = try replay(
      Self.two, "AWSCloudTrail | take 1 | project EventName, TimeGenerated", every: "1h", period: "1h")
    #expect(found.runsFired == 3 && found.alerts.count == 3)
  }

  @Test func `the schedule comes from the rule, and the user counts for more`() throws {
    var schedule = RuleSchedule()
    schedule.frequency = "PT1H"
    schedule.period = "2h"
    let text = "AWSCloudTrail | project EventName"
    let own = try replay(Self.two, text, schedule: schedule)
    #expect(own.schedule == ReplaySchedule(every: Ticks.perHour, period: 2 * Ticks.perHour))
    let given = try replay(Self.two, text, every: "30m", schedule: schedule)
    #expect(given.schedule == ReplaySchedule(every: Ticks.perHour / 2, period: 2 * Ticks.perHour))
    let gap = try replay(Self.two, text, every: "1d", schedule: schedule)
    #expect(gap.notes.count == 1)
    schedule.frequency = "often"
    for (rule, wrong) in [
      (text, schedule), (text, nil), ("set query_now = datetime(2026-03-02); " + text, nil),
    ] {
      let every = rule == text ? nil : "1h"
      guard case .notReplayed = try replay(Self.two, rule, every: every, schedule: wrong).outcome else {
        Issue.record("\(rule) was replayed")
        continue
      }
    }
  }

  @Test func `a trigger that is not met finds no alert`() throws {
    var schedule = RuleSchedule()
    schedule.triggerThreshold = 1
    let found = try replay(
      Self.two, "AWSCloudTrail | project EventName, TimeGenerated", every: "1h", period: "1h",
      schedule: schedule)
    #expect(times(found) == ["10:00 A 1", "10:00 B 1"])
    #expect(found.runsFired == 1)
  }

  @Test(arguments: ["examples/bursts", "examples/enable-then-abuse", "examples/signin-logs/entra"])
  func `a run that sees all events finds what a run at its time finds`(_ folder: String) throws {
    let workspace = ExampleFolders.workspace(folder)
    let rules = ExampleFolders.shippedRules
    let request = ReplayRequest(every: Ticks.perHour, period: 36_500 * Ticks.perDay)
    let replay = try workspace.replay(rules, request: request)
    let earliest = try #require(replay.report.earliest)
    let latest = try #require(replay.report.latest)
    let times = ReplaySchedule(every: Ticks.perHour, period: Ticks.perHour).times(from: earliest, to: latest)
    let last = try #require(times.flatMap { Array($0).last })
    var configuration = WorkspaceConfiguration()
    configuration.logs = [ExampleFolders.path(folder)]
    configuration.now = .at(last)
    let run = try Workspace(configuration).run(rules)
    for (entry, found) in zip(run.entries, replay.rules) {
      let alerts = found.alerts.filter { $0.lastFound == last }
      #expect(alerts.count == entry.rowCount, "\(entry.rule.path)")
    }
    #expect(replay.rules.contains { !$0.alerts.isEmpty })
  }

  @Test func `a trigger that asks for no rows is met without one`() throws {
    var schedule = RuleSchedule()
    schedule.triggerOperator = .lessThan
    schedule.triggerThreshold = 1
    let found = try replay(
      [("A", "09:00:00"), ("A", "12:00:00")], "AWSCloudTrail | project EventName", every: "1h", period: "1h",
      schedule: schedule)
    #expect(found.runsFired == 2 && found.alerts.count == 1 && found.runsSkipped == 0)
    #expect(found.alerts.first?.row == [] && found.alerts.first?.runs == 2)
  }

  @Test func `more runs than a replay makes are refused`() throws {
    let found = try replay(
      Self.two, "AWSCloudTrail | project EventName", every: "1ms", period: "1h")
    guard case .notReplayed(let reason) = found.outcome else {
      Issue.record("it was replayed")
      return
    }
    #expect(reason.plainText.contains("1000000 runs"))
  }

  static let durations: [(String, Int64?)] = [
    ("1h", Ticks.perHour), ("90m", 90 * Ticks.perMinute), ("14d", 14 * Ticks.perDay), ("PT1H", Ticks.perHour),
    ("P1D", Ticks.perDay), ("P1DT30M", Ticks.perDay + 30 * Ticks.perMinute), ("pt5m", 5 * Ticks.perMinute),
    ("P2W", 14 * Ticks.perDay), ("1.00:00:00", Ticks.perDay), ("0h", nil), ("-1h", nil), ("5", nil),
    ("P1M", nil), ("PT", nil), ("P", nil), ("", nil), ("PT99999999999999999999H", nil),
    ("P9999999999999999W", nil), ("PT1", nil), ("1 fortnight", nil),
  ]

  @Test(arguments: durations) func `times of schedules are read`(_ text: String, _ ticks: Int64?) {
    #expect(ScheduleDuration.ticks(text) == ticks)
  }

  @Test func `runs stand at full multiples`() throws {
    let schedule = ReplaySchedule(every: Ticks.perHour, period: Ticks.perHour)
    let hour = Ticks.perHour
    #expect(schedule.times(from: 10 * hour + 1, to: 12 * hour).map { Array($0) } == [11 * hour, 12 * hour])
    #expect(schedule.times(from: 10 * hour, to: 10 * hour).map { Array($0) } == [10 * hour])
    #expect(schedule.times(from: Ticks.maximum, to: Ticks.maximum) == nil)
  }
}
