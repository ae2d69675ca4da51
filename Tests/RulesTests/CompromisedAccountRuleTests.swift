import Testing

/// The Sentinel rule for T1586.003: each sign, how signs are named and added up, and its limits.
@Suite struct CompromisedAccountRuleTests {
  struct Signin {
    var result = "0"
    var level = "none"
    var state = "none"
    var events = "[]"
    var requirement = "multiFactorAuthentication"
    var home = "tenant-a"
    var resource = "tenant-a"
    var time = "2026-03-02T10:00:00Z"
    var user = "a@contoso.example"

    var event: String {
      let escaped = events.replacing("\"", with: "\\\"")
      return #"{"TimeGenerated":"\#(time)","Type":"SigninLogs","ResultType":"\#(result)","#
        + #""UserPrincipalName":"\#(user)","IPAddress":"192.0.2.1","#
        + #""LocationDetails":{"city":"Bonn","countryOrRegion":"DE"},"#
        + #""DeviceDetail":{"browser":"Firefox 120","operatingSystem":"Linux"},"#
        + #""RiskLevelDuringSignIn":"\#(level)","RiskState":"\#(state)","RiskEventTypes_V2":"\#(escaped)","#
        + #""AuthenticationRequirement":"\#(requirement)","HomeTenantId":"\#(home)","ResourceTenantId":"\#(resource)"}"#
    }
  }

  private func rows(_ signins: Signin..., now: String? = nil) throws -> [[String: String]] {
    try ShippedRule("sentinel-compromised-cloud-account.kql").rows(signins.map(\.event), now: now)
  }

  @Test(arguments: [
    "impossibleTravel", "anonymizedIPAddress", "maliciousIPAddress", "unfamiliarFeatures", "passwordSpray",
    "leakedCredentials", "nationStateIP", "riskyIPAddress", "investigationsThreatIntelligence",
  ])
  func `each kind of risk counts`(_ kind: String) throws {
    let row = try #require(try rows(Signin(events: "[\"\(kind)\"]")).first)
    #expect(row["AlertReason"] == "RiskEvent:[\"\(kind)\"]")
    #expect(row["RiskIndicatorCount"] == "1")
  }

  @Test(arguments: [
    ("high", "none", "[]", "HighRiskSignIn", "1"), ("medium", "none", "[]", "HighRiskSignIn", "1"),
    ("none", "atRisk", "[]", "ConfirmedCompromise", "1"),
    ("none", "confirmedCompromised", "[]", "ConfirmedCompromise", "1"),
    ("high", "none", #"["passwordSpray"]"#, #"HighRisk+Event:["passwordSpray"]"#, "2"),
    ("high", "atRisk", #"["passwordSpray"]"#, "ConfirmedCompromise", "3"),
  ])
  func `signs are named in their order and added up`(
    _ level: String, _ state: String, _ events: String, _ reason: String, _ count: String
  ) throws {
    let row = try #require(try rows(Signin(level: level, state: state, events: events)).first)
    #expect(row["AlertReason"] == reason && row["RiskIndicatorCount"] == count)
    #expect(row["CountryCode"] == "DE" && row["City"] == "Bonn")
    #expect(row["ParsedBrowser"] == "Firefox 120" && row["ParsedOS"] == "Linux")
    #expect(row.count == 18)
  }

  @Test(arguments: [
    ("low", "none", "[]"), ("none", "remediated", #"["unlikelyTravel"]"#), ("none", "dismissed", ""),
  ])
  func `other levels, states and kinds are no sign`(_ level: String, _ state: String, _ events: String) throws
  {
    #expect(try rows(Signin(level: level, state: state, events: events)).isEmpty)
  }

  @Test func `a single factor across tenants is a sign of its own`() throws {
    let bypass = Signin(requirement: "singleFactorAuthentication", home: "tenant-b")
    let row = try #require(try rows(bypass).first)
    #expect(row["AlertReason"] == "CrossTenantMFABypass" && row["RiskIndicatorCount"] == "1")
    #expect(try rows(Signin(requirement: "singleFactorAuthentication")).isEmpty)
    #expect(try rows(Signin(requirement: "singleFactorAuthentication", home: "")).isEmpty)
    #expect(try rows(Signin(home: "tenant-b")).isEmpty)
    var all = bypass
    all.level = "high"
    all.state = "atRisk"
    all.events = "[\"riskyIPAddress\"]"
    #expect(try rows(all).first?["RiskIndicatorCount"] == "4")
  }

  @Test func `failed sign-ins and those of the day before do not count`() throws {
    #expect(try rows(Signin(result: "50126", level: "high")).isEmpty)
    #expect(try rows(Signin(level: "high"), now: "2026-03-03T09:59:59Z").count == 1)
    #expect(try rows(Signin(level: "high"), now: "2026-03-03T10:00:00Z").isEmpty)
  }

  @Test func `most signs stand first, then the newest`() throws {
    let found = try rows(
      Signin(level: "high", time: "2026-03-02T10:00:00Z", user: "old"),
      Signin(level: "high", time: "2026-03-02T11:00:00Z", user: "new"),
      Signin(level: "high", state: "atRisk", time: "2026-03-02T09:00:00Z", user: "worst"))
    #expect(found.map { $0["UserPrincipalName"] } == ["worst", "new", "old"])
  }
}
