import Engine
import Rules
import Session
import Testing

@Suite struct NearestMissTests {
  private func misses(
    _ text: String, _ language: any FrontEnd = .kql, in folder: String = "examples/ordinary-traffic"
  ) throws -> [NearestMiss] {
    let workspace = ExampleFolders.workspace(folder)
    let query = try ExampleFolders.compile(text, language, in: workspace)
    let funnel = try #require(try workspace.funnel(of: query).funnels.first)
    return funnel.branches.flatMap { $0.stages.flatMap(\.misses) }
  }

  static let cases: [(String, NearestMiss.Kind, String)] = [
    ("AWSCloudTrail | where EventName == 'sendemail'", .differsInCase, "\"SendEmail\""),
    ("AWSCloudTrail | where EventName in ('sendemail', 'x')", .differsInCase, "in~"),
    ("AWSCloudTrail | where EventName == 'Send Email'", .differsInBlanks, "\"SendEmail\""),
    ("AWSCloudTrail | where EventName == 'SendEmial'", .absentLiteral, "closest: \"SendEmail\""),
    ("AWSCloudTrail | where ErrorMessage has 'denied' and EventName == 'x'", .emptyField, "ErrorMessage"),
    ("AWSCloudTrail | where isempty(EventName)", .neverEmpty, "EventName"),
    ("AWSCloudTrail | where EventSource != EventSource", .values, "EventSource"),
    (
      "AWSCloudTrail | where EventSource == 'sns.amazonaws.com' | where EventName == 'SendEmail'",
      .droppedEarlier,
      "\"SendEmail\""
    ),
    (
      "AWSCloudTrail | where EventSource == 'sns.amazonaws.com' and EventName == 'SendEmail'", .neverTogether,
      "none of them"
    ),
    (
      "AWSCloudTrail | summarize n = count() | where n > 500", .beyondLimit,
      "`n` is 109, wanted is more than 500"
    ),
    ("AWSCloudTrail | where TimeGenerated > datetime(2030-01-01)", .beyondLimit, "newest"),
    (
      "AWSCloudTrail | where EventSource !in ('a') and EventSource !contains 'amazonaws'", .excludedValues,
      "EventSource"
    ),
    (
      "AWSCloudTrail | extend isMail = EventName == 'sendemail' | where isMail", .differsInCase,
      "\"SendEmail\""
    ),
    (
      "AWSCloudTrail | where EventSource == 'ses.amazonaws.com' | join kind=inner "
        + "(AWSCloudTrail | where EventSource == 'sns.amazonaws.com') on EventName", .joinKeys,
      "only on the left"
    ),
    ("SigninLogs | take 1", .noRows, "SigninLogs"),
  ]

  @Test(arguments: cases)
  func `the first stage without rows says what came closest`(
    _ query: String, _ kind: NearestMiss.Kind, _ part: String
  ) throws {
    let found = try misses(query)
    #expect(found.contains { $0.kind == kind && $0.message.contains(part) }, "\(found)")
  }

  @Test func `a search says it too`() throws {
    let typo = try misses("search eventName=SendEmial OR eventName=Publsh", .spl)
    #expect(typo.contains { $0.kind == .absentLiteral && $0.message.contains("\"SendEmail\"") }, "\(typo)")
    let group = try misses("search eventName=SendEmail | stats count by nothing.here", .spl)
    #expect(group.contains { $0.kind == .emptyField && $0.message.contains("nothing.here") }, "\(group)")
    let limit = try misses("search eventName=SendEmail | stats count | where count > 1000", .spl)
    #expect(limit.contains { $0.kind == .beyondLimit }, "\(limit)")
  }

  @Test func `a query that gives rows has no miss`() throws {
    #expect(try misses("AWSCloudTrail | where isnotempty(EventName) | take 1").isEmpty)
  }
}
