import FoundationEssentials
import Testing

@testable import Engine

struct SumAggregatesTests {
  @Test func `count counts rows, nulls included`() throws {
    #expect(try AggregateCheck("count", [.long]).value(of: [.long(1), .null]) == .long(2))
    #expect(try AggregateCheck("count", []).value([[], [], []]) == .long(3))
    #expect(try AggregateCheck("count", []).value([]) == .long(0))
  }

  @Test func `countif counts true only`() throws {
    #expect(try AggregateCheck("countif", [.bool]).value(of: [.bool(true), .null, .bool(false)]) == .long(1))
    #expect(try AggregateCheck("count", [.bool]).value(of: [.bool(true), .null, .bool(false)]) == .long(1))
  }

  @Test func `sum of whole numbers wraps around and is 0 of none`() throws {
    let sum = try AggregateCheck("sum", [.long])
    #expect(try sum.value(of: [.long(.max), .long(1)]) == .long(.min))
    #expect(try sum.value(of: [.null, .null]) == .long(0))
    #expect(try AggregateCheck("sum", [.int]).value(of: [.long(2), .null, .long(3)]) == .long(5))
    #expect(try AggregateCheck("sum", [.timespan]).value(of: [.timespan(2), .timespan(3)]) == .timespan(5))
  }

  @Test func `sums of several groups stay apart`() throws {
    let sum = try AggregateCheck("sum", [.long], groupCount: 3)
    let result = try sum.run([(2, [.long(1)]), (0, [.long(10)]), (2, [.long(2)]), (0, [.null])])
    #expect(result == [[.long(10)], [.long(0)], [.long(3)]])
  }

  @Test func `a sum of reals does not depend on the order`() throws {
    let numbers = [1e16, 1, -1e16, 0.1, 0.2, 0.3, 1e-9]
    let forward = try AggregateCheck("sum", [.real]).value(of: numbers.map { .real($0) })
    let backward = try AggregateCheck("sum", [.real]).value(of: numbers.reversed().map { .real($0) })
    #expect(forward == backward)
    #expect(forward == .real(1.600000001))
  }

  @Test func `infinities and NaN come through a sum`() throws {
    let sum = try AggregateCheck("sum", [.real])
    #expect(try sum.value(of: [.real(.infinity), .real(1)]) == .real(.infinity))
    #expect(try sum.value(of: [.real(.infinity), .real(-.infinity)]).number?.isNaN == true)
    #expect(try sum.value(of: [.real(.nan), .real(1)]).number?.isNaN == true)
  }

  @Test func `avg is NaN of none`() throws {
    #expect(try AggregateCheck("avg", [.long]).value(of: [.null]).number?.isNaN == true)
    #expect(try AggregateCheck("avg", [.real]).value([]).number?.isNaN == true)
    #expect(try AggregateCheck("avg", [.long]).value(of: [.long(1), .long(2), .null]) == .real(1.5))
    #expect(try AggregateCheck("avg", [.real]).value(of: [.real(1), .real(2)]) == .real(1.5))
  }

  @Test func `avg of times keeps their type and does not overflow`() throws {
    let noon = Ticks.unixEpoch
    let times = [Value](repeating: .datetime(noon), count: 40)
    #expect(try AggregateCheck("avg", [.datetime]).value(of: times) == .datetime(noon))
    #expect(try AggregateCheck("avg", [.timespan]).value(of: [.timespan(2), .timespan(4)]) == .timespan(3))
  }

  @Test func `decimals are summed as decimals`() throws {
    let tenth = try #require(Decimal(string: "0.1"))
    let check = try AggregateCheck("sum", [.decimal])
    #expect(try check.value(of: [.decimal(tenth), .null, .decimal(tenth)]) == .decimal(tenth + tenth))
    #expect(try AggregateCheck("avg", [.decimal]).value(of: [.decimal(1), .decimal(2)]) == .decimal(1.5))
  }

  @Test func `a condition picks the rows`() throws {
    let rows: [[Value]] = [
      [.long(1), .bool(true)], [.long(2), .bool(false)], [.long(4), .null], [.long(8), .bool(true)],
    ]
    #expect(try AggregateCheck("sumif", [.long, .bool]).value(rows) == .long(9))
    #expect(try AggregateCheck("avgif", [.long, .bool]).value(rows) == .real(4.5))
    #expect(try AggregateCheck("minif", [.long, .bool]).value(rows) == .long(1))
    #expect(try AggregateCheck("maxif", [.long, .bool]).value(rows) == .long(8))
    #expect(try AggregateCheck("dcountif", [.long, .bool]).value(rows) == .long(2))
    #expect(try AggregateCheck("make_set_if", [.long, .bool]).value(rows) == .json("[1,8]"))
    #expect(try AggregateCheck("take_anyif", [.long, .bool]).value(rows.reversed()) == .long(8))
  }

  @Test func `bits are folded`() throws {
    let values: [Value] = [.long(12), .null, .long(10)]
    #expect(try AggregateCheck("binary_all_and", [.long]).value(of: values) == .long(8))
    #expect(try AggregateCheck("binary_all_or", [.long]).value(of: values) == .long(14))
    #expect(try AggregateCheck("binary_all_xor", [.long]).value(of: values) == .long(6))
    #expect(try AggregateCheck("binary_all_xor", [.long]).value(of: [.null]) == .null)
  }
}
