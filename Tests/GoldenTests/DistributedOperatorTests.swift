import Diagnostics
import Engine
import KQL
import SPL
import Testing

/// What many tasks share, over rows of which many are alike, so that a wrong order shows.
@Suite struct DistributedOperatorTests {
  /// Keys that recur, are empty and are missing, and times that recur.
  private static func rows(_ count: Int, from seed: Int, numbers: DataType) -> String {
    var lines = ["_time:datetime, _raw:string, k:string, m:string, n:\(numbers.rawValue)"]
    var state = seed
    func next(_ end: Int) -> Int {
      state = (state * 1_103_515_245 + 12345) & 0x7FFF_FFFF
      return (state >> 8) % end
    }
    for row in 0..<count {
      let key = ["a", "b", "c", "d", "null", #""""#][next(6)]
      let other = ["x", "y", "null"][next(3)]
      let number = next(5) == 0 ? "null" : String(next(4))
      lines.append("2024-05-01T10:0\(next(9)):00Z, \"row \(row)\", \(key), \(other), \(number)")
    }
    return lines.joined(separator: "\n")
  }

  private static let base =
    "let wide = T | where n >= 0 | extend a = n + 1 | extend b = a * 2 | mv-expand p = pack_array(1, 2) to typeof(long) | extend q = strcat(k, m) | extend r = strlen(q) | where b > 0 | mv-expand p1 = pack_array(p) to typeof(long) | where p1 > 0 | mv-expand p2 = pack_array(p1) to typeof(long) | where p2 > 0 | extend s = r + p2 | extend u = s * 2;\n"
  private static let grouped =
    "let grouped = T | summarize c = count(), s = sum(n) by k, m | extend a = c + 1 | extend b = a * 2 | where b > 0 | mv-expand p1 = pack_array(b) to typeof(long) | where p1 > 0 | mv-expand p2 = pack_array(p1) to typeof(long) | where p2 > 0 | extend q = strcat(k, m) | extend r = strlen(q) | extend w = r + a | extend v = w + 1 | sort by s desc | extend z = v;\n"

  @Test(arguments: [
    "T | join kind=rightouter (U) on k",
    "T | join kind=fullouter (U) on k | project _raw, _raw1, k, k1",
    "T | sort by n desc | join kind=fullouter (U | sort by m asc) on k | take 30",
    "T | summarize c = count() by k | join kind=rightouter (U | summarize d = count() by k, m) on k",
    "T | join kind=fullouter (U) on k, m | summarize make_list(_raw), make_list(_raw1) by m",
    "T | join kind=rightouter (U) on k | where n > 1 | join kind=rightouter (T) on k | project _raw, _raw1, _raw2",
    "T | join kind=inner (U) on k | summarize count(), make_list(_raw1) by m1",
    "T | join kind=inner (U) on k | join kind=inner (T) on $left.m1 == $right.m | project _raw, _raw1, _raw2",
    "T | summarize c = count() by k | mv-expand p = pack_array(2, 1) to typeof(long) | summarize count() by p",
    "T | summarize c = count() by k | mv-expand p = pack_array(1, 2) to typeof(long) | join kind=fullouter (U) on k",
    "T | join kind=leftouter (U) on k | summarize c = count() by m1, m | join kind=inner (U) on m | project m1, _raw",
    "union (T | summarize c = count() by k), (U | summarize c = sum(n) by k, m)",
    "union T, (U | summarize n = count() by k)",
    "union (T | summarize n = count() by k), U | summarize make_list(n) by k",
    "T | sort by n asc, m desc | project k | sort by k asc | where k != 'a'",
    "T | sort by n asc | project k, _raw | join kind=fullouter (U | sort by m desc | project k, _raw) on k",
    "T | sort by n asc | project k | take 20",
    "union (T | sort by n asc), (U | project k, n), (T | summarize n = max(n) by m | summarize k = take_any(m) by n) | take 70",
    "union withsource=w (T | join kind=inner (U) on k), (U | sort by _raw desc) | sort by k asc",
    base + "wide | join kind=inner (wide | where s > 1) on k | project _raw, _raw1, u, u1",
    base + "union wide, (wide | where p == 1), T",
    base + "union wide, U | summarize count(), make_list(_raw) by k",
    base
      + "wide | where k in ((wide | where r > 1 | project k)) | summarize c = count() by k | join kind=fullouter (wide | summarize x = max(u) by m) on $left.k == $right.m",
    grouped + "grouped | join kind=fullouter (grouped | where c > 1) on k",
    grouped + "union grouped, (grouped | where c > 1), T",
    "let sorted = T | sort by n asc | project k, _raw; union sorted, (sorted | where k != 'a'), U",
    "let sorted = T | sort by n asc | project k, _raw; sorted | join kind=fullouter (sorted | where k != 'a') on k",
    "let few = T | summarize c = count() by k; few | join kind=leftouter (few | where c > 3) on k",
    "let few = T | summarize c = count() by k; union few, few",
  ]) func `KQL gives the rows of the whole`(_ text: String) throws {
    let tables = try tables(["T": (60, 1), "U": (25, 2)])
    let definitions = tables.keys.sorted().map { TableDefinition(name: $0, fields: tables[$0]?.fields ?? []) }
    let plan = try GoldenRun.compile(
      kql: SourceText(name: "query", text: text), KQLEnvironment(catalog: FixedCatalog(definitions)),
      tables: tables
    ).query.results.first?.plan
    try check(try #require(plan), tables, isApart: !text.contains("take"))
  }

  @Test(arguments: [
    ("* | transaction k", true),
    ("* | transaction k maxevents=2 mvlist=t", true),
    ("* | transaction k maxspan=2m keepevicted=t | table _time k duration eventcount _raw closed_txn", true),
    ("* | transaction m startswith=eval(n=1) | stats count by eventcount", true),
    ("* | sort 0 n | transaction k maxpause=1m | table _raw", true),
    ("* | eval k=if(n > 1, split(\"a,b\", \",\"), k) | transaction k | table _raw k", true),
    ("* | stats count values(_time) as _time by k m | transaction k | table k m count", true),
    ("* | sort 0 n | dedup k | table _raw", true),
    ("* | sort 0 n | eval x=k.m | table x | stats first(x) as y by x | sort 0 - y", true),
    ("* | table m | eventstats count by m", true),
    ("* | stats list(n) as y by k m | where k=\"a\" | table y", false),
    ("* | transaction k m | table _raw k m", false),
    ("* | transaction k connected=f | table _raw k", false),
    ("* | transaction maxevents=7 | table _raw", false),
  ]) func `SPL gives the rows of the whole`(_ text: String, _ isApart: Bool) throws {
    let tables = try tables(["events": (60, 3)], numbers: .string)
    var environment = SPLEnvironment(events: GoldenEvents(fields: ["_time", "_raw", "k", "m", "n"]))
    environment.writesLookups = true
    let plan = try GoldenRun.compile(
      spl: SourceText(name: "query", text: text), environment, tables: tables
    ).plan
    try check(plan, tables, isApart: isApart)
  }

  private func tables(
    _ sizes: [String: (count: Int, seed: Int)], numbers: DataType = .long
  ) throws -> [String: Table] {
    try sizes.mapValues {
      try TableText.parse(DistributedOperatorTests.rows($0.count, from: $0.seed, numbers: numbers))
    }
  }

  /// - Parameter isApart: no rows have to meet in one task.
  private func check(_ plan: LogicalPlan, _ tables: [String: Table], isApart: Bool) throws {
    let optimized = Optimizer.optimize(plan)
    let whole = try GoldenRun.run(optimized, tables: tables, chunkSize: 7)
    #expect(whole.rowCount > 0)
    let text = TableText.text(of: whole, sorted: false)
    for (tasks, buckets) in [(1, 1), (1, 3), (2, 3), (5, 2), (3, 7)] {
      let cluster = MemoryCluster(tables: tables, tasks: tasks, buckets: buckets)
      let explanation = cluster.explanation(of: optimized)
      let rows = TableText.text(of: try cluster.run(optimized), sorted: false)
      #expect(rows == text, "\(tasks) tasks, \(buckets) buckets\n\(explanation)")
      if buckets > 1, optimized.readySubqueries.isEmpty {
        #expect(explanation.contains("to one task, since") != isApart, "\(explanation)")
      }
    }
  }
}
