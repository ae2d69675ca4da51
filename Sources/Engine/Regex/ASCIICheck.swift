/// Whether a text is ASCII throughout, sixteen bytes at a time.
enum ASCIICheck {
  static func isASCII(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = text.baseAddress else { return true }
    let raw = UnsafeRawPointer(base)
    var place = 0
    var seen = SIMD16<UInt8>(repeating: 0)
    while place &+ 16 <= text.count {
      seen |= raw.loadUnaligned(fromByteOffset: place, as: SIMD16<UInt8>.self)
      place &+= 16
    }
    var rest: UInt8 = 0
    while place < text.count {
      rest |= base[place]
      place &+= 1
    }
    let words = unsafeBitCast(seen, to: SIMD2<UInt64>.self)
    return (words[0] | words[1]) & 0x8080_8080_8080_8080 == 0 && rest < 0x80
  }
}
