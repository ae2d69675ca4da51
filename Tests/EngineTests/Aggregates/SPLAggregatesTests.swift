import Testing

@testable import Engine

struct SPLAggregatesTests {
  private func check(_ name: String, _ types: [DataType], constants: [Value] = []) throws -> AggregateCheck {
    try AggregateCheck(name, types, constants: constants, dialect: .spl)
  }

  private func texts(_ texts: String...) -> [Value] { texts.map { .string($0) } }

  @Test func `count of a field counts each value of a multivalue`() throws {
    #expect(try check("count", []).value([[], []]) == .long(2))
    #expect(try check("count", [.string]).value(of: [.string("a"), .null]) == .long(1))
    #expect(try check("c", [.dynamic]).value(of: [.json(#"["a","b"]"#), .json(#""a""#), .null]) == .long(3))
    #expect(try check("count", [.bool]).value(of: [.bool(true), .bool(false), .null]) == .long(1))
  }

  @Test func `dc counts distinct texts`() throws {
    #expect(
      try check("dc", [.dynamic]).value(of: [
        .json(#"["a","b"]"#), .json(#""a""#), .json("1"), .json(#""1""#),
      ]) == .long(3))
    #expect(try check("estdc", [.string]).value(of: texts("1", "1.0", "01")) == .long(3))
    #expect(try check("distinct_count", [.string]).value([]) == .long(0))
  }

  @Test func `values are texts in byte order, one value stands for itself`() throws {
    #expect(
      try check("values", [.string]).value(of: texts("9", "b", "10", "B", "9"))
        == .json(#"["10","9","B","b"]"#))
    #expect(try check("values", [.long]).value(of: [.long(7), .long(7)]) == .json(#""7""#))
    #expect(try check("values", [.string]).value(of: [.null]) == .null)
    #expect(
      try check("values", [.dynamic]).value(of: [.json(#"["z","a"]"#), .json(#""m""#)])
        == .json(#"["a","m","z"]"#))
  }

  @Test func `list keeps order and duplicates`() throws {
    #expect(try check("list", [.string]).value(of: texts("b", "a", "b")) == .json(#"["b","a","b"]"#))
    #expect(try check("list", [.real]).value(of: [.real(2), .null]) == .json(#""2""#))
  }

  @Test func `min and max are numeric where all values are numbers`() throws {
    #expect(try check("max", [.string]).value(of: texts("9", "10")) == .json("10"))
    #expect(try check("max", [.string]).value(of: texts("9", "10", "x")) == .json(#""x""#))
    #expect(try check("min", [.string]).value(of: texts("9", "10", "x")) == .json(#""10""#))
    #expect(try check("min", [.dynamic]).value(of: [.json("[3,1.5]"), .json(#""2""#)]) == .json("1.5"))
    #expect(try check("max", [.datetime]).value(of: [.datetime(3), .datetime(4)]) == .datetime(4))
    #expect(try check("max", [.string]).value([]) == .null)
  }

  @Test func `numeric functions read numbers out of texts and pass over the rest`() throws {
    let values = texts("1", "x", "2.5", "") + [.null]
    #expect(try check("sum", [.string]).value(of: values) == .real(3.5))
    #expect(try check("avg", [.string]).value(of: values) == .real(1.75))
    #expect(try check("sumsq", [.string]).value(of: values) == .real(7.25))
    #expect(try check("range", [.string]).value(of: values) == .real(1.5))
    #expect(try check("sum", [.long]).value(of: [.long(2), .long(3)]) == .long(5))
    #expect(try check("mean", [.dynamic]).value(of: [.json(#"[1,"3"]"#), .json("5")]) == .real(3))
  }

  @Test(arguments: ["sum", "avg", "stdev", "var", "range", "median", "mode", "min", "first"])
  func `nothing in gives null out`(name: String) throws {
    #expect(try check(name, [.string]).value(of: [.null]) == .null)
    #expect(try check(name, [.long]).value([]) == .null)
  }

  @Test func `the deviation of one value is 0`() throws {
    #expect(try check("stdev", [.long]).value(of: [.long(5)]) == .real(0))
    #expect(try check("var", [.long]).value(of: [.long(1), .long(2), .long(4)]) == .real(7.0 / 3))
    #expect(try check("varp", [.string]).value(of: texts("1", "3")) == .real(1))
  }

  @Test func `median, mode and percentiles`() throws {
    #expect(try check("median", [.long]).value(of: [.long(4), .long(1), .long(3), .long(2)]) == .real(3))
    #expect(try check("mode", [.string]).value(of: texts("a", "b", "b", "a", "c")) == .string("a"))
    #expect(try check("mode", [.string]).value(of: texts("a", "b", "b")) == .string("b"))
    for name in ["perc", "p", "exactperc", "upperperc"] {
      let percentile = try check(name, [.string], constants: [.real(95)])
      #expect(try percentile.value((1...20).map { [.string("\($0)"), .null] }) == .real(19.05))
    }
  }

  @Test func `first and last go by arrival`() throws {
    #expect(try check("first", [.string]).value(of: [.null] + texts("a", "b") + [.null]) == .string("a"))
    #expect(try check("last", [.string]).value(of: [.null] + texts("a", "b") + [.null]) == .string("b"))
  }

  @Test func `earliest and latest go by time`() throws {
    let rows: [[Value]] = [
      [.string("new"), .real(30)], [.null, .real(40)], [.string("old"), .real(10)],
      [.string("same"), .real(30)],
      [.string("timeless"), .null],
    ]
    #expect(try check("earliest", [.string, .real]).value(rows) == .string("old"))
    #expect(try check("latest", [.string, .real]).value(rows) == .string("new"))
    #expect(try check("earliest_time", [.string, .real]).value(rows) == .real(10))
    #expect(try check("latest_time", [.string, .real]).value(rows) == .real(30))
    let ticks: [[Value]] = [
      [.long(2), .datetime(Ticks.unixEpoch)], [.long(8), .datetime(Ticks.unixEpoch + 3 * Ticks.perSecond)],
    ]
    #expect(try check("rate", [.long, .datetime]).value(ticks) == .real(2))
    #expect(try check("rate", [.long, .datetime]).value(Array(ticks.prefix(1))) == .null)
  }
}
