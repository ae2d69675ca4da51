import Diagnostics
import Engine
import Foundation
import Rules
import Session
import Testing

@Suite struct CoverageTests {
  private func rules(_ files: [String: String]) throws -> [DetectionRule] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "trawl-coverage-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    return RulePack.load([folder.path]).rules
  }

  private func coverage(_ files: [String: String], _ logs: String...) throws -> Coverage {
    var configuration = WorkspaceConfiguration()
    configuration.logs = logs.map(ExampleFolders.path)
    configuration.threads = 1
    return try CoverageRun(configuration).run(try rules(files))
  }

  @Test func `each log is a column`() throws {
    let coverage = try coverage(
      [
        "a.kql": "AWSCloudTrail | where EventName == 'SendEmail' | summarize n = count() | where n > 50",
        "b.kql": "SigninLogs | take 1",
      ], "examples/bursts/ses", "examples/ordinary-traffic")
    #expect(coverage.logs.count == 2)
    #expect(coverage.rows[0].cells == [.fired(rows: 1), .silent])
    guard case .notRun(let reason) = coverage.rows[1].cells[0] else {
      Issue.record("the rule without data should not run")
      return
    }
    #expect(reason.remedies == [.tableFile(name: "SigninLogs")])
  }

  @Test func `one log is cut into days`() throws {
    let coverage = try coverage(
      ["a.kql": "AWSCloudTrail | where TimeGenerated > ago(1d) | count | where Count > 1"],
      "examples/bursts/ses-two-days-old")
    #expect(coverage.logs.count > 1 && coverage.logs[0] < coverage.logs[1])
    #expect(coverage.rows[0].cells.contains { if case .fired = $0 { true } else { false } })
    #expect(coverage.rows[0].cells.count == coverage.logs.count)
  }

  @Test func `events that no rule asks for are listed`() throws {
    let all = try coverage(
      ["a.kql": "AWSCloudTrail | where EventSource == 'ses.amazonaws.com'"], "examples/ordinary-traffic")
    #expect(!all.unread.isEmpty && all.unread.count < all.events.count)
    #expect(all.unread.allSatisfy { $0.source != "ses.amazonaws.com" })
    #expect(all.readsEverything.isEmpty)
    let some = try coverage(
      [
        "a.spl": "eventName=SendEmail OR (eventSource=sns.amazonaws.com userAgent=x)",
        "b.kql": "AWSCloudTrail | where UserIdentityType == 'Root'",
      ], "examples/ordinary-traffic")
    let read = Set(some.events).subtracting(some.unread)
    #expect(read.allSatisfy { $0.name == "SendEmail" || $0.source == "sns.amazonaws.com" })
    #expect(!read.isEmpty)
    #expect(some.readsEverything.count == 1)
  }

  @Test func `texts that the logs never hold are listed with their line`() throws {
    let coverage = try coverage(
      ["a.kql": "AWSCloudTrail\n| where EventName in ('SendEmail', 'SendEmial')"], "examples/bursts/ses")
    let text = try #require(coverage.absentTexts.first)
    #expect(coverage.absentTexts.count == 1 && text.line == 2)
    #expect(text.message.contains("\"SendEmial\"") && text.message.contains("closest: \"SendEmail\""))
  }
}
