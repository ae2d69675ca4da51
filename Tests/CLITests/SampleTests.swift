import Foundation
import Testing

/// The folder of real events, if there is one.
private let sampleFolder = ProcessInfo.processInfo.environment["TRAWL_SAMPLES"]

/// Runs over real events in the folder that `TRAWL_SAMPLES` names; passed over where it is not set.
@Suite(.enabled(if: sampleFolder != nil)) struct SampleTests {
  private func run(_ query: String, on sample: String) throws -> TrawlProcess {
    let folder = try #require(sampleFolder)
    return try TrawlProcess.run("query", query, "\(folder)/\(sample)", "--format", "csv")
  }

  @Test(arguments: [
    ("invictus", 1448), ("stratus-red-team", 120), ("traildiscover/events", 315), ("umccr-examples", 21),
  ])
  func `all events of a folder load`(_ sample: String, _ count: Int) throws {
    let process = try run("AWSCloudTrail | count", on: sample)
    #expect(process.output.split(separator: "\n").last == "\(count)", "\(process.error)")
    #expect(process.exitCode == 0)
  }

  @Test func `labels and licences are no logs and are listed`() throws {
    let process = try run("AWSCloudTrail | count", on: "")
    #expect(process.error.contains("LICENSE.source"))
    #expect(process.error.contains("t1496_004_service_events.json"))
  }

  @Test func `real traffic of another attack raises no alert of T1496 point 004`() throws {
    let folder = try #require(sampleFolder)
    let process = try TrawlProcess.run(
      "run", Repository.path("rules/T1496.004-cloud-service-hijacking"), "--logs", "\(folder)/invictus")
    #expect(process.output.isEmpty)
    #expect(process.exitCode == 0)
  }
}
