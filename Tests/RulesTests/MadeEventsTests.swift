import Foundation
import Rules
import Session
import Testing

/// Events made from plans: whatever is claimed was run.
@Suite struct MadeEventsTests {
  private func made(_ text: String, _ language: any FrontEnd) throws -> MadeEvents {
    try Workspace(WorkspaceConfiguration()).events(for: RuleFile.rule(text, language: language, path: "rule"))
  }

  /// Conditions that go through the ways in which rules read their events.
  @Test(arguments: [
    #"AWSCloudTrail | extend p = parse_json(RequestParameters) | where p.policy has "Allow" and p.names[1] == "b""#,
    #"AWSCloudTrail | where tostring(split(UserIdentityArn, "/")[-1]) == "root" and UserIdentityArn startswith "arn:aws""#,
    #"AWSCloudTrail | extend who = iff(isempty(UserIdentityUserName), UserIdentityArn, UserIdentityUserName) | where who =~ "Eve""#,
    #"AWSCloudTrail | where UserAgent matches regex @"^kali/\d{2,}\.[a-f]+$""#,
    #"AWSCloudTrail | where ipv4_is_in_range(SourceIpAddress, "10.1.0.0/16")"#,
    #"AWSCloudTrail | extend n = toint(parse_json(RequestParameters).maxSessionDuration) | where n between (10 .. 20)"#,
    #"AWSCloudTrail | extend b = extract(@"bucket/([a-z]+)", 1, RequestParameters) | where b == "secret""#,
    #"AWSCloudTrail | mv-expand i = parse_json(RequestParameters).items | where i.cidrIp == "0.0.0.0/0""#,
    #"AWSCloudTrail | summarize n = dcount(EventName) by SourceIpAddress | where n >= 7"#,
    #"AWSCloudTrail | where EventName in ("A", "B", "C") | summarize n = dcount(EventName) by UserIdentityArn | where n > 2"#,
    #"AWSCloudTrail | where EventName == "CreateUser" | join kind=inner (AWSCloudTrail | where EventName == "AttachUserPolicy") on UserIdentityArn"#,
    #"AWSCloudTrail | where EventName == "A" | join kind=leftanti (AWSCloudTrail | where EventName == "B") on UserIdentityArn"#,
    #"union (AWSCloudTrail | where EventName == "A"), (AWSCloudTrail | where EventName == "B" and AWSRegion != "us-east-1")"#,
  ])
  func `KQL`(rule: String) throws {
    let made = try made(rule, .kql)
    #expect(made.fires, "\(made.reasons)")
    #expect(made.cases.contains { !$0.fires }, "\(made.answers)")
  }

  @Test(arguments: [
    #"sourcetype=aws:cloudtrail eventName=Put* requestParameters.bucketName="*-prod" NOT errorCode=*"#,
    #"sourcetype=aws:cloudtrail | rex field=userIdentity.arn "user/(?<who>\w+)$" | where who="mallory""#,
    #"sourcetype=aws:cloudtrail | spath input=_raw path=requestParameters.rules{}.port output=port | where port=22"#,
    #"sourcetype=aws:cloudtrail | eval who=mvindex(split('userIdentity.arn', "/"), -1) | search who=eve"#,
    #"sourcetype=aws:cloudtrail | eval kind=case(eventName="A", "first", eventName="B", "second") | where kind="second""#,
    #"sourcetype=aws:cloudtrail errorCode=AccessDenied | stats count dc(eventName) as names by userIdentity.arn | where count > 5 AND names >= 3"#,
    #"sourcetype=aws:cloudtrail | where like(userAgent, "%hydra%") AND isnull(errorCode)"#,
  ])
  func `SPL`(rule: String) throws {
    let made = try made(rule, .spl)
    #expect(made.fires, "\(made.reasons)")
    #expect(made.cases.contains { !$0.fires }, "\(made.answers)")
  }

  @Test func `a threshold has a near miss one below, and its log has just enough`() throws {
    let made = try made("AWSCloudTrail | summarize n = count() by EventName | where n >= 12", .kql)
    #expect(made.cases.first { $0.fires }?.count == 12)
    #expect(made.cases.contains { !$0.fires && $0.count == 11 })
  }

