import Diagnostics

/// String literals: plain, verbatim, multi-line and obfuscated.
extension KQLLexer {
  /// `h"…"`, `h@'…'`, `H"…"`: the prefix hides the text in logs and changes nothing else.
  mutating func obfuscatedString() -> Bool {
    let start = offset
    let next = peek(1)
    if next == UInt8(ascii: "\"") || next == UInt8(ascii: "'") {
      offset += 1
      plainString(from: start, quote: next)
      return true
    }
    if next == UInt8(ascii: "@"), peek(2) == UInt8(ascii: "\"") || peek(2) == UInt8(ascii: "'") {
      verbatimString(from: start, prefixLength: 2)
      return true
    }
    if (next == UInt8(ascii: "`") || next == UInt8(ascii: "~")) && peek(2) == next && peek(3) == next {
      multilineString(from: start, prefixLength: 1)
      return true
    }
    return false
  }

  /// A string with escapes; stands at its opening quote.
  mutating func plainString(from start: Int, quote: UInt8) {
    offset += 1
    var builder = StringLiteralBuilder()
    while !isAtEnd {
      let byte = peek()
      if byte == quote {
        offset += 1
        add(.string(builder.finish(span: SourceSpan(start, offset))), from: start)
        return
      }
      if byte == 0x0A || byte == 0x0D { break }
      if byte == UInt8(ascii: "\\") {
        escape(&builder, from: start)
      } else {
        builder.append(byte, at: offset)
        offset += 1
      }
    }
    add(.string(builder.finish(span: SourceSpan(start, offset))), from: start)
    report(KQLMessages.unclosedString(quote: Character(Unicode.Scalar(quote)), at: SourceSpan(start, offset)))
  }

  /// A string whose backslashes are ordinary and whose quote is written twice; no line ends.
  mutating func verbatimString(from start: Int, prefixLength: Int) {
    offset += prefixLength
    let quote = peek()
    offset += 1
    var builder = StringLiteralBuilder()
    while !isAtEnd {
      let byte = peek()
      if byte == quote, peek(1) == quote {
        builder.append(contentsOf: [quote], source: SourceSpan(offset, offset + 2))
        offset += 2
      } else if byte == quote {
        offset += 1
        add(.string(builder.finish(span: SourceSpan(start, offset))), from: start)
        return
      } else if byte == 0x0A || byte == 0x0D {
        break
      } else {
        builder.append(byte, at: offset)
        offset += 1
      }
    }
    add(.string(builder.finish(span: SourceSpan(start, offset))), from: start)
    report(KQLMessages.unclosedString(quote: Character(Unicode.Scalar(quote)), at: SourceSpan(start, offset)))
  }

  /// A string between ``` or ~~~, with line ends and without escapes.
  mutating func multilineString(from start: Int, prefixLength: Int) {
    offset += prefixLength
    let fence = peek()
    offset += 3
    var builder = StringLiteralBuilder()
    while !isAtEnd {
      if peek() == fence, peek(1) == fence, peek(2) == fence {
        offset += 3
        add(.string(builder.finish(span: SourceSpan(start, offset))), from: start)
        return
      }
      builder.append(peek(), at: offset)
      offset += 1
    }
    add(.string(builder.finish(span: SourceSpan(start, offset))), from: start)
    let mark = String(repeating: Character(Unicode.Scalar(fence)), count: 3)
    report(KQLMessages.unclosedMultilineString(mark, at: SourceSpan(start, min(start + 3, offset))))
  }

  /// A string in typographic quotation marks: reported, and read as the string that was meant.
  mutating func typographicString() -> Bool {
    guard Self.isTypographicQuote(peek(), peek(1), peek(2)) else { return false }
    let start = offset
    offset += 3
    var builder = StringLiteralBuilder()
    while !isAtEnd, peek() != 0x0A, peek() != 0x0D, !Self.isTypographicQuote(peek(), peek(1), peek(2)) {
      builder.append(peek(), at: offset)
      offset += 1
    }
    if Self.isTypographicQuote(peek(), peek(1), peek(2)) { offset += 3 }
    let literal = builder.finish(span: SourceSpan(start, offset))
    add(.string(literal), from: start)
    report(KQLMessages.typographicQuotes(literal.value, at: literal.span))
    return true
  }

