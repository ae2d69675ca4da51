import Foundation
import Testing

@Suite struct EventsVerbTests {
  let folder: TemporaryFolder

  static let burst = """
    AWSCloudTrail
    | where TimeGenerated > ago(1d)
    | where EventSource =~ "ses.amazonaws.com" and EventName in ("SendEmail", "SendRawEmail")
    | where isempty(ErrorCode)
    | summarize Calls = count() by UserIdentityArn, bin(TimeGenerated, 1h)
    | where Calls > 20

    """

  init() throws { folder = try TemporaryFolder() }

  private func events(_ arguments: String...) throws -> TrawlProcess {
    try TrawlProcess.run(["events"] + arguments, in: folder.path)
  }

  @Test func `a rule gets logs that it fires on and near misses, and tests that pass`() throws {
    try folder.write("rules/mail.kql", Self.burst)
    let result = try events("rules/mail.kql", "--out", "rules")
    #expect(result.exitCode == 0, "\(result.error)")
    #expect(result.error.contains("fires on 21 events; 5 of 5 conditions have near misses"))
    let tests = try TrawlProcess.run(["test", "rules"], in: folder.path)
    #expect(tests.exitCode == 0, "\(tests.output)\(tests.error)")
    let text = try String(contentsOfFile: "\(folder.path)/rules/mail.tests.yml", encoding: .utf8)
    #expect(text.contains("is silent where there are 20 such events, one fewer (line 6: Calls > 20)"))
    #expect(text.contains(#"eventName is "sendemail", in another case"#))
    #expect(text.contains("now: 2026-03-02T10:20:00"))
    let log = try String(contentsOfFile: "\(folder.path)/rules/mail-events/fires.json", encoding: .utf8)
    #expect(log.hasPrefix("{\"Records\":[\n{\"eventVersion\":"))
  }

  @Test func `elsewhere the rule goes along, so that its tests run`() throws {
    try folder.write(
      "root.spl",
      #"sourcetype=aws:cloudtrail eventName=ConsoleLogin userIdentity.type=Root | table sourceIPAddress"#)
    #expect(try events("root.spl", "--out", "made").exitCode == 0)
    let tests = try TrawlProcess.run(["test", "made"], in: folder.path)
    #expect(tests.exitCode == 0 && tests.error.contains("of 1 rule, 0 failed"), "\(tests.error)")
  }

  @Test func `nothing that is there is overwritten`() throws {
    try folder.write("mail.kql", Self.burst)
    try folder.write("made/mail.tests.yml", "tests: []\n")
    let result = try events("mail.kql", "--out", "made")
    #expect(
      result.exitCode == 2
        && result.error.contains("error[file-exists]: `made/mail.tests.yml` is there already"))
    let kept = try String(contentsOfFile: "\(folder.path)/made/mail.tests.yml", encoding: .utf8)
    #expect(kept == "tests: []\n")
    #expect(try events("mail.kql", "--out", "made", "--force").exitCode == 0)
  }

  @Test func `what has no solution is named`() throws {
    try folder.write("never.kql", "AWSCloudTrail\n| where EventName == \"A\"\n| where EventName == \"B\"\n")
    let result = try events("never.kql", "--out", "made")
    #expect(result.exitCode == 1 && result.error.contains("no events: never.kql"))
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/made"))
    try folder.write(
      "twice.kql", "AWSCloudTrail\n| where EventName == \"A\"\n| where EventName startswith \"a\"\n")
    let twice = try events("twice.kql", "--out", "made")
    #expect(twice.exitCode == 0)
    #expect(
      twice.error.contains(
        #"line 3: EventName startswith "a": near misses: 2, which miss line 2 as well"#))
  }

  @Test func `a rule that is wrong, and one of several results, are refused`() throws {
    try folder.write("wrong.kql", "AWSCloudTrail | where Nope == 1")
    #expect(try events("wrong.kql", "--out", "made").exitCode == 2)
    try folder.write("two.kql", "AWSCloudTrail | take 1; AWSCloudTrail | where EventName == 'A'")
    let two = try events("two.kql", "--out", "made")
    #expect(two.exitCode == 2 && two.error.contains("error[several-results]"), "\(two.error)")
    #expect(try events("wrong.kql").exitCode == 2)
  }

  @Test func `a search that writes writes nothing`() throws {
    try folder.write(
      "base.spl",
      "sourcetype=aws:cloudtrail eventName=CreateUser | stats count by user_arn | outputlookup seen.csv")
    let result = try events("base.spl", "--view", "addon", "--out", "made")
    #expect(result.exitCode == 0, "\(result.error)")
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/made/seen.csv"))
  }

  @Test func `ways beyond those that are written are told`() throws {
    let legs = (1...9).map { "(AWSCloudTrail | where EventName == 'Call\($0)')" }.joined(separator: ", ")
    try folder.write("calls.kql", "union \(legs)")
    let result = try events("calls.kql", "--out", "made")
    #expect(
      result.exitCode == 0
        && result.error.contains("further ways to fire that were not tried: 1, as logs are made for 8"),
      "\(result.error)")
  }

  @Test func `the report is a document too`() throws {
    try folder.write("mail.kql", Self.burst)
    let result = try events("mail.kql", "--out", "made", "--format", "json")
    let document = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]]
    let conditions = document?.first?["conditions"] as? [[String: Any]]
    #expect(conditions?.count == 5 && document?.first?["fires"] as? Bool == true)
    #expect(conditions?.last?["text"] as? String == "Calls > 20" && conditions?.last?["line"] as? Int == 6)
  }
}
