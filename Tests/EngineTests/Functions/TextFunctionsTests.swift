import Testing

@testable import Engine

@Suite struct TextFunctionsTests {
  @Test func `lengths count code points or bytes`() throws {
    #expect(try FunctionCheck.call("strlen", [.string("👨‍👩‍👧")]) == .long(5))
    #expect(try FunctionCheck.call("strlen", [.string("e\u{301}")]) == .long(2))
    #expect(try FunctionCheck.call("string_size", [.string("é")]) == .long(2))
  }

  @Test(
    arguments: [
      (0, 2, "ab"), (-2, 5, "cd"), (-5, 2, ""), (4, 1, ""), (1, 0, ""), (1, -1, ""), (.max, .max, ""),
      (.min, 1, ""),
      (2, .max, "cd"),
    ] as [(Int64, Int64, String)])
  func `substring takes a part`(start: Int64, length: Int64, part: String) throws {
    #expect(
      try FunctionCheck.call("substring", [.string("abcd"), .long(start), .long(length)]) == .string(part))
  }

  @Test func `case is changed code point by code point`() throws {
    #expect(try FunctionCheck.call("toupper", [.string("straße ä")]) == .string("STRAßE Ä"))
    #expect(try FunctionCheck.call("tolower", [.string("ЖＡ")]) == .string("жａ"))
  }

  @Test func `strcat takes any values`() throws {
    #expect(
      try FunctionCheck.call("strcat", [.string("a"), .bool(true), .real(2), .timespan(0)])
        == .string("aTrue2.000:00:00"))
    #expect(try FunctionCheck.call("strcat_array", [.dynamic(.long(1)), .string(",")]) == .string(""))
    #expect(
      try FunctionCheck.call("strcat_delim", [.string("/"), .string("a"), .long(1)]) == .string("a/1"))
  }

  @Test func `split keeps empty parts`() throws {
    #expect(
      try FunctionCheck.call("split", [.string("/a//"), .string("/")])
        == .dynamic(.array([.string(""), .string("a"), .string(""), .string("")])))
    #expect(
      try FunctionCheck.call("split", [.string("ab"), .string("")]) == .dynamic(.array([.string("ab")])))
    #expect(try FunctionCheck.call("split", [.string("a b"), .string(" "), .long(-1)]) == .null)
  }

  @Test func `indexof counts code points`() throws {
    #expect(try FunctionCheck.call("indexof", [.string("日本語"), .string("語")]) == .long(2))
    #expect(try FunctionCheck.call("indexof", [.string("日本語"), .string("日"), .long(-1)]) == .long(-1))
    #expect(try FunctionCheck.call("indexof", [.string("a"), .string("a"), .long(.min)]) == .long(0))
    let arguments: [Value] = [.string("abcabc"), .string("c"), .long(3), .long(3)]
    #expect(try FunctionCheck.call("indexof", arguments) == .long(5))
    #expect(try FunctionCheck.call("indexof", arguments + [.long(2)]) == .long(-1))
    #expect(try FunctionCheck.call("indexof", arguments + [.long(-1)]) == .null)
  }

  @Test func `literal texts are replaced`() throws {
    #expect(
      try FunctionCheck.call("replace_string", [.string("a.b.c"), .string("."), .string("")])
        == .string("abc"))
    let lookups: Value = .dynamic(.array([.string("a"), .long(1), .string("b")]))
    let news: Value = .dynamic(.array([.string("b"), .string("x"), .string("c")]))
    #expect(try FunctionCheck.call("replace_strings", [.string("ab1"), lookups, news]) == .string("bc1"))
  }

  @Test func `repeating is bounded`() throws {
    #expect(try FunctionCheck.call("strrep", [.string("ab"), .long(2)]) == .string("abab"))
    #expect(throws: ExecutionFailure.self) {
      try FunctionCheck.call("strrep", [.string("ab"), .long(.max)])
    }
    #expect(try FunctionCheck.call("strrep", [.string(""), .long(.max)]) == .string(""))
  }

  @Test func `strcmp is ordinal`() throws {
    #expect(try FunctionCheck.call("strcmp", [.string("Z"), .string("a")]) == .long(-1))
    #expect(try FunctionCheck.call("strcmp", [.string("日"), .string("😀")]) == .long(-1))
  }

  @Test(arguments: [
    (Value.string(""), DataType.string, true, false), (.string("a"), .string, false, false),
    (.null, .long, true, true), (.long(0), .long, false, false),
    (.dynamic(.array([])), .dynamic, false, false),
    (.null, .dynamic, true, true), (.dynamic(.string("")), .dynamic, true, false), (.null, .guid, true, true),
    (.bool(false), .bool, false, false),
  ])
  func `emptiness and null`(value: Value, type: DataType, isEmpty: Bool, isNull: Bool) throws {
    #expect(try FunctionCheck.call("isempty", [value], types: [type]) == .bool(isEmpty))
    #expect(try FunctionCheck.call("isnotempty", [value], types: [type]) == .bool(!isEmpty))
    #expect(try FunctionCheck.call("isnull", [value], types: [type]) == .bool(isNull))
    #expect(try FunctionCheck.call("isnotnull", [value], types: [type]) == .bool(!isNull))
  }
}
