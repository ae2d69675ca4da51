import Testing

@testable import Engine

@Suite struct WindowFunctionTests {
  private func run(
    _ name: String, _ arguments: [Column], type: DataType? = nil, dialect: Dialect = .kql
  ) throws -> [Value] {
    let function = try #require(WindowFunctionCatalog.function(name, in: .kql))
    let types = arguments.map(\.type)
    let result = try #require(
      FunctionBinder.resultType(function.signature.returns, types: types, constants: types.map { _ in nil }))
    let count = arguments.map(\.count).max() ?? 3
    let column = function.compute(
      VectorCall(arguments: arguments, count: count, type: result, dialect: dialect, now: 0))
    return (0..<count).map { column.value(at: $0) }
  }

  private func longs(_ numbers: [Int64?]) -> Column {
    Column.of(.long, numbers.map { number -> Value in number.map { .long($0) } ?? .null })
  }
  private let restarts = Column.bools([false, false, true, false])

  @Test func `rows are numbered, anew after a restart`() throws {
    #expect(try run("row_number", []) == [.long(1), .long(2), .long(3)])
    #expect(
      try run("row_number", [.constant(.long(0), .long, count: 4), restarts])
        == [.long(0), .long(1), .long(0), .long(1)])
  }

  @Test func `neighbours, and what stands where there is none`() throws {
    let column = longs([5, nil, 7])
    #expect(try run("prev", [column]) == [.null, .long(5), .null])
    #expect(try run("next", [column]) == [.null, .long(7), .null])
    let two = Column.constant(.long(2), .long, count: 3)
    let nine = Column.constant(.long(9), .long, count: 3)
    #expect(try run("prev", [column, two, nine]) == [.long(9), .long(9), .long(5)])
    #expect(
      try run("prev", [Column.of(.string, [.string("a"), .string("b")])]) == [.string(""), .string("a")])
    #expect(
      try run("next", [column, .constant(.long(.max), .long, count: 3)]) == [.null, .null, .null])
  }

  @Test func `running sums pass over nulls`() throws {
    #expect(
      try run("row_cumsum", [longs([1, nil, 2, 3]), restarts]) == [.long(1), .long(1), .long(2), .long(5)])
    #expect(try run("row_cumsum", [Column.reals([0.5, 1])]) == [.real(0.5), .real(1.5)])
    #expect(try run("row_cumsum", [longs([.max, 1])]) == [.long(.max), .long(.min)])
  }

  @Test func `ranks`() throws {
    let column = Column.of(.string, ["a", "a", "b", "b", "c"].map { .string($0) })
    #expect(try run("row_rank_dense", [column]) == [1, 1, 2, 2, 3].map { .long($0) })
    #expect(try run("row_rank_min", [column]) == [1, 1, 3, 3, 5].map { .long($0) })
    #expect(
      try run("row_rank_dense", [longs([1, nil, nil, 2]), restarts]) == [1, 2, 1, 2].map { .long($0) })
  }

  @Test func `sessions end after a gap, a length, or a restart`() throws {
    func times(_ minutes: [Int64?]) -> Column {
      Column.of(.datetime, minutes.map { $0.map { .datetime($0 * Ticks.perMinute) } ?? .null })
    }
    func span(_ minutes: Int64, _ count: Int) -> Column {
      .constant(.timespan(minutes * Ticks.perMinute), .timespan, count: count)
    }
    func starts(_ minutes: [Int64?]) -> [Value] {
      minutes.map { $0.map { .datetime($0 * Ticks.perMinute) } ?? .null }
    }
    let gaps = times([0, 4, 9, 14, nil, 15])
    #expect(
      try run("row_window_session", [gaps, span(60, 6), span(5, 6)]) == starts([0, 0, 9, 14, nil, 15]))
    #expect(
      try run("row_window_session", [times([0, 4, 8, 12]), span(8, 4), span(60, 4)]) == starts([0, 0, 8, 8]))
    #expect(
      try run("row_window_session", [times([0, 1, 2, 3]), span(8, 4), span(60, 4), restarts])
        == starts([0, 0, 2, 2]))
  }
}
