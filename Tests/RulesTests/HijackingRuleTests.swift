import Testing

/// The Sentinel rule for T1496.004: what each of its branches counts, and its limits to the call and the second.
@Suite struct HijackingRuleTests {
  private func rows(_ events: [String], now: String? = nil) throws -> [[String: String]] {
    try ShippedRule("sentinel-cloud-service-hijacking.kql").rows(events, now: now)
  }

  @Test(arguments: [
    ("ses", "SendEmail", 100, "AWS SES"), ("ses", "SendRawEmail", 100, "AWS SES"),
    ("ses", "SendBulkTemplatedEmail", 100, "AWS SES"), ("ses", "SendBulkEmail", 100, "AWS SES"),
    ("ses", "SendTemplatedEmail", 100, "AWS SES"), ("sns", "Publish", 200, "AWS SNS"),
    ("sns", "PublishBatch", 200, "AWS SNS"), ("bedrock", "InvokeModel", 50, "AWS Bedrock"),
    ("bedrock", "InvokeModelWithResponseStream", 50, "AWS Bedrock"),
    ("bedrock", "CreateModelInvocationJob", 50, "AWS Bedrock"), ("bedrock", "InvokeAgent", 50, "AWS Bedrock"),
  ])
  func `each call counts, and one more than the threshold fires`(
    _ service: String, _ name: String, _ threshold: Int, _ abused: String
  ) throws {
    let call = Call(source: "\(service).amazonaws.com", name: name)
    #expect(try rows(call.times(threshold)).isEmpty)
    let found = try rows(call.times(threshold + 1))
    #expect(found.count == 1)
    #expect(found.first?["EventCount"] == String(threshold + 1))
    #expect(found.first?["ServiceAbused"] == abused)
    #expect(found.first?["RiskLevel"] == "High")
  }

  @Test func `a service in another case is the same service, another call or service is not`() throws {
    #expect(try rows(Call(source: "SES.AmazonAWS.com").times(101)).count == 1)
    #expect(try rows(Call(name: "sendemail").times(101)).isEmpty)
    #expect(try rows(Call(source: "sns.amazonaws.com").times(300)).isEmpty)
  }

  @Test func `different calls of a service add up, failed ones do not count`() throws {
    let mixed = Call().times(60) + Call(name: "SendRawEmail").times(41)
    #expect(try rows(mixed).first?["EventCount"] == "101")
    #expect(try rows(Call().times(100) + Call(error: "AccessDenied").times(50)).isEmpty)
  }

  @Test(
    arguments: [
      ("sentinel-cloud-service-hijacking", "ses", "SendEmail", 100),
      ("sentinel-cloud-service-hijacking", "sns", "Publish", 200),
      ("sentinel-cloud-service-hijacking", "bedrock", "InvokeModel", 50),
      ("high-volume-ses", "ses", "SendEmail", 100), ("high-volume-sns", "sns", "Publish", 200),
      ("bedrock-llmjacking", "bedrock", "InvokeModel", 50),
    ], ["arn", "type", "address", "region", "hour"])
  func `each combination of a row's keys is counted by itself`(
    _ rule: (file: String, service: String, name: String, threshold: Int), _ key: String
  ) throws {
    let call = Call(source: "\(rule.service).amazonaws.com", name: rule.name)
    let other = call.with { call in
      switch key {
      case "arn": call.arn = "arn:aws:iam::111122223333:user/b"
      case "type": call.type = "AssumedRole"
      case "address": call.address = "192.0.2.2"
      case "region": call.region = "eu-west-1"
      default: call.second = 3600
      }
    }
    let shipped = try ShippedRule("\(rule.file).kql")
    #expect(try shipped.rows(call.times(rule.threshold) + other.times(rule.threshold)).isEmpty)
    #expect(try shipped.rows(call.times(rule.threshold + 1) + other.times(rule.threshold + 1)).count == 2)
  }

  @Test func `the last 24 hours count, from just after their first moment`() throws {
    let calls = Call().times(101)
    #expect(try rows(calls, now: "2026-03-03T09:59:59Z").count == 1)
    #expect(try rows(calls, now: "2026-03-03T10:00:00Z").isEmpty)
  }

