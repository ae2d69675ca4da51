/// A word looked for in the text of an event, where breakers stand around it; in any case unless it is asked
/// for as written. A `*` stands for characters of the same word.
///
///     SearchTerm("create*").occurs(in: "eventName=CreateUser")  // true
///     SearchTerm("user").occurs(in: "CreateUser")  // false: no breaker before it
struct SearchTerm: Sendable {
  private let pieces: [TextNeedle]
  private let isOpenBefore: Bool
  private let isOpenAfter: Bool
  private let startsAtBreaker: Bool
  private let endsAtBreaker: Bool

  init(_ text: String, ignoresCase: Bool = true) {
    let parts = text.split(separator: "*", omittingEmptySubsequences: true)
    pieces = parts.map { TextNeedle(String($0), ignoresCase: ignoresCase) }
    isOpenBefore = text.hasPrefix("*")
    isOpenAfter = text.hasSuffix("*")
    startsAtBreaker = parts.first?.utf8.first.map { Self.isBreaker($0) } ?? true
    endsAtBreaker = parts.last?.utf8.last.map { Self.isBreaker($0) } ?? true
  }

  private static let major = Array(" \t\r\n[]<>(){}|!;,'\"&?+*".utf8)
  private static let minor = Array("/:=@.-$#%\\_".utf8)

  static func isMajorBreaker(_ byte: UInt8) -> Bool { major.contains(byte) }
  static func isBreaker(_ byte: UInt8) -> Bool { major.contains(byte) || minor.contains(byte) }

  func occurs(in text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let head = pieces.first else { return true }
    var start = 0
    while let found = head.first(in: text, from: start) {
      let begins =
        isOpenBefore || startsAtBreaker || found.lowerBound == 0
        || Self.isBreaker(text[found.lowerBound - 1])
      if begins, hasRest(after: found, in: text) { return true }
      start = found.lowerBound + 1
    }
    return false
  }

  /// Whether the other pieces follow within the same word, and the last of them ends it.
  private func hasRest(after head: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    var found = head
    if pieces.count == 1 { return ends(found, in: text) }
    var limit = head.upperBound
    while limit < text.count, !Self.isMajorBreaker(text[limit]) { limit += 1 }
    for (index, piece) in pieces.enumerated().dropFirst() {
      let isLast = index == pieces.count - 1
      var position = found.upperBound
      var next: Range<Int>?
      while let candidate = piece.first(in: text, from: position), candidate.lowerBound <= limit {
        if !isLast || ends(candidate, in: text) {
          next = candidate
          break
        }
        position = candidate.lowerBound + 1
      }
      guard let next else { return false }
      found = next
    }
    return true
  }

  private func ends(_ found: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    isOpenAfter || endsAtBreaker || found.upperBound == text.count || Self.isBreaker(text[found.upperBound])
  }
}
