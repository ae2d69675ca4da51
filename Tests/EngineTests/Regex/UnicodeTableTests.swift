import Testing

@testable import Engine

@Suite struct UnicodeTableTests {
  private func bounds(_ holds: (Unicode.Scalar) -> Bool) -> [UInt32] {
    var bounds: [UInt32] = []
    for value in UInt32(0)...0x110000 {
      let isMember = Unicode.Scalar(value).map(holds) ?? false
      guard isMember != (bounds.count % 2 == 1) else { continue }
      bounds.append(isMember ? value : value - 1)
    }
    return bounds
  }

  @Test func `word characters are those of the standard library's properties`() {
    let marks: Set<Unicode.GeneralCategory> = [
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation,
    ]
    let expected = bounds {
      $0.properties.isAlphabetic || $0.properties.isJoinControl
        || marks.contains($0.properties.generalCategory)
    }
    #expect(UnicodeClasses.wordBounds == expected)
  }

  @Test func `digits and white space are those of the standard library's properties`() {
    #expect(UnicodeClasses.digitBounds == bounds { $0.properties.generalCategory == .decimalNumber })
    #expect(UnicodeClasses.space == ScalarSet(bounds: bounds { $0.properties.isWhitespace }))
  }

  @Test(arguments: [
    "Greek", "Cyrillic", "Latin", "Han", "Hiragana", "Katakana", "Arabic", "Hebrew", "Thai", "Hangul",
  ])
  func `scripts are those of the toolchain`(_ name: String) throws {
    let set = try #require(UnicodeProperties.set(named: name))
    let regex = try Regex("\\p{Script=\(name)}").matchingSemantics(.unicodeScalar)
    for value in stride(from: UInt32(0x20), to: 0x3100, by: 7) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      #expect(
        set.contains(value) == (String(scalar).firstMatch(of: regex) != nil), "U+\(String(value, radix: 16))")
    }
  }

  @Test func `set operations agree with membership one by one`() {
    var random = SeededRandom(seed: 11)
    func randomSet() -> ScalarSet {
      ScalarSet(
        (0..<Int.random(in: 0...4, using: &random)).map { _ in
          let low = UInt32.random(in: 0..<40, using: &random)
          return low...low + UInt32.random(in: 0..<9, using: &random)
        })
    }
    for _ in 0..<300 {
      let (one, two) = (randomSet(), randomSet())
      for scalar in UInt32(0)..<52 {
        let (inOne, inTwo) = (one.contains(scalar), two.contains(scalar))
        #expect(one.union(two).contains(scalar) == (inOne || inTwo))
        #expect(one.intersection(two).contains(scalar) == (inOne && inTwo))
        #expect(one.subtracting(two).contains(scalar) == (inOne && !inTwo))
        #expect(one.symmetricDifference(two).contains(scalar) == (inOne != inTwo))
        #expect(one.inverted.contains(scalar) == !inOne)
      }
    }
    #expect(!ScalarSet.all.contains(0xD800))
    #expect(ScalarSet.empty.inverted == .all)
  }

  @Test(arguments: [
    "a", "é", "[\\x{0}-\\x{10FFFF}]", "[\\x{7F}-\\x{801}]", "\\w", "\\p{Lu}", "[^\\d]",
    "[\\x{D7FF}-\\x{E000}]",
  ])
  func `a class accepts the UTF-8 of its members and nothing else`(_ pattern: String) throws {
    let expression = try RegularExpression("^\(pattern)$")
    var parser = RegexParser(pattern, options: .init())
    guard case .set(let members) = try parser.parse() else { return }
    var random = SeededRandom(seed: 5)
    for _ in 0..<3_000 {
      let value = UInt32.random(in: 0...(Bool.random(using: &random) ? 0x10FFFF : 0x900), using: &random)
      guard let scalar = Unicode.Scalar(value) else { continue }
      #expect(expression.isMatch(String(scalar)) == members.contains(value), "U+\(String(value, radix: 16))")
    }
  }
}
