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

  @Test func `each union leg has its way to fire`() throws {
    let made = try made(
      "union (AWSCloudTrail | where EventName == 'A'), (AWSCloudTrail | where EventName == 'B')", .kql)
    #expect(made.cases.count { $0.fires } == 2)
  }
}

/// Shipped rules get logs that they fire on.
@Suite struct ShippedRuleEventsTests {
  @Test(arguments: [
    "bedrock-llmjacking.kql", "enable-then-abuse.kql", "high-volume-ses.kql",
    "splunk-cloud-service-hijacking.spl", "sentinel-compromised-cloud-account.kql",
  ])
  func `a shipped rule`(name: String) throws {
    let rule = try #require(ExampleFolders.shippedRules.first { $0.path.hasSuffix("/\(name)") })
    let made = try Workspace(WorkspaceConfiguration()).events(for: rule)
    #expect(made.failure == nil && made.fires, "\(made.reasons)")
    let answered = made.answers.count { $0.cases > 0 }
    #expect(answered * 5 >= made.answers.count * 4, "\(made.answers.filter { $0.cases == 0 })")
  }
}
