import Testing

@testable import Engine

/// Where a look-around holds, against what trying every stretch of the text says.
@Suite struct LookAroundDifferentialTests {
  @Test(arguments: 1...12) func `a look-around holds where some stretch beside the place matches`(_ seed: Int)
    throws
  {
    var generator = RandomPattern(seed: UInt64(seed))
    var compared = 0
    while compared < 400 {
      let inner = generator.pattern()
      // Classes with set operations are the other dialect's, groups are refused, places see beyond a stretch.
      if ["&&", "^", "$", "\\A", "\\z", "(?i", "\\x"].contains(where: inner.contains) { continue }
      let plain = inner.replacingGroups
      let whole = try RegularExpression(#"\A(?:"# + plain + #")\z"#, options: .init(dialect: .perl))
      let ahead = try RegularExpression("(?=" + plain + ")", options: .init(dialect: .perl))
      let behind = try RegularExpression("(?<=" + plain + ")", options: .init(dialect: .perl))
      let notAhead = try RegularExpression("(?!" + plain + ")", options: .init(dialect: .perl))
      for _ in 0..<10 {
        compared += 1
        let text = generator.text()
        let cuts = text.unicodeScalars.indices + [text.endIndex]
        func matches(_ range: Range<String.Index>) -> Bool {
          var stretch = String(text[range])
          return stretch.withUTF8 { whole.isMatch($0) }
        }
        let aheadPlaces = cuts.filter { place in cuts.contains { $0 >= place && matches(place..<$0) } }
        let behindPlaces = cuts.filter { place in cuts.contains { $0 <= place && matches($0..<place) } }
        func places(_ expression: RegularExpression) -> [Int] {
          var copy = text
          var found: [Int] = []
          copy.withUTF8 { bytes in
            expression.matches(in: bytes) {
              found.append($0.lowerBound)
              return true
            }
          }
          return found
        }
        func offsets(_ places: [String.Index]) -> [Int] {
          places.map { text.utf8.distance(from: text.startIndex, to: $0) }
        }
        #expect(places(ahead) == offsets(aheadPlaces), "(?=\(plain)) on \(text.debugDescription)")
        #expect(places(behind) == offsets(behindPlaces), "(?<=\(plain)) on \(text.debugDescription)")
        #expect(
          places(notAhead) == offsets(cuts.filter { !aheadPlaces.contains($0) }),
          "(?!\(plain)) on \(text.debugDescription)")
      }
    }
  }
}

extension String {
  /// The same pattern without capture groups.
  fileprivate var replacingGroups: String {
    var result = ""
    var iterator = makeIterator()
    var next = iterator.next()
    while let character = next {
      next = iterator.next()
      result.append(character)
      if character == "\\", let escaped = next {
        result.append(escaped)
        next = iterator.next()
      } else if character == "(", next != "?" {
        result += "?:"
      }
    }
    return result
  }
}