  @Test func `more distinct addresses than a network has`() throws {
    let made = try made(
      "AWSCloudTrail | summarize n = dcount(SourceIpAddress) by UserIdentityArn | where n > 300", .kql)
    #expect(made.cases.first { $0.fires }?.count == 301, "\(made.reasons)")
  }

  @Test(arguments: [
    // Each term has many ways to its value, and each of them as many with the next.
    #"AWSCloudTrail | where strlen(EventName) + strlen(EventSource) + strlen(UserAgent) + strlen(AWSRegion) + strlen(UserIdentityArn) + strlen(SourceIpAddress) + strlen(ErrorCode) == 1234"#,
    #"AWSCloudTrail | where iff(EventName == "A", 1, 0) + iff(EventSource == "B", 2, 0) + iff(UserAgent == "C", 4, 0) + iff(AWSRegion == "D", 8, 0) + iff(ErrorCode == "E", 16, 0) == 31"#,
  ])
  func `ways that multiply end`(rule: String) throws {
    let start = ContinuousClock.now
    _ = try made(rule, .kql)
    #expect(ContinuousClock.now - start < .seconds(60))
  }

  /// A count on one side of a join and what it is compared with on the other.
  @Test func `what no single event meets on both sides of a join is left to more of them`() throws {
    let made = try made(
      """
      let all = AWSCloudTrail | summarize n = count() by UserIdentityArn, EventSource;
      let floor = all | summarize least = min(n) by UserIdentityArn;
      all | join kind=inner floor on UserIdentityArn | where n + least > 30
      """, .kql)
    #expect(made.fires, "\(made.reasons)")
  }

  @Test func `a statement of a policy in a text is found by its parts`() throws {
    let made = try made(
      """
      sourcetype=aws:cloudtrail | spath input=requestParameters.policy output=s path=Statement{} | mvexpand s
      | spath input=s output=a path=Action | spath input=s output=p path=Principal.AWS
      | search a="kms:Encrypt" p=*
      """, .spl)
    #expect(made.fires && made.answers.allSatisfy { $0.cases > 0 }, "\(made.reasons) \(made.answers)")
  }

  @Test func `what a field is filled with by any event moves no event`() throws {
    let made = try made(
      """
      sourcetype=aws:cloudtrail | eval at=if(eventName="CreateTopic", _time, null()) | sort 0 _time
      | streamstats current=f max(at) as before by userIdentity.arn
      | where eventName="Publish" AND _time - before <= 600
      """, .spl)
    #expect(made.fires && made.cases.first?.count == 2, "\(made.reasons)")
  }

  @Test func `flow logs have a record to begin with`() throws {
    let made = try made(
      """
      AWSVPCFlow | where TimeGenerated > ago(1h) and Action == "REJECT"
      | summarize n = dcount(DstAddr) by SrcAddr | where n > 25
      """, .kql)
    #expect(made.fires && made.answers.allSatisfy { $0.cases > 0 }, "\(made.reasons) \(made.answers)")
  }

  @Test func `ways to fire beyond those that are written are told`() throws {
    let legs = (1...10).map { "(AWSCloudTrail | where EventName == 'Call\($0)')" }.joined(separator: ", ")
    let made = try made("union \(legs)", .kql)
    #expect(made.cases.count { $0.fires } == 8)
    #expect(made.untriedWays == 2 && made.reasons.isEmpty)
    let last = try #require(made.answers.first { $0.condition.text.contains("Call10") })
    #expect(last.reason == "it stands in a way to fire that was not tried")
  }

