/// Walks over the bytes of a short text; every read is bounded.
///
/// Example: over `2024-05`, `number(digits: 4...4)` gives 2024 and stands at the `-`.
struct ByteScanner {
  let bytes: UnsafeBufferPointer<UInt8>
  private(set) var offset = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { offset >= bytes.count }

  /// The byte `distance` places ahead, or 0 past the end.
  func peek(_ distance: Int = 0) -> UInt8 {
    let index = offset + distance
    return index < bytes.count ? bytes[index] : 0
  }

  mutating func advance(_ count: Int = 1) { offset = min(offset + count, bytes.count) }

  mutating func rewind(to offset: Int) { self.offset = min(max(0, offset), bytes.count) }

  mutating func take(_ byte: UInt8) -> Bool {
    guard !isAtEnd, bytes[offset] == byte else { return false }
    offset += 1
    return true
  }

  mutating func skipBlanks() {
    while !isAtEnd, bytes[offset] == 0x20 || (bytes[offset] >= 0x09 && bytes[offset] <= 0x0D) { offset += 1 }
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }

  /// An unsigned number whose count of digits lies in a range; nil leaves the position unchanged.
  mutating func number(digits: ClosedRange<Int>) -> Int64? {
    var value: Int64 = 0
    var count = 0
    while count < digits.upperBound, Self.isDigit(peek(count)) {
      let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
      let (sum, carried) = product.addingReportingOverflow(Int64(peek(count) - 0x30))
      if overflowed || carried { return nil }
      value = sum
      count += 1
    }
    guard count >= digits.lowerBound, !Self.isDigit(peek(count)) else { return nil }
    advance(count)
    return value
  }

  /// The digits of a fraction as ticks of 100 ns: `.5` is 5,000,000; digits beyond the seventh are cut.
  mutating func fractionTicks() -> Int64? {
    var ticks: Int64 = 0
    var count = 0
    while Self.isDigit(peek()) {
      if count < 7 { ticks = ticks * 10 + Int64(peek() - 0x30) }
      count += 1
      advance()
    }
    guard count > 0 else { return nil }
    while count < 7 {
      ticks *= 10
      count += 1
    }
    return ticks
  }

  /// A run of ASCII letters, in lower case; empty where there is none.
  mutating func lowercasedWord() -> String {
    var word = ""
    while Self.isLetter(peek()) {
      word.unicodeScalars.append(Unicode.Scalar(peek() | 0x20))
      advance()
    }
    return word
  }
}
