import Diagnostics
import Engine
import KQL
import SPL
import Testing

/// Every case gives the same rows, in the same order, when its plan is cut into fragments that run apart.
@Suite struct DistributedGoldenTests {
  private static let cases = ["kql", "spl"].flatMap { GoldenCase.all(in: $0) }

  private func plan(of golden: GoldenCase) throws -> LogicalPlan? {
    let tests = GoldenTests()
    let tables = try tests.tables(golden)
    if let text = golden.section("spl") {
      return try GoldenRun.compile(
        spl: SourceText(name: "query", text: text), tests.splEnvironment(golden), tables: tables
      ).plan
    }
    guard let text = golden.section("kql") else { return nil }
    return try GoldenRun.compile(
      kql: SourceText(name: "query", text: text), tests.environment(golden), tables: tables
    ).query.results.first?.plan
  }

  @Test(arguments: cases) func `fragments give the rows of the whole`(_ golden: GoldenCase) throws {
    guard let plan = try plan(of: golden) else { return }
    let tables = try GoldenTests().tables(golden)
    let optimized = Optimizer.optimize(plan)
    let whole = TableText.text(
      of: try GoldenRun.run(optimized, tables: tables, chunkSize: 7), sorted: false)
    for (tasks, buckets) in [(1, 1), (2, 3), (5, 2)] {
      let cluster = MemoryCluster(tables: tables, tasks: tasks, buckets: buckets)
      let rows = TableText.text(of: try cluster.run(optimized), sorted: false)
      #expect(rows == whole, "\(tasks) tasks, \(buckets) buckets\n\(cluster.explanation(of: optimized))")
    }
  }
}

/// Runs the fragments of a plan one after the other over shares of tables, as tasks on many machines would.
struct MemoryCluster {
  var tables: [String: Table]
  var tasks: Int
  var buckets: Int

  private func distributed(_ plan: LogicalPlan) -> DistributedPlan {
    DistributedPlanner.plan([plan], buckets: buckets) { _ in 1 }
  }

  func explanation(of plan: LogicalPlan) -> String { distributed(plan).explanation }

  func run(_ plan: LogicalPlan) throws -> Table {
    var plan = plan
    var ready = plan.readySubqueries
    while !ready.isEmpty {
      var values: [Int: Value] = [:]
      for subquery in ready {
        let table = try run(subquery.plan)
        values[subquery.id] = table.rowCount > 0 ? table.value(row: 0, column: 0) : .null
      }
      plan = plan.substituting(subqueries: values)
      ready = plan.readySubqueries
    }
    let distributed = distributed(plan)
    var blocks: [FragmentRun.Block] = []
    for (stage, fragments) in distributed.stages.enumerated() {
      let count = stage == 0 ? tasks : stage == distributed.stages.count - 1 ? 1 : buckets
      let earlier = blocks
      for task in 0..<count {
        let share = stage == 0 ? tables.mapValues { $0.share(task, of: tasks) } : [:]
        let given = FragmentRun.Arrivals(earlier.filter { $0.bucket == task })
        for fragment in fragments {
          // As it arrives where it runs.
          let text = PlanDocument.text(of: fragment, "fragment", kind: "test")
          let back = try PlanDocument.read(Fragment.self, "fragment", kind: "test", from: text)
          #expect(back == fragment)
          try back.check()
          blocks += try FragmentRun(
            executor: GoldenRun.executor(tables: share, chunkSize: 7), task: task, of: count,
            arrivals: given
          ).run(back)
        }
      }
    }
    let here = GoldenRun.executor(tables: [:], chunkSize: 7)
    let back = FragmentRun(executor: here, task: 0, of: 1, arrivals: .init(blocks.shuffled()))
    var given: [Int: Table] = [:]
    for result in distributed.results { given[result.argument] = try back.rows(of: result) }
    return try here.binding(given).run(try #require(distributed.plans.first))
  }
}

extension Table {
  /// The rows of one of so many tasks.
  fileprivate func share(_ task: Int, of tasks: Int) -> Table {
    slice(rowCount * task / tasks..<rowCount * (task + 1) / tasks)
  }
}
