import Testing

@testable import Engine

@Suite struct RegexCaseTests {
  @Test func `there are at least three hundred cases`() { #expect(RegexCase.all.count >= 300) }

  @Test(arguments: RegexCase.all)
  func `every matcher finds the leftmost match and its groups`(_ sample: RegexCase) throws {
    let expression = try RegularExpression(sample.pattern, options: .init(dialect: sample.dialect))
    for (name, matcher) in try RegexMatchers.all(of: expression) {
      var text = sample.text
      let found = text.withUTF8 { bytes in
        let groups = matcher.captures(in: bytes)
        #expect(matcher.isMatch(bytes) == (groups != nil), "isMatch of \(name)")
        return groups
      }
      let strings = found?.map { $0.map { String(decoding: Array(text.utf8)[$0], as: UTF8.self) } }
      #expect(strings == sample.groups, "by \(name)")
      if let offset = sample.offset { #expect(found?.first??.lowerBound == offset, "by \(name)") }
    }
  }
}

/// The same expression run in each of the ways the engine has.
enum RegexMatchers {
  static func all(of expression: RegularExpression) throws -> [(name: String, matcher: RegexMatcher)] {
    let automata = expression.makeMatcher()
    automata.strategy = .automata
    let simulation = expression.makeMatcher()
    simulation.strategy = .simulation
    return [
      ("the usual way", expression.makeMatcher()), ("automata alone", automata),
      ("simulation alone", simulation),
      ("starved automata", expression.makeMatcher(automatonBytes: 0)),
    ]
  }
}
