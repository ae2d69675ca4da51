/// The xxHash of 64 bits, which KQL's `hash` gives.
///
///     XXHash64.hash(Array("World".utf8))  // 1846988464401551951
enum XXHash64 {
  private static let primes: (UInt64, UInt64, UInt64, UInt64, UInt64) = (
    0x9E37_79B1_85EB_CA87, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0x85EB_CA77_C2B2_AE63,
    0x27D4_EB2F_1656_67C5
  )

  static func hash(_ bytes: [UInt8]) -> UInt64 {
    var offset = 0
    var state: UInt64
    if bytes.count >= 32 {
      var lanes = [primes.0 &+ primes.1, primes.1, 0, 0 &- primes.0]
      while offset + 32 <= bytes.count {
        for lane in 0..<4 { lanes[lane] = round(lanes[lane], word(bytes, offset + 8 * lane)) }
        offset += 32
      }
      state =
        rotated(lanes[0], 1) &+ rotated(lanes[1], 7) &+ rotated(lanes[2], 12) &+ rotated(lanes[3], 18)
      for lane in lanes { state = (state ^ round(0, lane)) &* primes.0 &+ primes.3 }
    } else {
      state = primes.4
    }
    state &+= UInt64(bytes.count)
    while offset + 8 <= bytes.count {
      state = rotated(state ^ round(0, word(bytes, offset)), 27) &* primes.0 &+ primes.3
      offset += 8
    }
    if offset + 4 <= bytes.count {
      let half = (0..<4).reduce(0 as UInt64) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
      state = rotated(state ^ (half &* primes.0), 23) &* primes.1 &+ primes.2
      offset += 4
    }
    while offset < bytes.count {
      state = rotated(state ^ (UInt64(bytes[offset]) &* primes.4), 11) &* primes.0
      offset += 1
    }
    state = (state ^ (state >> 33)) &* primes.1
    state = (state ^ (state >> 29)) &* primes.2
    return state ^ (state >> 32)
  }

  private static func rotated(_ word: UInt64, _ count: UInt64) -> UInt64 {
    word << count | word >> (64 - count)
  }

  private static func round(_ lane: UInt64, _ input: UInt64) -> UInt64 {
    rotated(lane &+ input &* primes.1, 31) &* primes.0
  }

  private static func word(_ bytes: [UInt8], _ offset: Int) -> UInt64 {
    (0..<8).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
  }
}
