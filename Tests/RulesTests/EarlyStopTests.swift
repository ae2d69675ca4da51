import Diagnostics
import Engine
import Foundation
import Rules
import Session
import Testing

/// `take` reads no more files than it needs, unless something asks for the newest event.
@Suite struct EarlyStopTests {
  /// Twenty files with five events each.
  private static func folder() throws -> TrailFolder {
    let folder = try TrailFolder([])
    try FileManager.default.removeItem(atPath: folder.path + "/events.json")
    for file in 10..<30 {
      let events = (0..<5).map { number in
        #"{"eventVersion":"1.09","eventTime":"2024-01-06T03:\#(file):0\#(number)Z","eventSource":"x","#
          + #""eventName":"F\#(file)E\#(number)","awsRegion":"r"}"#
      }
      try Data("{\"Records\":[\(events.joined(separator: ","))]}".utf8)
        .write(to: URL(fileURLWithPath: folder.path + "/\(file).json"))
    }
    return folder
  }

  private static func run(_ text: String, threads: Int, now: Int64? = nil, beside: String? = nil) throws -> (
    names: [String], report: LoadReport
  ) {
    let folder = try folder()
    if let beside { try Data(beside.utf8).write(to: URL(fileURLWithPath: folder.path + "/beside.json")) }
    var configuration = WorkspaceConfiguration()
    configuration.logs = [folder.path]
    configuration.threads = threads
    if let now { configuration.now = .at(now) }
    let workspace = Workspace(configuration)
    let run = try workspace.run([
      try workspace.compile(SourceText(name: "<test>", text: text), language: .kql)
    ])
    let table = try #require(run.outcomes.first?.results.first).table
    return ((0..<table.rowCount).map { "\(table.row($0)[0])" }, run.report)
  }

  @Test(arguments: [1, 2, 4])
  func `the first rows come from the first files, and the others are not opened`(threads: Int) throws {
    let all = try Self.run("AWSCloudTrail | project EventName", threads: threads)
    #expect(all.report.filesNotNeeded == 0)
    for count in [1, 5, 6, 12] {
      let (names, report) = try Self.run(
        "AWSCloudTrail | project EventName | take \(count)", threads: threads)
      #expect(names == Array(all.names.prefix(count)))
      let opened = 20 - report.filesNotNeeded
      #expect(opened >= (count + 4) / 5)
      // Of several threads, one may run ahead of another that is held up.
      if threads == 1 { #expect(opened == (count + 4) / 5, "\(count) rows") }
      #expect(report.eventsRead == opened * 5)
      #expect(report.filesRead == opened)
    }
    let more = try Self.run("AWSCloudTrail | project EventName | take 1000", threads: threads)
    #expect(more.names == all.names && more.report.filesNotNeeded == 0)
  }

  @Test(arguments: [
    "AWSCloudTrail | take 1 | extend n = now() | project n",
    "AWSCloudTrail | where EventName != 'x' | project EventName | take 2",
    "AWSCloudTrail | project EventName, TimeGenerated | top 2 by TimeGenerated",
    "AWSCloudTrail | take 2 | extend c = toscalar(AWSCloudTrail | count) | project c",
    "union (AWSCloudTrail | take 1), (AWSCloudTrail | where EventName == 'F29E4') | project EventName",
  ])
  func `all files are read where an answer may depend on them`(text: String) throws {
    let (_, report) = try Self.run(text, threads: 2)
    #expect(report.filesNotNeeded == 0)
    #expect(report.eventsRead == 100)
  }

  /// Its time stands behind what is looked at before files are read.
  private static let carried =
    #"{"hits":{"hits":[{"_source":{"note":"\#(String(repeating: "x", count: 70_000))","eventVersion":"1.09","#
    + #""eventTime":"2024-01-06T03:12:00.5Z","eventSource":"x","eventName":"Carried","awsRegion":"r"}}]}}"#

  @Test(arguments: [1, 4])
  func `a file that no head tells is read, and the others are stopped at`(threads: Int) throws {
    for (beside, count) in [(#"{"keys":1}"#, 11), (Self.carried, 12)] {
      let all = try Self.run("AWSCloudTrail | project EventName", threads: threads, beside: beside)
      let few = try Self.run(
        "AWSCloudTrail | project EventName | take \(count)", threads: threads, beside: beside)
      #expect(few.names == Array(all.names.prefix(count)))
      // Of several threads, one may run ahead of another that is held up.
      if threads == 1 { #expect(few.report.filesNotNeeded > 0) }
    }
  }

  @Test func `a fixed time frees even those that ask for it`() throws {
    let (_, report) = try Self.run(
      "AWSCloudTrail | take 1 | extend n = now() | project n", threads: 1, now: 638_000_000_000_000_000)
    #expect(report.filesNotNeeded == 19)
  }
}
