import Testing

@testable import Engine

@Suite struct JSONFunctionsTests {
  @Test(arguments: [
    #"{"a":1,"b":[true,null,"x"]}"#, "[]", "{}", "1", "-5", "1.5", "-0.25", "2.0", "100.0", #""a\"b\\n\t""#,
    "true",
    "null", "0", "0.5", "[[[]]]", #"{"a":{"b":{"c":[1,2,{"d":"é"}]}}}"#, "123456789012345678", "0.001",
    #"{"":""}"#,
  ])
  func `compact JSON is taken as it stands`(text: String) throws {
    var text = text
    #expect(text.withUTF8 { CompactJSONScanner.isCanonical($0) })
    #expect(JSONValue(parsing: text)?.text == text)
  }

  @Test(arguments: [
    "", " 1", "{\"a\": 1}", "[1,]", "{\"a\"}", "{1:2}", "tru", "truex", "[1", "{\"a\":1", "\"a", "01", "-",
    "-0", "1.", "1.50",
    "1e5", "1.5e3", "0.0001", "12345678901234567890", "\"\\u00e9\"", "\"\\/\"", "\"a\tb\"", "[1]]", "{}{}",
    ",", "nul",
    "[1 ,2]",
  ])
  func `what is not compact JSON goes through a tree`(text: String) throws {
    var text = text
    #expect(!text.withUTF8 { CompactJSONScanner.isCanonical($0) })
  }

  @Test func `deep nesting is no JSON`() throws {
    let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
    #expect(try FunctionCheck.call("parse_json", [.string(deep)]) == .dynamic(.string(deep)))
  }

  @Test func `parse_json reads what it can`() throws {
    #expect(try FunctionCheck.call("parse_json", [.string("")]) == .null)
    #expect(try FunctionCheck.call("parse_json", [.string("null")]) == .null)
    #expect(try FunctionCheck.call("parse_json", [.string("a\tb")]) == .dynamic(.string("a\tb")))
    #expect(
      try FunctionCheck.call("parse_json", [.string("[1, 2e2 ]")])
        == .dynamic(.array([.long(1), .real(200)])))
    #expect(try FunctionCheck.call("parse_json", [.dynamic(.string("{}"))]) == .dynamic(.string("{}")))
  }

  @Test func `paths reach into JSON`() throws {
    let json: Value = .string(#"{"a":{"b c":[10,{"d":true}]}}"#)
    #expect(
      try FunctionCheck.call("extract_json", [.string("$.a['b c'][0]"), json, .string("long")]) == .long(10))
    #expect(
      try FunctionCheck.call("extract_json", [.string("$.a['b c'][1]"), json]) == .string(#"{"d":true}"#))
    #expect(try FunctionCheck.call("extract_json", [.string("$.a.x"), json]) == .string(""))
    #expect(try FunctionCheck.call("extract_json", [.string("$.a"), .string("{")]) == .string(""))
    for bad in ["", "a.b", "$.", "$[", "$['a", "$.a[x]", "$a"] { #expect(JSONPath(bad) == nil, "\(bad)") }
  }

  @Test func `gettype tells what is inside`() throws {
    #expect(try FunctionCheck.call("gettype", [.null], types: [.datetime]) == .string("datetime"))
    #expect(try FunctionCheck.call("gettype", [.dynamic(.bool(true))]) == .string("bool"))
    #expect(try FunctionCheck.call("gettype", [.dynamic(.object([]))]) == .string("dictionary"))
    #expect(try FunctionCheck.call("gettype", [.null], types: [.dynamic]) == .string("null"))
  }
}
