/// Cuts a text into plain parts, macro calls and comments.
///
/// Example: `` a `m(1)` ```note``` b `` is plain, call, plain, comment, plain.
struct MacroTextPieces {
  enum Kind {
    case plain, call, comment, unclosedCall, unclosedComment
  }

  struct Piece {
    var kind: Kind
    var range: Range<Int>
  }

  private let bytes: [UInt8]
  private var position = 0
  private var isInQuotes = false
  /// Up to here no backtick closes a call; it spares a second look.
  private var unclosedUntil = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> Piece? {
    if position >= bytes.count { return nil }
    let start = position
    if !isInQuotes, bytes[position] == Self.backtick { return quotedPiece(start) }
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\\") {
        position = min(position + 2, bytes.count)
        continue
      }
      if byte == UInt8(ascii: "\"") { isInQuotes.toggle() }
      if byte == Self.backtick, !isInQuotes { break }
      position += 1
    }
    return Piece(kind: .plain, range: start..<position)
  }

  private static let backtick = UInt8(ascii: "`")

  private mutating func quotedPiece(_ start: Int) -> Piece {
    if isFence(at: start) {
      var end = start + 3
      while end < bytes.count, !isFence(at: end) { end += 1 }
      let isClosed = end < bytes.count
      position = isClosed ? end + 3 : bytes.count
      return Piece(kind: isClosed ? .comment : .unclosedComment, range: start..<position)
    }
    if start < unclosedUntil {
      position = start + 1
      return Piece(kind: .unclosedCall, range: start..<position)
    }
    var end = start + 1
    var quoted = false
    // A call stands within one pipe stage: a pipe before the closing backtick means that it was forgotten.
    while end < bytes.count, quoted || (bytes[end] != Self.backtick && bytes[end] != UInt8(ascii: "|")) {
      if bytes[end] == UInt8(ascii: "\\") {
        end += 1
      } else if bytes[end] == UInt8(ascii: "\"") {
        quoted.toggle()
      }
      end += 1
    }
    if end < bytes.count, bytes[end] == Self.backtick {
      position = end + 1
      return Piece(kind: .call, range: start..<position)
    }
    unclosedUntil = end
    position = start + 1
    return Piece(kind: .unclosedCall, range: start..<position)
  }

  private func isFence(at offset: Int) -> Bool {
    offset + 2 < bytes.count && bytes[offset] == Self.backtick && bytes[offset + 1] == Self.backtick
      && bytes[offset + 2] == Self.backtick
  }
}
