/// A text to look for where terms begin or end. A term is a run of letters and digits; every other character,
/// `_` too, stands between terms.
///
///     TermNeedle("user", ignoresCase: true, edges: .both)  // in "iam:User", not in "iam:CreateUser"
struct TermNeedle: Sendable {
  /// On which sides of the needle a term must begin or end.
  struct Edges: OptionSet, Sendable {
    let rawValue: UInt8
    static let before = Edges(rawValue: 1)
    static let after = Edges(rawValue: 2)
    static let both: Edges = [.before, .after]
  }

  private let needle: TextNeedle
  private let needsEdgeBefore: Bool
  private let needsEdgeAfter: Bool

  init(_ text: String, ignoresCase: Bool, edges: Edges) {
    needle = TextNeedle(text, ignoresCase: ignoresCase)
    // An end of the needle that is no letter or digit is an edge by itself.
    needsEdgeBefore = edges.contains(.before) && text.unicodeScalars.first.map(Self.isTermScalar) == true
    needsEdgeAfter = edges.contains(.after) && text.unicodeScalars.last.map(Self.isTermScalar) == true
  }

  func occurs(in text: UnsafeBufferPointer<UInt8>) -> Bool {
    if needle.isEmpty { return true }
    var start = 0
    while let found = needle.first(in: text, from: start) {
      if !needsEdgeBefore || !Self.isTerm(before: found.lowerBound, in: text),
        !needsEdgeAfter || !Self.isTerm(at: found.upperBound, in: text)
      {
        return true
      }
      start = found.lowerBound + 1
      while start < text.count, text[start] & 0xC0 == 0x80 { start += 1 }
    }
    return false
  }

  @inline(__always)
  static func isTerm(ascii byte: UInt8) -> Bool { byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 }

  static func isTermScalar(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x80 { return isTerm(ascii: UInt8(scalar.value)) }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber:
      return true
    default: return false
    }
  }

  /// Whether a letter or digit stands at a position.
  static func isTerm(at position: Int, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard position < text.count else { return false }
    if text[position] < 0x80 { return isTerm(ascii: text[position]) }
    guard let found = UTF8Decoding.scalar(at: position, in: text) else { return false }
    return Unicode.Scalar(found.value).map(isTermScalar) ?? false
  }

  /// Whether a letter or digit ends at a position.
  static func isTerm(before position: Int, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard position > 0 else { return false }
    var start = position - 1
    if text[start] < 0x80 { return isTerm(ascii: text[start]) }
    while start > 0, position - start < 4, text[start] & 0xC0 == 0x80 { start -= 1 }
    guard let found = UTF8Decoding.scalar(at: start, in: text), start + found.length == position else {
      return false
    }
    return Unicode.Scalar(found.value).map(isTermScalar) ?? false
  }
}
