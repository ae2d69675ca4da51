/// Steps over the plain bytes of a JSON text, eight at a time.
///
///     us-east-1","x":"a\\n"    from 0 the plain bytes end at 9, the quote
enum JSONTextWords {
  /// The first place from `offset` on that is not certainly plain: a quote, a backslash, a control byte, or one of
  /// the last bytes. Never beyond the end.
  @inline(__always)
  static func plainEnd(_ bytes: UnsafeBufferPointer<UInt8>, from offset: Int) -> Int {
    guard let base = bytes.baseAddress else { return offset }
    var offset = offset
    while offset + 8 <= bytes.count {
      let word = UnsafeRawPointer(base + offset).loadUnaligned(as: UInt64.self)
      let special = zeros(word ^ 0x2222_2222_2222_2222) | zeros(word ^ 0x5C5C_5C5C_5C5C_5C5C) | controls(word)
      // The lowest mark is exact; higher ones may come of a borrow.
      if special != 0 { return offset + UInt64(littleEndian: special).trailingZeroBitCount / 8 }
      offset += 8
    }
    return offset
  }

  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }

  @inline(__always)
  private static func controls(_ word: UInt64) -> UInt64 {
    (word &- 0x2020_2020_2020_2020) & ~word & 0x8080_8080_8080_8080
  }
}
