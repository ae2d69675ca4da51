/// What MD5, SHA-1 and SHA-256 share: a message padded to blocks of 64 bytes.
enum MessageBlocks {
  enum ByteOrder { case little, big }

  /// The message, a bit 1, zeros, and its length in bits, as 16 words a block.
  static func forEach(of message: [UInt8], _ order: ByteOrder, _ body: ([UInt32]) -> Void) {
    var padded = message
    padded.append(0x80)
    while padded.count % 64 != 56 { padded.append(0) }
    let bits = UInt64(message.count) &* 8
    for index in 0..<8 {
      let shift = UInt64(order == .little ? 8 * index : 56 - 8 * index)
      padded.append(UInt8(truncatingIfNeeded: bits >> shift))
    }
    for start in stride(from: 0, to: padded.count, by: 64) {
      body(
        (0..<16).map { word in
          (0..<4).reduce(0 as UInt32) { value, index in
            let shift = UInt32(order == .little ? 8 * index : 24 - 8 * index)
            return value | UInt32(padded[start + 4 * word + index]) << shift
          }
        })
    }
  }

  static func bytes(of words: [UInt32], _ order: ByteOrder) -> [UInt8] {
    words.flatMap { word in
      (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(order == .little ? 8 * $0 : 24 - 8 * $0)) }
    }
  }

  static func rotatedLeft(_ word: UInt32, _ count: UInt32) -> UInt32 { word << count | word >> (32 - count) }

  static func rotatedRight(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }

  /// Two lower-case hex digits for each byte.
  static func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
