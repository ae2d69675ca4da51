#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The loops under the scanner: over bytes in a padded buffer, 16 at a time.
///
/// All of them may load up to 64 bytes beyond `end` (see `PaddedBuffer`), and none uses what it finds there.
enum JSONBytes {
  typealias Position = UnsafePointer<UInt8>

  @inline(__always)
  static func equal(_ left: Position, _ right: Position, _ count: Int) -> Bool {
    memcmp(left, right, count) == 0
  }

  /// The first byte at or after `start` that is no blank; at most `end`.
  @inline(__always)
  static func skipBlanks(_ start: Position, _ end: Position) -> Position {
    var position = start
    while position < end, position.pointee <= 0x20, isBlank(position.pointee) { position += 1 }
    return position
  }

  @inline(__always)
  static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  /// The quote that ends a string; nil if there is none before `end`. `start` is behind the opening quote.
  @inline(__always)
  static func closingQuote(_ start: Position, _ end: Position, _ hasEscape: inout Bool) -> Position? {
    var position = start
    while position < end {
      let block = UnsafeRawPointer(position).loadUnaligned(as: SIMD16<UInt8>.self)
      let quotes: SIMDMask<SIMD16<Int8>> = block .== SIMD16<UInt8>(repeating: 0x22)
      let slashes: SIMDMask<SIMD16<Int8>> = block .== SIMD16<UInt8>(repeating: 0x5C)
      let found = (quotes .| slashes).bits
      if found == 0 {
        position += 16
        continue
      }
      position += found.trailingZeroBitCount
      if position.pointee == 0x22 { return position < end ? position : nil }
      hasEscape = true
      position += 2
    }
    return nil
  }

  /// The end of a number, or nil if it breaks JSON's grammar.
  static func numberEnd(_ start: Position, _ end: Position) -> Position? {
    var position = start
    if position < end, position.pointee == UInt8(ascii: "-") { position += 1 }
    let first = position
    position = digitsEnd(position, end)
    if position == first || (position - first > 1 && first.pointee == UInt8(ascii: "0")) { return nil }
    if position < end, position.pointee == UInt8(ascii: ".") {
      let fraction = position + 1
      position = digitsEnd(fraction, end)
      if position == fraction { return nil }
    }
    if position < end, position.pointee | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < end, position.pointee == 0x2B || position.pointee == 0x2D { position += 1 }
      let exponent = position
      position = digitsEnd(position, end)
      if position == exponent { return nil }
    }
    return position
  }

  /// True if none of the bytes has its high bit set.
  static func isASCII(_ start: Position, _ count: Int) -> Bool {
    var position = 0
    var seen: UInt64 = 0
    let raw = UnsafeRawPointer(start)
    while position + 8 <= count {
      seen |= raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      position += 8
    }
    while position < count {
      seen |= UInt64(start[position])
      position += 1
    }
    return seen & 0x8080_8080_8080_8080 == 0
  }

  /// The line feed that ends the line, or `end`.
  static func lineEnd(_ start: Position, _ end: Position) -> Position {
    guard start < end, let found = memchr(start, 0x0A, end - start) else { return end }
    return start + (UnsafeRawPointer(found) - UnsafeRawPointer(start))
  }

  /// The next `{`, or `end`.
  static func nextBrace(_ start: Position, _ end: Position) -> Position {
    guard start < end, let found = memchr(start, 0x7B, end - start) else { return end }
    return start + (UnsafeRawPointer(found) - UnsafeRawPointer(start))
  }

  private static func digitsEnd(_ start: Position, _ end: Position) -> Position {
    var position = start
    while position < end, position.pointee &- 0x30 < 10 { position += 1 }
    return position
  }
}
