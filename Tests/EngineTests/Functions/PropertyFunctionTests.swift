import Testing

@testable import Engine

@Suite struct PropertyFunctionTests {
  private func json(_ text: String) throws -> Value { .dynamic(try #require(JSONValue(parsing: text))) }

  private let bag = #"{"a":1,"b":{"c":[10,"x",null,{"d":true}]},"k\"q":"esc","a b":"}{","n":null,"é":2}"#

  @Test(arguments: [
    ("a", "1"), ("b", #"{"c":[10,"x",null,{"d":true}]}"#), ("k\"q", #""esc""#), ("a b", #""}{""#), ("é", "2"),
  ])
  func `a key is found`(key: String, result: String) throws {
    #expect(try FunctionCheck.call("[key]", [try json(bag), .string(key)]) == (try json(result)))
    #expect(try FunctionCheck.call("[selector]", [try json(bag), .string(key)]) == (try json(result)))
    #expect(
      try FunctionCheck.call("[selector]", [try json(bag), .dynamic(.string(key))]) == (try json(result)))
  }

  @Test(arguments: ["A", "", "c", "n", "x"])
  func `a key that is not there gives null`(key: String) throws {
    #expect(try FunctionCheck.call("[key]", [try json(bag), .string(key)]) == .null)
  }

  @Test func `keys of what is no bag give null`() throws {
    for text in ["[1]", "5", #""a""#, "true", "{}", "[]"] {
      #expect(try FunctionCheck.call("[key]", [try json(text), .string("a")]) == .null)
    }
  }

  @Test(arguments: [
    (0, "10"), (1, #""x""#), (3, #"{"d":true}"#), (-1, #"{"d":true}"#), (-4, "10"),
  ])
  func `an element is found from either end`(index: Int, result: String) throws {
    let array = try json(#"[10,"x",null,{"d":true}]"#)
    #expect(try FunctionCheck.call("[index]", [array, .long(Int64(index))]) == (try json(result)))
    #expect(
      try FunctionCheck.call("[selector]", [array, .dynamic(.long(Int64(index)))]) == (try json(result)))
  }

  @Test(arguments: [Int64(2), 4, -5, .max, .min])
  func `an index outside gives null`(index: Int64) throws {
    #expect(
      try FunctionCheck.call("[index]", [try json(#"[10,"x",null,{"d":true}]"#), .long(index)]) == .null)
    #expect(try FunctionCheck.call("[index]", [try json("[]"), .long(index)]) == .null)
    #expect(try FunctionCheck.call("[index]", [try json(#"{"a":1}"#), .long(index)]) == .null)
  }

  @Test func `the last of repeated keys counts`() {
    let found = find("b", in: #"{"b":1,"a":{"b":2},"b":[3]}"#)
    #expect(found == "[3]")
  }

  @Test(arguments: [
    "", "{", "{\"", "{\"a\"", "{\"a\":", "{\"a\":[", "{\"a\":\"\\", "[", "[1,", "{\"a\\", "nul", "{\"\\\":1}",
  ])
  func `cut off text is no trap`(text: String) {
    _ = find("a", in: text)
    var copy = text
    copy.withUTF8 { bytes in
      for index in [Int64(0), 1, -1] {
        var finder = JSONElementFinder(bytes)
        _ = finder.element(at: index)
      }
    }
  }

  private func find(_ key: String, in text: String) -> String? {
    var text = text
    var key = key
    return text.withUTF8 { bytes in
      key.withUTF8 { name in
        var finder = JSONElementFinder(bytes)
        return finder.value(of: name).map { String(decoding: $0, as: UTF8.self) }
      }
    }
  }
}