  /// Single and double marks, opening, closing and low: U+2018 to U+201F.
  private static func isTypographicQuote(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
    first == 0xE2 && second == 0x80 && third >= 0x98 && third <= 0x9F
  }

  // MARK: - Escapes

  /// Reads one escape; stands at the backslash.
  private mutating func escape(_ builder: inout StringLiteralBuilder, from literalStart: Int) {
    let start = offset
    let letter = peek(1)
    offset += 2
    if let byte = Self.simpleEscapes[letter] {
      builder.append(contentsOf: [byte], source: SourceSpan(start, offset))
      return
    }
    let scalar: Unicode.Scalar?
    switch letter {
    case UInt8(ascii: "u"): scalar = unicodeEscape()
    case UInt8(ascii: "U"): scalar = hexDigits(8).flatMap(Unicode.Scalar.init)
    case UInt8(ascii: "x"): scalar = hexDigits(2).flatMap(Unicode.Scalar.init)
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      offset -= 1
      scalar = octalDigits()
    default: scalar = nil
    }
    if let scalar {
      builder.append(contentsOf: Array(String(Character(scalar)).utf8), source: SourceSpan(start, offset))
      return
    }
    // The line end and the end of the text belong to nobody's escape.
    offset = min(offset, bytes.count)
    if offset == start + 2, letter == 0x0A || letter == 0x0D || letter >= 0x80 { offset -= 1 }
    for index in start..<offset { builder.append(bytes[index], at: index) }
    report(
      KQLMessages.badEscape(
        text(from: start, to: offset), at: SourceSpan(start, offset), literalStart: literalStart))
  }

  private static let simpleEscapes: [UInt8: UInt8] = [
    UInt8(ascii: "'"): UInt8(ascii: "'"), UInt8(ascii: "\""): UInt8(ascii: "\""),
    UInt8(ascii: "\\"): UInt8(ascii: "\\"), UInt8(ascii: "/"): UInt8(ascii: "/"), UInt8(ascii: "a"): 7,
    UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13,
    UInt8(ascii: "t"): 9, UInt8(ascii: "v"): 11,
  ]

  /// Exactly `count` hexadecimal digits; nil leaves the position unchanged.
  private mutating func hexDigits(_ count: Int) -> UInt32? {
    var value: UInt32 = 0
    for index in 0..<count {
      guard let digit = Self.hexValue(peek(index)) else { return nil }
      value = value << 4 | digit
    }
    offset += count
    return value
  }

  static func hexValue(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46: UInt32(byte - 0x41 + 10)
    case 0x61...0x66: UInt32(byte - 0x61 + 10)
    default: nil
    }
  }

  /// One to three octal digits.
  private mutating func octalDigits() -> Unicode.Scalar? {
    var value: UInt32 = 0
    var count = 0
    while count < 3, peek() >= 0x30, peek() <= 0x37 {
      value = value * 8 + UInt32(peek() - 0x30)
      offset += 1
      count += 1
    }
    return Unicode.Scalar(value)
  }

  /// The rest of `\uXXXX`, or of two that are a surrogate pair.
  private mutating func unicodeEscape() -> Unicode.Scalar? {
    guard let first = hexDigits(4) else { return nil }
    if (0xD800...0xDBFF).contains(first), peek() == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "u") {
      let middle = offset
      offset += 2
      if let second = hexDigits(4), (0xDC00...0xDFFF).contains(second) {
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
      }
      offset = middle
    }
    return Unicode.Scalar(first) ?? "\u{FFFD}"
  }
}
