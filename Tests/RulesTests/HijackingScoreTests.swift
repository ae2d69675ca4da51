import Testing

/// The Splunk rule for T1496.004: what it counts together, and each point of its score.
@Suite struct HijackingScoreTests {
  private func rows(_ events: [String]) throws -> [[String: String]] {
    try ShippedRule("splunk-cloud-service-hijacking.spl").rows(events)
  }

  @Test(arguments: [
    ("ses", "SendEmail", 100), ("ses", "SendRawEmail", 100), ("ses", "SendBulkTemplatedEmail", 100),
    ("ses", "SendBulkEmail", 100), ("sns", "Publish", 200), ("sns", "PublishBatch", 200),
    ("bedrock", "InvokeModel", 50), ("bedrock", "InvokeModelWithResponseStream", 50),
    ("bedrock", "CreateModelInvocationJob", 50),
  ])
  func `each call counts, and one more than the threshold fires`(
    _ service: String, _ name: String, _ threshold: Int
  ) throws {
    let call = Call(source: "\(service).amazonaws.com", name: name)
    #expect(try rows(call.times(threshold)).isEmpty)
    let row = try #require(try rows(call.times(threshold + 1)).first)
    #expect(row["EventCount"] == String(threshold + 1) && row["Threshold"] == String(threshold))
    #expect(row["SuspicionScore"] == "1")
  }

  @Test(arguments: [("ses", "SendTemplatedEmail"), ("bedrock", "InvokeAgent"), ("s3", "SendEmail")])
  func `other calls do not count`(_ service: String, _ name: String) throws {
    #expect(try rows(Call(source: "\(service).amazonaws.com", name: name).times(300)).isEmpty)
  }

  @Test(arguments: [(101, "1"), (300, "1"), (301, "2"), (1000, "2"), (1001, "3")])
  func `the score grows with the volume`(_ count: Int, _ score: String) throws {
    #expect(try rows(Call().times(count)).first?["SuspicionScore"] == score)
  }

  @Test(arguments: [(3, "1"), (4, "2")])
  func `more than three addresses give a point, and are counted together`(_ addresses: Int, _ score: String)
    throws
  {
    let events = (1...addresses).flatMap { number in Call(address: "192.0.2.\(number)").times(40) }
    let found = try rows(events)
    #expect(found.count == 1)
    #expect(found.first?["SuspicionScore"] == score && found.first?["UniqueIPs"] == String(addresses))
  }

  @Test(arguments: [
    ("user/temp-1", "2"), ("user/tmp", "2"), ("user/latest", "2"), ("user/anonymous", "2"),
    ("user/random9", "2"),
    ("user/TEMP", "1"), ("user/sender", "1"),
  ])
  func `a name that looks temporary gives a point`(_ name: String, _ score: String) throws {
    let call = Call(arn: "arn:aws:iam::111122223333:\(name)")
    #expect(try rows(call.times(101)).first?["SuspicionScore"] == score)
  }

  @Test func `an assumed role gives a point, and all signs together six`() throws {
    #expect(try rows(Call(type: "AssumedRole").times(101)).first?["SuspicionScore"] == "2")
    let events = (1...4).flatMap { number in
      Call(
        arn: "arn:aws:sts::111122223333:assumed-role/test/x", type: "AssumedRole",
        address: "192.0.2.\(number)"
      )
      .times(251)
    }
    #expect(try rows(events).first?["SuspicionScore"] == "6")
  }

  @Test func `a caller without an ARN goes by its principal, one without both is unknown`() throws {
    let principal = Call(arn: nil, principal: "AIDAEXAMPLE", type: nil)
    let row = try #require(try rows(principal.times(101)).first)
    #expect(row["CallerARN"] == "AIDAEXAMPLE" && row["CallerType"] == "unknown")
    #expect(try rows(Call(arn: nil, type: nil).times(101)).first?["CallerARN"] == "unknown")
  }

  @Test func `hours and regions are counted apart, failed calls not at all`() throws {
    #expect(try rows(Call().times(60) + Call(second: 3600).times(60)).isEmpty)
    #expect(try rows(Call().times(60) + Call(region: "eu-west-1").times(60)).isEmpty)
    #expect(try rows(Call().times(100) + Call(error: "Throttling").times(60)).isEmpty)
  }

  @Test func `the highest score stands first, then the highest count`() throws {
    let events =
      Call(second: 0).times(120) + Call(second: 3600).times(110)
      + Call(source: "bedrock.amazonaws.com", name: "InvokeModel", type: "AssumedRole").times(51)
    let found = try rows(events)
    #expect(found.map { $0["EventCount"] } == ["51", "120", "110"])
    #expect(found.first?["ServiceAbused"] == "AWS Bedrock")
    #expect(found.first?["AttackCategory"] == "LLM Resource Hijacking (LLMJacking)")
    #expect(found.first?.count == 13)
  }
}
