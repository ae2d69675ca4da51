import Diagnostics
import Engine
import Foundation
import Session
import Testing

/// Where the rows of a query go on a cluster.
@Suite struct DistributedPlanTests {
  private func exchanges(_ text: String, _ language: any FrontEnd) throws -> [String] {
    var configuration = WorkspaceConfiguration()
    configuration.lookupOutput = .dropped
    let workspace = Workspace(configuration)
    let query = try workspace.compile(SourceText(name: "query", text: text), language: language)
    let plan = DistributedPlanner.plan(workspace.optimized(query), buckets: 4) { _ in 1 }
    return plan.explanation.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter {
      $0.hasPrefix("stage") || $0.hasPrefix("exchange")
    }
  }

  @Test(arguments: [
    ("print 1", []),
    (
      "AWSCloudTrail | take 5",
      [
        "stage 0: tasks over the files",
        "exchange 0: rows to one task, since it takes the first rows of all tasks",
        "stage 1: one task", "exchange 1: rows to whoever asked",
      ]
    ),
    (
      "AWSCloudTrail | summarize n = count() by EventName | where n > 2",
      [
        "stage 0: tasks over the files", "exchange 0: partial groups to 4 tasks by key",
        "stage 1: 4 tasks, each with some keys", "exchange 1: rows to whoever asked",
      ]
    ),
    (
      "AWSCloudTrail | summarize n = count() by EventName | summarize make_list(EventName) by n",
      [
        "stage 0: tasks over the files", "exchange 0: partial groups to 4 tasks by key",
        "stage 1: 4 tasks, each with some keys", "exchange 1: rows to 4 tasks by n",
        "stage 2: 4 tasks, each with some keys", "exchange 2: rows to whoever asked",
      ]
    ),
    (
      "AWSCloudTrail | join kind=inner (AWSCloudTrail | where EventName == 'A') on UserIdentityArn | count",
      [
        "stage 0: tasks over the files", "exchange 0: rows to 4 tasks by UserIdentityArn",
        "exchange 1: rows to 4 tasks by UserIdentityArn", "stage 1: 4 tasks, each with some keys",
        "exchange 2: partial groups to one task, since there is one group", "stage 2: one task",
        "exchange 3: rows to whoever asked",
      ]
    ),
    (
      "AWSCloudTrail | lookup (datatable(AWSRegion:string, place:string)['a', 'b']) on AWSRegion | project place",
      ["stage 0: tasks over the files", "exchange 0: rows to whoever asked"]
    ),
    (
      "AWSCloudTrail | sort by TimeGenerated asc | extend n = row_number()",
      [
        "stage 0: tasks over the files",
        "exchange 0: rows to one task, since it needs all rows in their order",
        "stage 1: one task", "exchange 1: rows to whoever asked",
      ]
    ),
    (
      "AWSCloudTrail | join kind=fullouter (AWSCloudTrail | where EventName == 'A') on UserIdentityArn | project EventName",
      [
        "stage 0: tasks over the files", "exchange 0: rows to 4 tasks by UserIdentityArn",
        "exchange 1: rows to 4 tasks by UserIdentityArn", "stage 1: 4 tasks, each with some keys",
        "exchange 2: rows to whoever asked",
      ]
    ),
    (
      "union (AWSCloudTrail | summarize n = count() by EventName), (AWSCloudTrail | project n = 1)",
      [
        "stage 0: tasks over the files", "exchange 0: partial groups to 4 tasks by key",
        "exchange 1: rows to 4 tasks as they are", "stage 1: 4 tasks, each with some keys",
        "exchange 2: rows to whoever asked",
      ]
    ),
  ]) func `KQL moves rows where it must`(_ text: String, _ expected: [String]) throws {
    #expect(try exchanges(text, KQLFrontEnd()) == expected)
  }

  @Test func `rows that several places read are made once`() throws {
    let text = """
      let some = AWSCloudTrail | where EventName == 'A' | mv-expand r = todynamic(Resources) | mv-expand s = r.x
        | where s != 1 | mv-expand t = s.x | where t != 1 | mv-expand u = t.x | extend d = toint(u.x);
      some | join kind=inner (some | where d > 3) on UserIdentityArn | project EventName, EventName1
      """
    #expect(
      try exchanges(text, KQLFrontEnd()) == [
        "stage 0: tasks over the files", "exchange 0: rows to 4 tasks as they are",
        "stage 1: 4 tasks, each with some keys", "exchange 1: rows to 4 tasks by UserIdentityArn",
        "exchange 2: rows to 4 tasks by UserIdentityArn", "stage 2: 4 tasks, each with some keys",
        "exchange 3: rows to whoever asked",
      ])
  }

  @Test func `a transaction of one field meets by it`() throws {
    let search = "sourcetype=aws:cloudtrail | transaction src | table duration"
    #expect(
      try exchanges(search, SPLFrontEnd()).dropFirst().first?.hasPrefix("exchange 0: rows to 4 tasks by ")
        == true)
  }

  @Test func `SPL meets by key what it works out by key`() throws {
    let search =
      "sourcetype=aws:cloudtrail | stats count by eventName src | eventstats sum(count) as all by src"
    #expect(
      try exchanges(search, SPLFrontEnd()) == [
        "stage 0: tasks over the files", "exchange 0: partial groups to 4 tasks by key",
        "stage 1: 4 tasks, each with some keys", "exchange 1: rows to 4 tasks by src",
        "stage 2: 4 tasks, each with some keys", "exchange 2: rows to whoever asked",
      ])
    let events = "sourcetype=aws:cloudtrail | dedup eventName | table eventName"
    #expect(
      try exchanges(events, SPLFrontEnd()) == [
        "stage 0: tasks over the files", "exchange 0: rows to 4 tasks by eventName",
        "stage 1: 4 tasks, each with some keys", "exchange 1: rows to whoever asked",
      ])
  }
}
