import Diagnostics
import Engine
import Foundation
import Rules
import Session
import Testing

@Suite struct YAMLRuleTests {
  static let sentinel = """
    id: 6f0f6c0e-0000-4000-8000-000000000001
    name: Many emails
    description: |
      'Somebody sends
      many emails.'
    severity: High
    requiredDataConnectors:
      - connectorId: AWS
        dataTypes:
          - AWSCloudTrail
    queryFrequency: 1h
    queryPeriod: 1d
    triggerOperator: gt
    triggerThreshold: 0
    tactics:
      - Impact
    relevantTechniques: [T1496.004]
    query: |
      AWSCloudTrail
      | where EventName == "SendEmail"
      | summarize n = count() by UserIdentityArn
    entityMappings:
      - entityType: Account
        fieldMappings:
          - identifier: FullName
            columnName: UserIdentityArn
    version: 1.0.0
    kind: Scheduled
    """

  static let contentctl = """
    name: Many emails in Splunk
    id: 6f0f6c0e-0000-4000-8000-000000000002
    type: Anomaly
    search: 'sourcetype=aws:cloudtrail eventName=SendEmail
      | stats count by userIdentity.arn'
    known_false_positives: Newsletters.
    tags:
      mitre_attack_id:
      - T1496.004
    """

  private func pack(_ texts: [String: String]) throws -> RulePack {
    let folder = FileManager.default.temporaryDirectory.appending(path: "trawl-rules-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in texts {
      try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    return RulePack.load([folder.path])
  }

  @Test func `both shapes are read with what they say of themselves`() throws {
    let pack = try pack(["a.yaml": Self.sentinel, "b.yml": Self.contentctl])
    try #require(pack.rules.count == 2, "\(pack.unreadable) \(pack.skipped)")
    let (first, second) = (pack.rules[0], pack.rules[1])
    #expect(first.metadata.title == "Many emails")
    #expect(first.metadata.description == "Somebody sends many emails.")
    #expect(first.metadata.severity == "high")
    #expect(first.metadata.techniques == ["T1496.004"])
    #expect(first.metadata.dataSources == ["AWSCloudTrail"])
    #expect(first.metadata.schedule?.period == "1d")
    #expect(first.metadata.entities.first?.fields.first?.column == "UserIdentityArn")
    #expect(first.language.name == "kql" && second.language.name == "spl")
    #expect(second.metadata.techniques == ["T1496.004"])
    #expect(second.metadata.falsePositives == ["Newsletters."])
  }

  @Test func `they run like any other rule`() throws {
    let rules = try pack(["a.yaml": Self.sentinel, "b.yml": Self.contentctl]).rules
    let run = try ExampleFolders.workspace("examples/bursts/ses").run(rules)
    #expect(run.entries.map(\.rowCount) == [1, 1])
  }

  @Test func `a trigger that is not reached is no alert`() throws {
    let text = Self.sentinel.replacingOccurrences(of: "triggerThreshold: 0", with: "triggerThreshold: 1")
    let run = try ExampleFolders.workspace("examples/bursts/ses").run(try pack(["a.yaml": text]).rules)
    #expect(run.entries.map(\.rowCount) == [0])
  }

  @Test func `a wrong query is shown at its place in the YAML file`() throws {
    let text = Self.sentinel.replacingOccurrences(of: "where EventName ==", with: "where EventNames ==")
    let rule = try #require(try pack(["a.yaml": text]).rules.first)
    let failure = try #require(throws: QueryFailure.self) {
      try ExampleFolders.workspace("examples/bursts/ses").compile(rule.query, language: .kql)
    }
    let span = try #require(failure.diagnostics.first?.primary?.span)
    #expect(failure.source.position(of: span.lowerBound) == (20, 11))
  }

  @Test func `other YAML is skipped, and broken YAML named with its place`() throws {
    let pack = try pack([
      "a.yml": "name: macro\ndefinition: x\n", "b.yml": "query: &a x\n", "c.tests.yml": "x: [\n",
    ])
    #expect(pack.rules.isEmpty)
    #expect(pack.skipped.count == 1 && pack.skipped[0].reason.contains("neither"))
    let failure = try #require(pack.broken.first)
    let span = try #require(failure.diagnostics.first?.primary?.span)
    #expect(pack.broken.count == 1 && failure.diagnostics[0].id == "yaml-anchor")
    #expect(failure.source.position(of: span.lowerBound) == (1, 8))
  }
}
