import Diagnostics
import Engine

/// Numbers, timespans, and names that begin with a digit.
extension KQLLexer {
  mutating func number() {
    if bareGuid() { return }
    let start = offset
    if peek() == UInt8(ascii: "0"), peek(1) | 0x20 == UInt8(ascii: "x"), Self.isHexDigit(peek(2)) {
      hexNumber()
      return
    }
    while Self.isDigit(peek()) { offset += 1 }
    let digitsEnd = offset
    // KQL: `1..5` is a range, `1.` and `1.5` are reals.
    if peek() == UInt8(ascii: "."), peek(1) != UInt8(ascii: "."), !Self.isWordStart(peek(1)) {
      offset += 1
      while Self.isDigit(peek()) { offset += 1 }
    }
    let numberEnd = offset
    if exponent() {
      if !Self.isWordPart(peek()) {
        add(.real(Double(text(from: start, to: offset)) ?? .infinity), from: start)
        return
      }
      offset = numberEnd
    }
    if Self.isWordStart(peek()) {
      suffixed(from: start, digitsEnd: digitsEnd, numberEnd: numberEnd)
      return
    }
    if numberEnd > digitsEnd {
      var digits = text(from: start, to: numberEnd)
      if digits.hasSuffix(".") { digits += "0" }
      add(.real(Double(digits) ?? .infinity), from: start)
    } else {
      add(.long(UInt64(text(from: start, to: digitsEnd))), from: start)
    }
  }

  /// A number with letters behind it: a timespan, or a name that begins with digits.
  private mutating func suffixed(from start: Int, digitsEnd: Int, numberEnd: Int) {
    var end = numberEnd
    while end < bytes.count, Self.isWordPart(bytes[end]) || bytes[end] == UInt8(ascii: "$") { end += 1 }
    let unit = text(from: numberEnd, to: end)
    offset = end
    if TimespanParsing.nanosecondsPerUnit[unit] != nil {
      var digits = text(from: start, to: numberEnd)
      if digits.hasSuffix(".") { digits += "0" }
      add(.timespan(TimespanParsing.ticks(digits, unit: unit)), from: start)
    } else if numberEnd == digitsEnd {
      add(.word(text(from: start, to: end)), from: start)
    } else {
      add(.unknown, from: start)
      report(KQLMessages.badNumber(text(from: start, to: end), unit: unit, at: SourceSpan(start, end)))
    }
  }

  private mutating func hexNumber() {
    let start = offset
    offset += 2
    while Self.isHexDigit(peek()) { offset += 1 }
    add(.long(UInt64(text(from: start + 2, to: offset), radix: 16)), from: start)
  }

  /// Steps over `e5`, `E-3`; false where no exponent stands here.
  private mutating func exponent() -> Bool {
    guard peek() | 0x20 == UInt8(ascii: "e") else { return false }
    let hasSign = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-")
    guard Self.isDigit(peek(hasSign ? 2 : 1)) else { return false }
    offset += hasSign ? 2 : 1
    while Self.isDigit(peek()) { offset += 1 }
    return true
  }
}
