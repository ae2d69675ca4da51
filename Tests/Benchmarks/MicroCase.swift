import Diagnostics
import Engine
import KQL

/// A query over a large table made in memory, to see how an operator grows.
struct MicroCase {
  var name: String
  var query: String
  var rows: Int
  /// Columns `a` and `b` for a number of rows.
  var table: @Sendable (Int) -> Table
  /// How many rows the answer has.
  var answer: @Sendable (Int) -> Int

  static let all: [MicroCase] = [
    MicroCase(
      name: "group-distinct-keys", query: "T | summarize c = count() by a", rows: 5_000_000, table: numbers,
      answer: { $0 }),
    MicroCase(
      name: "join-unique-keys",
      query: "T | join kind=inner (T | project a, c = b) on a | summarize n = count()",
      rows: 1_000_000, table: numbers, answer: { _ in 1 }),
    MicroCase(name: "sort", query: "T | sort by b asc", rows: 10_000_000, table: numbers, answer: { $0 }),
    MicroCase(
      name: "make-set-high-cardinality", query: "T | summarize s = make_set(a) by g = b % 1000",
      rows: 1_000_000,
      table: numbers, answer: { _ in 1000 }),
    MicroCase(
      name: "group-distinct-texts", query: "T | summarize c = count() by s", rows: 1_000_000, table: texts,
      answer: { $0 }),
  ]

  /// `a` counts up in a scattered order (each number once), `b` is a hash.
  private static let numbers: @Sendable (Int) -> Table = { rows in
    var a: [Int64] = []
    var b: [Int64] = []
    a.reserveCapacity(rows)
    b.reserveCapacity(rows)
    for row in 0..<rows {
      // 7919 shares no factor with the row counts in use, so that this visits every number.
      a.append(Int64(row &* 7919 % rows))
      var hash = UInt64(row) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
      b.append(Int64(hash >> 12))
    }
    return Table(
      fields: [Field("a", .long), Field("b", .long)],
      columns: [Column.int64(.long, a), Column.int64(.long, b)], rowCount: rows)
  }

  private static let texts: @Sendable (Int) -> Table = { rows in
    let column = Column.of(.string, (0..<rows).lazy.map { Value.string("arn:aws:iam::1:user/\($0)") })
    return Table(fields: [Field("s", .string)], columns: [column], rowCount: rows)
  }

  /// Runs the case with a number of rows.
  func measure(rows: Int, runs: Int, threads: Int?) throws -> BenchmarkResult {
    let table = table(rows)
    let catalog = FixedCatalog([TableDefinition(name: "T", fields: table.fields)])
    let (compiled, _) = try KQL.compile(
      SourceText(name: name, text: query), environment: KQLEnvironment(catalog: catalog))
    let plan = Optimizer.optimize(compiled.results[0].plan)
    var count = 0
    let reading = try Stopwatch.median(of: runs) {
      let executor = Executor(context: ExecutionContext(now: 0, threads: threads)) {
        scan throws(ExecutionFailure) in
        let columns = scan.sources.map { source in
          table.columns[table.fields.firstIndex { $0.name == source.field } ?? 0]
        }
        return Table(
          fields: scan.sources.map { Field($0.column.name, $0.column.type) }, columns: columns,
          rowCount: table.rowCount)
      }
      count = try executor.run(plan).rowCount
    }
    guard count == answer(rows) else { throw BenchmarkFailure("\(name): \(count) rows, not \(answer(rows))") }
    return BenchmarkResult(name: name, inputRows: rows, rows: count, reading: reading)
  }
}
