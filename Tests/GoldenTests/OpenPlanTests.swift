import Diagnostics
import Engine
import KQL
import SPL
import Testing

/// Compiling reads no data: every case gives a plan, or the same message, without an answer to anything it asks.
@Suite struct OpenPlanTests {
  private static let cases = ["kql", "spl"].flatMap { GoldenCase.all(in: $0) }

  private struct Compiled {
    var plans: [LogicalPlan]
    var open: [OpenQuestion]
  }

  private func compile(_ golden: GoldenCase) throws -> Compiled {
    if let text = golden.section("spl") {
      let (plan, _, open) = try SPL.compile(
        SourceText(name: "query", text: text), environment: GoldenTests().splEnvironment(golden))
      return Compiled(plans: [plan], open: open)
    }
    let text = try #require(golden.section("kql"))
    let query = try KQL.compile(
      SourceText(name: "query", text: text), environment: GoldenTests().environment(golden)
    ).query
    return Compiled(plans: query.results.map(\.plan), open: query.open)
  }

  @Test(arguments: cases) func `a case compiles without data and shows what is open`(_ golden: GoldenCase)
    throws
  {
    let compiled = try compile(golden)
    #expect(!compiled.plans.isEmpty)
    #expect(compiled.plans.contains(where: \.isOpen) == !compiled.open.isEmpty)
    for plan in compiled.plans where plan.isOpen {
      #expect(try GoldenTests().readBack(plan).isOpen)
      for text in [plan.explanation, Optimizer.optimize(plan).explanation] {
        #expect(compiled.open.contains { text.contains("open: ") && text.contains($0.what) }, "\(text)")
      }
      #expect(throws: ExecutionFailure.self) {
        try GoldenRun.run(plan, tables: GoldenTests().tables(golden), chunkSize: 7)
      }
    }
  }

  @Test func `charts, subsearches and their like are open, and nothing else`() throws {
    func questions(_ search: String) throws -> [String] {
      let environment = SPLEnvironment(events: GoldenEvents(fields: ["user", "count", "doc"]))
      return try SPL.compile(SourceText(name: "query", text: search), environment: environment).open.map(
        \.what)
    }
    #expect(try questions("* | stats count by user | where count > 3 | sort - count") == [])
    #expect(try questions("* | chart count over user") == [])
    #expect(try questions("* | chart count over user by doc") == ["the columns of the chart"])
    #expect(try questions("[search * | table user] | table count") == ["the subsearch"])
    #expect(try questions("* | eval {user}=1 | spath input=doc").count == 2)
  }
}
