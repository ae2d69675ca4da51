import Testing

@testable import Engine

/// A pattern that is refused: the slug, and the text the error points at.
struct RefusedPattern: Sendable {
  var pattern: String
  var id: String
  var blamed: String
  var offset: Int
  var dialect = RegularExpression.Dialect.rust

  static let rust: [RefusedPattern] = [
    .init(pattern: "a(?=b)", id: "regex-look-around", blamed: "(?=", offset: 1),
    .init(pattern: "a(?!b)", id: "regex-look-around", blamed: "(?!", offset: 1),
    .init(pattern: "(?<=a)b", id: "regex-look-around", blamed: "(?<=", offset: 0),
    .init(pattern: "x(?<!a)b", id: "regex-look-around", blamed: "(?<!", offset: 1),
    .init(pattern: #"(a)\1"#, id: "regex-back-reference", blamed: #"\1"#, offset: 3),
    .init(pattern: #"(a)\12b"#, id: "regex-back-reference", blamed: #"\12"#, offset: 3),
    .init(pattern: "(?P<n>a)(?P=n)", id: "regex-back-reference", blamed: "(?P=", offset: 8),
    .init(pattern: #"é(a)\k<n>"#, id: "regex-back-reference", blamed: #"\k"#, offset: 5),
    .init(pattern: "(?(1)a|b)", id: "regex-conditional", blamed: "(?(", offset: 0),
    .init(pattern: "(?1)", id: "regex-recursion", blamed: "(?1", offset: 0),
    .init(pattern: "(?>a)", id: "regex-atomic-group", blamed: "(?>", offset: 0),
    .init(pattern: "(ab", id: "regex-unclosed-group", blamed: "(", offset: 0),
    .init(pattern: "ab)", id: "regex-unopened-group", blamed: ")", offset: 2),
    .init(pattern: "a[bc", id: "regex-unclosed-class", blamed: "[", offset: 1),
    .init(pattern: "[]", id: "regex-unclosed-class", blamed: "[", offset: 0),
    .init(pattern: "*a", id: "regex-nothing-to-repeat", blamed: "*", offset: 0),
    .init(pattern: "a|+", id: "regex-nothing-to-repeat", blamed: "+", offset: 2),
    .init(pattern: "(?)", id: "regex-unknown-flag", blamed: "(?)", offset: 0),
    .init(pattern: "(?i)*", id: "regex-nothing-to-repeat", blamed: "*", offset: 4),
    .init(pattern: "é(?q)", id: "regex-unknown-flag", blamed: "q", offset: 4),
    .init(pattern: "{2}", id: "regex-nothing-to-repeat", blamed: "{", offset: 0),
    .init(pattern: "a{3,2}", id: "regex-repetition-order", blamed: "{3,2}", offset: 1),
    .init(
      pattern: "a{99999999999999999999}", id: "regex-too-large", blamed: "{99999999999999999999}", offset: 1),
    .init(pattern: "(?:a{1000}){1000}", id: "regex-too-large", blamed: "{1000}", offset: 11),
    .init(pattern: "(?:(?:(?:){60000}){60000}){60000}", id: "regex-too-large", blamed: "{60000}", offset: 26),
    .init(pattern: #"a\"#, id: "regex-trailing-backslash", blamed: #"\"#, offset: 1),
    .init(pattern: #"\y"#, id: "regex-unknown-escape", blamed: #"\y"#, offset: 0),
    .init(pattern: #"é\Qa"#, id: "regex-unknown-escape", blamed: #"\Q"#, offset: 2),
    .init(pattern: #"\K"#, id: "regex-match-reset", blamed: #"\K"#, offset: 0),
    .init(pattern: #"\x4"#, id: "regex-scalar-number", blamed: #"\x4"#, offset: 0),
    .init(pattern: #"\x{110000}"#, id: "regex-scalar-number", blamed: #"\x{110000}"#, offset: 0),
    .init(pattern: #"\u{D800}"#, id: "regex-scalar-number", blamed: #"\u{D800}"#, offset: 0),
    .init(pattern: #"\p{Nope}"#, id: "regex-unknown-property", blamed: #"\p{Nope}"#, offset: 0),
    .init(pattern: #"\p{L"#, id: "regex-unclosed-brace", blamed: #"\p{"#, offset: 0),
    .init(pattern: "[[:nope:]]", id: "regex-unknown-class", blamed: "[:nope:]", offset: 1),
    .init(pattern: "é[z-a]", id: "regex-class-range", blamed: "z-a", offset: 3),
    .init(pattern: "(?<1a>b)", id: "regex-group-name", blamed: "1", offset: 3),
    .init(pattern: "(?<a>b)(?<a>c)", id: "regex-duplicate-name", blamed: "a", offset: 10),
  ]

  static let perl: [RefusedPattern] = [
    .perl(pattern: "a(?=(b))", id: "regex-look-around-group", blamed: "(?=", offset: 1),
    .perl(pattern: "(?<=(?<n>b))a", id: "regex-look-around-group", blamed: "(?<=", offset: 0),
    .perl(pattern: "a(?=b", id: "regex-unclosed-group", blamed: "(", offset: 1),
    .perl(pattern: "a(?<!b", id: "regex-unclosed-group", blamed: "(", offset: 1),
    .perl(pattern: #"(a)(?=\1)"#, id: "regex-back-reference", blamed: #"\1"#, offset: 6),
    .perl(pattern: "a++ab", id: "regex-atomic-group", blamed: "++", offset: 1),
    .perl(pattern: "(?>a|ab)c", id: "regex-atomic-group", blamed: "(?>a|ab)", offset: 0),
    .perl(pattern: "(?:a*+b?)+a", id: "regex-atomic-group", blamed: "*+", offset: 4),
    .perl(pattern: "(?:a++){2}", id: "regex-atomic-group", blamed: "++", offset: 4),
    .perl(pattern: #"\w++\b."#, id: "regex-atomic-group", blamed: "++", offset: 2),
    .perl(pattern: "a**", id: "regex-nothing-to-repeat", blamed: "*", offset: 2),
    .perl(pattern: "{2}", id: "regex-nothing-to-repeat", blamed: "{", offset: 0),
    .perl(pattern: "(?R)", id: "regex-recursion", blamed: "(?R", offset: 0),
    .perl(pattern: "(?&x)", id: "regex-recursion", blamed: "(?&", offset: 0),
    .perl(pattern: "(?P>x)", id: "regex-recursion", blamed: "(?P", offset: 0),
    .perl(pattern: "(?|a|b)", id: "regex-branch-reset", blamed: "(?|", offset: 0),
    .perl(pattern: "(*ACCEPT)", id: "regex-verb", blamed: "(*", offset: 0),
    .perl(pattern: #"\R"#, id: "regex-unknown-escape", blamed: #"\R"#, offset: 0),
    .perl(pattern: #"a\Kb"#, id: "regex-match-reset", blamed: #"\K"#, offset: 1),
    .perl(pattern: #"(a)\g1"#, id: "regex-back-reference", blamed: #"\g"#, offset: 3),
    .perl(pattern: "(?#never", id: "regex-unclosed-group", blamed: "(", offset: 0),
  ]

  private static func perl(pattern: String, id: String, blamed: String, offset: Int) -> RefusedPattern {
    RefusedPattern(pattern: pattern, id: id, blamed: blamed, offset: offset, dialect: .perl)
  }
}

@Suite struct RegexErrorTests {
  @Test(arguments: RefusedPattern.rust + RefusedPattern.perl)
  func `a refused pattern is named and its place told`(_ refused: RefusedPattern) throws {
    let error = try #require(throws: RegexSyntaxError.self) {
      _ = try RegularExpression(refused.pattern, options: .init(dialect: refused.dialect))
    }
    #expect(error.id == refused.id)
    #expect(error.range.lowerBound == refused.offset)
    let bytes = Array(refused.pattern.utf8)
    #expect(String(decoding: bytes[error.range], as: UTF8.self) == refused.blamed)
  }

  @Test func `nesting is bounded`() throws {
    let deep = String(repeating: "(", count: 5_000) + "a" + String(repeating: ")", count: 5_000)
    #expect(throws: RegexSyntaxError.self) { try RegularExpression(deep) }
    let classes = String(repeating: "[", count: 5_000) + "a" + String(repeating: "]", count: 5_000)
    #expect(throws: RegexSyntaxError.self) { try RegularExpression(classes) }
    #expect(throws: RegexSyntaxError.self) {
      try RegularExpression("a" + String(repeating: "*", count: 5_000))
    }
    let allowed = String(repeating: "(", count: 60) + "a" + String(repeating: ")", count: 60)
    #expect(try RegularExpression(allowed).captures(in: "xa")?.count == 61)
  }

  @Test func `repetitions are expanded within the cap`() throws {
    let expression = try RegularExpression("^(?:[a-z0-9]{1,200}-){10}$")
    #expect(expression.isMatch(String(repeating: "ab9-", count: 10)))
    #expect(!expression.isMatch(String(repeating: "ab9-", count: 9)))
    #expect(throws: RegexSyntaxError.self) { try RegularExpression(#"(?:\w{100}){100}\w{1000}"#) }
  }

  @Test(arguments: [RegularExpression.Dialect.rust, .perl])
  func `no pattern of odd characters traps`(_ dialect: RegularExpression.Dialect) {
    var random = SeededRandom(seed: 7)
    let pieces = [
      "(", ")", "[", "]", "{", "}", "?", "*", "+", "|", "\\", "^", "$", ".", "-", "&&", "--", "~~", ":", "<",
      ">",
      "P", "1", "2", ",", "a", "é", "x", "u", "p", "Q", "E", "b", "i", "#", " ", "\n", "😀", "=", "!", "0",
      "d", "w",
    ]
    var accepted = 0
    for _ in 0..<20_000 {
      let pattern = (0..<Int.random(in: 1...9, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? ""
      }.joined()
      guard let expression = try? RegularExpression(pattern, options: .init(dialect: dialect)) else {
        continue
      }
      accepted += 1
      _ = expression.captures(in: "a1é😀\n-b x")
    }
    #expect(accepted > 100)
  }
}
