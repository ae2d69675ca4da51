import Diagnostics
import Engine
import Foundation
import Rules
import Session
import Testing

/// Cases whose point is the plan: the section `plan` holds it after the optimizer, `physical` the steps that run.
///
/// A case of `plans` has a query with its tables, or names a shipped rule: `-- rule rules/…/high-volume-ses.kql`.
extension GoldenTests {
  @Test(arguments: GoldenCase.all(in: "plans")) func `the optimizer makes this plan`(_ golden: GoldenCase)
    throws
  {
    if let rule = golden.sections.first(where: { $0.kind == "rule" }) {
      let path = PlanCases.repository.appending(path: rule.argument).path
      let found = try #require(RulePack.load([path]).rules.first, "no rule at \(rule.argument)")
      let query = try Workspace(WorkspaceConfiguration()).compile(found)
      let plans = try query.results.map { try readBack(Optimizer.optimize($0.plan)).explanation }
      return try compare(golden, "plan", plans.joined(separator: "\n").trimmingCharacters(in: .newlines))
    }
    #expect(GoldenCase.isRecording || golden.section("plan") != nil)
    if golden.section("spl") != nil { try checkSPL(golden) } else { try check(golden) }
  }

  @Test func `every shipped rule has a case with its plan`() throws {
    let shipped = RulePack.load([PlanCases.repository.appending(path: "rules").path]).rules.map(\.path)
    #expect(!shipped.isEmpty)
    let cases = GoldenCase.all(in: "plans").flatMap { golden in
      golden.sections.filter { $0.kind == "rule" }.map(\.argument)
    }
    for path in shipped { #expect(cases.contains { path.hasSuffix("/\($0)") }, "no plan of \(path)") }
  }

  /// The plan as it runs, where the case has one to compare it with or is there for it.
  func checkPlan(_ plan: LogicalPlan, _ golden: GoldenCase) throws {
    let isPoint = golden.file.deletingLastPathComponent().lastPathComponent == "plans"
    guard isPoint || golden.section("plan") != nil else { return }
    // Recording the rows has changed the file.
    let golden = GoldenCase.isRecording ? try GoldenCase(file: golden.file) : golden
    let optimized = Optimizer.optimize(plan)
    try compare(golden, "plan", optimized.explanation.trimmingCharacters(in: .newlines))
    guard golden.section("physical") != nil else { return }
    try compare(
      GoldenCase.isRecording ? try GoldenCase(file: golden.file) : golden, "physical",
      PhysicalPlanner.plan(optimized).explanation.trimmingCharacters(in: .newlines))
  }
}

private enum PlanCases {
  static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
}
