import Testing

@testable import Engine

@Suite struct RegexFunctionsTests {
  @Test func `a pattern that does not compile is refused with its place`() throws {
    #expect(throws: ExecutionFailure.self) {
      try FunctionCheck.call("matches regex", [.string("a"), .string("a(b")])
    }
    let failure = #expect(throws: FunctionFailure.self) {
      _ = try RegexArgument.compile("ab(?=c)", argument: 0)
    }
    #expect(failure?.argument == 0)
    #expect(failure?.range?.lowerBound == 2)
  }

  @Test func `extract gives typed groups`() throws {
    let text: Value = .string("port=443;")
    let pattern: Value = .string(#"(\w+)=(\d+)"#)
    #expect(try FunctionCheck.call("extract", [pattern, .long(2), text]) == .string("443"))
    #expect(try FunctionCheck.call("extract", [pattern, .long(2), text, .string("long")]) == .long(443))
    #expect(try FunctionCheck.call("extract", [pattern, .long(3), text]) == .string(""))
    #expect(try FunctionCheck.call("extract", [pattern, .long(-1), text, .string("long")]) == .null)
    #expect(try FunctionCheck.call("extract", [.string("(x)?p"), .long(1), text]) == .string(""))
  }

  @Test func `extract_all picks groups by number and name`() throws {
    let text: Value = .string("a=1 b=2")
    let pattern: Value = .string(#"(?<key>\w)=(?<value>\d)"#)
    let picked: Value = .dynamic(.array([.string("value"), .long(1)]))
    #expect(
      try FunctionCheck.call("extract_all", [pattern, picked, text])
        == .dynamic(
          .array([.array([.string("1"), .string("a")]), .array([.string("2"), .string("b")])])))
    #expect(throws: ExecutionFailure.self) {
      try FunctionCheck.call("extract_all", [.string("x"), text])
    }
  }

  @Test(arguments: [
    (#"(\w)(\w)"#, #"\2\1"#, "abcd", "badc"), ("x*", "-", "abc", "-a-b-c-"), ("b", #"\0\0"#, "abc", "abbc"),
    ("b", #"\\"#, "abc", #"a\c"#), ("b", #"\n"#, "abc", #"a\nc"#), ("(b)", #"\7"#, "abc", "ac"),
    ("b", "$1", "abc", "a$1c"), ("é", "e", "né日", "ne日"),
  ])
  func `matches are replaced by a template`(pattern: String, template: String, text: String, result: String)
    throws
  {
    let arguments: [Value] = [.string(text), .string(pattern), .string(template)]
    #expect(try FunctionCheck.call("replace_regex", arguments) == .string(result))
    #expect(
      try FunctionCheck.call("replace", [.string(pattern), .string(template), .string(text)])
        == .string(result))
  }

  @Test func `trim takes one match at each end`() throws {
    #expect(try FunctionCheck.call("trim", [.string("z"), .string("zzqzz")]) == .string("zqz"))
    #expect(try FunctionCheck.call("trim", [.string("z+"), .string("zzqzz")]) == .string("q"))
    #expect(try FunctionCheck.call("trim", [.string("a|b"), .string("abcab")]) == .string("bca"))
    #expect(try FunctionCheck.call("trim", [.string(""), .string("abc")]) == .string("abc"))
    #expect(try FunctionCheck.call("trim_start", [.string("b"), .string("abb")]) == .string("abb"))
    #expect(try FunctionCheck.call("trim_end", [.string("(?i)B"), .string("abb")]) == .string("ab"))
  }

  @Test func `counting and finding`() throws {
    #expect(
      try FunctionCheck.call("countof", [.string("aaaa"), .string("aa"), .string("normal")]) == .long(3))
    #expect(
      try FunctionCheck.call("countof", [.string("a1b2"), .string(#"\d"#), .string("regex")]) == .long(2))
    #expect(try FunctionCheck.call("countof", [.string("aaa"), .string("")]) == .long(0))
    #expect(try FunctionCheck.call("indexof_regex", [.string("日本1"), .string(#"\d"#)]) == .long(2))
    #expect(
      try FunctionCheck.call(
        "indexof_regex", [.string("aaaa"), .string("aa"), .long(0), .long(-1), .long(2)])
        == .long(2))
  }
}
