import Testing

@testable import Engine

@Suite struct RegexTextTests {
  /// Pattern, bytes of a text, and the span expected; nil for no match.
  static let invalid: [(String, [UInt8], Range<Int>?)] = [
    (".", [0xFF], nil),
    (".", [0xC3], nil),
    (".", [0xFF, 0x61], 1..<2),
    (".+", [0x61, 0x62, 0xFF, 0x63], 0..<2),
    ("[^a]", [0xFF, 0x61], nil),
    ("[^a]", [0x80, 0x62], 1..<2),
    (#"\W"#, [0xFE, 0x2D], 1..<2),
    (#"\D+"#, [0xE2, 0x82, 0x61], 2..<3),
    ("a.c", [0x61, 0xFF, 0x63], nil),
    ("a.c", [0x61, 0xED, 0xA0, 0x80, 0x63], nil),
    ("a.c", [0x61, 0xC0, 0x80, 0x63], nil),
    ("a.c", [0x61, 0xF4, 0x90, 0x80, 0x80, 0x63], nil),
    ("a.c", [0x61, 0xF4, 0x8F, 0xBF, 0xBF, 0x63], 0..<6),
    ("b", [0xFF, 0x62], 1..<2),
    (#"\bb"#, [0xFF, 0x62], 1..<2),
    (#"\bb"#, [0xC3, 0xA9, 0x62], nil),
    (#"b\b"#, [0x62, 0xC3], 0..<1),
    ("é", [0xC3, 0x28, 0xC3, 0xA9], 2..<4),
    ("", [0xFF], 0..<0),
    ("(?s)^.*$", [0x61, 0xFF], nil),
    ("(?i)k+", [0x4B, 0xE2, 0x84, 0xAA, 0xE2, 0x84], 0..<4),
    (#"\w+"#, [0xE6, 0x97, 0xA5, 0xE6, 0x97], 0..<3),
    (#"\w+$"#, [0xE6, 0x97, 0xA5, 0xE6, 0x97], nil),
  ]

  @Test(arguments: invalid)
  func `invalid bytes match no class and no dot`(_ pattern: String, _ text: [UInt8], _ span: Range<Int>?)
    throws
  {
    for (name, matcher) in try RegexMatchers.all(of: RegularExpression(pattern)) {
      text.withUnsafeBufferPointer { bytes in
        #expect(matcher.firstMatch(in: bytes) == span, "by \(name)")
        #expect(matcher.isMatch(bytes) == (span != nil), "by \(name)")
      }
    }
  }

  private func allMatches(
    _ pattern: String, _ text: String, _ dialect: RegularExpression.Dialect = .rust
  ) throws -> [Range<Int>] {
    var found: [Range<Int>] = []
    var text = text
    let expression = try RegularExpression(pattern, options: .init(dialect: dialect))
    text.withUTF8 { bytes in
      expression.matches(in: bytes) {
        found.append($0)
        return found.count < 100
      }
    }
    return found
  }

  @Test func `matches do not overlap`() throws {
    #expect(try allMatches("aa", "aaaaa") == [0..<2, 2..<4])
    #expect(try allMatches("a+", "aabaaa") == [0..<2, 3..<6])
    #expect(try allMatches("^a", "aaa") == [0..<1])
    #expect(try allMatches("(?m)^a", "a\na") == [0..<1, 2..<3])
    #expect(try allMatches(#"\ba"#, "aa a") == [0..<1, 3..<4])
    #expect(try allMatches("x", "") == [])
  }

  @Test func `an empty match moves on by one scalar`() throws {
    #expect(try allMatches("", "é😀") == [0..<0, 2..<2, 6..<6])
    #expect(try allMatches("", "") == [0..<0])
    #expect(try allMatches("a*", "baab") == [0..<0, 1..<3, 4..<4])
    #expect(try allMatches("a*", "baab", .perl) == [0..<0, 1..<3, 3..<3, 4..<4])
    #expect(try allMatches(#"\B"#, "éé", .perl) == [0..<0, 2..<2, 4..<4])
    #expect(try allMatches("$", "a\n", .perl) == [1..<1, 2..<2])
    #expect(try allMatches("a|", "aba") == [0..<1, 2..<3])
  }

  @Test func `a search may start within the text and still sees what stands before`() throws {
    let text = Array("foo foobar".utf8)
    try text.withUnsafeBufferPointer { bytes in
      let word = try RegularExpression(#"\bfoo"#)
      #expect(word.firstMatch(in: bytes, from: 0) == 0..<3)
      #expect(word.firstMatch(in: bytes, from: 1) == 4..<7)
      #expect(word.firstMatch(in: bytes, from: 5) == nil)
      let start = try RegularExpression("^o|bar")
      #expect(start.firstMatch(in: bytes, from: 1) == 7..<10)
      #expect(try RegularExpression("").firstMatch(in: bytes, from: 10) == 10..<10)
      #expect(try RegularExpression("").firstMatch(in: bytes, from: 11) == nil)
      #expect(try RegularExpression("").firstMatch(in: bytes, from: -1) == nil)
    }
  }

  @Test func `names stand at their groups`() throws {
    let expression = try RegularExpression("(?P<year>[0-9]+)-([0-9]+)-(?<day>[0-9]+)")
    #expect(expression.captureNames == [nil, "year", nil, "day"])
    #expect(expression.captureCount == 3)
    #expect(expression.captures(in: "on 2024-05-17.") == ["2024-05-17", "2024", "05", "17"])
  }

  @Test(arguments: ["(so$me.", #"a\b"#, "[x]{2}", "a-b&c~d#e", "é|日", "", "a b"])
  func `a quoted literal matches itself only`(_ literal: String) throws {
    for dialect in [RegularExpression.Dialect.rust, .perl] {
      let expression = try RegularExpression(
        RegularExpression.quoted(literal), options: .init(dialect: dialect))
      #expect(
        expression.firstMatch(in: "x" + literal + "y")
          == (literal.isEmpty ? 0..<0 : 1..<1 + literal.utf8.count))
    }
    #expect(RegularExpression.quoted("(so$me.") == #"\(so\$me\."#)
  }

  @Test func `options do what flags do`() throws {
    var options = RegularExpression.Options()
    options.caseInsensitive = true
    options.multiLine = true
    #expect(try RegularExpression("^abc$", options: options).firstMatch(in: "x\nABC\n") == 2..<5)
    options = .init()
    options.dotMatchesNewline = true
    options.swapGreed = true
    #expect(try RegularExpression("a.+", options: options).firstMatch(in: "a\n\n") == 0..<2)
    options = .init()
    options.extended = true
    options.unicode = false
    #expect(try RegularExpression(#"\w + $"#, options: options).firstMatch(in: "éab") == 2..<4)
  }

  @Test func `one expression serves many threads`() async throws {
    let expression = try RegularExpression(#"(\w+)@(\w+)\.com"#)
    let wrong = await withTaskGroup(of: Int.self) { group in
      for task in 0..<8 {
        group.addTask {
          (0..<200).count { round in
            let host = "h\(round)"
            return expression.captures(in: "to u\(task)@\(host).com") != [
              "u\(task)@\(host).com", "u\(task)", host,
            ]
          }
        }
      }
      return await group.reduce(0, +)
    }
    #expect(wrong == 0)
  }

  @Test(arguments: [1, 2, 3, 15, 16, 17, 31, 33, 64, 200])
  func `a literal is found at every place of a text`(_ length: Int) throws {
    let exact = try RegularExpression("q-z")
    let folded = try RegularExpression("(?i)q-z")
    for place in 0...length {
      let text = String(repeating: "q", count: place) + "q-z" + String(repeating: "-", count: length - place)
      #expect(exact.firstMatch(in: text) == place..<place + 3)
      #expect(folded.firstMatch(in: text.uppercased()) == place..<place + 3)
      #expect(!exact.isMatch(text.uppercased()))
    }
  }
}
