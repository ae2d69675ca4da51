import Diagnostics
import Engine
import Foundation
import Session
import Testing

@testable import Rules

/// Runs the tasks of jobs one after the other in this process, the last first.
private struct InProcessTransport: ClusterTransport {
  var side: Int

  func slots() throws(ExecutionFailure) -> Int { side }

  func files(below paths: [String]) throws(ExecutionFailure) -> FileDiscovery? { nil }

  func run(_ job: ClusterJob) throws(ExecutionFailure) -> ClusterJob.Outcome {
    var outcome = ClusterJob.Outcome()
    var blocks: [FragmentRun.Block] = []
    for stage in job.stages {
      let earlier = blocks
      let tasks: [(task: WorkTask, blocks: [FragmentRun.Block])]
      switch stage.work {
      case .files(let shares):
        tasks = shares.enumerated().map { (WorkTask(task: $0, of: shares.count, files: $1), []) }
      case .exchanges(let reads, let buckets):
        tasks = (0..<buckets).map { bucket in
          let given = earlier.filter { reads.contains($0.exchange) && $0.bucket == bucket }
          return (WorkTask(task: bucket, of: buckets), given)
        }
      }
      var reports: [[UInt8]] = []
      for (task, given) in tasks.reversed() {
        let done = task.run(stage.order, blocks: given)
        if let failure = done.failure { throw failure }
        blocks += done.blocks
        reports.append(done.report)
      }
      outcome.reports += reports.reversed()
    }
    outcome.blocks = blocks.filter { job.results.contains($0.exchange) }
    return outcome
  }
}

@Suite struct ClusterRunTests {
  private func workspace(_ logs: [String], slots: Int?) -> Workspace {
    var configuration = WorkspaceConfiguration()
    configuration.logs = logs
    configuration.cluster = slots.map { InProcessTransport(side: $0) }
    return Workspace(configuration)
  }

  private func check(_ rules: [DetectionRule], over logs: [String], slots: Int) throws {
    let here = try workspace(logs, slots: nil).run(rules)
    let there = try workspace(logs, slots: slots).run(rules)
    #expect(there.now == here.now)
    for (one, other) in zip(here.entries, there.entries) {
      #expect(other.rowCount == one.rowCount, "\(one.rule.path)")
      #expect(other.hasFired == one.hasFired, "\(one.rule.path)")
      #expect("\(other.notes)" == "\(one.notes)", "\(one.rule.path)")
      switch (one.outcome, other.outcome) {
      case (.ran(let first), .ran(let second)):
        for (result, same) in zip(first.results, second.results) {
          #expect(same.table == result.table, "\(one.rule.path)")
        }
        #expect("\(second.notes)" == "\(first.notes)", "\(one.rule.path)")
      case (.notRun(let first), .notRun(let second)): #expect("\(first)" == "\(second)")
      case (.failed(let first), .failed(let second)): #expect(first == second)
      case (.refused, .refused): break
      case (.ran, _), (.notRun, _), (.failed, _), (.refused, _):
        Issue.record("\(one.rule.path): \(one.outcome) here, \(other.outcome) there")
      }
    }
    let (report, other) = (here.report, there.report)
    #expect(other.filesRead == report.filesRead)
    #expect(other.eventsRead == report.eventsRead)
    #expect(other.eventsBySource == report.eventsBySource)
    #expect(other.rejected == report.rejected)
    #expect(other.skipped.map(\.path) == report.skipped.map(\.path))
    #expect(other.damaged == report.damaged)
    #expect(other.earliest == report.earliest && other.latest == report.latest)
    #expect(other.newestFile == report.newestFile)
    #expect(other.otherRecords == report.otherRecords)
  }

  @Test(arguments: [1, 3, 16]) func `shipped rules find the same on a cluster`(_ slots: Int) throws {
    try check(ExampleFolders.shippedRules, over: [ExampleFolders.path("examples")], slots: slots)
  }

