/// Bits that are read from the end of a stream towards its beginning. The highest bit of the last byte that is set marks
/// the end.
///
/// ```
///   bytes    b0        b1        b2
///            76543210  76543210  00001xxx        xxx is read first, then the highest bits of b1
/// ```
struct ZstdBackwardBits {
  private let base: UnsafePointer<UInt8>
  /// Bits that are not read yet; below zero if too many were.
  private(set) var left: Int

  /// Nil if there is no end mark. Eight bytes behind the stream must be readable.
  init?(_ base: UnsafePointer<UInt8>, count: Int) {
    guard count > 0, base[count - 1] != 0 else { return nil }
    self.base = base
    left = count * 8 - base[count - 1].leadingZeroBitCount - 1
  }

  /// The next bits, at most 56; zeros beyond the beginning.
  @inline(__always)
  func peek(_ count: Int) -> UInt64 {
    let start = left &- count
    guard start >= 0 else {
      return left > 0 ? bits(at: 0, left) &<< UInt64(-start) : 0
    }
    return bits(at: start, count)
  }

  @inline(__always)
  private func bits(at start: Int, _ count: Int) -> UInt64 {
    let word = UnsafeRawPointer(base + start &>> 3).loadUnaligned(as: UInt64.self)
    return (UInt64(littleEndian: word) &>> UInt64(start & 7)) & ((1 &<< UInt64(count)) &- 1)
  }

  @inline(__always)
  mutating func take(_ count: Int) -> UInt64 {
    let value = peek(count)
    left &-= count
    return value
  }

  @inline(__always)
  mutating func drop(_ count: Int) { left &-= count }
}

/// The hash behind a frame: the lower half of XXH64.
enum ZstdChecksum {
  private static let first: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let second: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private static let third: UInt64 = 0x1656_67B1_9E37_79F9
  private static let fourth: UInt64 = 0x85EB_CA77_C2B2_AE63
  private static let fifth: UInt64 = 0x27D4_EB2F_1656_67C5

  private static func turned(_ value: UInt64, _ bits: UInt64) -> UInt64 {
    value &<< bits | value &>> (64 &- bits)
  }

  private static func round(_ lane: UInt64, _ input: UInt64) -> UInt64 {
    turned(lane &+ input &* second, 31) &* first
  }

  static func of(_ start: UnsafePointer<UInt8>, count: Int) -> UInt32 {
    let raw = UnsafeRawPointer(start)
    func word(_ at: Int) -> UInt64 {
      UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
    }
    var position = 0
    var hash = fifth
    if count >= 32 {
      var lanes = (first &+ second, second, UInt64(0), 0 &- first)
      while position + 32 <= count {
        lanes.0 = round(lanes.0, word(position))
        lanes.1 = round(lanes.1, word(position + 8))
        lanes.2 = round(lanes.2, word(position + 16))
        lanes.3 = round(lanes.3, word(position + 24))
        position += 32
      }
      hash = turned(lanes.0, 1) &+ turned(lanes.1, 7) &+ turned(lanes.2, 12) &+ turned(lanes.3, 18)
      for lane in [lanes.0, lanes.1, lanes.2, lanes.3] {
        hash = (hash ^ round(0, lane)) &* first &+ fourth
      }
    }
    hash &+= UInt64(count)
    while position + 8 <= count {
      hash = turned(hash ^ round(0, word(position)), 27) &* first &+ fourth
      position += 8
    }
    if position + 4 <= count {
      let half = UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: position, as: UInt32.self))
      hash = turned(hash ^ UInt64(half) &* first, 23) &* second &+ third
      position += 4
    }
    while position < count {
      hash = turned(hash ^ UInt64(start[position]) &* fifth, 11) &* first
      position += 1
    }
    hash = (hash ^ hash &>> 33) &* second
    hash = (hash ^ hash &>> 29) &* third
    return UInt32(truncatingIfNeeded: hash ^ hash &>> 32)
  }
}
