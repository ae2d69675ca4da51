import Engine
import Foundation
import LogSources
import Session
import Testing

/// CloudTrail as tables and consoles export it: rows that both languages read as events.
@Suite struct FlatRowTests {
  private static let names =
    "TimeGenerated,EventName,EventSource,AWSRegion,UserIdentityArn,UserIdentityType,RequestParameters,ReadOnly,AwsEventId"
    .split(separator: ",").map(String.init)

  private static let cells = [
    "2026-03-02T10:00:00Z", "CreateUser", "iam.amazonaws.com", "us-east-1",
    "arn:aws:iam::123456789012:user/ada",
    "IAMUser", #"{"userName":"bob"}"#, "false", "e-1",
  ]

  private static func quoted(_ text: String) -> String { "\"" + text.replacing("\"", with: "\\\"") + "\"" }

  private static func csv(_ rows: [[String]]) -> String {
    rows.map { row in
      row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
    }.joined(separator: "\n") + "\n"
  }

  private static func object(_ names: [String], _ cells: [String]) -> String {
    "{" + zip(names, cells).map { "\(quoted($0)):\(quoted($1))" }.joined(separator: ",") + "}"
  }

  private static func table(_ words: [String], head: String = "") -> String {
    let columns = names.map { #"{"\#(words[0])":"\#($0)","\#(words[1])":"string"}"# }.joined(separator: ",")
    let row = cells.map { $0 == "false" ? $0 : quoted($0) }.joined(separator: ",")
    return #"{\#(head)"\#(words[2])":[\#(columns)],"\#(words[3])":[[\#(row)]]}"#
  }

  private static let capitals = ["ColumnName", "ColumnType", "Columns", "Rows"]

  private static let identity =
    "{type=IAMUser, principalid=AIDA, arn=arn:aws:iam::123456789012:user/ada, invokedby=null, sessioncontext={attributes={mfaauthenticated=true, creationdate=2026-03-02T09:00:00Z}, sessionissuer=null}}"

  private static let lakeNames = [
    "eventversion", "useridentity", "eventtime", "eventsource", "eventname", "awsregion", "errorcode",
    "requestparameters", "eventid", "readonly",
  ]

  private static func lakeCells(_ parameters: String, _ time: String) -> [String] {
    [
      "1.09", identity, time, "iam.amazonaws.com", "CreateUser", "us-east-1", "null", parameters, "e-1",
      "false",
    ]
  }

  static let shapes: [(name: String, text: String)] = [
    ("portal CSV", csv([["TimeGenerated [UTC]"] + names.dropFirst(), cells])),
    ("NDJSON of a data export", object(names + ["Type"], cells + ["AWSCloudTrail"])),
    (
      "az",
      "[\n" + object(names + ["TableName"], cells.dropLast(2) + ["False", "e-1", "PrimaryResult"]) + "\n]"
    ),
    ("Log Analytics", #"{"tables":[\#(table(["name", "type", "columns", "rows"]))]}"#),
    ("Kusto v1", #"{"Tables":[\#(table(capitals, head: #""TableName":"Table_0","#))]}"#),
    (
      "Kusto v2",
      #"[{"FrameType":"DataSetHeader","Version":"v2.0"},"#
        + #"{"FrameType":"DataTable","TableKind":"QueryProperties","Columns":[{"ColumnName":"a"}],"Rows":[[1]]},"#
        + table(capitals, head: #""FrameType":"DataTable","TableKind":"PrimaryResult","#)
        + #",{"FrameType":"DataSetCompletion","HasErrors":false}]"#
    ),
    (
      "Kusto v2 in fragments",
      {
        let whole = table(capitals, head: #""FrameType":"TableHeader","TableKind":"PrimaryResult","#)
        let parts = whole.components(separatedBy: #","Rows":"#)
        return "[" + parts[0] + #"},{"FrameType":"TableFragment","TableFragmentType":"DataAppend","Rows":"#
          + parts[1] + #",{"FrameType":"TableCompletion","RowCount":1}]"#
      }()
    ),
    ("Athena", csv([lakeNames, lakeCells(#"{"userName":"bob"}"#, "2026-03-02T10:00:00Z")])),
    (
      "CloudTrail Lake",
      "# Execution Time: 1s\n" + csv([lakeNames, lakeCells("{userName=bob}", "2026-03-02 10:00:00.000")])
    ),
    (
      "an answer of CloudTrail Lake",
      #"{"QueryResultRows":[["#
        + zip(lakeNames, lakeCells("{userName=bob}", "2026-03-02 10:00:00.000"))
        .map { "{\(quoted($0)):\(quoted($1))}" }.joined(separator: ",") + "]]}"
    ),
    (
      "Athena as JSON",
      #"{"eventversion":"1.09","eventtime":"2026-03-02T10:00:00Z","eventname":"CreateUser","awsregion":"us-east-1","#
        + #""eventsource":"iam.amazonaws.com","useridentity":{"type":"IAMUser","arn":"arn:aws:iam::123456789012:user/ada"},"#
        + #""requestparameters":"{\"userName\":\"bob\"}","eventid":"e-1","readonly":"false"}"#
    ),
  ]

  @Test(arguments: shapes.indices)
  func `rows are events in both languages`(index: Int) throws {
    let (name, text) = Self.shapes[index]
    let logs = try MixedLogs(["log": text])
    let kql = try logs.run(
      "AWSCloudTrail | project TimeGenerated, EventName, EventSource, UserIdentityArn, UserIdentityType, User=tostring(parse_json(RequestParameters).userName), ReadOnly, ErrorCode, AwsEventId",
      .kql)
    #expect(
      kql.rows == [
        "2026-03-02T10:00:00.0000000Z|CreateUser|iam.amazonaws.com|arn:aws:iam::123456789012:user/ada|IAMUser|bob|False||e-1"
      ], "\(name)")
    let spl = try logs.run(
      "sourcetype=aws:cloudtrail userIdentity.arn=*ada | table _time eventName requestParameters.userName readOnly errorCode eventID"
    )
    #expect(spl.rows == ["1772445600|CreateUser|bob|false|-|e-1"], "\(name)")
    #expect(kql.report.rejected == 0 && kql.report.damaged.isEmpty && kql.report.skipped.isEmpty, "\(name)")
  }

  @Test func `the console's history has a name, an event and a time`() throws {
    let header =
      "User name,AWS access key,Event time,Event source,Event name,AWS region,Source IP address,User agent,Error code,Resources,Request ID,Event ID,Read-only,Event type,Recipient Account Id,Event category"
    let row =
      "ada,AKIA,2026-03-02T10:00:00Z,iam.amazonaws.com,CreateUser,us-east-1,198.51.100.7,cli,AccessDenied,[],r,e-1,false,AwsApiCall,123456789012,Management"
    let logs = try MixedLogs(["log.csv": header + "\n" + row + "\n" + row.dropLast(40) + "\n"])
    let kql = try logs.run(
      "AWSCloudTrail | project TimeGenerated, EventName, UserIdentityUserName, ErrorCode, ReadOnly", .kql)
    #expect(kql.rows == ["2026-03-02T10:00:00.0000000Z|CreateUser|ada|AccessDenied|False"])
    #expect(kql.report.rejected == 1)
    #expect(
      try logs.run("sourcetype=aws:cloudtrail | table userIdentity.userName sourceIPAddress eventCategory")
        .rows
        == ["ada|198.51.100.7|Management"])
  }

  @Test(
    arguments: [
      (["3/2/2026, 10:00:00.000 AM", "3/13/2026, 1:00:00.000 PM"], "2026-03-02", "month/day/year, as some"),
      (["3/2/2026, 10:00:00.000", "21/2/2026, 13:00:00.000"], "2026-02-03", "day/month/year, as some"),
      (["3/2/2026, 10:00:00.000 AM"], "2026-03-02", "no date tells day from month"),
      (["3/2/2026, 10:00:00.000"], "2026-02-03", "no date tells day from month"),
      (["2026-03-02T10:00:00Z"], "2026-03-02", nil),
    ] as [([String], String, String?)])
  func `day and month are told for a whole file, and said`(times: [String], first: String, note: String?)
    throws
  {
    let rows = times.map { [$0] + Self.cells.dropFirst() }
    let logs = try MixedLogs(["log.csv": Self.csv([["TimeGenerated [UTC]"] + Self.names.dropFirst()] + rows)])
    let found = try logs.run("AWSCloudTrail | summarize min(TimeGenerated)", .kql)
    let day = try logs.run(
      "AWSCloudTrail | where TimeGenerated between (datetime(\(first)) .. 1d) | count", .kql)
    #expect(day.rows == ["1"], "\(found.rows)")
    #expect(found.report.notes.count == (note == nil ? 0 : 1))
    if let note { #expect(found.report.notes[0].reason.contains(note)) }
    #expect(
      try logs.run("sourcetype=aws:cloudtrail | where isnotnull(_time) | stats count").rows == [
        "\(times.count)"
      ])
  }

  @Test func `an answer that replaces its rows, or ends with an error, is damaged`() throws {
    let good = Self.shapes[5].text
    for (old, new) in [
      (#""HasErrors":false"#, #""HasErrors":true"#),
      (#""TableKind":"PrimaryResult""#, #""TableFragmentType":"DataReplace""#),
    ] {
      let logs = try MixedLogs(["log": good.replacing(old, with: new)])
      #expect(try logs.run("AWSCloudTrail | count", .kql).report.damaged.count == 1, "\(new)")
    }
    let short = good.replacing(#","e-1"]"#, with: "]")
    #expect(try MixedLogs(["log": short]).run("AWSCloudTrail | count", .kql).report.rejected == 1)
  }

  @Test func `rows of other tables in an answer are theirs`() throws {
    let text =
      #"{"tables":[{"name":"PrimaryResult","columns":[{"name":"TimeGenerated"},{"name":"Type"},{"name":"Account"}],"#
      + #""rows":[["2026-03-02T10:00:00Z","SecurityEvent","ada"]]}]}"#
    let found = try MixedLogs(["log": text]).run("SecurityEvent | project Account", .kql)
    #expect(found.rows == ["ada"])
  }

  private static func ocsf(_ product: String = "CloudTrail", user: String, version: String = "1.1.0")
    -> String
  {
    #"{"class_uid":6003,"activity_name":"Create","api":{"operation":"CreateUser","service":{"name":"iam.amazonaws.com"},"#
      + #""request":{"uid":"r","data":"{\"userName\":\"bob\"}"},"response":{"error":"AccessDenied"}},"cloud":{"region":"us-east-1"},"#
      + #""actor":{"user":{"type":"IAMUser","name":"ada",\#(user)},"session":{"is_mfa":true,"created_time":1772442000000}},"#
      + #""metadata":{"product":{"name":"\#(product)","version":"1.09"},"uid":"e-1","version":"\#(version)"},"is_mfa":false,"#
      + #""src_endpoint":{"ip":"198.51.100.7"},"time":1772445600000,"time_dt":"2026-03-02T05:00:00.000-05:00","status":"Failure","#
      + #""resources":[{"uid":"arn:aws:iam::1:user/bob","account":{"uid":"1"},"type":"AWS::IAM::User"}],"#
      + #""unmapped":{"recipientAccountId":"123456789012","additionalEventData.MobileVersion":"No","readOnly":"false"}}"#
  }

  @Test(arguments: [
    #""uid":"arn:aws:iam::123456789012:user/ada","uid_alt":"AIDA","account":{"uid":"123456789012"}"#,
    #""uid":"AIDA","uuid":"arn:aws:iam::123456789012:user/ada","account_uid":"123456789012""#,
  ])
  func `events of Security Lake are what they were`(user: String) throws {
    let logs = try MixedLogs(["log": Self.ocsf(user: user) + "\n" + Self.ocsf(user: user)])
    let kql = try logs.run(
      "AWSCloudTrail | project TimeGenerated, EventName, EventSource, UserIdentityArn, UserIdentityPrincipalid, UserIdentityAccountId, User=tostring(parse_json(RequestParameters).userName), ReadOnly, ErrorCode, AwsEventId, SessionMfaAuthenticated, SessionCreationDate, MFA=tostring(parse_json(AdditionalEventData).MFAUsed), Resource=tostring(parse_json(Resources)[0].accountId) | distinct *",
      .kql)
    #expect(
      kql.rows == [
        "2026-03-02T10:00:00.0000000Z|CreateUser|iam.amazonaws.com|arn:aws:iam::123456789012:user/ada|AIDA|123456789012|bob|False|AccessDenied|e-1|True|2026-03-02T09:00:00.0000000Z|No|1"
      ])
    let spl = try logs.run(
      "sourcetype=aws:cloudtrail userIdentity.arn=*ada | table _time eventName requestParameters.userName additionalEventData.MobileVersion recipientAccountId sourceIPAddress | dedup _time"
    )
    #expect(spl.rows == ["1772445600|CreateUser|bob|No|123456789012|198.51.100.7"])
    #expect(kql.report.eventsRead == 2 && kql.report.rejected == 0 && kql.report.skipped.isEmpty)
    let cut = try MixedLogs(["log": Self.ocsf(user: user) + "\n" + Self.ocsf(user: user).dropLast(40)])
    let kept = try cut.run("AWSCloudTrail | count", .kql)
    #expect(kept.rows == ["1"] && kept.report.rejected == 1)
  }

  @Test func `events of another product in the same classes are none of CloudTrail`() throws {
    let logs = try MixedLogs(["log": Self.ocsf("Amazon EKS", user: #""uid":"x""#)])
    #expect(try logs.run("AWSCloudTrail | count", .kql).report.skipped.count == 1)
  }
}
