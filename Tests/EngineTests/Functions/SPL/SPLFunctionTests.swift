import Testing

@testable import Engine

struct SPLFunctionTests {
  private func call(_ name: String, _ arguments: Value...) throws -> Value {
    try FunctionCheck.call(name, arguments, dialect: .spl)
  }

  private func several(_ texts: String...) -> Value { .dynamic(.array(texts.map { .string($0) })) }

  @Test func `texts`() throws {
    #expect(try call("lower", .string("ABc")) == .string("abc"))
    #expect(try call("len", .long(1234)) == .long(4))
    #expect(try call("substr", .string("string"), .long(1), .long(3)) == .string("str"))
    #expect(try call("substr", .string("string"), .long(-3)) == .string("ing"))
    #expect(try call("substr", .string("string"), .long(-3), .long(2)) == .string("in"))
    #expect(try call("substr", .string("abc"), .long(2), .long(Int64.max)) == .string("bc"))
    #expect(try call("substr", .string("abc"), .long(Int64.min)) == .string("abc"))
    #expect(try call("substr", .string("abc"), .long(Int64.max), .long(1)) == .string(""))
    #expect(try call("trim", .string(" \ta ")) == .string("a"))
    #expect(try call("rtrim", .string("a--"), .string("-")) == .string("a"))
    #expect(try call("urldecode", .string("a%2Fb")) == .string("a/b"))
  }

