/// A text to look for, prepared once: found by its rarest bytes, in either case if wanted.
///
///     TextNeedle("user", ignoresCase: true).first(in: "CreateUser", from: 0)  // 6..<10
struct TextNeedle: Sendable {
  let bytes: [UInt8]
  let ignoresCase: Bool
  private let finder: LiteralFinder
  /// The needle's folded code points, if some text needs a search by code points.
  private let folded: [UInt32]?
  private let isASCII: Bool

  init(_ text: String, ignoresCase: Bool) {
    bytes = Array(text.utf8)
    self.ignoresCase = ignoresCase
    isASCII = bytes.allSatisfy { $0 < 0x80 }
    var pattern = LiteralPattern()
    var hasVariants = false
    for byte in bytes {
      let lower = SimpleCaseFold.fold(ascii: byte)
      if ignoresCase, lower &- 0x61 < 26 {
        pattern.appendLetter(lower)
        // The Kelvin sign folds to k, the long s to s.
        hasVariants = hasVariants || lower == UInt8(ascii: "k") || lower == UInt8(ascii: "s")
      } else {
        pattern.append(byte)
      }
    }
    finder = LiteralFinder(pattern)
    folded =
      ignoresCase && (hasVariants || !isASCII)
      ? bytes.withUnsafeBufferPointer { SimpleCaseFold.foldedScalars($0) } : nil
  }

  var isEmpty: Bool { bytes.isEmpty }

  /// Whether bytes are compared as they are, letters by their case bit.
  private func comparesBytes(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    folded == nil || (isASCII && ASCIICheck.isASCII(text))
  }

  /// The first occurrence that starts at `start` or behind it.
  func first(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Range<Int>? {
    if bytes.isEmpty { return start <= text.count ? start..<start : nil }
    if comparesBytes(text) {
      return finder.first(in: text, from: start).map { $0..<$0 + bytes.count }
    }
    var position = start
    while position < text.count {
      if let end = foldedEnd(at: position, in: text) { return position..<end }
      position = UTF8Decoding.next(after: position, in: text)
    }
    return nil
  }

  func isContained(in text: UnsafeBufferPointer<UInt8>) -> Bool { first(in: text, from: 0) != nil }

  /// Where the needle ends if it stands at a position.
  func end(at position: Int, in text: UnsafeBufferPointer<UInt8>) -> Int? {
    guard comparesBytes(text) else { return foldedEnd(at: position, in: text) }
    guard position >= 0, text.count - position >= bytes.count else { return nil }
    return stands(at: position, in: text) ? position + bytes.count : nil
  }

  func isPrefix(of text: UnsafeBufferPointer<UInt8>) -> Bool { end(at: 0, in: text) != nil }

  func isSuffix(of text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard comparesBytes(text) else {
      guard let folded else { return false }
      let scalars = SimpleCaseFold.foldedScalars(text)
      return scalars.count >= folded.count && scalars.suffix(folded.count).elementsEqual(folded)
    }
    return text.count >= bytes.count && stands(at: text.count - bytes.count, in: text)
  }

  func isEqual(to text: UnsafeBufferPointer<UInt8>) -> Bool { end(at: 0, in: text) == text.count }

  @inline(__always)
  private func stands(at position: Int, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    finder.pattern.values.withUnsafeBufferPointer { values in
      finder.pattern.masks.withUnsafeBufferPointer { masks in
        for index in 0..<values.count where text[position &+ index] | masks[index] != values[index] {
          return false
        }
        return true
      }
    }
  }

  private func foldedEnd(at start: Int, in text: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let folded else { return nil }
    var position = start
    for wanted in folded {
      guard position < text.count else { return nil }
      let (value, length) = SimpleCaseFold.scalar(at: position, in: text)
      guard SimpleCaseFold.fold(value) == wanted else { return nil }
      position += length
    }
    return position
  }
}
