import Diagnostics
import Engine
import KQL
import Testing

/// What Kusto refuses and has a meaning all the same: refused, and run with a warning where that is asked for.
@Suite struct LenienceTests {
  private static let header =
    "let T = datatable(n:long, x:string, d:dynamic)[1, 'a', dynamic({'a':1,'b':1,'t':'2024-01-01','f':true})]; "

  private func compile(_ text: String, isLenient: Bool) -> (query: LoweredQuery?, problems: [Diagnostic]) {
    var environment = KQLEnvironment(catalog: FixedCatalog([]))
    environment.isLenient = isLenient
    do throws(QueryFailure) {
      let source = SourceText(name: "q", text: LenienceTests.header + text)
      let (query, warnings) = try KQL.compile(source, environment: environment)
      return (query, warnings)
    } catch {
      return (nil, error.diagnostics)
    }
  }

  static let cases: [(query: String, slug: String, gives: Value)] = [
    ("T | project first = n", "reserved-name", .long(1)),
    ("T | extend ['time'] = n | project y = time", "reserved-name", .long(1)),
    ("T | project y = d.where", "reserved-name", .null),
    ("let title = 3; print title", "reserved-name", .long(3)),
    ("T | summarize y = max(d.a)", "argument-type", .dynamic(.long(1))),
    ("T | project y = startofday(d.t)", "argument-type", .datetime(638_396_640_000_000_000)),
    ("T | project y = d.t > datetime(2023-01-01)", "compared-types", .bool(true)),
    ("T | where d.f | project n", "not-a-condition", .long(1)),
    ("T | project y = d.a == d.b", "compared-types", .bool(true)),
    ("T | project y = row_number()", "rows-without-order", .long(1)),
    ("T | where x !in () | project n", "empty-list", .long(1)),
    ("T | extend y = 2, y = 3 | project y", "duplicate-column", .long(3)),
    ("let a = 1; let a = 2; print a", "name-twice", .long(2)),
    ("T | join kind=inner (T | extend r = 1.0) on $left.n == $right.r | project n", "join-types", .long(1)),
    ("T | distinct d | count", "dynamic-key", .long(1)),
    ("T | top 5 by n, x | project n", "top-by-several", .long(1)),
    ("T | project n | render foo", "unknown-chart", .long(1)),
    ("print 1;; ", "empty-statement", .long(1)),
  ]

  @Test(arguments: cases) func `it is refused, and run with a warning if that is asked for`(
    _ query: String, _ slug: String, _ expected: Value
  ) throws {
    let strict = compile(query, isLenient: false)
    #expect(strict.query == nil)
    #expect(strict.problems.filter { $0.severity == .error }.map(\.id).contains(slug))
    #expect(strict.problems.contains { !$0.suggestions.isEmpty || !$0.notes.isEmpty })
    let lenient = compile(query, isLenient: true)
    #expect(lenient.problems.allSatisfy { $0.severity != .error }, "\(lenient.problems)")
    #expect(lenient.problems.map(\.id).contains(slug))
    let plan = try #require(lenient.query?.results.first?.plan)
    let executor = Executor(context: ExecutionContext(now: 0)) { _ throws(ExecutionFailure) in
      throw ExecutionFailure("unknown-table", "no table")
    }
    let table = try executor.run(plan)
    #expect(table.rowCount == 1)
    #expect(table.value(row: 0, column: 0) == expected)
  }

  @Test(arguments: [
    "T | where n > 1 AND x == 'a'", "T | project d.a * d.b", "T | where nothing == 1",
    "T | project y = iff(true, 1, 'a')",
  ]) func `what has no meaning stays refused`(_ query: String) {
    #expect(compile(query, isLenient: true).query == nil)
  }
}
