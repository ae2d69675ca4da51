import Diagnostics
import Engine
import KQL
import Testing

/// Input that no one means: it gives a message or a defined value, never a trap.
@Suite struct BadInputTests {
  enum Outcome: Equatable {
    case rows([[Value]])
    case messages([String])
    case failure(String)
  }

  private func run(_ text: String) throws -> Outcome {
    let source = SourceText(name: "query", text: text)
    do {
      let query = try GoldenRun.compile(kql: source, KQLEnvironment(catalog: FixedCatalog([]))).query
      let plan = try #require(query.results.first?.plan)
      let table = try GoldenRun.run(Optimizer.optimize(plan), tables: [:], chunkSize: 7)
      return .rows((0..<table.rowCount).map { table.row($0) })
    } catch let failure as QueryFailure {
      _ = DiagnosticRenderer.render(failure.diagnostics, in: source)
      return .messages(failure.diagnostics.filter { $0.severity == .error }.map(\.id))
    } catch let failure as ExecutionFailure {
      return .failure(failure.id)
    }
  }

  @Test func `parentheses nested ten thousand deep are refused`() throws {
    let text = "print " + String(repeating: "(", count: 10_000) + "1" + String(repeating: ")", count: 10_000)
    guard case .messages(let ids) = try run(text) else {
      Issue.record("not refused")
      return
    }
    #expect(!ids.isEmpty)
  }

  @Test func `a dynamic nested ten thousand deep is refused, and a text of one stays a text`() throws {
    let array = String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000)
    guard case .messages(let ids) = try run("print dynamic(\(array))") else {
      Issue.record("not refused")
      return
    }
    #expect(!ids.isEmpty)
    #expect(try run("print gettype(parse_json('\(array)'))") == .rows([[.string("string")]]))
  }

  @Test func `a pipe of a thousand stages runs`() throws {
    let text = "print x = 0" + String(repeating: " | extend x = x + 1", count: 1000)
    #expect(try run(text) == .rows([[.long(1000)]]))
  }

  @Test func `a pipe of ten thousand stages is refused`() throws {
    let text = "print x = 0" + String(repeating: " | where x < 1", count: 10_000)
    #expect(try run(text) == .messages(["too-many-stages"]))
  }

  @Test(arguments: [
    "let f = () { f() }; print f()", "let f = (n:long) { g(n) }; let g = (n:long) { f(n) }; print f(1)",
    "let T = T | take 1; T", "let x = x + 1; print x", "let f = (n:long) { f(n - 1) + f(n - 2) }; print f(5)",
  ])
  func `what uses itself is refused`(_ text: String) throws {
    guard case .messages(let ids) = try run(text) else {
      Issue.record("not refused")
      return
    }
    #expect(!ids.isEmpty)
  }

  @Test(arguments: [
    "print 'a' matches regex '(a'", "print extract('[z-a]', 0, 'x')",
    "print m = 'x' | parse kind=regex m with '(' a",
    "print m = 'x' | parse-kv m as (a:string) with (regex='(')", "print replace_regex('a', '*', 'b')",
  ])
  func `a regex that does not compile is a message`(_ text: String) throws {
    let outcome = try run(text)
    guard case .messages(let ids) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(ids.contains { $0.contains("regex") }, "\(ids)")
  }

  @Test(arguments: [
    ("1 / 0", Value.null), ("1 % 0", .null), ("toint(9999999999999)", .long(1_316_134_911)),
    ("datetime(9999-12-31) + 400d", .null), ("todatetime('2024-02-30')", .null),
    ("make_datetime(2024, 13, 1)", .null), ("tolong('99999999999999999999')", .null),
    ("substring('abc', 99)", .string("")), ("array_slice(dynamic([1]), 5, 9)", .dynamic(.array([]))),
    ("isnull(parse_json('{bad').x)", .bool(true)), ("repeat(1, 0)", .dynamic(.array([]))),
    ("bin(7, 0)", .null), ("split('a', '')[9]", .null), ("datetime_add('day', 99999999, now())", .null),
  ])
  func `out of range is a value`(_ expression: String, _ expected: Value) throws {
    let outcome = try run("print x = \(expression)")
    guard case .rows(let rows) = outcome, let value = rows.first?.first else {
      Issue.record("\(outcome)")
      return
    }
    #expect(ExampleEquality.areEqual(value, expected), "\(expression) gives \(value)")
  }

  @Test(arguments: [
    "9223372036854775807 + 1", "-9223372036854775807 - 2", "9223372036854775807 * 2",
    "(-9223372036854775807 - 1) / -1", "(-9223372036854775807 - 1) % -1", "abs(-9223372036854775807 - 1)",
    "-(-9223372036854775807 - 1)", "1d * 9223372036854775807", "time(10675199d) + time(10675199d)",
    "binary_shift_left(1, 999)", "exp(1e9)", "pow(0, -1)", "round(1.5, 400)",
    "range(1, 9223372036854775807, 1)",
    "repeat('x', 9999999999)", "strrep('ab', 999999999999)", "make_timespan(99999999999, 0)",
    "unixtime_seconds_todatetime(9223372036854775807)",
    "datetime_diff('microsecond', datetime(9999-12-31), datetime(0001-01-01))",
  ])
  func `arithmetic beyond the range ends in something`(_ expression: String) throws {
    _ = try run("print x = \(expression)")
    _ = try run("range i from 1 to 2 step 1 | extend x = \(expression)")
  }

  @Test(arguments: [
    "range x from 1 to 5 step 0", "range x from 1 to 9223372036854775807 step 1",
    "print t = now() | make-series count() on t from datetime(0001-01-01) to datetime(9999-12-31) step 1s",
    "print x = 1 | take -1", "print x = 1 | top 99999999999999999999 by x", "datatable(a:int)[1, 2, 'x']",
    "print dynamic({'a':)", "print d = dynamic({}) | evaluate bag_unpack(d)",
    "print x = 1 | evaluate autocluster()",
    "externaldata(a:string)['https://example.com/none.csv']", "search 'x'", "find where x == 1",
    "print x = 1 | mv-expand x", "print x = dynamic([]) | mv-apply x on (summarize count())",
    "print x = 1 | scan with (step s: true => y = 1)", "print x = 1 | partition by y (take 1)",
    "print k = 1 | partition by k (extend y = toscalar(summarize count()))",
    "print k = dynamic([1]) | mv-apply k on (where k in ((project k)))",
    "print k = 1 | partition by k (as X | take 1) | join X on k",
    "print k = 1 | partition by k (join (where k == 1) on k)",
    "print k = dynamic([1]) | mv-apply e = k on (evaluate bag_unpack(k))",
    "print k = 1 | partition by k (evaluate pivot(k))",
    "print k = 1 | partition by k (fork (take 1) (count))",
    "print k = 1 | partition by k (partition by k (count))",
    "print k = 1 | fork (partition by k (facet by k)) (count)",
    "print s = '' | parse s with * a * b", "print x = 1 | project-by-names 5",
    "print x = 1 | invoke nothing()",
  ])
  func `a senseless query ends in a message or rows`(_ text: String) throws {
    _ = try run(text)
  }
}
