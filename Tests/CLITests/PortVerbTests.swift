import Foundation
import Testing

@Suite struct PortVerbTests {
  let folder: TemporaryFolder
  let logs: String

  static let query =
    "// title: Mail\n// severity: high\n// technique: T1496.004\n// entities: Account=UserIdentityArn\n"
    + "AWSCloudTrail\n| where EventName == \"SendEmail\"\n| summarize Calls = count() by EventName\n"

  init() throws {
    folder = try TemporaryFolder()
    logs = try folder.writeEvents("logs/events.json", ["SendEmail", "SendEmail", "sendemail", "Publish"])
    try folder.write("rules/mail.kql", Self.query)
  }

  private func port(_ arguments: String...) throws -> TrawlProcess {
    try TrawlProcess.run(["port"] + arguments, in: folder.path)
  }

  @Test func `a rule is written and proved`() throws {
    let result = try port("rules/mail.kql", "--to", "spl", "--logs", logs)
    #expect(result.exitCode == 0, "\(result.error)")
    #expect(
      result.output.contains(
        "title: Mail\nseverity: high\ntechnique: T1496.004\nentities: Account=UserIdentityArn\n"))
    #expect(result.output.contains("\n| stats count as Calls by eventName\n"))
    #expect(result.error.contains("  the same rows: 1 of 1, over 4 events"))
  }

  @Test func `the text that is written runs by itself`() throws {
    let text = try port("rules/mail.kql", "--to", "spl", "-q").output
    let path = try folder.write("mail.spl", text)
    let rows = try TrawlProcess.run(
      ["query", "-q", "--format", "csv", "--file", path, logs], in: folder.path)
    #expect(rows.output == "EventName,Calls\nSendEmail,2\n")
  }

  @Test func `without logs it is proved on events made for the rule`() throws {
    let result = try port("rules/mail.kql", "--to", "spl")
    #expect(result.exitCode == 0, "\(result.error)")
    #expect(
      result.error.contains("  the same rows: 1, on 3 logs of 3 events made for the rule, 1 that it fires on")
    )
  }

  @Test func `where no event can be made nothing is proved, and that is said`() throws {
    try folder.write("none.kql", "AWSCloudTrail | where EventName == 'a' and EventName == 'b'")
    let result = try port("none.kql", "--to", "spl")
    #expect(
      result.exitCode == 0 && result.error.contains("not proved: no events could be made"), "\(result.error)")
  }

  @Test func `rows that the query makes itself need no events`() throws {
    try folder.write("inline.kql", "print a = 1")
    let inline = try port("inline.kql", "--to", "spl")
    #expect(inline.exitCode == 0 && inline.error.contains("the same rows: 1"), "\(inline.error)")
    #expect(inline.output.hasSuffix("| makeresults\n| eval a=1\n| table a\n"))
  }

  private func port(text: String, _ arguments: String...) throws -> TrawlProcess {
    try folder.write("input", text)
    return try TrawlProcess.shell(
      "\"$0\" port - \(arguments.joined(separator: " ")) < input", in: folder.path)
  }

  @Test func `the rule on the standard input is in the language that is no target`() throws {
    let query = "AWSCloudTrail | where EventName == 'SendEmail' | summarize Calls = count() by EventName"
    let there = try port(text: query, "--to", "spl")
    #expect(there.exitCode == 0, "\(there.error)")
    #expect(there.output.hasPrefix("index=* sourcetype="))
    #expect(there.error.contains("ported <stdin> to SPL\n  the same rows: 1"))
    let back = try port(text: there.output, "--to", "kql", "--out", "ported")
    #expect(back.exitCode == 0, "\(back.error)")
    let path = folder.url.appendingPathComponent("ported/stdin.kql")
    #expect(try String(contentsOf: path, encoding: .utf8).hasPrefix("AWSCloudTrail\n"))
    let yaml = try port(text: "name: Mail\nquery: |\n  \(query)\n", "--to", "spl")
    #expect(yaml.exitCode == 0 && yaml.output.hasPrefix("name: Mail\n"), "\(yaml.error)")
  }

  @Test func `a file may be called as the standard input is`() throws {
    try folder.write("odd/<mail>.kql", Self.query.replacing("// title: Mail\n", with: ""))
    let result = try port("odd/<mail>.kql", "--to", "spl", "--out", "ported")
    #expect(result.exitCode == 0, "\(result.error)")
    let path = folder.url.appendingPathComponent("ported/<mail>.spl")
    #expect(try String(contentsOf: path, encoding: .utf8).contains("title: <mail>\n"))
  }

  @Test func `a standard input without a rule says what is wanted`() throws {
    let nothing = try port(text: "\n", "--to", "spl")
    #expect(nothing.exitCode == 2 && nothing.error.contains("there is no rule on the standard input"))
    let same = try port(text: "AWSCloudTrail | count", "--to", "kql", "-l", "kql")
    #expect(same.exitCode == 2 && same.error.contains("it is written in KQL already"))
    let wrong = try port(text: "AWSCloudTrail | where Nope == 1", "--to", "spl")
    #expect(wrong.exitCode == 2 && wrong.error.contains("--> <stdin>:1:23"), "\(wrong.error)")
    let more = try port(text: "AWSCloudTrail", "rules", "--to", "spl")
    #expect(more.exitCode == 2 && more.error.contains("stands alone"), "\(more.error)")
  }

  @Test func `values of the logs are none of a rule`() throws {
    try folder.write("chart.spl", "sourcetype=aws:cloudtrail | timechart span=1h count by eventName")
    let chart = try port("chart.spl", "--to", "kql", "--logs", logs)
    #expect(chart.exitCode == 2 && chart.output.isEmpty)
    #expect(
      chart.error.contains("the columns of the chart of these logs would stand in the text"), "\(chart.error)"
    )
  }

  @Test func `a rule that finds nothing proves little`() throws {
    try folder.write("none.kql", "AWSCloudTrail | where EventName == 'None'")
    let result = try port("none.kql", "--to", "spl", "--logs", logs)
    #expect(
      result.exitCode == 0 && result.error.contains("both find nothing in 4 events, which proves little"))
  }

  @Test func `what cannot be said is refused with its place, and nothing is written`() throws {
    try folder.write("order.kql", "AWSCloudTrail\n| serialize\n| extend p = prev(EventName)\n")
    let result = try port("order.kql", "--to", "spl")
    #expect(result.exitCode == 2 && result.output.isEmpty)
    #expect(
      result.error.contains("error[not-portable]: SPL cannot say what `extend p = prev(EventName)` says"))
    #expect(result.error.contains("order.kql:3:1") || result.error.contains("order.kql:3:3"))
  }

  @Test func `a rule that is wrong itself says why`() throws {
    try folder.write("wrong.kql", "AWSCloudTrail | where NoSuchColumn == 1")
    let result = try port("wrong.kql", "--to", "spl")
    #expect(result.exitCode == 2 && result.error.contains("error[unknown-column]"))
  }

  @Test func `the language that it has is no target`() throws {
    let result = try port("rules/mail.kql", "--to", "kql")
    #expect(result.exitCode == 2 && result.error.contains("it is written in KQL already"))
  }

  @Test func `a target must be named, and one that there is`() throws {
    let none = try port("rules/mail.kql")
    #expect(none.exitCode == 2 && none.error.contains("--to kql or --to spl"))
    let other = try port("rules/mail.kql", "--to", "sql")
    #expect(other.exitCode == 2 && other.error.contains("`--to` cannot be `sql`"))
  }

  @Test func `a file for each rule, and none that is there is overwritten`() throws {
    try folder.write("rules/other.kql", "AWSCloudTrail | count")
    let many = try port("rules", "--to", "spl")
    #expect(many.exitCode == 2 && many.error.contains("--out DIR writes a file for each"))
    #expect(try port("rules", "--to", "spl", "--out", "ported").exitCode == 0)
    let path = folder.url.appendingPathComponent("ported/mail.spl")
    #expect(try String(contentsOf: path, encoding: .utf8).contains("stats count as Calls"))
    let again = try port("rules", "--to", "spl", "--out", "ported")
    #expect(
      again.exitCode == 2 && again.error.contains("error[file-exists]") && again.error.contains("--force"))
    #expect(try port("rules", "--to", "spl", "--out", "ported", "--force").exitCode == 0)
  }

  @Test func `a link is not written through`() throws {
    try folder.write("precious", "kept")
    try FileManager.default.createDirectory(
      at: folder.url.appendingPathComponent("ported"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: folder.url.appendingPathComponent("ported/mail.spl").path,
      withDestinationPath: folder.url.appendingPathComponent("precious").path)
    let result = try port("rules", "--to", "spl", "--out", "ported", "--force")
    #expect(result.exitCode == 3 && result.error.contains("it is no plain file"))
    #expect(try String(contentsOf: folder.url.appendingPathComponent("precious"), encoding: .utf8) == "kept")
  }

  @Test func `YAML stays YAML, in the form of the other product`() throws {
    try folder.write(
      "rule.yaml",
      """
      id: 6f2a1d3e-1111-4222-8333-444455556666
      name: "Mail: many"
      severity: High
      version: 1.0.2
      queryFrequency: 1h
      queryPeriod: 1d
      relevantTechniques: [T1496.004]
      customDetails:
        Address: SourceIpAddress
      alertDetailsOverride:
        alertDisplayNameFormat: Mail of {{UserIdentityArn}}
        alertSeverityColumnName: Severity
      query: |
        AWSCloudTrail
        | where EventName == "SendEmail"
        | project TimeGenerated, UserIdentityArn, SourceIpAddress
      entityMappings:
        - entityType: IP
          fieldMappings:
            - identifier: Address
              columnName: SourceIpAddress
        - entityType: Account
          fieldMappings:
            - identifier: FullName
              columnName: UserIdentityArn
      """)
    let there = try port("rule.yaml", "--to", "spl", "--out", "spl", "--logs", logs)
    #expect(there.exitCode == 0, "\(there.error)")
    #expect(
      there.error.contains("has no schedule; set it where it is deployed: every 1h, over 1d, gt 0 rows"))
    #expect(
      there.error.contains(
        "the new form has no place for `version`, custom details (Address), the severity by row\n"))
    let text = try String(contentsOf: folder.url.appendingPathComponent("spl/rule.yml"), encoding: .utf8)
    #expect(text.contains("  message: \"Mail of $UserIdentityArn$\"\n"), "\(text)")
    #expect(text.contains("name: \"Mail: many\"\n") && text.contains("search: |-\n  index=*"))
    #expect(text.contains("  threat_objects:\n  - field: SourceIpAddress\n    type: ip_address\n"))
    #expect(text.contains("  risk_objects:\n  - field: UserIdentityArn\n    type: user\n"))
    let back = try port("spl/rule.yml", "--to", "kql", "--logs", logs)
    #expect(back.exitCode == 0, "\(back.error)")
    #expect(
      back.error.contains("the new form has no place for `status`, `type` (TTP), `data_source`\n"),
      "\(back.error)")
    #expect(
      back.output.contains("alertDisplayNameFormat: \"Mail of {{UserIdentityArn}}\"\n"), "\(back.output)")
    #expect(back.output.contains("entityType: IP\n") && back.output.contains("columnName: SourceIpAddress\n"))
  }

  @Test func `the report is a document too`() throws {
    let result = try port("rules/mail.kql", "--to", "spl", "--logs", logs, "--format", "json", "-q")
    let value = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]]
    let first = try #require(value?.first)
    #expect(first["verdict"] as? String == "same" && first["rowsBefore"] as? Int == 1)
    #expect((first["text"] as? String)?.contains("stats count as Calls") == true)
  }

  @Test func `what cannot be said is left out where that was asked for, and marked`() throws {
    try folder.write(
      "order.kql",
      "AWSCloudTrail\n| where EventName == \"SendEmail\"\n| serialize\n| extend p = prev(EventName)\n"
        + "| project EventName, p\n")
    let result = try port("order.kql", "--to", "spl", "--partial", "--logs", logs)
    #expect(result.exitCode == 2, "\(result.error)")
    #expect(result.output.contains("``` not ported: extend p = prev(EventName) ```\n"))
    #expect(result.error.contains("ported in part: order.kql to SPL"))
    #expect(
      result.error.contains("error[not-portable]: SPL cannot say what `extend p = prev(EventName)` says"))
    let path = try folder.write("order.spl", result.output)
    let rows = try TrawlProcess.run(
      ["query", "-q", "--format", "csv", "--file", path, logs], in: folder.path)
    #expect(rows.output == "EventName,p\nSendEmail,\nSendEmail,\n")
  }

  @Test func `groups are not left out`() throws {
    try folder.write("sets.kql", "AWSCloudTrail\n| summarize h = hll(EventName) by AWSRegion\n")
    let result = try port("sets.kql", "--to", "spl", "--partial")
    #expect(result.exitCode == 2 && result.output.isEmpty && result.error.contains("not ported: sets.kql"))
  }
}
