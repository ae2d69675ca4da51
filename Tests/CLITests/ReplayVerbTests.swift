import Foundation
import Testing

@Suite struct ReplayVerbTests {
  let folder: TemporaryFolder
  let logs: String

  init() throws {
    folder = try TemporaryFolder()
    logs = try folder.writeEvents("logs/events.json", ["Publish", "SendEmail", "SendEmail"])
    try folder.write(
      "mail.yaml",
      """
      name: Many emails
      severity: High
      queryFrequency: 1h
      queryPeriod: 1h
      triggerOperator: gt
      triggerThreshold: 0
      query: |
        AWSCloudTrail
        | where EventName == "SendEmail"
        | summarize Sent = count(), Last = max(TimeGenerated) by EventName
      """)
  }

  private func replay(_ arguments: String...) throws -> TrawlProcess {
    try TrawlProcess.run(["run"] + arguments + ["--logs", logs], in: folder.path)
  }

  @Test func `an alert is shown with the time that found it`() throws {
    let result = try replay("mail.yaml", "--replay", "--every", "5m")
    #expect(result.exitCode == 0, "\(result.error)")
    #expect(
      result.output == """
        2026-03-02T10:05:00Z  Many emails [high]
          EventName = "SendEmail"
          event 2026-03-02T10:00:02Z: found 4m 58s after it; in 1 run

        rule         every  period  runs  fired  alerts
        -----------  -----  ------  ----  -----  ------
        Many emails  5m     1h         2      1       1

        1 row

        """)
    #expect(result.error.contains("fired: 1 rule with 1 alert\n"))
    #expect(!result.error.contains("now:"))
    #expect(try replay("mail.yaml", "--replay", "--fail-on-alert").exitCode == 1)
  }

  @Test func `json is one document`() throws {
    let result = try replay("mail.yaml", "--replay", "--format", "json", "-q")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let alert = try #require((document["alerts"] as? [[String: Any]])?.first)
    #expect(alert["firstFound"] as? String == "2026-03-02T11:00:00.0000000Z")
    #expect((alert["row"] as? [String: Any])?["Sent"] as? Int == 2)
    #expect(alert["secondsAfterLast"] as? Double == 3598)
    let rule = try #require((document["rules"] as? [[String: Any]])?.first)
    #expect(rule["runs"] as? Int == 2 && rule["every"] as? String == "1h")
  }

  @Test func `what cannot be replayed is refused`() throws {
    try folder.write("plain.kql", "AWSCloudTrail | take 1")
    let plain = try replay("plain.kql", "mail.yaml", "--replay")
    #expect(plain.exitCode == 2)
    #expect(plain.error.contains("error[not-replayed]: plain.kql: it has no schedule"))
    #expect(plain.output.hasPrefix("2026-03-02T11:00:00Z  Many emails"))
    #expect(try replay("plain.kql", "--replay", "--every", "1h").exitCode == 0)
    #expect(try replay("plain.kql", "--replay", "--every", "often").error.contains("error[invalid-value]"))
    #expect(try replay("plain.kql", "--every", "1h").error.contains("add --replay"))
    #expect(try replay("plain.kql", "--replay", "--now", "latest").error.contains("error[misplaced-option]"))
  }
}
