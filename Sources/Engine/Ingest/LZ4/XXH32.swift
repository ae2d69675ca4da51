/// The checksum of LZ4 frames: xxHash of 32 bits, without a seed.
enum XXH32 {
  private static let primes: (UInt32, UInt32, UInt32, UInt32, UInt32) = (
    0x9E37_79B1, 0x85EB_CA77, 0xC2B2_AE3D, 0x27D4_EB2F, 0x1656_67B1
  )

  static func of(_ bytes: UnsafePointer<UInt8>, count: Int) -> UInt32 {
    let (first, second, third, fourth, fifth) = primes
    var position = 0
    var sum = fifth
    if count >= 16 {
      var lanes = SIMD4<UInt32>(first &+ second, second, 0, 0 &- first)
      while position + 16 <= count {
        for lane in 0..<4 {
          lanes[lane] = rotated(lanes[lane] &+ word(bytes + position + lane * 4) &* second, 13) &* first
        }
        position += 16
      }
      sum = rotated(lanes[0], 1) &+ rotated(lanes[1], 7) &+ rotated(lanes[2], 12) &+ rotated(lanes[3], 18)
    }
    sum &+= UInt32(truncatingIfNeeded: count)
    while position + 4 <= count {
      sum = rotated(sum &+ word(bytes + position) &* third, 17) &* fourth
      position += 4
    }
    while position < count {
      sum = rotated(sum &+ UInt32(bytes[position]) &* fifth, 11) &* first
      position += 1
    }
    sum = (sum ^ sum >> 15) &* second
    sum = (sum ^ sum >> 13) &* third
    return sum ^ sum >> 16
  }

  @inline(__always)
  private static func rotated(_ value: UInt32, _ bits: UInt32) -> UInt32 {
    value &<< bits | value &>> (32 &- bits)
  }

  @inline(__always)
  private static func word(_ bytes: UnsafePointer<UInt8>) -> UInt32 {
    UInt32(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt32.self))
  }
}
