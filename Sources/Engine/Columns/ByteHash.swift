/// A fast hash of bytes for the engine's own tables, which differs from process to process: the values are attackers',
/// who could else choose them so that all fall into one slot. Never let its order show in a result.
package enum ByteHash {
  /// Set once, before the first table is made: what is hashed with another seed is not found again.
  // Unsafe is safe: nothing runs beside the program's first line.
  nonisolated(unsafe) private(set) static var seed: UInt64 = 0

  package static func seedRandomly() { seed = .random(in: .min ... .max) }

  @inline(__always)
  static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }

  @inline(__always)
  static func hash(_ word: UInt64) -> UInt64 {
    mix(word ^ seed ^ 0x9E37_79B9_7F4A_7C15, 0xA076_1D64_78BD_642F ^ seed &<< 1)
  }

  @inline(__always)
  static func hash(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    var state: UInt64 = (0xE703_7ED1_A0B4_28DB ^ seed) &+ UInt64(truncatingIfNeeded: count)
    let raw = UnsafeRawPointer(bytes)
    var offset = 0
    while offset + 8 <= count {
      state = mix(state ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self), 0x8EBC_6AF0_9C88_C6E3)
      offset += 8
    }
    var tail: UInt64 = 0
    var shift: UInt64 = 0
    while offset < count {
      tail |= UInt64(bytes[offset]) << shift
      shift += 8
      offset += 1
    }
    return mix(state ^ tail, 0x5899_65CC_7537_4CC3)
  }
}