  /// What groups, lists and other rows tell.
  @Test(arguments: [
    #"AWSCloudTrail | where EventName in ("A", "B", "C") | summarize names = make_set(EventName) by SourceIpAddress | where array_length(names) >= 3"#,
    #"AWSCloudTrail | summarize Failed = countif(ErrorCode == "Denied"), Ok = countif(isempty(ErrorCode)) by SourceIpAddress | where Failed > 5 and Ok > 0"#,
    #"AWSCloudTrail | summarize arg_max(TimeGenerated, *) by UserIdentityArn | where EventName == "DeleteTrail""#,
    #"let bad = toscalar(datatable(ip: string)["192.0.2.9"] | summarize make_list(ip)); AWSCloudTrail | where SourceIpAddress in (bad)"#,
    #"let bad = AWSCloudTrail | where EventName == "StopLogging" | distinct SourceIpAddress; AWSCloudTrail | where EventName == "CreateUser" | where SourceIpAddress in (bad)"#,
    #"let a = AWSCloudTrail | where EventName == "A" | project UserIdentityArn, step = "a"; let b = AWSCloudTrail | where EventName == "B" | project UserIdentityArn, step = "b"; union a, b | summarize steps = dcount(step) by UserIdentityArn | where steps == 2"#,
    #"AWSCloudTrail | where EventName == "CreateUser" | join kind=leftanti (AWSCloudTrail | where EventName startswith "Create" and isempty(ErrorCode)) on SourceIpAddress"#,
    #"let all = AWSCloudTrail | where EventName == "ConsoleLogin"; all | where TimeGenerated > ago(2d) | join kind=leftanti (all | where TimeGenerated > ago(1d)) on UserIdentityArn"#,
    #"AWSCloudTrail | where EventName == "CreateUser" | join kind=leftouter (AWSCloudTrail | where EventName startswith "Create" | summarize c = count() by SourceIpAddress) on SourceIpAddress | where isnull(c) or c > 3"#,
    #"AWSCloudTrail | extend done = case(EventName has "Create", "made", EventName has "Delete", "gone", "other") | where done != "other""#,
    #"AWSCloudTrail | where not(ipv4_is_private(UserIdentityUserName) or UserIdentityUserName == "127.0.0.1")"#,
    #"AWSCloudTrail | extend part = extract(@"\s([a-f0-9]{20}\S+)$", 1, UserAgent) | where isnotempty(part)"#,
    // A text in a text in a text doubles with each step.
    #"DeviceProcessEvents | where ProcessCommandLine has_any ("net view", "arp -a") | summarize found = make_set(ProcessCommandLine) by DeviceName | where array_length(found) > 3"#,
  ])
  func `groups, lists and other rows`(rule: String) throws {
    let made = try made(rule, .kql)
    #expect(made.fires && made.cases.contains { !$0.fires }, "\(made.reasons) \(made.answers)")
  }

  @Test func `a rule that stops is not said to find nothing`() throws {
    let made = try made(
      "AWSCloudTrail | where EventName == 'A' | extend l = repeat(EventName, 100000000)", .kql)
    #expect(!made.fires)
    let reason = try #require(made.reasons.first)
    #expect(
      made.reasons.count == 1 && reason.hasPrefix("the rule stopped on events that meet its conditions: "))
    #expect(reason.contains("1,048,576"))
  }

  @Test func `a rule that alerts from several rows on gets so many`() throws {
    let rule = RuleFile.rule(
      "// trigger: gt 3\nAWSCloudTrail | where EventName == 'A'", language: .kql, path: "rule.kql")
    let made = try Workspace(WorkspaceConfiguration()).events(for: rule)
    #expect(made.cases.first { $0.fires }?.count == 4, "\(made.reasons)")
  }

  @Test func `each union leg has its way to fire`() throws {
    let made = try made(
      "union (AWSCloudTrail | where EventName == 'A'), (AWSCloudTrail | where EventName == 'B')", .kql)
    #expect(made.cases.count { $0.fires } == 2)
  }
}

/// Every shipped rule gets a log that it fires on.
@Suite struct ShippedRuleEventsTests {
  @Test(arguments: ExampleFolders.shippedRules.map { String($0.path.split(separator: "/").last ?? "") })
  func `a shipped rule`(name: String) throws {
    let rule = try #require(ExampleFolders.shippedRules.first { $0.path.hasSuffix("/\(name)") })
    let made = try Workspace(WorkspaceConfiguration()).events(for: rule)
    #expect(made.failure == nil && made.fires, "\(made.reasons)")
    let answered = made.answers.count { $0.cases > 0 }
    #expect(answered * 5 >= made.answers.count * 4, "\(made.answers.filter { $0.cases == 0 })")
  }
}
