/// A condition on the place between two bytes, such as `^` or `\b`.
///
///     LookAssertion.lineEnd.holds(left: .other, right: .lineFeed)  // true
enum LookAssertion: UInt8, Sendable, Hashable {
  case textStart, textEnd
  case lineStart, lineEnd
  /// Perl's `^` under `m`: not after a newline that ends the text.
  case internalLineStart
  /// Perl's `$` without `m`: the end, or before a newline that ends the text.
  case finalLineEnd
  case lineStartCRLF, lineEndCRLF
  case wordBoundary, notWordBoundary, wordStart, wordEnd, wordStartHalf, wordEndHalf
  case asciiWordBoundary, asciiNotWordBoundary, asciiWordStart, asciiWordEnd, asciiWordStartHalf
  case asciiWordEndHalf

  /// What can be known of a byte beside a place without reading further.
  enum Context: UInt8, Sendable {
    case edge, lineFeed, finalLineFeed, carriageReturn, word, other, continuation, lead

    init(_ byte: UInt8) {
      switch byte {
      case 0x0A: self = .lineFeed
      case 0x0D: self = .carriageReturn
      case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: self = .word
      case 0x80...0xBF: self = .continuation
      case 0xC0...0xFF: self = .lead
      default: self = .other
      }
    }

    var isLineFeed: Bool { self == .lineFeed || self == .finalLineFeed }
    var isBeyondASCII: Bool { self == .continuation || self == .lead }
  }

  /// Whether word characters beyond ASCII count.
  var isUnicodeWord: Bool {
    rawValue >= LookAssertion.wordBoundary.rawValue && rawValue <= LookAssertion.wordEndHalf.rawValue
  }

  /// Whether the assertion holds, or nil when a scalar beyond ASCII would have to be decoded to know.
  func holds(left: Context, right: Context) -> Bool? {
    if isUnicodeWord, left.isBeyondASCII || right.isBeyondASCII { return nil }
    return holds(left: left, right: right, leftIsWord: left == .word, rightIsWord: right == .word)
  }

  /// The assertion at `position` of a whole text.
  func holds(in text: UnsafeBufferPointer<UInt8>, at position: Int) -> Bool {
    let left = position > 0 ? Context(text[position - 1]) : .edge
    var right = position < text.count ? Context(text[position]) : .edge
    if right == .lineFeed, position == text.count - 1 { right = .finalLineFeed }
    if isUnicodeWord, left.isBeyondASCII || right.isBeyondASCII {
      return holds(
        left: left, right: right, leftIsWord: UTF8Decoding.isWord(before: position, in: text),
        rightIsWord: UTF8Decoding.isWord(at: position, in: text))
    }
    return holds(left: left, right: right, leftIsWord: left == .word, rightIsWord: right == .word)
  }

  private func holds(left: Context, right: Context, leftIsWord: Bool, rightIsWord: Bool) -> Bool {
    switch self {
    case .textStart: left == .edge
    case .textEnd: right == .edge
    case .lineStart: left == .edge || left.isLineFeed
    case .lineEnd: right == .edge || right.isLineFeed
    case .internalLineStart: left == .edge || (left.isLineFeed && right != .edge)
    case .finalLineEnd: right == .edge || right == .finalLineFeed
    case .lineStartCRLF: left == .edge || left.isLineFeed || (left == .carriageReturn && !right.isLineFeed)
    case .lineEndCRLF:
      right == .edge || right == .carriageReturn || (right.isLineFeed && left != .carriageReturn)
    case .wordBoundary, .asciiWordBoundary: leftIsWord != rightIsWord
    // Never inside a scalar, where no place is.
    case .notWordBoundary, .asciiNotWordBoundary: leftIsWord == rightIsWord && right != .continuation
    case .wordStart, .asciiWordStart: !leftIsWord && rightIsWord
    case .wordEnd, .asciiWordEnd: leftIsWord && !rightIsWord
    case .wordStartHalf, .asciiWordStartHalf: !leftIsWord && right != .continuation
    case .wordEndHalf, .asciiWordEndHalf: !rightIsWord && right != .continuation
    }
  }
}
