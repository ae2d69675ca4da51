import Diagnostics
import Engine
import KQL
import SPL
import Testing

/// Work that grows with the rows, not with their square: each of these takes seconds here, and took hours where one row
/// cost what all cost.
@Suite struct GrowthTests {
  private static let count = 30_000

  private func run(_ plan: LogicalPlan) throws -> Int {
    try GoldenRun.run(Optimizer.optimize(plan), tables: [:], chunkSize: 4096).rowCount
  }

  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      "range x from 1 to N step 1 | summarize buildschema(bag_pack(strcat('k', x), x))",
      "let m = range x from 1 to N step 1 | project t = datetime(2024-01-01) + x * 1s; m | where t in (m) | count",
      "let m = range x from 1 to N step 1 | project r = x * 1.5; m | where r !in (m) | count",
      "let m = toscalar(range x from 1 to N step 1 | summarize make_list(strcat('k', x))); "
        + "range x from 1 to N step 1 | where strcat('j', x) has_any (m) | count",
      "let m = toscalar(range x from 1 to N step 1 | summarize make_bag(bag_pack(strcat('k', x), x))); "
        + "range x from 1 to N step 1 | extend k = strcat('k', x) | where bag_has_key(m, k) and m[k] == x | count",
      "let m = toscalar(range x from 1 to N step 1 | summarize make_list(x)); "
        + "range x from 1 to N step 1 | where set_has_element(m, x) and m[x - 1] == x | count",
    ])
  func `a query grows with its rows`(_ text: String) throws {
    let source = SourceText(name: "query", text: text.replacing("N", with: "\(GrowthTests.count)"))
    let query = try GoldenRun.compile(kql: source, KQLEnvironment(catalog: FixedCatalog([]))).query
    let plan = try #require(query.results.first?.plan)
    #expect(try run(plan) >= 1)
  }

  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      "transaction g s", "transaction g s connected=f", "transaction g s maxspan=1m keepevicted=t",
      "eval s=if(n % 2 = 0, null(), s) | transaction g s",
    ])
  func `transactions over several fields grow with the events`(_ command: String) throws {
    let text =
      "| makeresults count=\(GrowthTests.count) | streamstats count as n | eval _time=_time+n, g=n % 7, s=\"k\".n "
      + "| \(command) | stats count"
    let source = SourceText(name: "query", text: text)
    let plan = try GoldenRun.compile(spl: source, SPLEnvironment(events: GoldenEvents(fields: []))).plan
    #expect(try run(plan) >= 1)
  }
}
