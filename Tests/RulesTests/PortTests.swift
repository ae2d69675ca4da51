import Diagnostics
import Engine
import Foundation
import Rules
import Session
import Testing

extension DetectionRule {
  static func rule(_ text: String, _ language: any FrontEnd) -> DetectionRule {
    RuleFile.rule(text, language: language, path: "rule")
  }
}

/// Rules that are written in the other language find the same rows.
@Suite struct PortTests {
  /// Events that differ in what languages take differently: nothing, "" and null, case, numbers in texts, lists and
  /// objects, letters that patterns have a meaning for.
  static let events = [
    #"{"eventVersion":"1.09","eventTime":"2026-03-02T10:00:00Z","eventSource":"iam.amazonaws.com","eventName":"CreateUser","eventID":"e1","awsRegion":"us-east-1","sourceIPAddress":"198.51.100.7","userAgent":"aws-cli/2.9 off command/iam.create-user","userIdentity":{"type":"IAMUser","userName":"ada","arn":"arn:aws:iam::123456789012:user/ada","accountId":"123456789012"},"requestParameters":{"userName":"bob","count":5,"open":true,"tags":[{"key":"a","value":"1"},{"key":"b","value":"2"}],"deep":{"name":"x","list":["p","q"]}},"resources":[{"ARN":"arn:r0","type":"T"},{"ARN":"arn:r1"}]}"#,
    #"{"eventVersion":"1.09","eventTime":"2026-03-02T10:20:00Z","eventSource":"iam.amazonaws.com","eventName":"createuser","eventID":"e2","awsRegion":"us-east-1","sourceIPAddress":"10.0.0.1","userAgent":"Boto3 100%_done","errorCode":"AccessDenied","errorMessage":"User: a is not authorized","userIdentity":{"type":"AssumedRole","arn":"arn:aws:sts::123456789012:assumed-role/ops/me@corp.org","sessionContext":{"attributes":{"mfaAuthenticated":"false"}}},"requestParameters":{"userName":"Bob","count":50,"open":false,"tags":[]}}"#,
    #"{"eventVersion":"1.09","eventTime":"2026-03-02T11:05:00Z","eventSource":"s3.amazonaws.com","eventName":"GetObject","eventID":"e3","awsRegion":"eu-west-1","sourceIPAddress":"198.51.100.7","userIdentity":{"type":"Root","userName":"","arn":"arn:aws:iam::123456789012:root","sessionContext":{"attributes":{"mfaAuthenticated":"true"}}},"requestParameters":null,"errorCode":""}"#,
    #"{"eventVersion":"1.09","eventTime":"2026-03-02T11:59:59Z","eventSource":"s3.amazonaws.com","eventName":"PutObject","eventID":"e4","awsRegion":"eu-west-1","sourceIPAddress":"198.51.100.8","userIdentity":{"type":"IAMUser","userName":"a\"b\\c","arn":"arn:aws:iam::123456789012:user/x/y"},"requestParameters":{"bucketName":"logs-*","key":"a/b/c.txt","policy":"{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\"},{\"Effect\":\"Deny\",\"Action\":\"s3:Get\"}]}"}}"#,
    #"{"eventVersion":"1.09","eventTime":"2026-03-02T12:00:00Z","eventSource":"iam.amazonaws.com","eventName":"DeleteUser","eventID":"e5","awsRegion":"us-east-1","sourceIPAddress":"198.51.100.7","userIdentity":{"type":"AWSService","invokedBy":"x.amazonaws.com"},"requestParameters":{"userName":"null","count":"7"}}"#,
  ]

