import Foundation
import Testing

/// What `trawl run` writes of alerts, in each format.
@Suite struct AlertOutputTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.writeEvents("logs/events.json", ["SendEmail", "SendEmail", "Publish"])
    try folder.write(
      "rules/a many.kql",
      """
      // title: Many emails
      // severity: High
      // technique: T1496.004
      // entities: CloudResource=EventName
      // custom details: Count=Sent
      // alert title: {{Sent}} times {{EventName}}
      // playbook: PLAYBOOK.md

      AWSCloudTrail
      | where EventName == "SendEmail"
      | summarize Sent = count(), TimeGenerated = max(TimeGenerated) by EventName
      """)
    try folder.write("rules/b.kql", "SigninLogs | take 1\n")
  }

  private func run(_ options: String...) throws -> TrawlProcess {
    try TrawlProcess.run(["run", folder.path + "/rules", "--logs", folder.path + "/logs"] + options)
  }

  @Test func `people see what each alert is about`() throws {
    let result = try run("-q", "--rows")
    #expect(result.exitCode == 0)
    #expect(
      result.output.hasPrefix(
        """
        when              severity  rule                              who        from  count
        2026-03-02 10:00  high      2 times SendEmail  [Many emails]  SendEmail            1

        Many emails [high · T1496.004 · 1 row]
        \(folder.path)/rules/a many.kql
        playbook: \(folder.path)/rules/PLAYBOOK.md
          2026-03-02T10:00:01Z  2 times SendEmail  CloudResource SendEmail  Count = 2


        """), "\(result.output)")
  }

  @Test func `programs get one document for each alert`() throws {
    let result = try run("-q", "--format", "ndjson")
    let lines = result.output.split(separator: "\n")
    let line = try #require(lines.first)
    let alert = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    #expect(lines.count == 1)
    #expect(alert["rule"] as? String == "Many emails")
    #expect(alert["title"] as? String == "2 times SendEmail")
    #expect(alert["severity"] as? String == "high")
    #expect(alert["time"] as? String == "2026-03-02T10:00:01.0000000Z")
    #expect((alert["entities"] as? [[String: String]]) == [["type": "CloudResource", "Name": "SendEmail"]])
    #expect((alert["customDetails"] as? [String: Int]) == ["Count": 2])
    #expect((alert["playbook"] as? String)?.hasSuffix("/rules/PLAYBOOK.md") == true)
    #expect((alert["row"] as? [String: Any])?["Sent"] as? Int == 2)
  }

  @Test func `a page for a ticket lists alerts before rows`() throws {
    let text = try run("-q", "--format", "markdown").output
    #expect(text.hasPrefix("## Many emails\n\nhigh · T1496.004 · 1 row · `"))
    #expect(
      text.contains("- 2026-03-02T10:00:01Z  2 times SendEmail  CloudResource SendEmail  Count = 2\n\n|"))
  }

  @Test func `SARIF has what it must have`() throws {
    try folder.write("rules/c.kql", "AWSCloudTrail | where Nothing == 1\n")
    try folder.write("rules/d.yaml", "query: &x T\n")
    let result = try run("-q", "--format", "sarif")
    #expect(result.exitCode == 2)
    let sarif = try SarifDocument(result.output)
    #expect(sarif.rules.count == 3 && sarif.rules[0]["name"] as? String == "Many emails")
    #expect((sarif.rules[0]["properties"] as? [String: Any])?["security-severity"] as? String == "8.0")
    #expect(sarif.results.count == 1 && sarif.results[0]["level"] as? String == "error")
    let location = try #require((sarif.results[0]["locations"] as? [[String: Any]])?.first)
    let logical = try #require((location["logicalLocations"] as? [[String: Any]])?.first)
    #expect(logical["fullyQualifiedName"] as? String == "CloudResource/Name/SendEmail")
    let ids = sarif.notifications.compactMap { ($0["descriptor"] as? [String: Any])?["id"] as? String }
    #expect(Set(ids) == ["not-run", "unknown-column", "yaml-anchor"])
  }

  @Test func `what was not run is listed and not silent`() throws {
    let result = try run()
    #expect(result.error.contains("rules: 2 loaded, 0 refused, 1 not run\n"))
    #expect(
      result.error.contains("  not run: \(folder.path)/rules/b.kql: the logs hold no row of `SigninLogs`"))
    #expect(result.error.contains("fired: 1 rule with 1 row; 0 silent; rules took "))
  }

  @Test func `a broken rule file is refused with its place, and the others run`() throws {
    let path = try folder.write("rules/d.yaml", "name: x\nquery: &x T\n")
    let result = try run()
    #expect(result.exitCode == 2)
    #expect(result.output.contains("[Many emails]"))
    #expect(result.error.contains("error[yaml-anchor]") && result.error.contains("--> \(path):2:8"))
    #expect(result.error.contains("rules: 2 loaded, 1 refused, 1 not run\n"))
    #expect(result.error.contains("  refused: \(path):2:8: error[yaml-anchor]"))
  }

  @Test func `without rows there is a line for each alert and nothing else`() throws {
    let result = try run("-q")
    #expect(
      result.output == """
        when              severity  rule                              who        from  count
        2026-03-02 10:00  high      2 times SendEmail  [Many emails]  SendEmail            1

        """)
  }

  @Test func `what a rule and its twin find is one line, and repeats are counted`() throws {
    let twins = try TemporaryFolder()
    try twins.write(
      "rules/mail.kql",
      """
      // title: Mail in KQL
      // severity: low
      // entities: Account=EventName
      AWSCloudTrail | where EventName == "SendEmail" | project TimeGenerated, EventName
      """)
    try twins.write(
      "rules/mail-splunk.spl",
      """
      ```
      title: Mail in SPL
      severity: critical
      entities: Account=eventName
      ```
      sourcetype=aws:cloudtrail eventName=SendEmail | table _time, eventName
      """)
    try twins.write(
      "rules/other.kql",
      "// title: Other\n// severity: medium\n// entities: Account=EventName\n"
        + "AWSCloudTrail | where EventName == \"SendEmail\" | project TimeGenerated, EventName\n")
    let result = try TrawlProcess.run(
      "run", twins.path + "/rules", "--logs", folder.path + "/logs", "-q")
    #expect(
      result.output == """
        when              severity  rule                       who        from  count
        2026-03-02 10:00  critical  Mail in SPL + Mail in KQL  SendEmail            2
        2026-03-02 10:00  medium    Other                      SendEmail            2

        """)
  }

  @Test func `a playbook that is not there is said, and one that is stands on the page`() throws {
    let page = folder.path + "/page.html"
    let missing = try run("--html", page)
    let reason = "the playbook `\(folder.path)/rules/PLAYBOOK.md` is not on the page: it is not there"
    #expect(missing.error.contains("note: \(reason)\n"), "\(missing.error)")
    #expect(try String(contentsOfFile: page, encoding: .utf8).contains(reason))
    try folder.write("rules/PLAYBOOK.md", "Do\r\nthis.\n")
    let result = try run("--html", page)
    #expect(!result.error.contains("playbook"))
    #expect(try String(contentsOfFile: page, encoding: .utf8).contains("Do\nthis."))
  }

  @Test func `what a rule names without saying so is looked up on the page`() throws {
    let logs = try TemporaryFolder()
    try logs.write(
      "logs/a.json",
      TemporaryFolder.event("SendEmail", extra: #","sourceIPAddress":"203.0.113.9""#) + "\n"
        + TemporaryFolder.event("Other", second: 5, extra: #","sourceIPAddress":"203.0.113.9""#))
    try logs.write(
      "a.kql", "AWSCloudTrail | where EventName == 'SendEmail' | project TimeGenerated, SourceIpAddress")
    let page = logs.path + "/page.html"
    _ = try TrawlProcess.run("run", logs.path + "/a.kql", "--logs", logs.path + "/logs", "-q", "--html", page)
    let text = try String(contentsOfFile: page, encoding: .utf8)
    #expect(text.contains("Events of 203.0.113.9") && text.contains("Other"))
  }

  @Test func `a timeline has the columns that Timesketch wants`() throws {
    let alerts = try run("-q", "--format", "timesketch").output
    #expect(
      alerts.hasPrefix(
        """
        message,datetime,timestamp_desc,rule,severity,technique,entities,file,row
        2 times SendEmail: CloudResource SendEmail,2026-03-02T10:00:01.0000000Z,Alert,Many emails,high,T1496.004,
        """))
    let rows = try TrawlProcess.run(
      "query", "-q", "--format", "timesketch",
      "AWSCloudTrail | project TimeGenerated, EventName, message = 1 | take 1",
      folder.path + "/logs")
    #expect(
      rows.output == """
        message,datetime,timestamp_desc,EventName,message_
        "EventName: SendEmail, message: 1",2026-03-02T10:00:00.0000000Z,TimeGenerated,SendEmail,1

        """)
    let without = try TrawlProcess.run("query", "print 1", "--format", "timesketch")
    #expect(without.exitCode == 2 && without.error.contains("error[no-time]"))
  }

  @Test func `coverage is a layer of the Navigator`() throws {
    let result = try TrawlProcess.run(
      "coverage", folder.path + "/rules", "--logs", folder.path + "/logs", "-q", "--format", "navigator")
    let layer = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(layer["domain"] as? String == "enterprise-attack")
    let technique = try #require((layer["techniques"] as? [[String: Any]])?.first)
    #expect(technique["techniqueID"] as? String == "T1496.004" && technique["score"] as? Int == 1)
    #expect(technique["color"] != nil && technique["comment"] as? String == "Many emails")
  }

  @Test func `other verbs write no SARIF`() throws {
    let result = try TrawlProcess.run("query", "print 1", "--format", "sarif")
    #expect(result.exitCode == 2)
    #expect(result.error.contains("`--format` cannot be `sarif`") && result.error.contains("trawl check"))
  }
}
