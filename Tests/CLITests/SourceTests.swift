import Testing

/// Logs of several services in one folder, asked from the command line.
@Suite struct SourceTests {
  private static let finding = """
    {"schemaVersion":"2.0","accountId":"123456789012","region":"eu-west-1","id":"g-1","type":"Recon:EC2/Portscan",\
    "service":{"count":3},"severity":5,"updatedAt":"2026-03-02T11:00:00.000Z","title":"t","description":"d"}
    """

  private static let flows = """
    version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status
    2 123456789012 eni-0a1b 198.51.100.7 10.0.0.5 50122 22 6 12 1840 1772447400 1772447460 ACCEPT OK
    2 123456789012 eni-0a1b 198.51.100.7 10.0.0.5 50123 3389 6 1 40 1772447460 1772447520 REJECT OK
    """

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.writeEvents("trail.json", ["SendEmail", "SendEmail"])
    try folder.write("findings.jsonl", SourceTests.finding + "\n")
    try folder.write("flows.log", SourceTests.flows)
    return folder
  }

  @Test func `a search counts the events of all sources`() throws {
    let logs = try folder()
    let result = try TrawlProcess.run(
      "query", "-l", "spl", "* | stats count by sourcetype", logs.path, "--format", "csv")
    #expect(
      result.output
        == "sourcetype,count\naws:cloudtrail,2\naws:cloudwatch:guardduty,1\naws:cloudwatchlogs:vpcflow,2\n")
    #expect(result.exitCode == 0)
    #expect(result.error.contains("3 read, 0 skipped"), "\(result.error)")
  }

  @Test func `both languages see the flows of a text file, in a search with either view`() throws {
    let logs = try folder()
    let kql = try TrawlProcess.run(
      "query", "AWSVPCFlow | where Action == 'REJECT' | project SrcAddr, DstPort", logs.path, "--format",
      "csv")
    #expect(kql.output == "SrcAddr,DstPort\n198.51.100.7,3389\n")
    let spl = try TrawlProcess.run(
      "query", "-l", "spl", "--view", "addon",
      "sourcetype=aws:cloudwatchlogs:vpcflow action=blocked | table src_ip dest_port", logs.path, "--format",
      "csv")
    #expect(spl.output == "src_ip,dest_port\n198.51.100.7,3389\n")
    #expect(spl.error.contains("trail.json"), "what is not read is named: \(spl.error)")
  }

  @Test func `schema shows the fields of a text file and the tables of all sources`() throws {
    let logs = try folder()
    let fields = try TrawlProcess.run("schema", "\(logs.path)/flows.log", "--format", "csv")
    #expect(fields.output.hasPrefix("field,type\nversion,string\naccount-id,string\n"))
    let tables = try TrawlProcess.run("schema", "--format", "csv").output
    for table in ["AWSCloudTrail", "AWSGuardDuty", "AWSVPCFlow"] { #expect(tables.contains("\n\(table),")) }
    let flow = try TrawlProcess.run("schema", "AWSVPCFlow", "--format", "csv").output
    #expect(flow.contains("TimeGenerated,datetime,\"start, TimeGenerated"))
  }

  @Test func `a rule over findings runs, and coverage and why know them`() throws {
    let logs = try folder()
    let rules = try TemporaryFolder()
    try rules.write("probe.spl", "sourcetype=aws:cloudwatch:guardduty type=Recon* | stats count by type")
    let run = try TrawlProcess.run("run", rules.path, "--logs", logs.path, "--rows")
    #expect(run.exitCode == 0 && run.output.contains("Recon:EC2/Portscan"), "\(run.output) \(run.error)")
    let coverage = try TrawlProcess.run("coverage", rules.path, "--logs", logs.path, "--format", "json")
    let unread = coverage.output
    #expect(unread.contains("SendEmail") && !unread.contains("Recon:EC2/Portscan"), "\(unread)")
    let why = try TrawlProcess.run("why", "\(rules.path)/probe.spl", "--logs", logs.path, "--event", "g-1")
    #expect(why.exitCode == 0 && !why.error.contains("no event"), "\(why.output) \(why.error)")
  }
}