  static let folder = written(events)
  /// A table of KQL does not tell an empty text from none, which SPL does.
  static let filled = written(
    events.map { $0.replacing(##","errorCode":"""##, with: "").replacing(##""userName":"","##, with: "") })

  private static func written(_ events: [String]) -> String {
    let url = FileManager.default.temporaryDirectory.appending(path: "trawl-port-\(UUID().uuidString)")
    try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    try? Data((events.joined(separator: "\n") + "\n").utf8).write(to: url.appending(path: "log.json"))
    return url.path
  }

  static func workspace(_ logs: String) -> Workspace {
    var configuration = WorkspaceConfiguration()
    configuration.logs = [logs]
    configuration.threads = 1
    return Workspace(configuration)
  }

  private func rule(_ text: String, _ language: any FrontEnd) -> DetectionRule { .rule(text, language) }

  /// Ports a rule, and compares its rows with those of the port.
  func proved(
    _ rule: DetectionRule, to target: any FrontEnd, logs: String = PortTests.folder
  ) throws -> (text: String, rows: Int, ported: DetectionRule) {
    let workspace = Self.workspace(logs)
    let port = try #require(workspace.port([rule], to: target, asksLogs: false).first)
    guard case .written(let ported, _) = port.outcome else {
      Issue.record("not ported: \(port.outcome)")
      throw CancellationError()
    }
    let run = try workspace.difference(of: [RulePair(old: rule, new: ported)], request: DifferenceRequest())
    let difference = try #require(run.rules.first)
    let results = difference.results
    #expect(!results.isEmpty, "\(ported.query.text)\n\(difference.outcome)")
    for result in results {
      #expect(
        !result.isDifferent,
        "\(ported.query.text)\nlost \(result.lost.map { result.old.row($0) }) gained \(result.gained.map { result.new.row($0) }) changed \(result.changed.map { (result.old.row($0.old), result.new.row($0.new)) }) only \(result.pairing.onlyOld) \(result.pairing.onlyNew)"
      )
    }
    return (ported.query.text, difference.oldRows, ported)
  }

  static let conditions = [
    #"EventName == "CreateUser""#, #"EventName =~ "CREATEUSER""#, #"EventName != "CreateUser""#,
    #"EventName !~ "createUSER""#, #"EventName in ("CreateUser", "GetObject")"#,
    #"EventName in~ ("createuser", "getobject")"#, #"EventName !in ("CreateUser", "DeleteUser")"#,
    #"EventName has "user""#, #"UserAgent has "iam""#, #"UserAgent !has "iam""#,
    #"UserAgent has_any ("boto3", "iam.create")"#, #"UserAgent has_all ("aws", "cli")"#,
    #"EventName contains "user""#, #"EventName contains_cs "User""#, #"UserAgent contains "100%_d""#,
    #"EventName startswith "create""#, #"EventName !startswith_cs "Create""#, #"EventName endswith "OBJECT""#,
    #"EventName matches regex "^(Get|Put)""#, "isempty(ErrorCode)", "isnotempty(ErrorCode)",
    "not(isempty(ErrorCode))",
    #"ErrorCode == """#, #"ErrorCode != "AccessDenied""#, #"not(ErrorCode == "AccessDenied")"#,
    #"not(ErrorCode =~ "accessdenied" or EventName == "GetObject")"#, #"UserIdentityUserName == "ada""#,
    #"UserIdentityUserName != "ada""#, #"UserIdentityUserName == "a\"b\\c""#,
    "SessionMfaAuthenticated == true",
    "SessionMfaAuthenticated != true", "SessionMfaAuthenticated",
    #"tostring(parse_json(RequestParameters).userName) == "bob""#,
    #"tostring(parse_json(RequestParameters).userName) =~ "bob""#,
    #"tostring(parse_json(RequestParameters).userName) contains "bo""#,
    "toint(parse_json(RequestParameters).count) > 6", "parse_json(RequestParameters).open == true",
    "parse_json(RequestParameters).open == false", #"RequestParameters has "bob""#,
    #"RequestParameters contains "deep""#,
    #"tostring(parse_json(Resources)[0].ARN) == "arn:r0""#,
    #"tostring(parse_json(RequestParameters).tags[1].key) == "b""#,
    #"UserIdentityArn has "root" or EventSource startswith "s3""#,
    "UserIdentityUserName == tostring(parse_json(RequestParameters).userName)", "TimeGenerated > ago(1h)",
    "TimeGenerated >= datetime(2026-03-02T11:05:00Z)",
    "TimeGenerated between (datetime(2026-03-02T10:20:00Z) .. datetime(2026-03-02T11:59:59Z))",
    "ipv4_is_private(SourceIpAddress)", #"ipv4_is_in_range(SourceIpAddress, "198.51.100.0/29")"#,
    #"case(EventName == "GetObject", true, EventSource has "iam", false, true)"#,
  ]

  @Test(arguments: conditions) func `a condition of KQL holds for the same events in SPL`(_ condition: String)
    throws
  {
    let query = "AWSCloudTrail | where \(condition) | project AwsEventId, EventName, ErrorCode"
    let first = try proved(rule(query, .kql), to: .spl)
    let opposite = "AWSCloudTrail | where not(\(condition)) | project AwsEventId"
    let second = try proved(rule(opposite, .kql), to: .spl)
    // A number that is missing is neither more nor less.
    let isTotal = first.rows + second.rows == Self.events.count
    #expect(
      isTotal || condition.contains(">") || condition == "SessionMfaAuthenticated",
      "\(first.text)\n\(second.text)")
    #expect(first.rows > 0 || second.rows > 0)
  }

  static let values = [
    "tolower(EventName)", "strlen(EventName)", "substring(EventName, 1, 3)",
    #"strcat(EventName, "-", ErrorCode)"#,
    #"split(UserIdentityArn, "/")[-1]"#, #"tostring(split(UserIdentityArn, ":", 5)[0])"#,
    #"iff(isempty(UserIdentityUserName), "none", UserIdentityUserName)"#,
    #"case(EventName has "x", 1, EventSource has "s3", 2, 3)"#,
    "coalesce(UserIdentityUserName, UserIdentityType)",
    #"replace_string(EventName, "User", "Person")"#, #"replace_regex(UserIdentityArn, @"\d+", "N")"#,
    #"extract(@"user/(\w+)", 1, UserIdentityArn)"#, #"indexof(UserIdentityArn, "user")"#,
    "toint(parse_json(RequestParameters).count) + 1", "7 / 2", "7.0 / 2", "-7 / 2", "strlen(EventName) % 4",
    "bin(TimeGenerated, 1h)", "bin(strlen(EventName), 5)", "TimeGenerated - 1h", "startofday(TimeGenerated)",
    "datetime_diff('minute', now(), TimeGenerated)", "parse_json(RequestParameters).deep",
    "RequestParameters",
    "tostring(parse_json(RequestParameters).tags)", "array_length(parse_json(RequestParameters).tags)",
    #"tostring(parse_json(tostring(parse_json(RequestParameters).policy)).Statement[0].Action)"#,
    #"bag_pack("name", EventName, "error", ErrorCode)"#, "SessionMfaAuthenticated",
    #"ErrorCode == "AccessDenied""#,
    "strlen(EventName) > 9 and isempty(ErrorCode)", #"strcat_array(split(EventSource, "."), "-")"#,
  ]

  @Test(arguments: values) func `a value of KQL is the same in SPL`(_ value: String) throws {
    let query = "AWSCloudTrail | extend v = \(value) | project AwsEventId, v"
    #expect(try proved(rule(query, .kql), to: .spl).rows == Self.events.count)
  }

  static let queries = [
    "AWSCloudTrail | summarize n = count() by EventSource, ErrorCode",
    "AWSCloudTrail | summarize n = count(), d = dcount(UserIdentityUserName), start = min(TimeGenerated), names = make_set(EventName) by bin(TimeGenerated, 1h)",
    "AWSCloudTrail | summarize bad = countif(ErrorCode != ''), all = count() by UserIdentityType",
    "AWSCloudTrail | summarize arg_max(TimeGenerated, EventName, UserIdentityUserName) by EventSource",
    "AWSCloudTrail | distinct EventSource, UserIdentityUserName", "AWSCloudTrail | count",
    "AWSCloudTrail | extend a = EventName, b = EventSource | extend a = b, b = a | project AwsEventId, a, b",
    "AWSCloudTrail | project X = EventName, Y = EventName, AwsEventId",
    "AWSCloudTrail | mv-expand r = parse_json(Resources) | project AwsEventId, arn = tostring(r.ARN)",
    "AWSCloudTrail | mv-expand t = parse_json(RequestParameters).tags | project AwsEventId, k = tostring(t.key), v = t.value",
    "let bad = AWSCloudTrail | where isnotempty(ErrorCode) | summarize n = count() by SourceIpAddress; AWSCloudTrail | join kind=leftouter bad on SourceIpAddress | project AwsEventId, SourceIpAddress, n",
    "let roots = AWSCloudTrail | where UserIdentityType == 'Root'; AWSCloudTrail | join kind=inner (roots | project SourceIpAddress, RootEvent = EventName) on SourceIpAddress | project AwsEventId, RootEvent",
    "AWSCloudTrail | join kind=leftanti (AWSCloudTrail | where EventName == 'GetObject') on SourceIpAddress | project AwsEventId",
    "AWSCloudTrail | join kind=leftsemi (AWSCloudTrail | where EventName == 'GetObject') on SourceIpAddress | project AwsEventId",
    "AWSCloudTrail | where EventSource has 'iam' | project AwsEventId, Kind = 'iam' | union (AWSCloudTrail | where EventSource has 's3' | project AwsEventId, Kind = 's3')",
    "AWSCloudTrail | where EventName has 'x' | summarize n = count()",
    "AWSCloudTrail | sort by TimeGenerated asc | take 2 | project AwsEventId",
    "AWSCloudTrail | top 2 by TimeGenerated desc | project AwsEventId, TimeGenerated",
    "AWSCloudTrail", "AWSCloudTrail | where Type == 'AWSCloudTrail' | project-away _BilledSize",
  ]

  @Test(arguments: queries) func `a query of KQL gives the same rows in SPL`(_ query: String) throws {
    _ = try proved(rule(query, .kql), to: .spl)
  }

  static let searches = [
    "eventName=CreateUser | table eventID eventName", "eventName=Create* NOT errorCode=* | table eventID",
    #"eventName IN ("createuser", "getobject") | table eventID"#, "errorCode!=AccessDenied | table eventID",
    "NOT errorCode=AccessDenied | table eventID",
    "userIdentity.userName=* | table eventID userIdentity.userName",
    "requestParameters.count>6 | table eventID", #"| where eventName!="GetObject" | table eventID"#,
    #"| where NOT (errorCode="AccessDenied") | table eventID errorCode"#,
    "| where isnull(errorCode) | table eventID",
    #"| where like(eventName, "%User") | table eventID"#,
    #"| where match(userAgent, "iam|100%_") | table eventID"#,
    #"| where NOT match(userAgent, "iam") | table eventID"#,
    #"| where cidrmatch("198.51.100.0/29", sourceIPAddress) | table eventID"#,
    #"| where in(eventName, "CreateUser", "GetObject") | table eventID"#,
    #"| eval who=coalesce('userIdentity.userName', 'userIdentity.type', "?") | table eventID who"#,
    #"| eval x=if(isnull(errorCode), "fine", errorCode), n=len(eventName), s=substr(eventName, 2, 3) | table eventID x n s"#,
    #"| eval x=case(eventName="GetObject", 1, like(eventSource, "iam%"), 2, true(), 3) | table eventID x"#,
    #"| eval x=eventName."/".errorCode, y=lower(eventName), z=round(7/2, 1) | table eventID x y z"#,
    #"| eval last=mvindex(split('userIdentity.arn', "/"), -1) | table eventID last"#,
    #"| eval x=replace('userIdentity.arn', "[0-9]+", "N") | table eventID x"#,
    #"| rex field=userIdentity.arn "user/(?<who>\w+)" | table eventID who"#,
    #"| eval age=now()-_time, h=strftime(_time, "%Y-%m-%d %H") | table eventID h"#,
    "| bin _time span=1h | stats count dc(userIdentity.userName) as users values(eventName) as names by _time",
    "| stats count min(_time) as first max(_time) as last by eventSource errorCode",
    "| stats count(errorCode) as n",
    #"| stats count(eval(errorCode="AccessDenied")) as bad count by userIdentity.type"#,
    "| stats latest(eventName) as name earliest(errorCode) as error by eventSource",
    "| eventstats count as n by eventSource | where n>2 | table eventID n",
    "| eventstats dc(eventName) as n | table eventID n",
    "| dedup eventSource | table eventID", "| sort - _time | head 2 | table eventID",
    "| rename userIdentity.type as kind | stats count by kind",
    "| spath input=requestParameters.policy output=action path=Statement{0}.Action | table eventID action",
    "| fillnull value=none errorCode | stats count by errorCode",
    "| join type=left sourceIPAddress [search sourcetype=aws:cloudtrail errorCode=AccessDenied | stats count as bad by sourceIPAddress] | table eventID bad",
    #"earliest=-1h | table eventID"#, #"AccessDenied | table eventID"#,
  ]

  @Test(arguments: searches) func `a search gives the same rows in KQL`(_ search: String) throws {
    let rule = rule("index=* sourcetype=aws:cloudtrail \(search)", .spl)
    _ = try proved(rule, to: .kql, logs: Self.filled)
  }

  @Test func `a time that is shown as a text is written once`() throws {
    let search = """
      index=aws sourcetype=aws:cloudtrail
      | stats min(_time) as firstTime by eventSource
      | convert timeformat="%Y-%m-%dT%H:%M:%S" ctime(firstTime)
      """
    let there = try proved(rule(search, .spl), to: .kql)
    let text = there.text
    let back = try proved(there.ported, to: .spl).text
    #expect(back.contains(#"eval firstTime=strftime(firstTime, "%Y-%m-%dT%H:%M:%S")"#), "\(back)")
    #expect(
      text.contains(
        #"extend firstTime = replace_string(format_datetime(firstTime, "yyyy-MM-dd HH:mm:ss"), " ", "T")"#),
      "\(text)")
  }

  @Test(arguments: queries.filter { $0 != "AWSCloudTrail" })
  func `a query that goes to SPL and back gives its rows`(
    _ query: String
  ) throws {
    let there = try proved(rule(query, .kql), to: .spl).ported
    // What comes back may be refused by name; it never gives other rows.
    let port = try #require(Self.workspace(Self.folder).port([there], to: .kql, asksLogs: false).first)
    guard port.ported != nil else { return }
    _ = try proved(there, to: .kql, logs: Self.filled)
  }

  @Test(arguments: ["examples/bursts", "examples/enable-then-abuse"])
  func `shipped rules keep their rows`(_ logs: String) throws {
    let workspace = ExampleFolders.workspace(logs)
    var count = 0
    for rule in ExampleFolders.shippedRules {
      let target: any FrontEnd = rule.language.name == "kql" ? .spl : .kql
      let port = try #require(workspace.port([rule], to: target, asksLogs: true).first)
      if case .misspelled(let text, let failure) = port.outcome { Issue.record("\(text)\n\(failure)") }
      guard let ported = port.ported else { continue }
      let run = try workspace.difference(of: [RulePair(old: rule, new: ported)], request: DifferenceRequest())
      let found = try #require(run.rules.first)
      #expect(found.results.allSatisfy { !$0.isDifferent }, "\(rule.path)\n\(ported.query.text)")
      count += 1
      #expect(ported.metadata.severity == rule.metadata.severity)
      #expect(ported.metadata.techniques == rule.metadata.techniques)
    }
    #expect(count >= 6)
  }

  @Test(arguments: [
    ("AWSCloudTrail | serialize | extend p = prev(EventName)", "prev"),
    ("SigninLogs | take 1", "SigninLogs"),
    ("AWSCloudTrail | summarize percentile(strlen(EventName), 95)", "percentile"),
    ("AWSCloudTrail | make-series count() on TimeGenerated step 1h", "make-series"),
  ]) func `what SPL cannot say is refused by name`(_ query: String, _ name: String) throws {
    let port = try #require(
      Self.workspace(Self.folder).port([rule(query, .kql)], to: .spl, asksLogs: false).first)
    guard case .refused(let refusal) = port.outcome else {
      Issue.record("\(port.outcome)")
      return
    }
    #expect(refusal.reason.contains(name), "\(refusal.reason)")
  }

