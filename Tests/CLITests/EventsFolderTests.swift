import Foundation
import Testing

/// What stands in the folder that events are written to, and what may not stand there.
@Suite struct EventsFolderTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String...) throws -> TrawlProcess {
    try TrawlProcess.run(arguments, in: folder.path)
  }

  @Test func `a saved search goes along with its schedule, its trigger and the fields of the add-on`() throws
  {
    try folder.write(
      "app/savedsearches.conf",
      """
      [Other]
      search = sourcetype=aws:cloudtrail eventName=Other

      [Mail - Burst]
      search = sourcetype=aws:cloudtrail eventName=SendEmail \\
      | table _time, user_arn, src_ip \\
      | where isnotnull(src_ip)
      description = Many mails: from one address
      cron_schedule = */15 * * * *
      dispatch.earliest_time = -15m
      counttype = number of events
      relation = greater than
      quantity = 2
      action.notable.param.severity = high
      action.notable.param.rule_title = Mails from $src_ip$
      """)
    let made = try run("events", "app/savedsearches.conf", "--out", "made")
    #expect(made.exitCode == 0, "\(made.error)")
    let tests = try run("test", "made")
    #expect(
      tests.exitCode == 0 && tests.error.contains("of 2 rules, 0 failed"), "\(tests.output)\(tests.error)")
    let text = try String(contentsOfFile: "\(folder.path)/made/mail-burst.spl", encoding: .utf8)
    for line in [
      "title: Mail - Burst", "severity: high", "frequency: 15m", "period: 15m", "trigger: gt 2",
      "view: addon",
      "alert title: Mails from {{src_ip}}",
    ] {
      #expect(text.contains("\(line)\n"), "\(line) in \(text)")
    }
  }

  @Test func `a rule of Sentinel's JSON stays one with all its fields`() throws {
    try folder.write(
      "rules.json",
      #"""
      {"value": [{"kind": "Scheduled", "name": "3a9d2f86-0000-4000-8000-000000000001", "properties": {
        "displayName": "Mail burst", "severity": "High", "description": "Many mails:\nfrom one address",
        "query": "  AWSCloudTrail\r\n| where EventName == \"SendEmail\"\r\n\r\n| project TimeGenerated, UserIdentityArn",
        "queryFrequency": "PT1H", "queryPeriod": "P1D", "triggerOperator": "GreaterThan", "triggerThreshold": 4,
        "tactics": ["Impact"], "customDetails": {"Who": "UserIdentityArn"},
        "alertDetailsOverride": {"alertDisplayNameFormat": "Mail by {{UserIdentityArn}}"},
        "entityMappings": [{"entityType": "Account",
          "fieldMappings": [{"identifier": "ObjectGuid", "columnName": "UserIdentityArn"}]}]}}]}
      """#)
    let made = try run("events", "rules.json", "--out", "made")
    #expect(made.exitCode == 0, "\(made.error)")
    let tests = try run("test", "made")
    #expect(
      tests.exitCode == 0 && tests.error.contains("of 1 rule, 0 failed"), "\(tests.output)\(tests.error)")
    let text = try String(contentsOfFile: "\(folder.path)/made/mail-burst.yml", encoding: .utf8)
    for part in [
      "triggerThreshold: 4", "queryFrequency: PT1H", "identifier: ObjectGuid", "Who: UserIdentityArn",
      "{{UserIdentityArn}}", "3a9d2f86-0000-4000-8000-000000000001",
    ] {
      #expect(text.contains(part), "\(part) in \(text)")
    }
    #expect(text.contains("    AWSCloudTrail\n") || text.contains("  AWSCloudTrail\n"), "\(text)")
  }

  @Test func `a table beside the rule with other contents is not taken for the same`() throws {
    try folder.write(
      "rules/region.kql",
      """
      AWSCloudTrail | where EventName == 'RunInstances'
      | where AWSRegion in ((_GetWatchlist('Regions') | project Region))

      """)
    try folder.write("rules/watchlists/Regions.csv", "Region\neu-west-1\n")
    try folder.write("made/watchlists/Regions.csv", "Region\nus-east-1\n")
    let refused = try run("events", "rules/region.kql", "--out", "made")
    #expect(
      refused.exitCode == 2
        && refused.error.contains("error[file-exists]: `made/watchlists/Regions.csv` is there already"),
      "\(refused.error)")
    try folder.write("made/watchlists/Regions.csv", "Region\neu-west-1\n")
    #expect(try run("events", "rules/region.kql", "--out", "made").exitCode == 0)
    #expect(try run("test", "made").exitCode == 0)
  }

  @Test func `the time limit ends the work, and no folder stays behind`() throws {
    let legs = (1...4).map { "(AWSCloudTrail | where EventName has 'Call\($0)' and UserAgent has 'x')" }
    for number in 1...30 {
      try folder.write("rules/r\(number).kql", "union " + legs.joined(separator: ", "))
    }
    try folder.write("tmp/keep", "")
    for verb in ["events rules --out made", "port rules --to spl --out ported"] {
      let result = try TrawlProcess.shell(
        "TMPDIR=\"$PWD/tmp\" \"$0\" \(verb) --timeout 2s", in: folder.path)
      #expect(result.exitCode == 5 && result.error.contains("error[time-limit]"), "\(result.error)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/tmp") == ["keep"])
    }
  }

  @Test func `where made logs cannot be written that is the reason`() throws {
    try folder.write("mail.kql", "AWSCloudTrail | where EventName == 'SendEmail'")
    try folder.write(
      "mail.tests.yml",
      "tests:\n  - name: one\n    events: [{\"eventVersion\": \"1.09\", \"eventName\": \"SendEmail\"}]\n    expect: fires\n"
    )
    try folder.write("file", "")
    for (verb, code) in [
      ("events mail.kql --out made", 3), ("port mail.kql --to spl", 3), ("test mail.kql", 1),
    ] {
      let result = try TrawlProcess.shell("TMPDIR=\"$PWD/file/tmp\" \"$0\" \(verb)", in: folder.path)
      #expect(result.exitCode == Int32(code), "\(verb): \(result.output)\(result.error)")
      #expect(
        (result.output + result.error).contains("no folder can be made there"),
        "\(verb): \(result.output)\(result.error)")
    }
  }

  @Test func `why a port is not proved on made events is said as it is`() throws {
    try folder.write("many.kql", "AWSCloudTrail | summarize n = count() by UserAgent | where n > 5000")
    let many = try run("port", "many.kql", "--to", "spl")
    #expect(
      many.error.contains(
        "no events could be made that it fires on: no number of like events below 2000 was found for which "
          + "`n > 5000` holds"), "\(many.error)")
  }
}
