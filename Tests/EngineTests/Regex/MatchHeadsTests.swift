import Testing

@testable import Engine

@Suite("Where a match may begin") struct MatchHeadsTests {
  private static func heads(_ pattern: String) throws -> MatchHeads? {
    MatchHeads(of: try CompiledRegex(pattern, options: .init()).forward)
  }

  @Test(arguments: [
    ("terraform|i-[0-9a-f]", ["te", "i-"]), ("[ab]c|d", []), ("(?:ab|cd)+e?", ["ab", "cd"]), ("ab*", []),
    ("[a-z]+@", []), ("a[0-9]", []), ("a[0-7]", (0...7).map { "a\($0)" }), (#"\bxy|x\.z"#, ["xy", "x."]),
    ("é|èa", ["\u{E9}", "\u{E8}"]), ("ab$|a$", []),
  ])
  func pairs(_ pattern: String, _ pairs: [String]) throws {
    let heads = try #require(try Self.heads(pattern))
    let expected = Set(pairs.map { Array($0.utf8) })
    #expect(Set(heads.pairs.map { [$0.first, $0.second] }) == expected)
    for (first, _) in heads.pairs { #expect(heads.bytes[Int(first)]) }
  }

  @Test(arguments: ["a*", "", "a|", "(?:ab)?"])
  func emptyMatches(_ pattern: String) throws { #expect(try Self.heads(pattern) == nil) }

  @Test(
    "places found sixteen at a time are those of a matcher that looks at each",
    arguments: [
      "part-[0-9]|i-[0-9a]", "[pi]a|t[0-3]x?", "(?i)ar|-7", #"i-\b|pa$"#, "ta|ti|tp|t-|t0|t7|tx|tr",
    ])
  func places(_ pattern: String) throws {
    let expression = try RegularExpression(pattern)
    let matcher = expression.makeMatcher()
    let simulation = expression.makeMatcher()
    simulation.strategy = .simulation
    var random = SeededRandom(seed: 5)
    let letters = Array("part-i07xA".utf8)
    for length in 0..<120 {
      // Mostly of what begins no match, so that places of all distances from the start come first.
      let text = (0..<length).map { _ in
        Int.random(in: 0..<8, using: &random) > 0
          ? UInt8(ascii: ".") : letters.randomElement(using: &random) ?? 0
      }
      text.withUnsafeBufferPointer { bytes in
        #expect(matcher.firstMatch(in: bytes) == simulation.firstMatch(in: bytes))
        #expect(matcher.isMatch(bytes) == simulation.isMatch(bytes))
      }
    }
  }
}
