import Diagnostics
import Engine
import Foundation
import Rules
import Session
import Testing

/// `now` of a run over some logs: just past the newest event.
@Suite struct NowTests {
  private func rows(_ times: [String], _ text: String, _ language: any FrontEnd) throws -> [[String]] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "trawl-now-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let lines = times.map {
      #"{"eventVersion":"1.09","eventTime":"2026-03-02T\#($0)Z","eventName":"CreateAccessKey"}"#
    }
    try lines.joined(separator: "\n").write(
      to: folder.appending(path: "events.json"), atomically: true, encoding: .utf8)
    var configuration = WorkspaceConfiguration()
    configuration.logs = [folder.path]
    let workspace = Workspace(configuration)
    let query = try workspace.compile(SourceText(name: "q", text: text), language: language)
    let table = try #require(try workspace.run([query]).outcomes.first?.results.first?.table)
    return (0..<table.rowCount).map { table.row($0).map(\.kqlText) }
  }

  @Test(
    arguments: [
      ("search eventName=CreateAccessKey earliest=-24h latest=now | table eventName", .spl),
      ("search * | where _time < now() | table eventName", .spl),
      ("search * | where _time < time() | table eventName", .spl),
      ("| tstats count where index=* latest=now by eventName", .spl),
      ("AWSCloudTrail | where TimeGenerated < now() | project EventName", .kql),
      ("AWSCloudTrail | where TimeGenerated between (ago(1h) .. now()) | project EventName", .kql),
      (
        "AWSCloudTrail | make-series n = count() on TimeGenerated from ago(1h) to now() step 2h"
          + " | where tolong(n[0]) == 1 | project n", .kql
      ),
    ] as [(String, any FrontEnd)]) func `the newest event lies before now`(
      _ text: String, _ language: any FrontEnd
    ) throws
  {
    #expect(try rows(["23:59:59"], text, language).count == 1)
  }

  @Test(
    arguments: [
      ("AWSCloudTrail | where startofday(now()) == datetime(2026-03-02) | project EventName", .kql),
      ("search * | where strftime(now(), \"%F\") == \"2026-03-02\" | table eventName", .spl),
      ("search * | where relative_time(now(), \"@d\") <= _time | table eventName", .spl),
      ("search earliest=@d latest=now | table eventName", .spl),
    ] as [(String, any FrontEnd)]) func `a log that ends in the last second stays in its day`(
      _ text: String, _ language: any FrontEnd
    ) throws
  {
    #expect(try rows(["23:59:59"], text, language).count == 1)
  }

  @Test(
    arguments: [
      ("AWSCloudTrail | where TimeGenerated >= ago(1h) | project TimeGenerated", .kql, 3),
      ("AWSCloudTrail | where TimeGenerated > ago(1h) | project TimeGenerated", .kql, 2),
      ("search earliest=-1h | table _time", .spl, 3), ("search earliest=-1h@h | table _time", .spl, 3),
      ("search earliest=-1h latest=now | table _time", .spl, 3),
      ("search latest=-1h | table _time", .spl, 1),
    ] as [(String, any FrontEnd, Int)]) func `windows that count back begin where they did`(
      _ text: String, _ language: any FrontEnd, _ count: Int
    ) throws
  {
    #expect(try rows(["08:59:59", "09:00:00", "09:00:01", "10:00:00"], text, language).count == count)
  }

  @Test func `a rule whose question was answered keeps the time of the logs`() throws {
    let text =
      #"| makeresults | eval k="x", n=now() | search [search index=* | head 1 | eval k="x" | table k] | table n"#
    let logs = ExampleFolders.path("examples/bursts/bedrock")
    var configuration = WorkspaceConfiguration()
    configuration.logs = [logs]
    let workspace = Workspace(configuration)
    let rule = DetectionRule(
      metadata: RuleMetadata(title: "r"), query: SourceText(name: "r", text: text), language: SPLFrontEnd(),
      path: "r.spl")
    let run = try workspace.run([rule])
    guard case .ran(let outcome)? = run.entries.first?.outcome else {
      Issue.record("\(run.entries)")
      return
    }
    let alone = try workspace.run([workspace.resolve(workspace.compile(rule))])
    let seconds = try #require(outcome.results.first?.table.value(row: 0, column: 0))
    #expect(seconds == alone.outcomes.first?.results.first?.table.value(row: 0, column: 0))
    #expect(run.now == alone.now && run.report.latest != nil)
    #expect(
      seconds.number.map { Int64($0) * Ticks.perSecond + Ticks.unixEpoch } == run.now / Ticks.perSecond
        * Ticks.perSecond)
  }
}