  @Test func `example queries give the same rows on a cluster`() throws {
    let pack = RulePack.load([ExampleFolders.path("examples/queries")])
    #expect(!pack.rules.isEmpty)
    try check(pack.rules, over: [ExampleFolders.path("examples")], slots: 2)
  }

  @Test func `published rules find the same on a cluster`() throws {
    let pack = RulePack.load([ExampleFolders.path("Tests/RulesTests/PublishedRules")])
    #expect(!pack.rules.isEmpty)
    try check(pack.rules, over: [ExampleFolders.path("examples")], slots: 2)
  }

  @Test func `addresses are looked up where the rows are`() throws {
    let query = """
      AWSCloudTrail | extend place = tostring(geo_info_from_ip_address(SourceIpAddress).country)
      | summarize n = count() by place | sort by place asc
      """
    func rows(_ slots: Int?) throws -> Table? {
      var configuration = WorkspaceConfiguration()
      configuration.logs = [ExampleFolders.path("examples")]
      configuration.cluster = slots.map { InProcessTransport(side: $0) }
      let table = Table(
        fields: [Field("network", .string), Field("country", .string)],
        rows: [[.string("198.51.100.0/24"), .string("Here")], [.string("0.0.0.0/0"), .string("Elsewhere")]])
      configuration.places = AddressPlaces(table)
      let workspace = Workspace(configuration)
      let compiled = try workspace.compile(SourceText(name: "query", text: query), language: .kql)
      return try workspace.run([compiled]).outcomes.first?.results.first?.table
    }
    let here = try #require(try rows(nil))
    #expect(here.rowCount > 1)
    #expect(try rows(3) == here)
  }

  @Test func `a file that all wait for is told`() {
    let small = (0..<20).map { LogFile(path: "\($0).json.gz", size: 1_000_000) }
    let large = LogFile(path: "large.json.gz", size: 200_000_000)
    #expect((small + [large]).holdingUp(slots: 8) == large)
    // There is nobody to wait, or the others have as much to do.
    #expect((small + [large]).holdingUp(slots: 1) == nil)
    #expect((0..<9).map { LogFile(path: "\($0).zip", size: 200_000_000) }.holdingUp(slots: 8) == nil)
    // It is soon over.
    #expect((small + [LogFile(path: "x.json.gz", size: 20_000_000)]).holdingUp(slots: 100) == nil)
  }

  @Test func `a file that a worker does not see is an error that says so`() throws {
    let order = WorkOrder(purpose: .rows, folder: nil, index: nil, scans: [], items: [])
    let scan = Scan(
      table: "AWSCloudTrail", sources: [], origin: PlanOrigin(label: "AWSCloudTrail"))
    var reading = order
    reading.scans = [scan]
    let task = WorkTask(task: 0, of: 1, files: [LogFile(path: "/nowhere/a.json", size: 1)])
    #expect(task.run(reading.text, blocks: []).failure?.id == "path-not-seen")
    #expect(task.run("{\"trawlWork\":2}", blocks: []).failure?.id == "plan-version")
  }

  @Test func `limits of files hold for workers, and come back by their names`() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).json").path
    let event = #"{"eventVersion":"1","eventTime":"2026-03-02T10:00:00Z","eventName":"A","eventSource":"s"}"#
    try Data(event.utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let scan = Scan(table: "AWSCloudTrail", sources: [], origin: PlanOrigin(label: "AWSCloudTrail"))
    let task = WorkTask(task: 0, of: 1, files: [LogFile(path: path, size: event.utf8.count)])
    for (limits, isRead) in [(FileLimits(), true), (FileLimits(bytes: 20, ratio: 7), false)] {
      let order = WorkOrder(purpose: .rows, folder: nil, index: nil, scans: [scan], items: [], limits: limits)
      #expect(try WorkOrder(order.text) == order)
      let load = try WorkReport(task.run(order.text, blocks: []).report).load
      #expect(load.eventsRead == (isRead ? 1 : 0) && load.limited.count == (isRead ? 0 : 1))
      #expect(load.remedies == (isRead ? [] : [.fileLimit]))
    }
  }
}
