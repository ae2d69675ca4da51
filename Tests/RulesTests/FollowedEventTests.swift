import Engine
import Rules
import Session
import Testing

@Suite struct FollowedEventTests {
  private func funnel(_ text: String, _ language: any FrontEnd, following event: String) throws -> Funnel {
    let workspace = ExampleFolders.workspace("examples/ordinary-traffic")
    let query = try ExampleFolders.compile(text, language, in: workspace)
    return try #require(try workspace.funnel(of: query, following: event).funnels.first)
  }

  private func anEmail() throws -> String {
    let workspace = ExampleFolders.workspace("examples/ordinary-traffic")
    let query = try ExampleFolders.compile(
      "AWSCloudTrail | where EventName == 'SendEmail' | take 1 | project AwsEventId", .kql, in: workspace)
    let table = try #require(try workspace.run([query]).outcomes.first?.results.first?.table)
    guard case .string(let id) = table.value(row: 0, column: 0) else { return "" }
    return id
  }

  @Test func `the condition that drops the event is named`() throws {
    let text = "AWSCloudTrail | where isnotempty(EventName) and EventName == 'Publish' | take 5"
    let stages = try #require(try funnel(text, .kql, following: try anEmail()).branches.last?.stages)
    #expect(stages.map(\.followed) == [1, 0, 0])
    #expect(stages[1].conjuncts.map(\.dropsFollowed) == [false, true])
  }

  @Test func `an event is followed into its group and through a join`() throws {
    let text = """
      let G = AWSCloudTrail | summarize n = count() by EventName;
      AWSCloudTrail | project EventName | join kind=inner G on EventName | where n > 0
      """
    let funnel = try funnel(text, .kql, following: try anEmail())
    #expect(funnel.branches.first?.stages.last?.followed == 1)
    #expect((funnel.branches.last?.stages.last?.followed ?? 0) >= 1)
  }

  @Test func `a search follows it too`() throws {
    let event = try anEmail()
    let kept = try funnel("search eventName=SendEmail | stats count by eventSource", .spl, following: event)
    #expect(kept.branches.last?.stages.last?.followed == 1)
    let dropped = try funnel("search eventName=Publish | stats count", .spl, following: event)
    #expect(dropped.branches.last?.stages.map(\.followed).contains(0) == true)
    #expect(!(try funnel("search *", .spl, following: "no such event")).sawFollowed)
  }
}
