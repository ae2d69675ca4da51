import Diagnostics
import Engine
import Foundation
import Rules
import Session
import Testing

@Suite struct AlertTests {
  /// Runs rule files over an example.
  private func run(
    _ files: [String: String], over logs: String = "examples/bursts/ses", period: Bool = false
  ) throws -> (pack: RulePack, run: PackRun) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "trawl-alerts-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    let pack = RulePack.load([folder.path])
    var options = PackRunOptions()
    options.appliesPeriod = period
    return (pack, try ExampleFolders.workspace(logs).run(pack.rules, options: options))
  }

  static let counting = """
    AWSCloudTrail
    | where EventName == "SendEmail"
    | summarize n = count(), Last = max(TimeGenerated) by UserIdentityArn, SourceIpAddress
    """

  @Test func `a header names entities, details and the playbook`() throws {
    let header = """
      // title: Mail
      // severity: low
      // entities: Account=UserIdentityArn, IP=SourceIpAddress
      // custom details: Sent=n
      // alert title: {{n}} mails by {{UserIdentityArn}}
      // playbook: PLAYBOOK.md

      """
    let (pack, run) = try run(["a.kql": header + Self.counting])
    let alert = try #require(run.entries.first?.alerts.first)
    #expect(alert.title == "64 mails by arn:aws:iam::111122223333:user/marketing-sync")
    #expect(alert.severity == "low")
    #expect(alert.entityText == "Account arn:aws:iam::111122223333:user/marketing-sync, IP 203.0.113.41")
    #expect(alert.entities.first?.fields.first?.identifier == "FullName")
    #expect(alert.customDetails == [JSONValue.Member("Sent", .long(64))])
    #expect(alert.playbook == pack.rules[0].path.replacingOccurrences(of: "a.kql", with: "PLAYBOOK.md"))
    #expect(alert.time.map { Ticks.datetimeText($0) } == "2026-03-02T14:55:24.0000000Z")
    #expect(alert.fingerprint.count == 64 && alert.fingerprint == run.entries[0].alerts[0].fingerprint)
  }

  @Test func `a Sentinel rule overrides title and severity by the row`() throws {
    let text =
      YAMLRuleTests.sentinel.replacingOccurrences(
        of: "summarize n = count() by UserIdentityArn",
        with: "summarize n = count() by UserIdentityArn | extend Level = 'Low'")
        + """

        customDetails:
          Sent: n
        alertDetailsOverride:
          alertDisplayNameFormat: Mail of {{ UserIdentityArn }} ({{Missing}})
          alertSeverityColumnName: Level
        """
    let (_, run) = try run(["a.yaml": text])
    let alert = try #require(run.entries.first?.alerts.first)
    #expect(alert.title == "Mail of arn:aws:iam::111122223333:user/marketing-sync ({{Missing}})")
    #expect(alert.severity == "low" && alert.rule.severity == "high")
    #expect(alert.customDetails.map(\.key) == ["Sent"])
    #expect(alert.entities.map(\.type) == ["Account"])
  }

  @Test func `a detection for Splunk gives its message, risk and threat objects`() throws {
    let text =
      YAMLRuleTests.contentctl.replacingOccurrences(
        of: "by userIdentity.arn", with: "by userIdentity.arn sourceIPAddress")
        + """

        rba:
          message: Mail by $userIdentity.arn$ for $ 5
          risk_objects:
          - field: userIdentity.arn
            type: user
            score: 5
          threat_objects:
          - field: sourceIPAddress
            type: ip_address
        """
    let (_, run) = try run(["b.yml": text])
    let alert = try #require(run.entries.first?.alerts.first)
    #expect(alert.title == "Mail by arn:aws:iam::111122223333:user/marketing-sync for $ 5")
    #expect(alert.entities.map(\.type) == ["user", "ip_address"])
    #expect(alert.row.last == JSONValue.Member("count", .long(64)))
  }

  @Test(arguments: [
    ("lt", 1, "DeleteTrail", 1), ("lt", 1, "SendEmail", 0), ("eq", 1, "SendEmail", 1),
    ("ne", 1, "SendEmail", 0),
  ])
  func `triggers count rows, also none`(_ name: String, _ threshold: Int, _ event: String, _ alerts: Int)
    throws
  {
    let text = YAMLRuleTests.sentinel.replacingOccurrences(
      of: "triggerOperator: gt", with: "triggerOperator: \(name)"
    )
    .replacingOccurrences(of: "triggerThreshold: 0", with: "triggerThreshold: \(threshold)")
    .replacingOccurrences(of: "\"SendEmail\"", with: "\"\(event)\"")
    let (_, run) = try run(["a.yaml": text])
    #expect(run.entries.first?.alerts.count == alerts)
    #expect(run.entries.first?.hasFired == (alerts > 0))
  }

  @Test(arguments: ["triggerOperator: gt", "triggerThreshold: 0", "queryPeriod: 1d"])
  func `a schedule that cannot be read refuses the rule at its place`(_ line: String) throws {
    let key = line.split(separator: ":")[0]
    let (pack, _) = try run([
      "a.yaml": YAMLRuleTests.sentinel.replacingOccurrences(of: line, with: "\(key): often")
    ])
    let failure = try #require(pack.broken.first)
    let diagnostic = try #require(failure.diagnostics.first)
    let span = try #require(diagnostic.primary?.span)
    #expect(diagnostic.message.contains(String(key)))
    #expect(failure.source.position(of: span.lowerBound).column == key.count + 3)
  }

  @Test func `what a rule needs and is not there keeps it from running`() throws {
    let (_, run) = try run([
      "a.kql": "SigninLogs | take 1", "b.kql": "_GetWatchlist('vip') | take 1",
      "c.kql": "Mystery_CL | take 1",
      "d.spl": "| inputlookup nothing.csv", "e.kql": "AWSCloudTrial | take 1",
      "f.kql": "union AWSCloudTrail, SigninLogs | count",
      "g.kql":
        "AWSCloudTrail | join kind=inner SigninLogs on $left.UserIdentityArn == $right.UserPrincipalName",
      "i.spl": "sourcetype=o365:management:activity | stats count by user",
      "j.spl": "sourcetype=o365* OR sourcetype=aws:cloud* | stats count by eventName",
      "h.kql": "externaldata(a:string)['https://example.com/a.csv'] | take 1",
    ])
    let outcomes = run.entries.map { entry -> String in
      switch entry.outcome {
      case .ran: "ran"
      case .notRun(let reasons): reasons.joined(separator: "; ").plainText
      case .refused: "refused"
      case .failed: "failed"
      }
    }
    #expect(
      outcomes[0]
        == "the logs hold no row of `SigninLogs`; a file for the table `SigninLogs` loads it from a file")
    #expect(
      outcomes[1].hasPrefix("no watchlist named `vip`; ")
        && outcomes[1].contains("a file for the watchlist `vip`"))
    #expect(outcomes[2].hasPrefix("no table named `Mystery_CL`; "))
    #expect(outcomes[3].hasPrefix("there is no lookup table"))
    #expect(outcomes[3].contains("the setting for lookups"))
    #expect(outcomes[4] == "refused")
    #expect(outcomes[5] == "ran")
    #expect(run.entries[5].notes.first?.plainText.contains("`SigninLogs`") == true)
    #expect(outcomes[6].contains("`SigninLogs`"))
    #expect(outcomes[7].contains("a local file for"))
    #expect(outcomes[8].hasPrefix("no event has the source type `o365:management:activity`"))
    #expect(outcomes[9] == "ran" && run.entries[9].notes.isEmpty)
  }

  @Test func `a period is told where it would hide events, and hides them where that is asked for`() throws {
    let text = YAMLRuleTests.sentinel.replacingOccurrences(of: "queryPeriod: 1d", with: "queryPeriod: 30m")
    let (_, open) = try run(["a.yaml": text])
    #expect(open.entries[0].notes.first?.plainText.contains("its period is 30m") == true)
    #expect(open.entries[0].alerts.first?.row.last?.value == .long(64))
    let (_, bounded) = try run(["a.yaml": text], period: true)
    #expect(bounded.entries[0].notes.isEmpty)
    let count = try #require(bounded.entries[0].alerts.first?.row.last?.value)
    guard case .long(let number) = count else { return }
    #expect(number > 0 && number < 64)
    let (_, long) = try run(["a.yaml": YAMLRuleTests.sentinel])
    #expect(long.entries[0].notes.isEmpty)
  }
}
