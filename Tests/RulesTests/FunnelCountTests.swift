import Engine
import Rules
import Session
import Testing

@Suite struct FunnelCountTests {
  static let folders = [
    "examples/bursts", "examples/enable-then-abuse", "examples/ordinary-traffic",
    "examples/signin-logs/entra",
    "examples/failed-calls",
  ]

  @Test(arguments: folders)
  func `the funnel of a shipped rule ends with the number of its rows`(_ folder: String) throws {
    let workspace = ExampleFolders.workspace(folder)
    let rules = ExampleFolders.shippedRules
    try #require(rules.count >= 7)
    for rule in rules {
      let query = try workspace.compile(rule.query, language: rule.language)
      try check(query, in: workspace, rule.path)
    }
  }

  static let queries: [(any FrontEnd, String)] = [
    (.kql, "AWSCloudTrail | take 3"),
    (.kql, "AWSCloudTrail | where EventName has 'Send' and isempty(ErrorCode) | count"),
    (.kql, "AWSCloudTrail | summarize n = count() by EventName | where n > 2 | top 2 by n"),
    (.kql, "AWSCloudTrail | where EventName == 'Nothing' | summarize count()"),
    (
      .kql,
      "let A = AWSCloudTrail | where EventName == 'SendEmail'; union A, (A | take 1) | project EventName"
    ),
    (.kql, "let n = toscalar(AWSCloudTrail | count); AWSCloudTrail | where n > 5 | distinct EventSource"),
    (
      .kql, "AWSCloudTrail | join kind=leftanti (AWSCloudTrail | where EventName == 'SendEmail') on EventName"
    ),
    (
      .kql,
      "AWSCloudTrail | extend p = parse_json('[1,2]') | mv-expand p | sort by EventName asc | extend r = row_number()"
    ),
    (.kql, "AWSCloudTrail | make-series n = count() on TimeGenerated step 1h by EventSource"),
    (.kql, "AWSCloudTrail | partition by EventSource (top 1 by TimeGenerated)"),
    (
      .kql,
      "AWSCloudTrail | mv-apply r = dynamic([1,2]) to typeof(long) on (where r > 1 | summarize n = count()) | count"
    ),
    (.spl, "search eventName=SendEmail | stats count by userIdentity.arn"),
    (.spl, "search eventName=Send* OR eventName=Publish | dedup eventName | table eventName"),
    (.spl, "search * | stats count by eventName | where count > 2 | sort - count | head 2"),
    (.spl, "search eventName=SendEmail | append [search eventName=Publish | head 1] | stats count"),
    (.spl, "search * | eventstats count as n by eventName | where n = 1"),
    (.spl, "search * | streamstats count as n | where n < 4 | timechart span=1h count"),
    (.spl, "search * | join type=inner eventName [search eventName=SendEmail | stats count by eventName]"),
  ]

  @Test(arguments: queries)
  func `the funnel of a query ends with the number of its rows`(_ language: any FrontEnd, _ text: String)
    throws
  {
    let workspace = ExampleFolders.workspace("examples/ordinary-traffic")
    let query = try ExampleFolders.compile(text, language, in: workspace)
    try check(query, in: workspace, text)
    try check(query, in: workspace, text, following: "no such event")
  }

  private func check(
    _ query: CompiledQuery, in workspace: Workspace, _ name: String, following event: String? = nil
  ) throws {
    let outcome = try #require(try workspace.run([query]).outcomes.first)
    let funnels = try workspace.funnel(of: query, following: event).funnels
    #expect(funnels.map(\.rowCount) == outcome.results.map(\.table.rowCount), "\(name)")
    for branch in funnels.flatMap(\.branches) { #expect(!branch.stages.isEmpty, "\(name): \(branch.name)") }
  }

  @Test func `what a stage gives is what the next one takes`() throws {
    let workspace = ExampleFolders.workspace("examples/bursts/ses")
    for rule in ExampleFolders.shippedRules {
      let query = try workspace.compile(rule.query, language: rule.language)
      for branch in try workspace.funnel(of: query).funnels.flatMap(\.branches) {
        for (stage, next) in zip(branch.stages, branch.stages.dropFirst()) where next.feeds.isEmpty {
          #expect(next.rowsIn == stage.rowsOut, "\(rule.path): \(next.text)")
        }
        for stage in branch.stages where stage.conjuncts.count > 1 {
          #expect(stage.conjuncts.last?.inSequence == stage.rowsOut)
          #expect(stage.conjuncts.allSatisfy { $0.inSequence <= $0.alone })
        }
      }
    }
  }
}