  @Test func `a port is written as people write`() throws {
    let query = """
      AWSCloudTrail
      | where EventSource =~ "ses.amazonaws.com" and isempty(ErrorCode)
      | summarize Calls = count() by UserIdentityArn, bin(TimeGenerated, 1h)
      | where Calls > 1
      | sort by Calls desc
      """
    let text = try proved(rule(query, .kql), to: .spl).text
    #expect(
      text.hasSuffix(
        """
        index=* sourcetype="aws:cloudtrail" eventSource="ses.amazonaws.com"
        | where coalesce(errorCode, "")=""
        | bin _time span=1h
        | fillnull value="" userIdentity.arn
        | stats count as Calls by userIdentity.arn _time
        | where Calls>1
        | sort 0 - Calls
        | rename userIdentity.arn as UserIdentityArn, _time as TimeGenerated
        | table UserIdentityArn TimeGenerated Calls

        """), "\(text)")
    let search = """
      index=aws sourcetype=aws:cloudtrail eventSource=ses.amazonaws.com NOT errorCode=*
      | stats count as Calls by userIdentity.arn
      | where Calls>1
      """
    #expect(
      try proved(rule(search, .spl), to: .kql).text.hasSuffix(
        """
        AWSCloudTrail
        | where EventSource =~ "ses.amazonaws.com" and isempty(ErrorCode)
        | where isnotempty(UserIdentityArn)
        | summarize Calls = count() by ['userIdentity.arn'] = UserIdentityArn
        | where Calls > 1
        | project ["userIdentity.arn"], Calls

        """.replacing("['userIdentity.arn']", with: "[\"userIdentity.arn\"]")))
  }

  @Test func `constants keep their names where the search can have them, and the comments before them`()
    throws
  {
    let query = """
      // title: t

      // more than this is much
      let threshold = 1;
      let names = dynamic(["CreateUser", "GetObject"]);
      let quiet = 2 * 1h;
      AWSCloudTrail
      | where EventName in~ (names) or TimeGenerated - quiet > datetime(2026-03-02)
      | summarize n = count() by EventSource
      | where n > threshold
      """
    let there = try proved(rule(query, .kql), to: .spl)
    #expect(there.text.contains("``` more than this is much ```\n| eval threshold=1\n| where n>threshold\n"))
    #expect(there.text.contains(#"in(lower(eventName), "createuser", "getobject")"#))
    #expect(there.text.contains("| eval quiet=7200\n"))
    let back = try proved(there.ported, to: .kql, logs: Self.filled)
    #expect(back.text.contains("let threshold = 1;\n"), "\(back.text)")
    #expect(back.text.contains("| where n > threshold\n"), "\(back.text)")
  }

  @Test(arguments: [
    "let known = AWSCloudTrail | where EventName == 'GetObject' | project SourceIpAddress; AWSCloudTrail | where EventSource has 'iam' and SourceIpAddress in (known) | project AwsEventId",
    "let known = AWSCloudTrail | where EventName == 'GetObject' | project SourceIpAddress; AWSCloudTrail | where SourceIpAddress !in (known) | project AwsEventId",
    "let most = toscalar(AWSCloudTrail | summarize count() by EventSource | summarize max(count_)); AWSCloudTrail | summarize n = count() by EventSource | where n == most",
    "let oldest = toscalar(AWSCloudTrail | sort by TimeGenerated asc | project EventName); AWSCloudTrail | where EventName != oldest | project AwsEventId, oldest",
    #"AWSCloudTrail | parse UserIdentityArn with * ":user/" Name | project AwsEventId, Name"#,
    #"AWSCloudTrail | parse UserAgent with Tool "/" Major:long "." * | where Major == 2 | project AwsEventId, Tool, Major"#,
    #"AWSCloudTrail | parse kind=regex flags=i UserAgent with * "aws-c[a-z]+/" Version " " * | project AwsEventId, Version"#,
    "AWSCloudTrail | summarize n = count() by code = toint(parse_json(RequestParameters).count) | where isnull(code) or code > 6",
    #"AWSCloudTrail | join kind=leftouter (datatable(EventName:string, note:string)['GetObject', 'a, "b"', 'PutObject', 'c']) on EventName | project AwsEventId, note"#,
    "AWSCloudTrail | where TimeGenerated between (datetime(2026-03-02T10:20:00Z) .. 40m) | project AwsEventId",
    "print a = 1, b = 'x'", "union AWSCloudTrail, AWSCloudTrail | count",
  ]) func `what other rows or a pattern tell goes along`(_ query: String) throws {
    #expect(try proved(rule(query, .kql), to: .spl).rows > 0)
  }

  @Test func `a constant that has the name of a field keeps its value alone`() throws {
    let query = "let eventName = 1; AWSCloudTrail | summarize n = count() by EventName | where n >= eventName"
    let text = try proved(rule(query, .kql), to: .spl).text
    #expect(text.contains("| where n>=1\n"), "\(text)")
  }

  @Test func `what the head of a rule says without a key goes along`() throws {
    let query = """
      // T1098: who makes users
      // author: Ada, https://example.com/rules
      // as seen in the wild
      AWSCloudTrail | count
      """
    let text = try proved(rule(query, .kql), to: .spl).ported.file.text
    #expect(text.contains("T1098: who makes users\n") && text.contains("as seen in the wild\n"), "\(text)")
    #expect(text.contains("author: Ada, https://example.com/rules\n"), "\(text)")
  }

  @Test func `comments go with the stages that they stand before`() throws {
    let query = """
      // title: t

      AWSCloudTrail
      // only what failed
      | where isnotempty(ErrorCode) // of any kind
      | summarize n = count() by EventName
      """
    let there = try proved(rule(query, .kql), to: .spl)
    #expect(there.text.contains("``` only what failed ```\n| where errorCode!=\"\"\n"))
    #expect(there.text.contains("``` of any kind ```"))
    let back = try proved(there.ported, to: .kql, logs: Self.filled)
    #expect(back.text.contains("// only what failed\n| where "))
    #expect(!back.text.contains("// title: t\n|"))
  }
}
