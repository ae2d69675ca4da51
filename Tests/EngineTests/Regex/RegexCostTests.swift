import Testing

@testable import Engine

/// The classic patterns that take backtracking engines exponential or polynomial time, and a text for each.
struct CostlyPattern: Sendable {
  var pattern: String
  /// The text is the prefix, `repeated` as often as asked, and the suffix.
  var prefix = ""
  var repeated: String
  var suffix: String
  var dialect = RegularExpression.Dialect.rust

  static let all: [CostlyPattern] = [
    .init(pattern: "^(a+)+$", repeated: "a", suffix: "!"),
    .init(pattern: "^(a*)*$", repeated: "a", suffix: "!"),
    .init(pattern: "^(a|a)*$", repeated: "a", suffix: "!"),
    .init(pattern: "^(a|aa)+$", repeated: "a", suffix: "!"),
    .init(pattern: "^(a|a?)+$", repeated: "a", suffix: "!"),
    .init(pattern: "(x+x+)+y", repeated: "x", suffix: ""),
    .init(pattern: "(.*)*b", repeated: "a", suffix: ""),
    .init(pattern: "(.*a){20}", repeated: "a", suffix: "!"),
    .init(pattern: "^(([a-z])+.)+[A-Z]([a-z])+$", repeated: "a", suffix: ""),
    .init(pattern: "(a+)*b", repeated: "a", suffix: "c"),
    .init(pattern: "a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?aaaaaaaaaaaaaaaa", repeated: "a", suffix: ""),
    .init(pattern: "(a?){30}a{30}", repeated: "a", suffix: "b"),
    .init(pattern: "^(\\w+\\s?)*$", repeated: "word ", suffix: "!"),
    .init(pattern: "\\s+$", repeated: " ", suffix: "x"),
    .init(pattern: "^\\s+|\\s+$", prefix: "x", repeated: " ", suffix: "x"),
    .init(pattern: "(\\d+)*,", repeated: "1", suffix: ""),
    .init(pattern: "^(\\d+|\\d+\\.)*$", repeated: "1", suffix: "x"),
    .init(pattern: "([^=]*)=([^=]*)=x", repeated: "=", suffix: ""),
    .init(pattern: ".*.*=.*", repeated: "x", suffix: ""),
    .init(pattern: "(?:.*,)*(.*)z", repeated: "a,", suffix: ""),
    .init(pattern: "<!--.*?-->", repeated: "<!--", suffix: ""),
    .init(pattern: "\"(?:[^\"\\\\]|\\\\.)*\"x", repeated: "\\\"", suffix: ""),
    .init(pattern: "^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@)", repeated: "a", suffix: "!"),
    .init(pattern: "(?:(?:a|b)|[ab])*c", repeated: "ab", suffix: ""),
    .init(pattern: "[a-z]*[a-z]*[a-z]*[a-z]*[0-9]", repeated: "a", suffix: ""),
    .init(pattern: "(?i)(a+)+b", repeated: "aA", suffix: ""),
    .init(pattern: "(?:a|b|ab)*c", repeated: "ab", suffix: ""),
    .init(pattern: "(a|b)*a(a|b){12}", repeated: "ab", suffix: "ba"),
    .init(pattern: "[ab]*a[ab]{14}c", repeated: "aab", suffix: ""),
    .init(pattern: "\\b(\\w+)\\b.*\\b(\\w+)\\b!", repeated: "é a ", suffix: ""),
    .init(pattern: "(é+)+z", repeated: "é", suffix: ""),
    .init(pattern: "(\\p{L}+)+\\d", repeated: "aé日", suffix: ""),
    .init(pattern: "^(?=(?:a+)+$)", repeated: "a", suffix: "!", dialect: .perl),
    .init(pattern: "(?=.*b)a", repeated: "a", suffix: "", dialect: .perl),
    .init(pattern: "(?<=b.*)a", repeated: "a", suffix: "", dialect: .perl),
    .init(pattern: "(?:(?!ab).)+c", repeated: "aab", suffix: "", dialect: .perl),
    .init(pattern: "^(?=.*1)(?=.*2)(?=.*3)(?!.*(?:x+)+y).*$", repeated: "x1", suffix: "", dialect: .perl),
    .init(pattern: "(?=(?=(?=.*a).*b).*c)d", repeated: "ab", suffix: "c", dialect: .perl),
    .init(pattern: "(?<!(?:a|aa)+b)c", repeated: "a", suffix: "bc", dialect: .perl),
  ]
}

@Suite struct RegexCostTests {
  @Test(arguments: CostlyPattern.all)
  func `steps are bounded by pattern size times text length`(_ costly: CostlyPattern) throws {
    let expression = try RegularExpression(costly.pattern, options: .init(dialect: costly.dialect))
    for (name, matcher) in try RegexMatchers.all(of: expression) {
      for count in [30, 300, 1_500] {
        let text = Array(
          (costly.prefix + String(repeating: costly.repeated, count: count) + costly.suffix).utf8)
        let steps = text.withUnsafeBufferPointer { matcher.countSteps(in: $0) }
        let size = ([matcher.compiled.forward] + matcher.compiled.arounds.map(\.program)).reduce(0) {
          $0 + $1.instructions.count
        }
        #expect(
          steps <= 8 * size * (text.count + 1), "\(name): \(steps) steps for \(size) times \(text.count)")
      }
    }
  }

  @Test func `all matches of a text with look-around take one scan for their places`() throws {
    let expression = try RegularExpression("a(?=[^x]*y)", options: .init(dialect: .perl))
    func matchCount(_ count: Int) -> (matches: Int, steps: Int) {
      let matcher = expression.makeMatcher()
      let text = Array((String(repeating: "ab", count: count) + "y").utf8)
      var matches = 0
      text.withUnsafeBufferPointer { bytes in
        matcher.allCaptures(in: bytes) { _ in
          matches += 1
          return true
        }
      }
      return (matches, matcher.steps)
    }
    let (small, large) = (matchCount(1_000), matchCount(4_000))
    #expect(small.matches == 1_000)
    #expect(large.matches == 4_000)
    #expect(large.steps <= 5 * small.steps)
  }

  @Test func `a pattern that outgrows its automata still finds its match`() throws {
    let expression = try RegularExpression("[ab]*a[ab]{12}c")
    let matcher = expression.makeMatcher(automatonBytes: 20_000)
    var random = SeededRandom(seed: 3)
    let noise = (0..<20_000).map { _ in Bool.random(using: &random) ? UInt8(ascii: "a") : UInt8(ascii: "b") }
    let text = noise + Array("dabbbbbbbbbbbbc".utf8)
    text.withUnsafeBufferPointer { bytes in
      #expect(matcher.firstMatch(in: bytes) == 20_001..<20_015)
      #expect(matcher.isMatch(bytes))
    }
  }
}
