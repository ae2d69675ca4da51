import Diagnostics
import Engine
import Foundation
import Rules
import Session
import Testing

/// The questions that rule authors ask, over other logs than CloudTrail's.
@Suite struct SourceQuestionTests {
  static let finding = #"""
    {"schemaVersion":"2.0","accountId":"123456789012","region":"eu-west-1","id":"g-1",
     "type":"Recon:EC2/PortProbeUnprotectedPort","service":{"count":3},"severity":2,"resource":{},
     "createdAt":"2024-01-06T02:00:00.000Z","updatedAt":"2024-01-06T03:00:00.000Z","title":"t","description":"d"}
    """#

  private func logs(_ records: [String]) throws -> (
    folder: TrailFolder, configuration: WorkspaceConfiguration
  ) {
    let folder = try TrailFolder(records)
    var configuration = WorkspaceConfiguration()
    configuration.logs = [folder.path]
    configuration.threads = 1
    return (folder, configuration)
  }

  private func rules(_ files: [String: String]) -> [DetectionRule] {
    files.sorted { $0.key < $1.key }.map { name, text in
      RuleFile.rule(text, language: name.hasSuffix(".spl") ? .spl : .kql, path: name)
    }
  }

  @Test(
    arguments: [
      ("AWSGuardDuty | where Severity >= 4", .kql, [1, 0]),
      ("AWSGuardDuty | where Severity < 4", .kql, [1, 1]),
      ("search sourcetype=aws:cloudwatch:guardduty severity>=4", .spl, [1, 0]),
      ("search type=Recon*", .spl, [1, 1]),
    ] as [(String, any FrontEnd, [Int])])
  func `why follows a finding`(text: String, language: any FrontEnd, expected: [Int]) throws {
    let (folder, configuration) = try logs([SplunkViewTests.creation, Self.finding])
    let workspace = Workspace(configuration)
    let query = try ExampleFolders.compile(text, language, in: workspace)
    let funnel = try #require(try workspace.funnel(of: query, following: "g-1").funnels.first)
    #expect(funnel.sawFollowed)
    #expect(funnel.branches.last?.stages.map(\.followed) == expected)
    _ = folder
  }

  @Test func `coverage knows what findings are called and which rules ask for them`() throws {
    let (folder, configuration) = try logs([SplunkViewTests.creation, SplunkViewTests.login, Self.finding])
    let coverage = try CoverageRun(configuration).run(
      rules([
        "a.spl": "sourcetype=aws:cloudwatch:guardduty type=Recon* | stats count",
        "b.kql": "AWSCloudTrail | where EventName == 'CreateAccessKey'",
      ]))
    #expect(coverage.events.count == 3)
    #expect(coverage.unread.map(\.name) == ["ConsoleLogin"])
    #expect(coverage.readsEverything == [])
    let others = try CoverageRun(configuration).run(
      rules([
        "a.spl": "eventName=* | stats count by eventName", "b.kql": "AWSGuardDuty | where Severity > 1",
      ]))
    #expect(others.unread.map(\.source) == ["GuardDuty"])
    #expect(others.readsEverything == ["b.kql"])
    _ = folder
  }

  @Test func `a rule says which source it misses`() throws {
    let (folder, configuration) = try logs([Self.finding])
    let run = try Workspace(configuration).run(
      rules([
        "a.spl": "sourcetype=aws:cloudtrail | stats count by eventName",
        "b.spl": "sourcetype=aws:cloudwatch:guardduty | stats count by type",
        "c.spl": "sourcetype=o365:* | stats count by a", "d.spl": "type=* | stats count by type",
      ]))
    let outcomes = run.entries.map { entry -> String in
      switch entry.outcome {
      case .ran: "ran \(entry.rowCount)"
      case .notRun(let reasons): reasons.joined(separator: "; ").plainText
      case .refused: "refused"
      case .failed: "failed"
      }
    }
    #expect(outcomes[0] == "the logs hold no event of CloudTrail")
    #expect(outcomes[1] == "ran 1" && outcomes[3] == "ran 1")
    #expect(outcomes[2].hasPrefix("no event has the source type `o365:*`: searches read `aws:cloudtrail`, "))
    _ = folder
  }

  @Test func `a group-by is doubtful by the fields of the source that is asked for`() throws {
    let (folder, configuration) = try logs([Self.finding])
    let check = try RuleCheck(Workspace(configuration)).check(
      rules([
        "a.spl": "sourcetype=aws:cloudwatchlogs:vpcflow | stats count by srcaddr, phase",
        "b.spl": "sourcetype=aws:cloudwatch:guardduty | stats count by type, detail.title",
        "c.spl": "sourcetype=aws:cloudtrail | stats count by eventName, srcaddr",
      ]))
    let found = check.entries.map { entry in
      entry.findings.filter { $0.slug == "group-by-unknown" }.map(\.diagnostic.message)
    }
    #expect(found[0].count == 1 && found[0][0].contains("`phase`"))
    #expect(found[1] == [])
    #expect(found[2].count == 1 && found[2][0].contains("`srcaddr`"))
    _ = folder
  }
}
