import Engine
import Rules
import Session
import Testing

/// Compiling, checking and explaining open no file of the logs; resolving does.
@Suite struct NoLogsReadTests {
  private static let searches = [
    "sourcetype=aws:cloudtrail | chart count over eventSource by awsRegion",
    "sourcetype=aws:cloudtrail | timechart count by eventName",
    "sourcetype=aws:cloudtrail [search errorCode=* | table userIdentity.arn] | table user*",
    "* | stats count by eventName | transpose | fields column",
    "* | eval {eventName}=1 | spath | outputlookup seen", "* | bin _time bins=3 | stats count by _time",
  ]
  private static let queries = [
    "AWSCloudTrail | project d = todynamic(RequestParameters) | evaluate bag_unpack(d)",
    "AWSCloudTrail | evaluate pivot(EventName, count(), AWSRegion) | count",
    "AWSCloudTrail | where TimeGenerated > toscalar(AWSCloudTrail | summarize min(TimeGenerated))",
  ]

  private func workspace(_ opened: @escaping @Sendable () -> Void) -> Workspace {
    var configuration = WorkspaceConfiguration()
    configuration.logs = [ExampleFolders.path("examples/bursts")]
    configuration.lookupOutput = .dropped
    configuration.progress = { _ in opened() }
    return Workspace(configuration)
  }

  @Test func `compiling and checking open no file`() throws {
    let workspace = workspace { Issue.record("a file was opened") }
    for text in NoLogsReadTests.searches { _ = try ExampleFolders.compiled(text, .spl, in: workspace) }
    for text in NoLogsReadTests.queries { _ = try ExampleFolders.compiled(text, .kql, in: workspace) }
    let rules = RulePack.load([ExampleFolders.path("rules")]).rules
    #expect(!rules.isEmpty)
    _ = try RuleCheck(workspace).check(rules)
  }

  @Test(arguments: searches) func `what is open is settled by the logs`(_ text: String) throws {
    let workspace = workspace {}
    let query = try ExampleFolders.compiled(text, .spl, in: workspace)
    #expect(!query.open.isEmpty)
    #expect(query.results.allSatisfy { $0.plan.isOpen })
    let resolved = try workspace.resolve(query)
    #expect(resolved.open.isEmpty)
    #expect(resolved.results.allSatisfy { !$0.plan.isOpen })
    let run = try workspace.run([resolved])
    #expect(run.report.eventsRead > 0)
    #expect(throws: ExecutionFailure.self) { try workspace.run([query]) }
  }
}
