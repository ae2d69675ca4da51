import Testing

@testable import Engine

@Suite struct TextOperatorsTests {
  private func test(_ text: String, _ name: String, _ wanted: String) throws -> Bool {
    let value = try FunctionCheck.call(name, [.string(text), .string(wanted)])
    guard case .bool(let truth) = value else { throw Failure.notABool }
    // The four variants agree with one another.
    let negated = try FunctionCheck.call("!" + name, [.string(text), .string(wanted)])
    #expect(negated == .bool(!truth), "!\(name)")
    return truth
  }

  private enum Failure: Error { case notABool }

  @Test(arguments: [
    ("Create-User", "user", true), ("CreateUser", "user", false), ("ab_cd", "ab", true), ("a b", " ", true),
    ("10.1.2.3", "10.1.2", true), ("110.1.2.3", "10.1.2", false), ("x", "", true), ("", "", true),
    ("", "a", false),
    ("xab ab", "ab", true), ("abab", "ab", false), ("приветМир", "мир", false), ("привет Мир", "мир", true),
    ("naïveté", "na", false), ("(ab)", "(ab)", true), ("x(ab)y", "(ab)", true), ("\u{212A}ey", "key", true),
    ("éa", "a", false), ("日本", "本", false),
  ])
  func `has finds whole terms`(text: String, wanted: String, isFound: Bool) throws {
    #expect(try test(text, "has", wanted) == isFound)
  }

  @Test func `the case variants of has differ by case only`() throws {
    #expect(try test("Create-User", "has_cs", "User"))
    #expect(try !test("Create-User", "has_cs", "user"))
  }

  @Test func `prefixes and suffixes need one edge`() throws {
    #expect(try test("iam:CreateUser", "hasprefix", "create"))
    #expect(try !test("iam:CreateUser", "hasprefix", "user"))
    #expect(try test("iam:CreateUser", "hassuffix", "USER"))
    #expect(try !test("iam:CreateUser", "hassuffix", "create"))
    #expect(try test("iam:CreateUser", "hasprefix_cs", "Create"))
    #expect(try !test("iam:CreateUser", "hassuffix_cs", "user"))
  }

  @Test(arguments: [
    ("CreateUser", "TEUS", true), ("abc", "", true), ("", "", true), ("ΣΊΣΥΦΟΣ", "σίσυφος", true),
    ("straße", "STRASSE", false), ("ＡＢＣ", "abc", false), ("ＡＢＣ", "ａｂｃ", true), ("e\u{301}", "é", false),
    ("ma\u{17F}k", "MASK", true), ("aaab", "aab", true),
  ])
  func `contains folds code point by code point`(text: String, wanted: String, isFound: Bool) throws {
    #expect(try test(text, "contains", wanted) == isFound)
  }

  @Test func `texts begin and end`() throws {
    #expect(try test("CreateUser", "startswith", "CREATE"))
    #expect(try !test("CreateUser", "startswith_cs", "CREATE"))
    #expect(try test("straÉe", "endswith", "aée"))
    #expect(try !test("a", "endswith", "ba"))
    #expect(try test("abc", "endswith_cs", "bc"))
    #expect(try test("\u{212A}", "startswith", "k"))
  }

  @Test func `equality may overlook case`() throws {
    #expect(try FunctionCheck.call("=~", [.string("Root"), .string("rOOT")]) == .bool(true))
    #expect(try FunctionCheck.call("=~", [.string("Root"), .string("Roots")]) == .bool(false))
    #expect(try FunctionCheck.call("!~", [.string("É"), .string("é")]) == .bool(false))
    #expect(try FunctionCheck.call("=~", [.string(""), .string("")]) == .bool(true))
  }

  @Test func `dynamic texts are compared by what is inside`() throws {
    #expect(try FunctionCheck.call("has", [.dynamic(.string("a b")), .string("b")]) == .bool(true))
  }

  @Test func `in flattens arrays and keeps to bytes`() throws {
    let list: Value = .dynamic(.array([.string("a"), .string("é")]))
    #expect(try FunctionCheck.call("in", [.string("é"), list]) == .bool(true))
    #expect(try FunctionCheck.call("in", [.string("e\u{301}"), list]) == .bool(false))
    #expect(try FunctionCheck.call("in", [.long(2), .long(1), .real(2)]) == .bool(true))
    #expect(try FunctionCheck.call("in", [.string("x")]) == .bool(false))
    #expect(try FunctionCheck.call("!in", [.string("x")]) == .bool(true))
    #expect(try FunctionCheck.call("in", [.dynamic(.long(3)), .long(3)]) == .bool(true))
    #expect(try FunctionCheck.call("in", [.string("b"), .string("a"), .string("b")]) == .bool(true))
  }

  @Test func `null is in no list of values`() throws {
    let types: [DataType] = [.long, .long]
    #expect(try FunctionCheck.call("in", [.null, .long(1)], types: types) == .bool(false))
    #expect(try FunctionCheck.call("!in", [.null, .long(1)], types: types) == .bool(true))
    #expect(try FunctionCheck.call("in", [.null, .null], types: types) == .null)
  }

  @Test func `lists of terms`() throws {
    let text: Value = .string("arn:aws:iam::123:role/Admin")
    #expect(try FunctionCheck.call("has_any", [text, .string("x"), .string("admin")]) == .bool(true))
    #expect(try FunctionCheck.call("has_any", [text, .string("adm")]) == .bool(false))
    #expect(try FunctionCheck.call("has_any", [text]) == .bool(false))
    #expect(try FunctionCheck.call("has_all", [text, .string("iam"), .string("admin")]) == .bool(true))
    #expect(
      try FunctionCheck.call("in~", [.string("GET"), .dynamic(.array([.string("get")]))]) == .bool(true))
    #expect(try FunctionCheck.call("!in~", [.string("É"), .string("é")]) == .bool(false))
    let terms: Value = .dynamic(.array([.long(1), .string("x"), .string("role")]))
    #expect(try FunctionCheck.call("has_any_index", [text, terms]) == .long(2))
  }

  @Test func `a large list is looked up by hash`() throws {
    let list: [JSONValue] = (0..<5000).map { .string("user\($0)") }
    #expect(try FunctionCheck.call("in", [.string("user4999"), .dynamic(.array(list))]) == .bool(true))
    #expect(try FunctionCheck.call("in", [.string("user5000"), .dynamic(.array(list))]) == .bool(false))
  }
}
