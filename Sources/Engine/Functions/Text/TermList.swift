/// Texts to look for as whole terms, in any case: one by one where they are few, by the terms of the text where they are
/// many.
///
/// Example: of 10,000 names the text `iam:User` takes two looks into a table, for `iam` and for `user`.
struct TermList: Sendable {
  /// A list that is not longer than this is gone through.
  private static let fewest = 64

  private let needles: [TermNeedle]
  /// The first place of each text that is one term of ASCII, in lower case.
  private let places: [[UInt8]: Int]
  /// The places of the others.
  private let others: [Int]

  init(_ texts: [String]) {
    needles = texts.map { TermNeedle($0, ignoresCase: true, edges: .both) }
    guard texts.count > TermList.fewest else {
      (places, others) = ([:], Array(texts.indices))
      return
    }
    var places: [[UInt8]: Int] = [:]
    var others: [Int] = []
    for (place, text) in texts.enumerated() {
      if !text.isEmpty, text.utf8.allSatisfy({ TermNeedle.isTerm(ascii: $0) }) {
        let term = text.utf8.map(TermList.lowercased)
        if places[term] == nil { places[term] = place }
      } else {
        others.append(place)
      }
    }
    (self.places, self.others) = (places, others)
  }

  /// The place of the first that stands in a text; nil if none does.
  func first(in text: UnsafeBufferPointer<UInt8>) -> Int? {
    // A letter beyond ASCII may be another case of one within, and what is no letter parts terms.
    if places.isEmpty || text.contains(where: { $0 >= 0x80 }) {
      return needles.firstIndex { $0.occurs(in: text) }
    }
    var found = others.first { needles[$0].occurs(in: text) }
    var term: [UInt8] = []
    for position in 0...text.count {
      if position < text.count, TermNeedle.isTerm(ascii: text[position]) {
        term.append(TermList.lowercased(text[position]))
      } else if !term.isEmpty {
        if let place = places[term] { found = min(found ?? place, place) }
        term.removeAll(keepingCapacity: true)
      }
    }
    return found
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
}