  @Test func `digests`() throws {
    #expect(try call("md5", .string("")) == .string("d41d8cd98f00b204e9800998ecf8427e"))
    #expect(
      try call("sha512", .string("abc"))
        == .string(
          "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"))
  }

  @Test func `patterns`() throws {
    #expect(try call("match", .string("x{1}"), .string("{.+}")) == .bool(true))
    #expect(try call("match", several("a", "b1"), .string(#"^b\d$"#)) == .bool(true))
    #expect(try call("match", .string("ABC"), .string("(?i)b")) == .bool(true))
    #expect(
      try call("replace", .string("a1b22"), .string(#"(\d+)"#), .string(#"<\1>"#)) == .string("a<1>b<22>"))
    #expect(try call("replace", several("a", "b"), .string("b"), .string("c")) == several("a", "c"))
    #expect(try call("like", .string("arn:aws:iam"), .string("arn:%iam")) == .bool(true))
    #expect(try call("like", .string("abc"), .string("a_")) == .bool(false))
    #expect(try call("like", .string("aXbXc"), .string("%X_")) == .bool(true))
    #expect(try call("cidrmatch", .string("10.0.0.0/8"), .string("10.2.3.4")) == .bool(true))
    #expect(throws: (any Error).self) { try call("match", .string("a"), .string("(")) }
    #expect(throws: (any Error).self) { try call("cidrmatch", .string("ten"), .string("10.2.3.4")) }
  }

  @Test func `a bad pattern is blamed on its argument`() throws {
    let function = try #require(FunctionCatalog.scalar("match", in: .spl))
    let arguments: [Expression] = [.literal(.string("a"), .string), .literal(.string("a(b"), .string)]
    guard case .call(let bound) = try FunctionBinder.bind(function, arguments, dialect: .spl) else {
      Issue.record("a call")
      return
    }
    let failure = try #require(ConstantFolding.failure(of: bound))
    #expect(failure.argument == 1)
    #expect(failure.range != nil)
  }

  @Test func `numbers and their texts`() throws {
    #expect(try call("tostring", .long(15), .string("hex")) == .string("0xF"))
    #expect(try call("tostring", .real(1_234_567.891), .string("commas")) == .string("1,234,567.89"))
    #expect(try call("tostring", .real(-1234), .string("commas")) == .string("-1,234"))
    #expect(try call("tostring", .real(90_061), .string("duration")) == .string("1+01:01:01"))
    #expect(try call("tostring", .long(5), .string("binary")) == .string("101"))
    #expect(try call("tostring", .real(2)) == .string("2"))
    #expect(try call("tonumber", .string("0A4"), .long(16)) == .real(164))
    #expect(try call("tonumber", .string(" 7 ")) == .null)
    #expect(try call("tonumber", .string("nan")) == .null)
    #expect(
      try call("printf", .string("%+5d|%-5s|%.2e|%X"), .long(7), .string("ab"), .long(1234), .long(255))
        == .string("   +7|ab   |1.23e+03|FF"))
    #expect(try call("printf", .string("%*d|%q"), .long(4), .long(7)) == .string("   7|%q"))
    #expect(throws: (any Error).self) { try call("tostring", .long(1), .string("roman")) }
  }

  @Test func `mathematics`() throws {
    #expect(try call("round", .string("3.14159"), .long(2)) == .real(3.14))
    #expect(try call("round", .real(-2.5)) == .real(-3))
    #expect(try call("ceil", .real(1.1)) == .real(2))
    #expect(try call("log", .long(8), .long(2)) == .real(3))
    #expect(try call("sqrt", .long(-1)) == .null)
    #expect(try call("min", .string("b"), .long(5), .string("10")) == .string("5"))
    #expect(try call("max", .string("b"), .long(5)) == .string("b"))
    #expect(try call("min", several("20", "3", "100")) == .string("3"))
    #expect(try call("max", .long(2), .real(3.5)) == .real(3.5))
    #expect(try call("sum", several("1", "x"), .long(2)) == .real(3))
    #expect(try call("avg", .long(1), .long(2)) == .real(1.5))
  }

  @Test func `several values`() throws {
    let abc = several("a", "b", "c")
    #expect(try call("split", .string("a,b,c"), .string(",")) == abc)
    #expect(try call("split", .string("abc"), .string("")) == abc)
    #expect(try call("split", .string("abc"), .string(",")) == .dynamic(.string("abc")))
    #expect(try call("mvcount", abc) == .long(3))
    #expect(try call("mvindex", abc, .long(0)) == .dynamic(.string("a")))
    #expect(try call("mvindex", abc, .long(-2), .long(-1)) == several("b", "c"))
    #expect(try call("mvindex", abc, .long(0), .long(9)) == abc)
    #expect(try call("mvindex", abc, .long(3)) == .null)
    #expect(try call("mvindex", abc, .long(-4)) == .null)
    #expect(try call("mvindex", abc, .long(2), .long(1)) == .null)
    #expect(try call("mvindex", abc, .long(Int64.min), .long(Int64.max)) == abc)
    #expect(try call("mvappend", abc, .string("d")) == several("a", "b", "c", "d"))
    #expect(try call("mvzip", abc, several("1", "2")) == several("a,1", "b,2"))
    #expect(try call("mvjoin", abc, .string("-")) == .string("a-b-c"))
    #expect(try call("mvdedup", several("b", "a", "b")) == several("b", "a"))
    #expect(try call("mvsort", several("9", "10", "a", "B")) == several("10", "9", "B", "a"))
    #expect(try call("mvfind", abc, .string("^b")) == .long(1))
    #expect(try call("mvfind", abc, .string("x")) == .null)
    #expect(try call("mvrange", .long(1), .long(6), .long(2)) == several("1", "3", "5"))
    #expect(try call("mvrange", .long(0), .long(172_800), .string("1d")) == several("0", "86400"))
  }

  @Test func `types and missing values`() throws {
    #expect(try call("typeof", .string("12")) == .string("Number"))
    #expect(try call("typeof", .string("x")) == .string("String"))
    #expect(try FunctionCheck.call("typeof", [.null], types: [.string], dialect: .spl) == .string("Invalid"))
    #expect(try call("isint", .real(3.5)) == .bool(false))
  }

  @Test func `JSON is read`() throws {
    let json = Value.string(#"{"a":{"b":[1,{"c":"x"}]},"d.e":true,"n":null}"#)
    #expect(try call("json_extract", json, .string("a.b{0}")) == .dynamic(.long(1)))
    #expect(try call("json_extract", json, .string("a.b{1}.c")) == .dynamic(.string("x")))
    #expect(try call("json_extract", json, .string("a.b{}")) == .dynamic(.string(#"[1,{"c":"x"}]"#)))
    #expect(try call("json_extract", json, .string("a.b{0}"), .string("x")) == .dynamic(.string("[1,null]")))
    #expect(try call("json_extract", json, .string("n")) == .null)
    #expect(try call("json_extract_exact", json, .string("d.e")) == .dynamic(.bool(true)))
    #expect(try call("json_keys", json) == .string(#"["a","d.e","n"]"#))
    #expect(try call("spath", json, .string("a.b{}.c")) == .dynamic(.string("x")))
    #expect(try call("spath", json, .string("a{}.b{0}")) == .dynamic(.string("1")))
    #expect(try call("json_valid", .string("{")) == .bool(false))
    #expect(try call("json_array_to_mv", .string(#"["a",2]"#)) == several("a", "2"))
  }

  @Test func `JSON is made and changed`() throws {
    #expect(
      try call("json_object", .string("a"), .real(1), .string("b"), .string(#"{"c":2}"#))
        == .string(#"{"a":1,"b":{"c":2}}"#))
    #expect(try call("json_array", .string("x"), .bool(true)) == .string(#"["x",true]"#))
    let json = Value.string(#"{"a":[1,2],"b":{"c":1}}"#)
    #expect(
      try call("json_set", json, .string("b.d"), .long(5)) == .string(#"{"a":[1,2],"b":{"c":1,"d":5}}"#))
    #expect(try call("json_set", json, .string("a{0}"), .long(5)) == .string(#"{"a":[5,2],"b":{"c":1}}"#))
    #expect(try call("json_append", json, .string("a"), .long(3)) == .string(#"{"a":[1,2,3],"b":{"c":1}}"#))
    #expect(try call("json_delete", json, .string("a{0}"), .string("b.c")) == .string(#"{"a":[2],"b":{}}"#))
    #expect(try call("mv_to_json_array", several("a", "2")) == .string(#"["a","2"]"#))
  }

  @Test func `times are seconds`() throws {
    #expect(try call("now") == .real(0))
    #expect(try call("relative_time", .real(90_061), .string("-1h@h")) == .real(86_400))
    #expect(try call("strftime", .string("0"), .string("%F")) == .string("1970-01-01"))
    #expect(try call("strptime", .string("1970-01-02"), .string("%F")) == .real(86_400))
    #expect(try call("strptime", .string("nothing"), .string("%F")) == .null)
  }
}
