import FoundationEssentials
import Testing

@testable import Engine

struct ExtremeAggregatesTests {
  @Test func `min and max pass over nulls`() throws {
    let values: [Value] = [.null, .long(-3), .long(7), .long(.min), .null]
    #expect(try AggregateCheck("min", [.long]).value(of: values) == .long(.min))
    #expect(try AggregateCheck("max", [.long]).value(of: values) == .long(7))
    #expect(try AggregateCheck("max", [.datetime]).value(of: [.null]) == .null)
  }

  @Test func `reals keep their order and NaN wins`() throws {
    let values: [Value] = [.real(-1.5), .real(2.25), .real(-0.25)]
    #expect(try AggregateCheck("min", [.real]).value(of: values) == .real(-1.5))
    #expect(try AggregateCheck("max", [.real]).value(of: values) == .real(2.25))
    #expect(try AggregateCheck("max", [.real]).value(of: [.real(-.infinity)]) == .real(-.infinity))
    for name in ["min", "max"] {
      let mixed = try AggregateCheck(name, [.real]).value(of: values + [.real(.nan), .real(1)])
      #expect(mixed.number?.isNaN == true)
    }
  }

  @Test func `texts, truth values and decimals have extremes`() throws {
    let texts: [Value] = [.string("b"), .string("a"), .string("ä"), .string("B")]
    #expect(try AggregateCheck("min", [.string]).value(of: texts) == .string("B"))
    #expect(try AggregateCheck("max", [.string]).value(of: texts) == .string("ä"))
    #expect(try AggregateCheck("max", [.string]).value([]) == .string(""))
    #expect(try AggregateCheck("max", [.bool]).value(of: [.bool(false), .bool(true)]) == .bool(true))
    #expect(try AggregateCheck("min", [.decimal]).value(of: [.decimal(3), .decimal(2)]) == .decimal(2))
  }

  @Test func `arg_max gives the first of the greatest rows`() throws {
    let check = try AggregateCheck("arg_max", [.datetime, .string, .long], groupCount: 2)
    let result = try check.run([
      (0, [.datetime(5), .string("a"), .long(1)]), (1, [.null, .string("n"), .null]),
      (0, [.datetime(9), .string("b"), .null]), (0, [.datetime(9), .string("c"), .long(3)]),
      (1, [.null, .string("m"), .long(4)]), (0, [.null, .string("d"), .long(5)]),
    ])
    #expect(result == [[.datetime(9), .string("b"), .null], [.null, .string("n"), .null]])
  }

  @Test func `arg_min of texts and a group without rows`() throws {
    let check = try AggregateCheck("arg_min", [.string, .dynamic], groupCount: 2)
    let result = try check.run([(0, [.string("b"), .json("[1]")]), (0, [.string("a"), .json("{}")])])
    #expect(result == [[.string("a"), try .json("{}")], [.string(""), .null]])
  }

  @Test func `NaN wins arg_max and arg_min`() throws {
    let rows: [[Value]] = [
      [.real(1), .string("x")], [.real(.nan), .string("nan")], [.real(-4), .string("y")],
    ]
    for name in ["arg_max", "arg_min"] {
      let result = try AggregateCheck(name, [.real, .string]).run(rows.map { (0, $0) })
      #expect(result[0][1] == .string("nan"))
    }
    let least = try AggregateCheck("arg_min", [.real, .string]).run([(0, rows[0]), (0, rows[2])])
    #expect(least == [[.real(-4), .string("y")]])
  }

  @Test func `take_any prefers a row with content`() throws {
    #expect(
      try AggregateCheck("take_any", [.string]).value(of: [.string(""), .string("x"), .string("y")])
        == .string("x"))
    #expect(try AggregateCheck("take_any", [.long]).value(of: [.null, .long(3)]) == .long(3))
    #expect(try AggregateCheck("take_any", [.long]).value(of: [.null]) == .null)
    let pair = try AggregateCheck("take_any", [.long, .string]).run([
      (0, [.null, .string("a")]), (0, [.long(1), .string("b")]),
    ])
    #expect(pair == [[.null, .string("a")]])
  }

  @Test func `many groups over many chunks keep their rows`() throws {
    let function = try #require(AggregateCatalog.function("arg_max", in: .kql))
    let known = AggregateArguments(
      types: [.long, .string], constants: [nil, nil], resultTypes: [.long, .string], dialect: .kql)
    let state = function.makeState(known)
    // Rising keys: every row of every chunk is a new best row, so that retained rows must be dropped again.
    let groups = [UInt32](0..<1000)
    for chunk in 0..<100 {
      let columns = [
        Column.int64(.long, [Int64](repeating: Int64(chunk), count: 1000)),
        Column.of(.string, groups.map { .string("\(chunk):\($0)") }),
      ]
      groups.withUnsafeBufferPointer { state.update(groups: $0, groupCount: 1000, arguments: columns) }
    }
    let result = state.finish(groupCount: 1000)
    #expect(result[1].value(at: 0) == .string("99:0"))
    #expect(result[1].value(at: 999) == .string("99:999"))
  }
}
