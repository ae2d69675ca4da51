import Engine
import Rules
import Session
import Testing

@Suite struct FunnelGroupsTests {
  private func branches(_ text: String) throws -> [Funnel.Branch] {
    let workspace = ExampleFolders.workspace("examples/bursts/ses")
    let query = try ExampleFolders.compile(text, .kql, in: workspace)
    return try #require(try workspace.funnel(of: query).funnels.first).branches
  }

  @Test func `stages within mv-apply are counted over all groups`() throws {
    let branches = try branches(
      """
      AWSCloudTrail
      | take 10
      | mv-apply r = dynamic([1, 2, 3]) to typeof(long) on (
          where r > 1
          | summarize n = count()
          | where n > 2
        )
      """)
    #expect(branches.map(\.name).first?.hasPrefix("each group of mv-apply r = ") == true)
    let stages = branches[0].stages
    #expect(stages.map(\.text) == ["where r > 1", "summarize n = count()", "where n > 2"])
    #expect(stages.map(\.rowsIn) == [30, 20, 10])
    #expect(stages.map(\.rowsOut) == [20, 10, 0])
    #expect(stages.map(\.line) == [4, 5, 6])
    #expect(branches.last?.stages.last?.feeds == [0] && branches.last?.rowCount == 0)
  }

  @Test func `a partition shows its own stages`() throws {
    let branches = try branches("AWSCloudTrail | partition by EventName (top 2 by TimeGenerated | count)")
    #expect(branches[0].stages.map(\.text) == ["top 2 by TimeGenerated", "count"])
    #expect(branches[0].rowCount == branches.last?.rowCount)
  }
}
