import Foundation
import Testing

@Suite struct RunVerbTests {
  let folder: TemporaryFolder
  let logs: String

  init() throws {
    folder = try TemporaryFolder()
    logs = try folder.writeEvents("logs/events.json", ["SendEmail", "SendEmail", "Publish"])
    try folder.write(
      "rules/a-many.kql",
      """
      // title: Many emails
      // id: 0f0e4d0a-6f6f-4b63-8b5d-0c8f7a3c1a01
      // severity: High
      // technique: T1496.004, T1566
      // false positives:
      //   - a campaign that
      //     was planned

      let Threshold = 1;
      AWSCloudTrail
      | where EventName == "SendEmail"
      | summarize Sent = count() by EventName
      | where Sent > Threshold
      """)
    try folder.write("rules/b-silent.kql", "AWSCloudTrail\n| where EventName == \"DeleteTrail\"\n")
    try folder.write("rules/notes.md", "no rule\n")
  }

  private func run(_ options: String...) throws -> TrawlProcess {
    try TrawlProcess.run(["run", folder.path + "/rules", "--logs", folder.path + "/logs"] + options)
  }

  @Test func `rules with rows are shown, and all are counted`() throws {
    let result = try run("--rows")
    #expect(result.exitCode == 0)
    #expect(
      result.output.contains(
        "\n\nMany emails [high · T1496.004 T1566 · 1 row]\n\(folder.path)/rules/a-many.kql\n"))
    #expect(result.output.contains("SendEmail     2"))
    #expect(!result.output.contains("b-silent"))
    #expect(result.error.contains("rules: 2 loaded, 0 refused, 1 other file skipped\n"))
    #expect(result.error.contains("fired: 1 rule with 1 row; 1 silent; rules took "))
    #expect(result.error.contains("events: 3 read, 0 rejected\n"))
  }

  @Test func `the alerts of all rules are one table for programs`() throws {
    let result = try run("--format", "json")
    let rows = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]])
    #expect(rows.count == 1)
    #expect(rows.first?["rule"] as? String == "Many emails")
    #expect(rows.first?["technique"] as? String == "T1496.004 T1566")
    #expect((rows.first?["row"] as? [String: Any])?["Sent"] as? Int == 2)
    let csv = try run("--format", "csv", "--quiet")
    #expect(
      csv.output.hasPrefix(
        "rule,id,title,description,severity,technique,tactic,file,time,entities,customDetails,playbook,fingerprint,row\nMany emails,0f0e4d0a-"
      ))
    #expect(csv.error.isEmpty)
    #expect(try run("--format", "markdown").output.hasPrefix("## Many emails\n"))
  }

  @Test func `an alert fails the run only where that was asked for`() throws {
    #expect(try run("--fail-on-alert").exitCode == 1)
    #expect(try run("--fail-on-alert", "--set", "Threshold=2").exitCode == 0)
  }

  @Test func `a value goes to the rules that have such a variable`() throws {
    #expect(try run("--set", "Threshold=2").output.isEmpty)
    let unknown = try run("--set", "Treshold=2")
    #expect(unknown.exitCode == 2)
    #expect(unknown.error.contains("error[unknown-variable]"))
    #expect(unknown.error.contains("`Threshold`"))
  }

  @Test func `a refused rule is said, and the others run`() throws {
    let path = try folder.write("rules/c-wrong.kql", "AWSCloudTrail\n| where EvntName == \"x\"\n")
    let result = try run()
    #expect(result.exitCode == 2)
    #expect(result.output.contains("  high      Many emails"))
    #expect(result.error.contains("error[unknown-column]"))
    #expect(result.error.contains("rules: 2 loaded, 1 refused"))
    #expect(result.error.contains("  refused: \(path):2:9: error[unknown-column]"))
  }

  @Test func `rules of both languages see the same logs`() throws {
    try folder.write(
      "rules/d-search.spl",
      """
      ```
      title: Many emails, searched
      severity: low
      ```
      index=* eventName="SendEmail" | stats count by eventName | where count > 1
      """)
    let result = try run("--format", "ndjson")
    #expect(result.exitCode == 0, "\(result.error)")
    #expect(result.output.split(separator: "\n").count == 2)
    #expect(result.output.contains("\"rule\":\"Many emails, searched\",\"id\":\"\",\"title\":"))
    #expect(result.error.contains("events: 3 read"))
  }

  @Test func `the order of the alerts does not depend on the number of threads`() throws {
    let one = try run("--threads", "1", "--format", "ndjson")
    let four = try run("--threads", "4", "--format", "ndjson")
    #expect(one.output == four.output)
  }

  @Test func `a run without rules or without logs is refused`() throws {
    let noLogs = try TrawlProcess.run("run", folder.path + "/rules")
    #expect(noLogs.exitCode == 2)
    #expect(noLogs.error.hasPrefix("error[missing-logs]"))
    let noRules = try TrawlProcess.run("run", folder.path + "/logs", "--logs", folder.path + "/logs")
    #expect(noRules.exitCode == 2)
    #expect(noRules.error.hasPrefix("error[no-rules]"))
    let missing = try TrawlProcess.run("run", folder.path + "/none", "--logs", folder.path + "/logs")
    #expect(missing.exitCode == 3)
    #expect(missing.error.contains("no such file or directory"))
  }

  @Test func `damage in the logs is an exit code of its own`() throws {
    try folder.write("logs/broken.json", TemporaryFolder.event("SendEmail") + "\n{\"eventName\": tru}\n")
    #expect(try run().exitCode == 4)
    #expect(try run("--allow-partial").exitCode == 0)
    #expect(try run("--fail-on-alert").exitCode == 1)
  }
}
