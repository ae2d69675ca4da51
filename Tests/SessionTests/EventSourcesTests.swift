import Diagnostics
import Engine
import Foundation
import LogSources
import SPL
import Session
import Testing

/// Logs of several sources in a folder of their own, which goes with them.
final class MixedLogs {
  let path: String
  var sources = SourceCatalog.sources

  init(_ files: [String: String]) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("trawl-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.path
    for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func workspace(view: SplunkView? = nil, optimized: Bool = true) -> Workspace {
    var configuration = WorkspaceConfiguration()
    configuration.logs = [path]
    configuration.view = view
    configuration.sources = sources
    configuration.isOptimized = optimized
    return Workspace(configuration)
  }

  func run(
    _ text: String, _ language: any FrontEnd = .spl, view: SplunkView = .raw, optimized: Bool = true
  ) throws -> (rows: [String], report: LoadReport, warnings: [String]) {
    let workspace = workspace(view: view, optimized: optimized)
    let query = try workspace.resolve(
      workspace.compile(SourceText(name: "<test>", text: text), language: language))
    let run = try workspace.run([query])
    let table = try #require(run.outcomes.first?.results.first).table
    let rows = (0..<table.rowCount).map { row in
      table.row(row).map { $0.isNull ? "-" : $0.text(in: language.dialect) }
        .joined(separator: "|")
    }
    return (rows, run.report, query.warnings.map(\.id))
  }

  /// CloudTrail at 10:00, a finding at 11:00, flows at 10:30 and 12:00, all on one day.
  static let files = [
    "trail.json": #"""
    {"Records":[{"eventVersion":"1.09","eventTime":"2026-03-02T10:00:00Z","eventSource":"iam.amazonaws.com",
    "eventName":"CreateUser","eventID":"c-1","awsRegion":"eu-west-1","sourceIPAddress":"198.51.100.7",
    "userIdentity":{"type":"IAMUser","userName":"ada","arn":"arn:aws:iam::123456789012:user/ada"}}]}
    """#,
    "finding.json": #"""
    {"version":"0","detail-type":"GuardDuty Finding","source":"aws.guardduty","detail":{"schemaVersion":"2.0",
    "accountId":"123456789012","region":"eu-west-1","id":"g-1","type":"UnauthorizedAccess:EC2/SSHBruteForce",
    "resource":{"resourceType":"Instance","instanceDetails":{"instanceId":"i-0a1b","networkInterfaces":
    [{"privateIpAddress":"10.0.0.5"}]}},"service":{"action":{"actionType":"NETWORK_CONNECTION",
    "networkConnectionAction":{"blocked":false,"protocol":"TCP","localPortDetails":{"port":22},
    "remotePortDetails":{"port":50122},"remoteIpDetails":{"ipAddressV4":"198.51.100.7"}}}},"severity":8,
    "createdAt":"2026-03-02T10:50:00.000Z","updatedAt":"2026-03-02T11:00:00.000Z","title":"SSH brute force",
    "description":"d"}}
    """#,
    "flow.log": """
    version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status
    2 123456789012 eni-0a1b 198.51.100.7 10.0.0.5 50122 22 6 12 1840 1772447400 1772447460 ACCEPT OK
    2 123456789012 eni-0a1b 203.0.113.9 10.0.0.5 40000 3389 6 1 40 1772452800 1772452860 REJECT OK
    2 123456789012 eni-0a1b - - - - - - - 1772452860 1772452920 - NODATA

    """,
  ]
}

/// SPL's events are the union over the sources, and each source has its own fields in both languages.
@Suite struct EventSourcesTests {
  @Test func `one search reads the events of all sources, newest first`() throws {
    let logs = try MixedLogs(MixedLogs.files)
    let expected = [
      "1772452860|aws:cloudwatchlogs:vpcflow|-|-", "1772452800|aws:cloudwatchlogs:vpcflow|-|203.0.113.9",
      "1772449200|aws:cloudwatch:guardduty|-|-", "1772447400|aws:cloudwatchlogs:vpcflow|-|198.51.100.7",
      "1772445600|aws:cloudtrail|CreateUser|-",
    ]
    for optimized in [true, false] {
      let found = try logs.run("* | table _time sourcetype eventName srcaddr", optimized: optimized)
      #expect(found.rows == expected)
      #expect(found.report.eventsRead == 5 && found.report.skipped.isEmpty)
    }
    #expect(
      try logs.run("| tstats count by sourcetype").rows == [
        "aws:cloudtrail|1", "aws:cloudwatch:guardduty|1", "aws:cloudwatchlogs:vpcflow|3",
      ])
  }

  @Test func `the events have their own texts, files and Splunk's fields`() throws {
    let logs = try MixedLogs(MixedLogs.files)
    let flow = try logs.run(
      "sourcetype=aws:cloudwatchlogs:vpcflow REJECT | table _raw source host index linecount")
    #expect(
      flow.rows == [
        "2 123456789012 eni-0a1b 203.0.113.9 10.0.0.5 40000 3389 6 1 40 1772452800 1772452860 REJECT OK|"
          + "\(logs.path)/flow.log|localhost|main|1"
      ])
    let finding = try logs.run("sourcetype=*guardduty | table _raw source")
    #expect(finding.rows.count == 1 && finding.rows[0].hasPrefix(#"{"schemaVersion":"2.0""#))
    #expect(finding.rows[0].hasSuffix("\(logs.path)/finding.json"))
  }

  @Test(arguments: [
    ("sourcetype=aws:cloudtrail", ["aws:cloudtrail"]),
    ("sourcetype=AWS:CloudTrail eventName=*", ["aws:cloudtrail"]),
    (
      "sourcetype IN (aws:cloudtrail, aws:cloudwatch:guardduty)",
      ["aws:cloudtrail", "aws:cloudwatch:guardduty"]
    ),
    ("NOT sourcetype=aws:cloudwatchlogs*", ["aws:cloudtrail", "aws:cloudwatch:guardduty"]),
    (
      "(sourcetype=aws:cloudtrail eventName=a) OR (sourcetype=*vpcflow action=b)",
      ["aws:cloudtrail", "aws:cloudwatchlogs:vpcflow"]
    ),
    ("* | where sourcetype=\"aws:cloudtrail\"", ["aws:cloudtrail"]),
    ("index=main eventName=CreateUser", SourceCatalog.sources.map(\.sourcetype)),
  ])
  func `a search that names its source types reads no other source`(text: String, expected: [String]) throws {
    let logs = try MixedLogs(MixedLogs.files)
    let workspace = logs.workspace()
    let query = try workspace.compile(SourceText(name: "<test>", text: text), language: .spl)
    let scan = try #require(workspace.optimized(query).first?.scans.first)
    #expect(workspace.sources.loadedNames(of: scan) == expected)
    let report = try logs.run(text).report
    #expect(Set(report.eventsBySource.keys) == Set(expected))
  }

  @Test(
    arguments: [
      (
        "sourcetype=aws:cloudwatch:guardduty | table type severity detail.type detail.severity id",
        SplunkView.raw, ["UnauthorizedAccess:EC2/SSHBruteForce|8|UnauthorizedAccess:EC2/SSHBruteForce|8|g-1"]
      ),
      ("detail.severity>=7 | stats count by detail.resource.instanceDetails.instanceId", .raw, ["i-0a1b|1"]),
      (
        "sourcetype=aws:cloudwatch:guardduty | table src_ip src_port dest dest_ip dest_port signature transport vendor_product",
        .addon, ["198.51.100.7|50122|i-0a1b|10.0.0.5|22|SSH brute force|tcp|AWS GuardDuty"]
      ),
      (
        "sourcetype=aws:cloudwatchlogs:vpcflow dest_port=22 | table src_ip dest_ip action vpcflow_action protocol transport duration account_id",
        .addon, ["198.51.100.7|10.0.0.5|allowed|ACCEPT|TCP|tcp|60|123456789012"]
      ),
      (
        "sourcetype=aws:cloudwatchlogs:vpcflow action=blocked | stats sum(bytes) by dest_port", .addon,
        ["3389|40"]
      ),
      (
        "sourcetype=aws:cloudwatchlogs:vpcflow action=REJECT | stats sum(bytes) by dstport", .raw, ["3389|40"]
      ),
      // Each source has its own way to the same name.
      (
        "src_ip=198.51.100.7 | table sourcetype action user_name errorCode",
        .addon,
        [
          "aws:cloudwatch:guardduty|-|-|-", "aws:cloudwatchlogs:vpcflow|allowed|-|-",
          "aws:cloudtrail|created|ada|success",
        ]
      ),
      ("src_ip=198.51.100.7 | stats dc(sourcetype) by src_ip", .addon, ["198.51.100.7|3"]),
    ] as [(String, SplunkView, [String])])
  func `fields are called as the add-on calls those of each source`(
    text: String, view: SplunkView, expected: [String]
  ) throws {
    let logs = try MixedLogs(MixedLogs.files)
    let found = try logs.run(text, view: view)
    #expect(found.rows == expected)
    #expect(found.warnings == [])
  }

  @Test(arguments: [
    (
      "AWSVPCFlow | where Action == 'ACCEPT' | project TimeGenerated, End, SrcAddr, DstPort, Bytes, AccountId, Version, Type",
      [
        "2026-03-02T10:30:00.0000000Z|2026-03-02T10:31:00.0000000Z|198.51.100.7|22|1840|123456789012|2|AWSVPCFlow"
      ]
    ),
    ("AWSVPCFlow | where LogStatus == 'NODATA' | project SrcAddr, isnull(DstPort), Action", ["-|True|-"]),
    ("AWSGuardDuty | project ActivityType, Severity, Id", ["UnauthorizedAccess:EC2/SSHBruteForce|8|g-1"]),
    ("union AWSCloudTrail, AWSGuardDuty, AWSVPCFlow | count", ["5"]),
  ])
  func `the same files answer KQL`(text: String, expected: [String]) throws {
    let logs = try MixedLogs(MixedLogs.files)
    #expect(try logs.run(text, .kql).rows == expected)
  }

  @Test(arguments: [
    (
      "| tstats count values(All_Traffic.transport) from datamodel=Network_Traffic where All_Traffic.action=blocked by All_Traffic.dest_port",
      ["3389|1|tcp"]
    ),
    ("| tstats count from datamodel=Network_Traffic.Allowed_Traffic by All_Traffic.src", ["198.51.100.7|1"]),
    ("| tstats count from datamodel=Network_Traffic", ["2"]),
    (
      "| tstats count from datamodel=Alerts by Alerts.severity Alerts.severity_id Alerts.signature_id Alerts.type",
      ["high|8|UnauthorizedAccess:EC2/SSHBruteForce|alert|1"]
    ),
    (
      "| tstats count from datamodel=Intrusion_Detection by IDS_Attacks.category IDS_Attacks.dest_port",
      ["UnauthorizedAccess|22|1"]
    ),
    ("| tstats count from datamodel=Change by All_Changes.command", ["CreateUser|1"]),
  ])
  func `a data model reads the sources that have it, in either view`(text: String, expected: [String]) throws
  {
    let logs = try MixedLogs(MixedLogs.files)
    for view in SplunkView.allCases { #expect(try logs.run(text, view: view).rows == expected) }
  }

  @Test func `wildcards find the fields of the sources that a search reads`() throws {
    let logs = try MixedLogs(MixedLogs.files)
    let flow = try logs.run(
      "sourcetype=aws:cloudwatchlogs:vpcflow | fields src* | fieldsummary | table field")
    #expect(flow.rows == ["srcaddr", "srcport"])
    let trail = try logs.run(
      "sourcetype=aws:cloudtrail | fields src* *Name | fieldsummary | table field", view: .addon)
    #expect(
      trail.rows.contains("eventName") && trail.rows.contains("src_ip") && !trail.rows.contains("srcaddr"))
    #expect(!trail.rows.contains("src_port"))
  }

  @Test func `a name that only the add-on makes is said to be missing where no source has it`() throws {
    let logs = try MixedLogs(MixedLogs.files)
    #expect(
      try logs.run("sourcetype=aws:cloudtrail action=created | stats count").warnings == ["absent-field"])
    // A flow has an action of its own.
    #expect(try logs.run("action=ACCEPT | stats count").rows == ["1"])
    #expect(try logs.run("action=ACCEPT | stats count").warnings == [])
  }

  @Test func `files of sources that nothing reads are skipped by name`() throws {
    let logs = try MixedLogs(MixedLogs.files)
    let skipped = try logs.run("sourcetype=aws:cloudtrail version=2").report.skipped
    #expect(
      skipped.map { "\(($0.path as NSString).lastPathComponent): \($0.reason)" }.sorted() == [
        "finding.json: events of `AWSGuardDuty`, which nothing here reads",
        "flow.log: events of `AWSVPCFlow`, which nothing here reads",
      ])
  }

  @Test(arguments: SourceCatalog.sources.map(\.name))
  func `the sample of a source answers both languages`(name: String) throws {
    let source = try #require(SourceCatalog.sources.first { $0.name == name })
    let logs = try MixedLogs(["sample": source.sample + "\n"])
    #expect(
      try logs.run("\(source.table.name) | project isnull(\(source.table.timeColumn))", .kql).rows == [
        "False"
      ])
    let found = try logs.run("sourcetype=\(source.sourcetype) | where isnotnull(_time) | table _raw")
    #expect(found.rows == [source.sample])
    if let id = source.eventID { #expect(try logs.run("\(id)=* | stats count").rows == ["1"]) }
  }
}
