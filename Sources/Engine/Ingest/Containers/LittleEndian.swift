extension [UInt8] {
  /// Appends the lowest bytes of a number.
  mutating func appendLittle(_ value: Int, bytes: Int = 4) {
    for byte in 0..<bytes { append(UInt8(truncatingIfNeeded: value >> (byte * 8))) }
  }
}

/// Numbers in the headers of archives; whoever asks has looked at the bounds.
extension UnsafeBufferPointer<UInt8> {
  func little16(_ at: Int) -> Int { Int(self[at]) | Int(self[at + 1]) << 8 }

  func little32(_ at: Int) -> Int { little16(at) | little16(at + 2) << 16 }

  /// Nil for what no file can have.
  func little64(_ at: Int) -> Int? {
    let (low, high) = (little32(at), little32(at + 4))
    return high < 1 << 30 ? low | high << 32 : nil
  }

  func part(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: self[range.clamped(to: 0..<count)])
  }
}
