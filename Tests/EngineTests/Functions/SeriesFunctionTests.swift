import Testing

@testable import Engine

@Suite struct SeriesFunctionTests {
  private func values(_ texts: [String]) throws -> [Value] {
    try texts.map { text -> Value in
      let value = try #require(JSONValue(parsing: text))
      return value == .null ? .null : value.scalar ?? .dynamic(value)
    }
  }

  /// Arguments and results as JSON text.
  @Test(
    arguments: [
      ("series_add", ["[1,2]", "[10,20,30]"], "[11,22,null]"),
      ("series_add", ["[1,null]", "0.5"], "[1.5,null]"),
      ("series_subtract", ["5", "[1,2]"], "[4,3]"), ("series_multiply", ["[1.0]", "[2]"], "[2.0]"),
      ("series_divide", ["[1,-1,3]", "[0,0,2]"], #"["Infinity","-Infinity",1.5]"#),
      ("series_greater", ["[1,2,null]", "1"], "[false,true,null]"), ("series_abs", ["[-1,2]"], "[1,2]"),
      ("series_fill_const", ["[null,0,3]", "7"], "[7,0,3]"),
      ("series_fill_const", ["[-1,0]", "7", "-1"], "[7,0]"),
      ("series_fill_forward", ["[null,1,null,0]"], "[null,1,1,0]"),
      ("series_fill_backward", ["[null,1,null]"], "[1,1,null]"),
      ("series_fill_linear", ["[null,1.0,null,3.0,null]"], "[1.0,1.0,2.0,3.0,3.0]"),
      ("series_fill_linear", ["[0,null,3]"], "[0,1,3]"),
      ("series_fill_linear", ["[null,4]", "null", "false"], "[null,4]"),
      ("series_fill_linear", ["[null]"], "[0]"), ("series_fill_linear", ["[]"], "[]"),
      ("series_fir", ["[2,4,6]", "[1,1]"], "[1.0,3.0,5.0]"),
      ("series_fir", ["[2,4,7]", "[1,-1]"], "[2.0,2.0,3.0]"),
      ("series_fir", ["[3,6,9]", "[1,1,1]", "true", "true"], "[3.0,6.0,5.0]"),
      ("series_iir", ["[1,2,3]", "[1]", "[1,-1]"], "[1.0,3.0,6.0]"),
      ("series_iir", ["[1]", "[1]", "[0]"], "null"),
      ("series_outliers", ["[1,2,3]", "\"tukey\""], "[-0.5,0.0,0.5]"),
      ("series_seasonal", ["[2,5,3,4,3,2]", "3"], "[3.0,4.0,2.5,3.0,4.0,2.5]"),
      ("[series_stats]", ["[4,2,9]"], "[2.0,1,9.0,2,5.0,3.605551275463989,13.0]"),
      ("[series_stats]", ["[4,null]"], "null"),
      ("[series_stats]", ["[4,null,6]", "true"], "[4.0,0,6.0,2,5.0,1.4142135623730951,2.0]"),
      ("series_stats", ["[4,2,9]"], "2.0"), ("series_sum", ["[1,2,3.5]"], "6.5"),
      (
        "series_stats_dynamic", ["[1]"],
        #"{"min":1.0,"min_idx":0,"max":1.0,"max_idx":0,"avg":1.0,"stdev":0.0,"variance":0.0,"sum":1.0,"len":1}"#
      ),
      ("[series_periods_detect]", ["[1,1,1,9,1,1,1,9,1,1,1,9]", "2", "6", "2"], "[[4,0],[1.0,0.0]]"),
      (
        "[series_decompose]", ["[1,3,1,3]", "2"],
        "[[1.0,3.0,1.0,3.0],[1.0,3.0,1.0,3.0],[0.0,0.0,0.0,0.0],[0.0,0.0,0.0,0.0]]"
      ),
    ] as [(String, [String], String)])
  func `functions of series`(name: String, arguments: [String], result: String) throws {
    let values = try values(arguments)
    let types = values.map { $0.naturalType ?? .dynamic }
    #expect(try FunctionCheck.call(name, values, types: types).json.text == result)
  }

  @Test func `a line is fitted by least squares`() throws {
    let outputs = try FunctionCheck.call(
      "[series_fit_line]", try values(["[2,5,6,8,11,15,17,18,25,26,30,30]"]))
    let numbers = try #require(outputs.elements).dropLast().map { $0.number ?? .nan }
    for (number, expected) in zip(numbers, [0.982, 2.7308, 98.629, 1.6864, -1.6667]) {
      #expect(abs(number - expected) < 0.002, "\(number) is about \(expected)")
    }
    let fit = try #require(outputs.elements?.last.flatMap { Value.dynamic($0).elements })
    #expect(abs((fit.first?.number ?? 0) - 1.0641) < 0.001)
    #expect(fit.count == 12)
  }

  @Test func `a spike in a rhythm is an anomaly`() throws {
    var numbers: [Int] = []
    for index in 0..<48 { numbers.append([10, 20, 30, 20, 11, 9][index % 6] + (index * 7 % 3)) }
    numbers[25] += 100
    numbers[40] -= 90
    let text = "[\(numbers.map(String.init).joined(separator: ","))]"
    let outputs = try FunctionCheck.call("[series_decompose_anomalies]", try values([text, "1.5", "6"]))
    let flags = try #require(outputs[0]?.elements).map { $0.number ?? .nan }
    #expect(flags.indices.filter { flags[$0] > 0 }.contains(25))
    #expect(flags.indices.filter { flags[$0] < 0 }.contains(40))
    #expect(flags.count { $0 != 0 } <= 6)
    let first = try FunctionCheck.call("series_decompose_anomalies", try values([text, "1.5", "6"]))
    #expect(first == outputs[0])
  }

  @Test func `an unknown trend gives null`() throws {
    #expect(try FunctionCheck.call("series_decompose", try values(["[1,2]", "0", "\"up\""])) == .null)
  }

  @Test func `functions with several outputs are taken apart`() throws {
    let statistics = try #require(MultiOutputFunctions.function("series_stats"))
    #expect(
      statistics.columnNames(arguments: ["x"], types: [.dynamic]).prefix(2)
        == ["series_stats_x_min", "series_stats_x_min_idx"])
    let series = Expression.literal(try values(["[4,2,9]"])[0], .dynamic)
    let expressions = try statistics.expressions([series], dialect: .kql)
    #expect(expressions.map(\.type) == [.real, .long, .real, .long, .real, .real, .real])
    let compiler = ExpressionCompiler(layout: [], context: ExecutionContext(now: 0), subqueries: [:])
    let cells = try expressions.map { expression in
      try compiler.compile(expression).evaluate(Chunk(columns: [], count: 1)).value(at: 0)
    }
    #expect(cells.prefix(4) == [.real(2), .long(1), .real(9), .long(2)])

    let sort = try #require(MultiOutputFunctions.function("array_sort_asc"))
    #expect(
      sort.columnNames(arguments: ["a", nil, nil], types: [.dynamic, .dynamic, .bool])
        == ["a_sorted", "array1_sorted"])
    #expect(try sort.expressions([series, series], dialect: .kql).count == 2)
  }
}

extension Value {
  /// The element at an index of a dynamic array.
  fileprivate subscript(index: Int) -> Value? { elements.map { .dynamic($0[index]) } }
}