  @Test func `a row says when and how often`() throws {
    let calls = Call().times(50) + Call(second: 3599).times(51)
    let row = try #require(try rows(calls).first)
    #expect(row["TimeGenerated"] == "2026-03-02T10:00:00.0000000Z")
    #expect(row["FirstSeen"] == "2026-03-02T10:00:00.0000000Z")
    #expect(row["LastSeen"] == "2026-03-02T10:59:59.0000000Z")
    #expect(row["UniqueIPs"] == "1")
    #expect(row["AttackPattern"] == "High-Volume Email Sending — Possible Spam or Phishing Campaign")
  }

  // MARK: - Enabled, then abused

  private func abuse(
    enable: String = "CreateEmailIdentity", use: String = "SendEmail", after: Int = 600, count: Int = 11
  ) -> [String] {
    Call(name: enable).times(1) + Call(name: use, second: after).times(count)
  }

  @Test(arguments: [
    "CreateEmailIdentity", "VerifyEmailIdentity", "PutIdentityPolicy", "SetSMSAttributes", "CreateTopic",
    "PutFoundationModelEntitlement", "CreateFoundationModelAgreement",
    "PutModelInvocationLoggingConfiguration",
  ])
  func `each enablement counts`(_ name: String) throws {
    let row = try #require(try rows(abuse(enable: name)).first)
    #expect(row["AttackPattern"] == "Service Enabled Then Immediately Abused: \(name) -> SendEmail")
  }

  @Test(arguments: [
    "SendEmail", "SendRawEmail", "Publish", "PublishBatch", "InvokeModel", "InvokeModelWithResponseStream",
  ])
  func `each use counts, more than ten times`(_ name: String) throws {
    #expect(try rows(abuse(use: name, count: 10)).isEmpty)
    let row = try #require(try rows(abuse(use: name)).first)
    #expect(row["AttackPattern"] == "Service Enabled Then Immediately Abused: CreateEmailIdentity -> \(name)")
    #expect(row["EventCount"] == "11" && row["RiskLevel"] == "Critical" && row["UniqueIPs"] == "1")
    #expect(row["ServiceAbused"] == "Multiple SaaS Services" && row["UserIdentityType"] == "")
    #expect(row["TimeGenerated"] == "2026-03-02T10:00:00.0000000Z")
    #expect(row["FirstSeen"] == row["TimeGenerated"] && row["LastSeen"] == "2026-03-02T10:10:00.0000000Z")
  }

  @Test(arguments: [(0, false), (1, true), (21_599, true), (21_600, false)])
  func `the first use comes after the enablement and before six hours are over`(_ after: Int, _ fires: Bool)
    throws
  {
    #expect(try rows(abuse(after: after)).isEmpty != fires)
  }

  @Test func `failed enablements, failed uses and other identities do not count`() throws {
    let uses = Call(second: 600).times(11)
    #expect(try rows(Call(name: "CreateTopic", error: "AccessDenied").times(1) + uses).isEmpty)
    #expect(try rows(abuse(count: 10) + Call(second: 700, error: "MessageRejected").times(9)).isEmpty)
    #expect(
      try rows(Call(name: "CreateTopic", arn: "arn:aws:iam::111122223333:user/b").times(1) + uses).isEmpty)
  }

  @Test func `rows of all branches stand in one list, the largest first`() throws {
    let events =
      abuse(after: 60, count: 120)
      + Call(source: "bedrock.amazonaws.com", name: "InvokeModel", second: 90).times(51)
      + Call(source: "sns.amazonaws.com", name: "Publish", second: 90).times(201)
    let found = try rows(events)
    #expect(found.map { $0["EventCount"] } == ["201", "201", "120", "120", "51", "51"])
    #expect(
      Set(found.compactMap { $0["ServiceAbused"] })
        == ["AWS SNS", "AWS SES", "AWS Bedrock", "Multiple SaaS Services"])
    #expect(found.first?.count == 12)
  }
}
