import Engine
import Testing

/// The rules that are written in both languages find the same in made-up traffic.
@Suite struct TwinRuleTests {
  private static let services = [
    ("ses", "GetSendQuota", "PutAccountDetails", "SendEmail"),
    ("bedrock", "ListFoundationModels", "PutUseCaseForModelAccess", "InvokeModel"),
  ]
  /// Seconds between steps: none, a little, the length of a window to the second, and a day.
  private static let pauses = [0, 1, 60, 60, 300, 300, 7200, 21_599, 21_600, 21_601, 40_000]

  /// Bursts of looks, changes and uses by a few identities, in no order.
  private func traffic(seed: UInt64) -> [String] {
    var random = SplitMix(state: seed)
    func pick<T>(_ list: [T]) -> T { list[Int(random.next() % UInt64(list.count))] }
    var events: [String] = []
    for _ in 0..<3 {
      let identity = pick(["a", "b", "c"])
      var second = pick([0, 0, 50_000, 86_400])
      let service = pick(Self.services)
      for turn in 0..<9 {
        // Mostly one step after the other.
        let step = pick([turn % 3, turn % 3, turn % 3, 0, 1, 2])
        let name = [service.1, service.2, service.3][step]
        let count = step == 2 ? pick([7, 20, 21, 30]) : 1
        let region = pick(["us-east-1", "us-east-1", "ap-south-1"])
        let error = pick([nil, nil, nil, nil, nil, "AccessDenied"])
        for index in 0..<count {
          events.append(
            Call(
              source: "\(service.0).amazonaws.com", name: name, second: second + index,
              arn: "arn:aws:iam::111122223333:user/\(identity)", region: region, error: error,
              id: "event-\(events.count)"
            ).event)
        }
        second += pick(Self.pauses)
      }
    }
    return events
  }

  private func keys(_ rows: [[String: String]], _ columns: [String]) -> [String] {
    rows.map { row in columns.map { row[$0] ?? "-" }.joined(separator: " ") }.sorted()
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func `takeovers are the same in KQL and SPL`(_ seed: UInt64) throws {
    let events = traffic(seed: seed)
    let common = ["UserIdentityArn", "OutsideBaseline", "UsageCount"]
    let kql = try ShippedRule("service-takeover.kql").rows(events)
    let spl = try ShippedRule("service-takeover-splunk.spl").rows(events)
    #expect(keys(kql, common + ["EventSource"]) == keys(spl, common + ["eventSource"]))
  }

  @Test func `the made-up traffic holds takeovers, and traffic without any`() throws {
    let rule = try ShippedRule("service-takeover.kql")
    let counts = try (1...12).map { try rule.rows(traffic(seed: $0)).count }
    #expect(counts.contains { $0 > 0 } && counts.contains(0), "\(counts)")
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `rises are the same in KQL and SPL`(_ seed: UInt64) throws {
    var random = SplitMix(state: seed)
    var events: [String] = []
    for hour in 0..<40 {
      for identity in ["a", "b"] where random.next() % 3 > 0 {
        let count = hour > 30 ? Int(random.next() % 120) : Int(random.next() % 25)
        for index in 0..<count {
          events.append(
            Call(
              second: hour * 3600 + index * 20, arn: "arn:aws:iam::111122223333:user/\(identity)",
              error: random.next() % 10 == 0 ? "Throttling" : nil, id: "event-\(events.count)"
            ).event)
        }
      }
    }
    let common = ["UserIdentityArn", "CallCount", "UniqueIPs"]
    let kql = try ShippedRule("unusual-rise.kql").rows(events)
    let spl = try ShippedRule("unusual-rise-splunk.spl").rows(events)
    #expect(keys(kql, common) == keys(spl, common))
    #expect(!kql.isEmpty)
    for (left, right) in zip(
      kql.map { $0["Threshold"] }.sorted { $0 ?? "" < $1 ?? "" },
      spl.map { $0["Threshold"] }.sorted { $0 ?? "" < $1 ?? "" })
    {
      let difference = (left.flatMap { Double($0) } ?? -1) - (right.flatMap { Double($0) } ?? -2)
      #expect(abs(difference) < 0.11)
    }
  }
}

private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
