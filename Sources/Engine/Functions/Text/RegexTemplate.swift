/// The text that replaces a match: literal but for `\0` to `\9`, which stand for the match and its groups.
///
///     RegexTemplate(#"<\1>"#)  // "<", group 1, ">"
struct RegexTemplate: Sendable {
  private enum Piece: Sendable {
    case literal([UInt8])
    case group(Int)
  }

  private let pieces: [Piece]

  init(_ text: String) {
    var pieces: [Piece] = []
    var literal: [UInt8] = []
    var isEscaped = false
    for byte in text.utf8 {
      if isEscaped {
        isEscaped = false
        if ByteScanner.isDigit(byte) {
          if !literal.isEmpty { pieces.append(.literal(literal)) }
          literal = []
          pieces.append(.group(Int(byte - UInt8(ascii: "0"))))
          continue
        }
        if byte != UInt8(ascii: "\\") { literal.append(UInt8(ascii: "\\")) }
        literal.append(byte)
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else {
        literal.append(byte)
      }
    }
    if isEscaped { literal.append(UInt8(ascii: "\\")) }
    if !literal.isEmpty { pieces.append(.literal(literal)) }
    self.pieces = pieces
  }

  private var needsGroups: Bool {
    pieces.contains { if case .group(let index) = $0 { index > 0 } else { false } }
  }

  /// All matches replaced; nil above the limit of a text.
  func replacingMatches(of expression: RegularExpression, in text: UnsafeBufferPointer<UInt8>) -> String? {
    var result: [UInt8] = []
    var copied = 0
    var isTooLarge = false
    func replace(_ match: Range<Int>, _ groups: [Range<Int>?]) -> Bool {
      result.append(contentsOf: text[copied..<match.lowerBound])
      for piece in pieces {
        switch piece {
        case .literal(let bytes): result.append(contentsOf: bytes)
        case .group(0): result.append(contentsOf: text[match])
        case .group(let index):
          if index < groups.count, let group = groups[index] { result.append(contentsOf: text[group]) }
        }
      }
      copied = match.upperBound
      isTooLarge = result.count > TextLimit.bytes
      return !isTooLarge
    }
    if needsGroups {
      expression.allCaptures(in: text) { groups in groups[0].map { replace($0, groups) } ?? true }
    } else {
      expression.matches(in: text) { replace($0, []) }
    }
    if isTooLarge {
      TextLimit.refuse()
      return nil
    }
    result.append(contentsOf: text[copied...])
    return String(decoding: result, as: UTF8.self)
  }
}
