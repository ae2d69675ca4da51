import Testing

@testable import Engine

struct SpreadAggregatesTests {
  private static let sample: [Value] = [.long(1), .long(2), .null, .long(4)]

  @Test func `variance is rounded to ten decimals and stdev is its root`() throws {
    #expect(try AggregateCheck("variance", [.long]).value(of: Self.sample) == .real(2.3333333333))
    #expect(try AggregateCheck("stdev", [.long]).value(of: Self.sample) == .real(2.3333333333.squareRoot()))
    #expect(try AggregateCheck("variancep", [.long]).value(of: Self.sample) == .real(1.5555555556))
  }

  @Test func `one value or none has no spread`() throws {
    for name in ["stdev", "stdevp", "variance", "variancep"] {
      #expect(try AggregateCheck(name, [.real]).value(of: [.real(5)]) == .real(0))
      #expect(try AggregateCheck(name, [.real]).value([]) == .real(0))
      #expect(
        try AggregateCheck(name, [.real]).value(of: [.real(.infinity), .real(1)]).number?.isNaN == true)
    }
  }

  @Test func `large values with a small spread keep it`() throws {
    let values: [Value] = [1e9 + 1, 1e9 + 2, 1e9 + 4].map { .real($0) }
    #expect(try AggregateCheck("variance", [.real]).value(of: values) == .real(2.3333333333))
  }

  @Test func `covariance takes the rows with both values`() throws {
    let rows: [[Value]] = [
      [.long(1), .real(2)], [.null, .real(9)], [.long(2), .real(4)], [.long(3), .real(6)],
    ]
    #expect(try AggregateCheck("covariance", [.long, .real]).value(rows) == .real(2))
    #expect(try AggregateCheck("covariancep", [.long, .real]).value(rows) == .real(4.0 / 3))
    let conditions = rows.map { $0 + [.bool($0[0] != .long(3))] }
    #expect(try AggregateCheck("covarianceif", [.long, .real, .bool]).value(conditions) == .real(1))
  }

  @Test(arguments: [(0.0, 1), (25, 3), (50, 5), (51, 6), (99.9, 10), (100, 10)] as [(Double, Int64)])
  func `percentile is the nearest rank`(percentage: Double, expected: Int64) throws {
    let check = try AggregateCheck("percentile", [.long], constants: [.real(percentage)])
    #expect(try check.value([7, 3, 10, 1, 2, 9, 4, 8, 6, 5].map { [.long($0), .null] }) == .long(expected))
  }

  @Test func `percentiles give a column each or one array`() throws {
    let rows: [(Int, [Value])] = [3.5, 1.5, 2.5].map { (0, [.real($0), .null, .null]) }
    let check = try AggregateCheck("percentiles", [.real], constants: [.real(1), .real(99)], groupCount: 2)
    #expect(try check.run(rows) == [[.real(1.5), .real(3.5)], [.null, .null]])
    let array = try AggregateCheck("percentiles_array", [.real], constants: [try .json("[50, 100]")])
    #expect(try array.run(rows) == [[.json("[2.5,3.5]")]])
  }

  @Test func `a weight counts a value several times`() throws {
    let rows: [[Value]] = [
      [.long(10), .long(1), .null], [.long(20), .long(8), .null], [.long(30), .long(1), .null],
    ]
    let check = try AggregateCheck("percentilew", [.long, .long], constants: [.long(50)])
    #expect(try check.value(rows) == .long(20))
    #expect(
      try AggregateCheck("percentilew", [.long, .long], constants: [.long(95)]).value(rows) == .long(30))
  }

  @Test func `a digest holds all values`() throws {
    #expect(
      try AggregateCheck("tdigest", [.long]).value(of: [.long(2), .null, .long(1), .long(2)])
        == .json("[2,1,2]"))
    #expect(
      try AggregateCheck("merge_tdigest", [.dynamic]).value(of: [.json("[2]"), .json("[1,2]")])
        == .json("[2,1,2]"))
  }
}
