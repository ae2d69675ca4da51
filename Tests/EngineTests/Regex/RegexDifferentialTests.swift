import Testing

@testable import Engine

/// Random patterns over what this engine and the toolchain's Regex both know.
///
/// Left out, since the two differ there on purpose:
/// * captures of repeated groups that may match nothing: the toolchain enters one last empty round and captures it;
///   here a round that consumes nothing does not follow one that did (the spans of whole matches are the same);
/// * `.` and newlines other than `\n`: the toolchain's dot refuses all of Unicode's line ends;
/// * `\b` and `\B`: the toolchain follows Unicode's word segmentation, and its `.simple` form does not count digits
///   as word characters.
struct RandomPattern {
  var random: SeededRandom
  private var depth = 0

  private let hasWordBoundaries: Bool

  init(seed: UInt64, hasWordBoundaries: Bool = false) {
    random = SeededRandom(seed: seed)
    self.hasWordBoundaries = hasWordBoundaries
  }

  mutating func text() -> String {
    let alphabet = ["a", "b", "c", "0", "1", " ", "-", "é", "a", "b", "ab", "\n"]
    return (0..<Int.random(in: 0...10, using: &random)).map { _ in
      alphabet.randomElement(using: &random) ?? ""
    }
    .joined()
  }

  mutating func pattern() -> String { alternation().pattern }

  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  private mutating func alternation() -> (pattern: String, isNullable: Bool) {
    depth += 1
    defer { depth -= 1 }
    var (pattern, isNullable) = concatenation()
    while chance(20) {
      let (branch, branchIsNullable) = concatenation()
      pattern += "|" + branch
      isNullable = isNullable || branchIsNullable
    }
    return (pattern, isNullable)
  }

  private mutating func concatenation() -> (pattern: String, isNullable: Bool) {
    var pattern = ""
    var isNullable = true
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      var (item, itemIsNullable, isAssertion) = atom()
      if !itemIsNullable, !isAssertion, chance(40) {
        let quantifier =
          ["*", "+", "?", "{2}", "{1,2}", "{0,2}", "{1,}"].randomElement(using: &random) ?? "*"
        item += quantifier
        if ["*", "?", "{0,2}"].contains(quantifier) { itemIsNullable = true }
        if chance(30) { item += "?" }
      }
      pattern += item
      isNullable = isNullable && itemIsNullable
    }
    return (pattern, isNullable)
  }

  private mutating func atom() -> (pattern: String, isNullable: Bool, isAssertion: Bool) {
    if depth < 3, chance(25) {
      let (inner, isNullable) = alternation()
      return ((chance(60) ? "(" : "(?:") + inner + ")", isNullable, false)
    }
    if chance(8) { return (["^", "$", "\\A", "\\z"].randomElement(using: &random) ?? "^", true, true) }
    if hasWordBoundaries, chance(15) {
      let places = ["\\b", "\\B", "\\<", "\\>", "(?-u:\\b)", "(?-u:\\B)", "(?m:^)", "(?m:$)"]
      return (places.randomElement(using: &random) ?? "^", true, true)
    }
    let atoms = [
      "a", "b", "c", "0", "é", "a", "b", ".", "[ab]", "[^a]", "[a-c]", "\\d", "\\w", "\\s", "[^\\d]",
      "[b\\d]", "ab",
      "\\W", "\\D", "[^\\w]", "[é-ë]", "(?i:A)", "(?i:É)", "-", "\\x61", "[a-z&&[^b]]",
    ]
    return ("(?:" + (atoms.randomElement(using: &random) ?? "a") + ")", false, false)
  }
}

@Suite struct RegexDifferentialTests {
  /// What the toolchain's Regex captures, in UTF-8 offsets.
  private func toolchain(_ regex: Regex<AnyRegexOutput>, _ text: String) -> [Range<Int>?]? {
    guard let match = text.firstMatch(of: regex) else { return nil }
    return (0..<match.output.count).map { index in
      match.output[index].range.map { range in
        text.utf8.distance(
          from: text.startIndex, to: range.lowerBound)..<text.utf8.distance(
            from: text.startIndex, to: range.upperBound)
      }
    }
  }

  /// Compares at least `count` times; returns what differed.
  private func compare(seed: UInt64, count: Int) throws -> [String] {
    var generator = RandomPattern(seed: seed)
    var differences: [String] = []
    var done = 0
    while done < count, differences.count < 40 {
      let pattern = generator.pattern()
      let regex = try Regex(pattern).matchingSemantics(.unicodeScalar)
      let matchers = try RegexMatchers.all(of: RegularExpression(pattern))
      for _ in 0..<20 {
        done += 1
        var text = generator.text()
        let expected = toolchain(regex, text)
        for (name, matcher) in matchers {
          let found = text.withUTF8 { matcher.captures(in: $0) }
          if found != expected {
            differences.append(
              "\(name): \(pattern) on \(text.debugDescription) gives \(String(describing: found)) not \(String(describing: expected))"
            )
          }
        }
      }
    }
    return differences
  }

  @Test(arguments: 0..<4)
  func `random patterns match as in the toolchain's Regex`(_ part: Int) throws {
    let differences = try compare(seed: UInt64(part + 1), count: 5_000)
    #expect(differences.isEmpty, "\(differences.prefix(5).joined(separator: "\n"))")
  }

  @Test func `all matchers agree on word boundaries and lines`() throws {
    var generator = RandomPattern(seed: 99, hasWordBoundaries: true)
    for _ in 0..<400 {
      let pattern = generator.pattern()
      for dialect in [RegularExpression.Dialect.rust, .perl] {
        guard let expression = try? RegularExpression(pattern, options: .init(dialect: dialect)) else {
          continue
        }
        let matchers = try RegexMatchers.all(of: expression)
        for _ in 0..<10 {
          var text = generator.text()
          let found = text.withUTF8 { bytes in matchers.map { $0.matcher.captures(in: bytes) } }
          #expect(found.allSatisfy { $0 == found[0] }, "\(pattern) on \(text.debugDescription)")
        }
      }
    }
  }

  @Test func `all matchers find the same matches in any bytes`() throws {
    let pieces: [[UInt8]] = [
      [0x61], [0x62], [0x30], [0x20], [0x0A], [0x0D], [0xC3, 0xA9], [0xC3], [0xA9], [0xFF],
      [0xE2, 0x82, 0xAC],
      [0xE2, 0x82], [0xF0, 0x9F, 0x98, 0x80], [0x2D], [0xE2, 0x84, 0xAA],
    ]
    var generator = RandomPattern(seed: 4_242, hasWordBoundaries: true)
    var random = SeededRandom(seed: 17)
    for _ in 0..<400 {
      let pattern = generator.pattern()
      let dialect = Bool.random(using: &random) ? RegularExpression.Dialect.rust : .perl
      guard let expression = try? RegularExpression(pattern, options: .init(dialect: dialect)) else {
        continue
      }
      let matchers = try RegexMatchers.all(of: expression)
      for _ in 0..<5 {
        let text = (0..<Int.random(in: 0...14, using: &random)).flatMap { _ in
          pieces.randomElement(using: &random) ?? []
        }
        let found = text.withUnsafeBufferPointer { bytes in
          matchers.map { matcher in
            var spans: [Range<Int>] = []
            matcher.matcher.matches(in: bytes) {
              spans.append($0)
              return spans.count < 100
            }
            return spans
          }
        }
        #expect(found.allSatisfy { $0 == found[0] }, "\(dialect) \(pattern) on \(text)")
      }
    }
  }
}
