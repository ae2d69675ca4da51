import Testing

@testable import Engine

struct SPLOperatorTests {
  private func call(_ name: String, _ arguments: [Value]) throws -> Value {
    try FunctionCheck.call(name, arguments, dialect: .spl)
  }

  private static func several(_ texts: String...) -> Value { .dynamic(.array(texts.map { .string($0) })) }

  @Test(
    arguments: [
      ("=", Value.string("1"), Value.real(1), true),
      ("=", .string("1.0"), .string("1"), true),
      ("==", .string("a"), .string("A"), false),
      ("=", several("a", "b"), .string("b"), true),
      ("!=", several("a", "b"), .string("b"), true),
      ("!=", .dynamic(.string("b")), .string("b"), false),
      ("<", .string("9"), .string("10"), true),
      ("<", .string("9a"), .string("10"), false),
      (">=", .string("20"), .long(20), true),
      (">", .long(3), .real(2.5), true),
      ("<=", .string("B"), .string("a"), true),
      ("<", .string("abc"), .long(5), false),
      ("=", .bool(true), .string("true"), true),
    ] as [(String, Value, Value, Bool)])
  func `comparisons are numeric if both sides look so`(
    name: String, left: Value, right: Value, expected: Bool
  ) throws {
    #expect(try call(name, [left, right]) == .bool(expected))
  }

  @Test(arguments: ["=", "!=", "<", "+", "-", "*", "/", "%", ".", "like"])
  func `a null operand gives null`(name: String) throws {
    #expect(
      try FunctionCheck.call(name, [.null, .string("1")], types: [.string, .string], dialect: .spl) == .null)
    #expect(
      try FunctionCheck.call(name, [.string("1"), .null], types: [.string, .string], dialect: .spl) == .null)
  }

  @Test func `numbers are compared in loops with nulls kept`() throws {
    let column = Column.of(.real, [.real(1), .null, .real(3)])
    let result = SPLRelation.greater.compare(column, .constant(.long(2), .long, count: 3), count: 3)
    #expect((0..<3).map { result.value(at: $0) } == [.bool(false), .null, .bool(true)])
  }

  @Test func `arithmetic is on reals and by zero null`() throws {
    #expect(try call("+", [.long(1), .real(2.5)]) == .real(3.5))
    #expect(try call("+", [.string("a"), .string("b")]) == .string("ab"))
    #expect(try call("+", [.string("1"), .string("2")]) == .string("3"))
    #expect(try call("+", [.string("a"), .long(2)]) == .string("a2"))
    #expect(try call("-", [.string("10"), .long(1)]) == .real(9))
    #expect(try call("/", [.long(7), .long(2)]) == .real(3.5))
    #expect(try call("/", [.long(7), .long(0)]) == .null)
    #expect(try call("%", [.long(7), .long(0)]) == .null)
    #expect(try call("%", [.long(-7), .long(4)]) == .real(-3))
    #expect(try call("unary -", [.long(4)]) == .real(-4))
    #expect(try call(".", [.real(2), .string("x")]) == .string("2x"))
  }

  @Test func `membership and exclusive or`() throws {
    #expect(try call("in", [.string("b"), .string("a"), .string("b")]) == .bool(true))
    #expect(try call("in", [.string("B"), .string("a"), .string("b")]) == .bool(false))
    #expect(try call("in", [Self.several("x", "b"), .string("b")]) == .bool(true))
    #expect(try call("XOR", [.bool(true), .bool(true)]) == .bool(false))
  }

  @Test(
    arguments: [
      ("search=", "AssumeRoleWithSAML", "assumerolewithsaml", true),
      ("search=", "GetRolePolicy", "get*policy", true),
      ("search=", "GetRolePolicyX", "get*policy", false),
      ("search=", "aba", "ab*ba", false),
      ("search=", "1", "1.0", false),
      ("search=", "", "", true),
      ("search=", "abc", "*", true),
      ("search=", "[aws-cli 1]", "[aws-cli*", true),
      ("search!=", "a", "A", false),
      ("search!=", "ab", "a", true),
      ("search<", "9", "10", true),
      ("search>=", "b", "a", true),
      ("search>", "10", "9", true),
      ("search<=", "10", "9", false),
      ("search cidr", "10.1.2.3", "10.0.0.0/8", true),
      ("search cidr", "11.1.2.3", "10.0.0.0/8", false),
      ("search cidr", "fd00::1", "fd00::/8", true),
      ("search cidr", "10.1.2.3", "fd00::/8", false),
      ("search cidr", "host", "10.0.0.0/8", false),
      ("search phrase", "an Access Denied here", "access denied", true),
      ("search phrase", "Access was Denied", "access*denied", true),
      ("search phrase", "Access", "denied", false),
      ("search term", "eventName=CreateUser", "createuser", true),
      ("search term", "eventName=CreateUser", "user", false),
      ("search term", "eventName=CreateUser", "*user", true),
      ("search term", "eventName=CreateUser", "create*", true),
      ("search term", "eventName=CreateUser", "cr*us", false),
      ("search term", "eventName=CreateUser", "cr*us*", true),
      ("search term", "create a user", "create*user", false),
      ("search term", "a.b-c", "b", true),
    ] as [(String, String, String, Bool)])
  func `search compares whole texts in any case`(
    name: String, text: String, pattern: String, expected: Bool
  ) throws {
    #expect(try call(name, [.string(text), .string(pattern)]) == .bool(expected))
  }

  @Test func `search looks at every value and is false for none`() throws {
    #expect(try call("search=", [Self.several("a", "b"), .string("B")]) == .bool(true))
    #expect(try call("search!=", [Self.several("a", "b"), .string("b")]) == .bool(true))
    for name in ["search=", "search!=", "search<", "search term", "search cidr"] {
      let pattern = Value.string("10.0.0.0/8")
      #expect(
        try FunctionCheck.call(name, [.null, pattern], types: [.string, .string], dialect: .spl)
          == .bool(false))
      let function = try #require(FunctionCatalog.scalar(name, in: .spl))
      #expect(function.nulls == .neverNull)
    }
    #expect(try call("search exists", [.string("")]) == .bool(true))
    #expect(
      try FunctionCheck.call("search exists", [.null], types: [.string], dialect: .spl) == .bool(false))
  }

  @Test func `names of the language are found`() {
    for name in ["=", "==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", ".", "like", "in", "XOR"] {
      #expect(FunctionCatalog.scalar(name, in: .spl) != nil, "\(name)")
    }
  }
}
