import Testing

@testable import Engine

@Suite struct DynamicFunctionTests {
  private func json(_ text: String) throws -> Value {
    let value = try #require(JSONValue(parsing: text))
    return value == .null ? .null : .dynamic(value)
  }

  /// Arguments and results as JSON text.
  @Test(
    arguments: [
      ("array_length", ["[1,2,[3,4]]"], "3"), ("array_length", ["{}"], "null"), ("array_length", ["[]"], "0"),
      ("array_concat", ["[1]", "{}", "[2]"], "[1,2]"), ("array_reverse", ["[1,2]"], "[2,1]"),
      ("array_slice", ["[1,2,3,4,5]", "1", "2"], "[2,3]"),
      ("array_slice", ["[1,2,3,4,5]", "-2", "-1"], "[4,5]"),
      ("array_slice", ["[1,2,3]", "-9", "9"], "[1,2,3]"), ("array_slice", ["[1,2,3]", "3", "9"], "[]"),
      ("array_slice", ["[1,2,3]", "0", "-9"], "[]"), ("array_slice", ["[]", "0", "0"], "[]"),
      ("array_split", ["[1,2,3,4,5]", "2"], "[[1,2],[3,4,5]]"),
      ("array_split", ["[1,2,3,4,5]", "[1,3]"], "[[1],[2,3],[4,5]]"),
      ("array_split", ["[1,2]", "99"], "[[1,2],[]]"), ("array_split", ["[1,2,3]", "-1"], "[[1,2],[3]]"),
      ("array_rotate_left", ["[1,2,3,4,5]", "-2"], "[4,5,1,2,3]"),
      ("array_rotate_right", ["[1,2,3,4,5]", "7"], "[4,5,1,2,3]"),
      ("array_shift_left", ["[1,2,3]", "2"], "[3,null,null]"),
      ("array_shift_right", ["[1,2,3]", "99", "0"], "[0,0,0]"),
      ("array_iff", ["[true,0,\"x\"]", "[1,2,3]", "9"], "[1,9,null]"),
      ("array_index_of", ["[1,2,1]", "1", "1"], "2"),
      ("array_index_of", ["[1,2,1]", "1", "0", "1", "2"], "-1"),
      ("array_index_of", ["[5.0]", "5"], "0"), ("array_index_of", ["[\"a\"]", "\"A\""], "-1"),
      ("array_sort_asc", ["[3,null,\"a\",1.5]"], "[1.5,3,\"a\",null]"),
      ("array_sort_desc", ["[3,null,\"a\",1.5]"], "[3,1.5,\"a\",null]"),
      ("array_sort_asc", ["[3,null,1]", "false"], "[null,1,3]"), ("array_sort_asc", ["{}"], "null"),
      ("[array_sort_asc]", ["[2,1,3]", "[\"b\",\"a\",\"c\"]", "[1]"], "[[1,2,3],[\"a\",\"b\",\"c\"],null]"),
      ("pack_array", ["1", "\"a\"", "null"], "[1,\"a\",null]"),
      ("bag_pack", ["\"a\"", "1", "\"b\"", "null"], "{\"a\":1,\"b\":null}"),
      ("bag_keys", ["{\"a\":1,\"b\":2}"], "[\"a\",\"b\"]"), ("bag_keys", ["[1]"], "null"),
      ("bag_merge", ["{\"a\":1}", "{\"a\":2,\"b\":3}"], "{\"a\":1,\"b\":3}"),
      (
        "bag_remove_keys", ["{\"a\":{\"b\":1,\"c\":2},\"d\":1}", "[\"$.a.b\",\"d\",\"z\"]"],
        "{\"a\":{\"c\":2}}"
      ),
      ("bag_zip", ["[\"a\",\"b\",1]", "[1]"], "{\"a\":1,\"b\":null}"),
      ("treepath", ["{\"a\":1,\"b\":[1,2]}"], "[\"['a']\",\"['b']\",\"['b'][0]\"]"),
      ("zip", ["[1,3,5]", "[2,4]"], "[[1,2],[3,4],[5,null]]"), ("repeat", ["1", "0"], "[]"),
      ("repeat", ["1", "-1"], "null"), ("repeat", ["[1]", "2"], "[[1],[1]]"),
      ("range", ["1", "8", "3"], "[1,4,7]"), ("range", ["3", "1"], "[]"),
      ("range", ["3", "1", "-1"], "[3,2,1]"),
      ("range", ["1", "3", "0"], "null"), ("range", ["0.0", "1.0", "0.5"], "[0.0,0.5,1.0]"),
      ("set_difference", ["[1,2,2,null]", "[3,1.0,null]"], "[2]"),
      ("set_union", ["[1,2]", "[2.0,3]", "[3]"], "[1,2,3]"), ("set_intersect", ["[1,2,2]", "[2]"], "[2]"),
      ("set_has_element", ["[4]", "\"4\""], "false"), ("set_equals", ["[1,2]", "[2,1,1]"], "true"),
      ("bag_has_key", ["{\"a\":{\"b\":null}}", "\"$.a.b\""], "true"),
      ("bag_has_key", ["{\"a\":{\"b\":1}}", "\"$['a']['c']\""], "false"),
      ("bag_set_key", ["{\"a\":1}", "\"$.b.c\"", "5"], "{\"a\":1,\"b\":{\"c\":5}}"),
    ] as [(String, [String], String)])
  func `functions of arrays and bags`(name: String, arguments: [String], result: String) throws {
    let values = try arguments.map { text -> Value in
      let value = try json(text)
      guard case .dynamic(let inner) = value else { return value }
      return inner.scalar ?? value
    }
    let types = values.map { $0.naturalType ?? .dynamic }
    let actual = try FunctionCheck.call(name, values, types: types)
    #expect(actual.json.text == result)
  }

