import Foundation
import Testing

@testable import Engine

/// The own reader of time zone data against the toolchain's.
@Suite struct TimeZoneRulesTests {
  private static let names = [
    "Europe/London", "Europe/Berlin", "US/Pacific", "America/New_York", "America/Sao_Paulo",
    "Australia/Sydney",
    "Asia/Kolkata", "Asia/Tehran", "Pacific/Auckland", "Africa/Cairo", "America/St_Johns", "Asia/Tokyo",
    "Pacific/Apia", "Antarctica/Troll", "Etc/GMT+3", "America/Havana",
  ]

  @Test(arguments: names) func `offsets are those of the toolchain`(name: String) throws {
    let zone = try #require(TimeZone(identifier: name))
    let rules = try #require(TimeZoneData.rules(of: name))
    var random = SeededGenerator(seed: 11)
    for _ in 0..<2000 {
      // From 1970 to 2037, which all versions of the data agree on but for laws that are still made.
      let time = Int64.random(in: 0..<1_735_689_600, using: &random)
      let expected = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(time)))
      #expect(rules.offset(at: time) == expected, "\(name) at \(time)")
    }
  }

  @Test func `summer time repeats for ever`() throws {
    let rules = try #require(TimeZoneData.rules(of: "Europe/London"))
    // 2100-07-01 and 2100-12-01.
    #expect(rules.offset(at: 4_118_083_200) == 3600)
    #expect(rules.offset(at: 4_131_302_400) == 0)
    // A year of the south.
    let sydney = try #require(RepeatedTimeChange("AEST-10AEDT,M10.1.0,M4.1.0/3"))
    #expect(sydney.offset(at: 1_704_067_200) == 11 * 3600)
    #expect(sydney.offset(at: 1_719_792_000) == 10 * 3600)
  }

  @Test(arguments: [
    "../../etc/passwd", "/etc/passwd", "Europe/../Europe/London", "", "Europe", "No/Where", "posix/UTC",
  ])
  func `what is no zone is none`(name: String) { #expect(TimeZoneData.rules(of: name) == nil) }

  @Test func `damaged data is none, and never a trap`() throws {
    let folder = try #require(TimeZoneData.folder)
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/Europe/London")))
    #expect(TimeZoneRules(bytes) != nil)
    for count in stride(from: 0, to: bytes.count - 1, by: 7) { _ = TimeZoneRules(Array(bytes[..<count])) }
    var random = SeededGenerator(seed: 3)
    for _ in 0..<2000 {
      var changed = bytes
      changed[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      _ = TimeZoneRules(changed)?.offset(at: 1_700_000_000)
    }
  }

  @Test(arguments: [
    "", "A", "EST", "EST5EDT,", "EST5EDT,M13.1.0,M4.1.0", "<+03", "EST5EDT,M3.2.0/200,M11.1.0",
    "EST5EDT,J366,J1",
  ])
  func `what is no rule is none`(text: String) { #expect(RepeatedTimeChange(text) == nil) }
}
