internal import Diagnostics

/// Reads one token at an offset of the expanded text, in the mode that the parser asks for.
///
/// Example: `userIdentity.arn=*` is `userIdentity.arn`, `=`, `*` in `search` mode and
/// `userIdentity`, `.`, `arn`, `=`, `*` in `eval` mode.
enum SPLLexer {
  static func token(in text: ExpandedText, at offset: Int, mode: SPLLexerMode) -> SPLToken {
    let bytes = text.bytes
    var start = offset
    while start < bytes.count, isSpace(bytes[start]) { start += 1 }
    guard start < bytes.count else { return make(.endOfText, bytes.count..<bytes.count, text) }
    let byte = bytes[start]
    if let kind = punctuation(byte) { return make(kind, start..<start + 1, text) }
    if byte == UInt8(ascii: "\"") { return quoted(.string, start, text) }
    if byte == UInt8(ascii: "'"), mode != .search { return quoted(.quotedField, start, text) }
    if let length = placeholderLength(bytes, start) {
      return word(start, start + length, text, mode)
    }
    switch mode {
    case .search, .arguments:
      if let length = comparisonLength(bytes, start) {
        return make(.symbol, start..<start + length, text)
      }
      return word(start, start, text, mode)
    case .eval:
      return evalToken(start, text)
    }
  }

  // MARK: - Kinds of bytes

  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }
  static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
  static func isWordByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
      || byte == UInt8(ascii: "_") || byte >= 0x80
  }

  /// Whether a typographic quote stands at an offset, as word processors make them.
  static func beginsWithCurlyQuote(_ bytes: [UInt8], _ offset: Int) -> Bool {
    offset + 2 < bytes.count && bytes[offset] == 0xE2 && bytes[offset + 1] == 0x80
      && [0x98, 0x99, 0x9C, 0x9D].contains(bytes[offset + 2])
  }

  private static func punctuation(_ byte: UInt8) -> SPLToken.Kind? {
    switch byte {
    case UInt8(ascii: "|"): .pipe
    case UInt8(ascii: "("): .leftParenthesis
    case UInt8(ascii: ")"): .rightParenthesis
    case UInt8(ascii: "["): .leftBracket
    case UInt8(ascii: "]"): .rightBracket
    case UInt8(ascii: ","): .comma
    default: nil
    }
  }

  /// The length of `<<NAME>>`, which stands for a field inside `foreach`.
  private static func placeholderLength(_ bytes: [UInt8], _ start: Int) -> Int? {
    guard start + 4 < bytes.count, bytes[start] == UInt8(ascii: "<"), bytes[start + 1] == UInt8(ascii: "<")
    else { return nil }
    var end = start + 2
    while end < bytes.count, isWordByte(bytes[end]) { end += 1 }
    guard end > start + 2, end + 1 < bytes.count, bytes[end] == UInt8(ascii: ">"),
      bytes[end + 1] == UInt8(ascii: ">")
    else { return nil }
    return end + 2 - start
  }

  /// The length of a comparison sign at an offset.
  ///
  /// `==` and `=~` are none in `search`; they are read for a message.
  private static func comparisonLength(_ bytes: [UInt8], _ start: Int) -> Int? {
    let next = start + 1 < bytes.count ? bytes[start + 1] : 0
    switch bytes[start] {
    case UInt8(ascii: "="):
      if next == UInt8(ascii: "=") { return 2 }
      let after = start + 2 < bytes.count ? bytes[start + 2] : UInt8(ascii: " ")
      return next == UInt8(ascii: "~") && (isSpace(after) || after == UInt8(ascii: "\"")) ? 2 : 1
    case UInt8(ascii: "!"): return next == UInt8(ascii: "=") ? 2 : nil
    case UInt8(ascii: "<"), UInt8(ascii: ">"): return next == UInt8(ascii: "=") ? 2 : 1
    default: return nil
    }
  }

  // MARK: - Tokens

  private static func word(
    _ start: Int, _ from: Int, _ text: ExpandedText, _ mode: SPLLexerMode
  ) -> SPLToken {
    let bytes = text.bytes
    var end = from
    while end < bytes.count {
      let byte = bytes[end]
      if let length = placeholderLength(bytes, end) { end += length; continue }
      if mode == .search, isEmptyCall(bytes, end), bytes[start..<end].contains(UInt8(ascii: "*")) {
        end += 2
        continue
      }
      if mode == .eval ? !isWordByte(byte) : endsWord(bytes, end) { break }
      end += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    end = min(max(end, start + 1), bytes.count)
    return make(.word, start..<end, text)
  }

  /// `()` inside a value such as `*GetCurrent()*`, which is no group.
  private static func isEmptyCall(_ bytes: [UInt8], _ offset: Int) -> Bool {
    offset + 1 < bytes.count && bytes[offset] == UInt8(ascii: "(") && bytes[offset + 1] == UInt8(ascii: ")")
  }

  private static func endsWord(_ bytes: [UInt8], _ offset: Int) -> Bool {
    let byte = bytes[offset]
    return isSpace(byte) || byte == UInt8(ascii: "\"") || punctuation(byte) != nil
      || comparisonLength(bytes, offset) != nil
  }

  private static func quoted(_ kind: SPLToken.Kind, _ start: Int, _ text: ExpandedText) -> SPLToken {
    let bytes = text.bytes
    let quote = bytes[start]
    var end = start + 1
    while end < bytes.count, bytes[end] != quote { end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1 }
    let isClosed = end < bytes.count
    var token = make(kind, start..<(isClosed ? end + 1 : bytes.count), text)
    token.isClosed = isClosed
    return token
  }

  private static func evalToken(_ start: Int, _ text: ExpandedText) -> SPLToken {
    let bytes = text.bytes
    let byte = bytes[start]
    let next = start + 1 < bytes.count ? bytes[start + 1] : 0
    if isDigit(byte) || (byte == UInt8(ascii: ".") && isDigit(next)) { return number(start, text) }
    if isWordByte(byte) { return word(start, start, text, .eval) }
    for symbol in ["==", "=~", "!=", "!~", "<=", ">=", "<>", "&&"]
    where symbol.utf8.elementsEqual([byte, next]) {
      return make(.symbol, start..<start + 2, text)
    }
    let isSymbol = "=<>+-*/%.!{}".utf8.contains(byte)
    return make(isSymbol ? .symbol : .unexpected, start..<start + 1, text)
  }

  private static func number(_ start: Int, _ text: ExpandedText) -> SPLToken {
    let bytes = text.bytes
    var end = start
    func skipDigits() { while end < bytes.count, isDigit(bytes[end]) { end += 1 } }
    skipDigits()
    if end + 1 < bytes.count, bytes[end] == UInt8(ascii: "."), isDigit(bytes[end + 1]) {
      end += 1
      skipDigits()
    }
    if end < bytes.count, bytes[end] | 0x20 == UInt8(ascii: "e") {
      let sign = end + 1 < bytes.count && (bytes[end + 1] == 0x2B || bytes[end + 1] == 0x2D) ? 2 : 1
      if end + sign < bytes.count, isDigit(bytes[end + sign]) {
        end += sign
        skipDigits()
      }
    }
    return make(.number, start..<end, text)
  }

  private static func make(_ kind: SPLToken.Kind, _ range: Range<Int>, _ text: ExpandedText) -> SPLToken {
    SPLToken(
      kind: kind, text: String(decoding: text.bytes[range], as: UTF8.self), span: text.span(range),
      range: range)
  }
}