  @Test func `a sum of an array is a real`() throws {
    #expect(try FunctionCheck.call("array_sum", [try json("[1,null,2.5]")]) == .real(3.5))
    #expect(try FunctionCheck.call("array_sum", [try json("[]")]) == .null)
    #expect(try FunctionCheck.call("array_sum", [try json(#"[1,"2"]"#)]) == .null)
    #expect(
      try FunctionCheck.call("jaccard_index", [try json("[1,2,3]"), try json("[1,2,3,4]")])
        == .dynamic(.real(0.75)))
  }

  @Test func `coalesce skips nulls and empty texts`() throws {
    #expect(try FunctionCheck.call("coalesce", [.null, .long(4)], types: [.long, .long]) == .long(4))
    #expect(try FunctionCheck.call("coalesce", [.string(""), .string("a"), .string("b")]) == .string("a"))
    #expect(try FunctionCheck.call("coalesce", [.string(""), .string("")]) == .string(""))
    #expect(try FunctionCheck.call("coalesce", [.null, .real(2)], types: [.long, .real]) == .real(2))
    #expect(try FunctionCheck.call("coalesce", [.null, .null], types: [.datetime, .datetime]) == .null)
  }

  @Test func `min_of and max_of pass over nulls but not NaN`() throws {
    #expect(
      try FunctionCheck.call("min_of", [.long(3), .null, .long(-2)], types: [.long, .long, .long])
        == .long(-2))
    #expect(try FunctionCheck.call("max_of", [.long(3), .real(4.5)]) == .real(4.5))
    guard case .real(let number) = try FunctionCheck.call("max_of", [.real(1), .real(.infinity)]) else {
      Issue.record("no real")
      return
    }
    #expect(number == .infinity)
    #expect(try FunctionCheck.call("min_of", [.datetime(5), .datetime(3)]) == .datetime(3))
  }

  @Test func `a failed assertion stops the query`() throws {
    #expect(try FunctionCheck.call("assert", [.bool(true), .string("fine")]) == .bool(true))
    #expect(throws: (any Error).self) { try FunctionCheck.call("assert", [.bool(false), .string("no")]) }
  }

  @Test func `ranges of times count in hours unless told otherwise`() throws {
    let hours = try FunctionCheck.call("range", [.datetime(0), .datetime(Ticks.perDay)])
    #expect(hours.elements?.count == 25)
    let days = try FunctionCheck.call(
      "range", [.timespan(0), .timespan(Ticks.perDay), .timespan(Ticks.perDay)])
    #expect(days.json.text == #"["00:00:00","1.00:00:00"]"#)
  }
}
