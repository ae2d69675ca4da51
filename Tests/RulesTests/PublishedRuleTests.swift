import Diagnostics
import Engine
import Foundation
import Rules
import Session
import Testing

/// The texts that the shipped rules come from run as they were published, byte for byte.
@Suite struct PublishedRuleTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "PublishedRules")

  private func published(_ name: String) throws -> DetectionRule {
    let path = Self.folder.appending(path: name).path
    return try #require(RulePack.load([path]).rules.first)
  }

  @Test(arguments: ["examples/bursts", "examples/enable-then-abuse"])
  func `the published Sentinel rule finds what the shipped one finds`(_ logs: String) throws {
    let shipped = try ShippedRule("sentinel-cloud-service-hijacking.kql").rule
    let run = try ExampleFolders.workspace(logs).difference(
      of: [RulePair(old: published("sentinel-t1496.004.kql"), new: shipped)],
      request: {
        var request = DifferenceRequest()
        request.map = [.init(old: "SourceIPAddress", new: "SourceIpAddress")]
        return request
      }())
    let found = try #require(run.rules.first)
    #expect(!found.results.isEmpty && found.results.allSatisfy { !$0.isDifferent })
    #expect(found.oldRows > 0)
  }

  @Test(arguments: ["examples/bursts", "examples/enable-then-abuse"])
  func `the published Splunk rule finds what the shipped one finds`(_ logs: String) throws {
    let shipped = try ShippedRule("splunk-cloud-service-hijacking.spl").rule
    let run = try ExampleFolders.workspace(logs).difference(
      of: [RulePair(old: published("splunk-t1496.004.spl"), new: shipped)], request: DifferenceRequest())
    let found = try #require(run.rules.first)
    #expect(!found.results.isEmpty && found.results.allSatisfy { !$0.isDifferent })
  }

  @Test func `their names that Sentinel would refuse are read with a warning`() throws {
    let workspace = ExampleFolders.workspace("examples/bursts")
    let hijacking = try workspace.compile(published("sentinel-t1496.004.kql"))
    #expect(hijacking.warnings.contains { $0.id == "column-case" })
    let account = try workspace.compile(published("sentinel-t1586.003.kql"))
    #expect(account.warnings.contains { $0.id == "text-compared-with-number" })
  }

  @Test func `the shipped rules compile without a warning`() throws {
    let workspace = ExampleFolders.workspace("examples/bursts")
    for rule in ExampleFolders.shippedRules {
      let warnings = try workspace.compile(rule).warnings
      #expect(warnings.isEmpty, "\(rule.path): \(warnings.map(\.message))")
    }
  }
}
