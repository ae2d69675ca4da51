/// The checksum of gzip (polynomial 0xEDB88320, reflected).
///
/// Long texts first become short ones (see `CRC32+SparseMultiple`). Then
/// four 64-bit words are checked side by side ("braids"), since one chain of table look-ups is bound by latency:
///
/// ```
///   word 0 | word 1 | word 2 | word 3 || word 4 | …     each register crosses 32 bytes to reach its next word
///   crc 0    crc 1    crc 2    crc 3     crc 0
/// ```
///
/// Example: the checksum of the nine bytes `123456789` is 0xCBF43926.
final class CRC32 {
  private static let braids = 4
  /// 8 tables that cross one word, then 8 tables that cross all braids.
  private let tables: UnsafeMutablePointer<UInt32>
  /// The last cleared units of a long text.
  let ring = UnsafeMutableRawPointer.allocate(byteCount: CRC32.lapBytes, alignment: 64)

  init() {
    let chain = CRC32.braids * 8
    var crossed = [[UInt32]](repeating: [UInt32](repeating: 0, count: 256), count: chain)
    for byte in 0..<256 {
      var value = UInt32(byte)
      for _ in 0..<8 { value = (value >> 1) ^ (value & 1 == 0 ? 0 : 0xEDB8_8320) }
      crossed[0][byte] = value
    }
    for step in 1..<chain {
      for byte in 0..<256 {
        let previous = crossed[step - 1][byte]
        crossed[step][byte] = (previous >> 8) ^ crossed[0][Int(previous & 0xFF)]
      }
    }
    tables = .allocate(capacity: 16 * 256)
    for position in 0..<8 {
      for byte in 0..<256 {
        tables[position * 256 + byte] = crossed[7 - position][byte]
        tables[(8 + position) * 256 + byte] = crossed[chain - 1 - position][byte]
      }
    }
  }

  deinit {
    tables.deallocate()
    ring.deallocate()
  }

  func checksum(_ start: UnsafePointer<UInt8>, count: Int) -> UInt32 {
    guard count >= CRC32.leastSparse else { return ~register(0xFFFF_FFFF, start, count) }
    let done = clearLaps(start, count: count)
    let afterRing = register(0, ring, CRC32.lapBytes)
    return ~register(afterRing, start + done, count - done)
  }

  // MARK: - Tables

  /// The register after some bytes.
  private func register(_ before: UInt32, _ start: UnsafeRawPointer, _ count: Int) -> UInt32 {
    let word = UnsafePointer(tables)
    let braid = word + 8 * 256
    var crc = UInt64(before)
    var position = start
    var left = count
    if left >= 128 {
      var crc0 = crc
      var crc1: UInt64 = 0
      var crc2: UInt64 = 0
      var crc3: UInt64 = 0
      while left >= 64 {
        crc0 = CRC32.cross(load(position, 0) ^ crc0, braid)
        crc1 = CRC32.cross(load(position, 8) ^ crc1, braid)
        crc2 = CRC32.cross(load(position, 16) ^ crc2, braid)
        crc3 = CRC32.cross(load(position, 24) ^ crc3, braid)
        position += 32
        left &-= 32
      }
      crc = CRC32.cross(load(position, 0) ^ crc0, word)
      crc = CRC32.cross(load(position, 8) ^ crc1 ^ crc, word)
      crc = CRC32.cross(load(position, 16) ^ crc2 ^ crc, word)
      crc = CRC32.cross(load(position, 24) ^ crc3 ^ crc, word)
      position += 32
      left &-= 32
    }
    while left >= 8 {
      crc = CRC32.cross(load(position, 0) ^ crc, word)
      position += 8
      left &-= 8
    }
    let single = word + 7 * 256
    while left > 0 {
      let byte = UInt64(position.load(as: UInt8.self))
      crc = (crc >> 8) ^ UInt64(single[Int((crc ^ byte) & 0xFF)])
      position += 1
      left &-= 1
    }
    return UInt32(truncatingIfNeeded: crc)
  }

  @inline(__always) private func load(_ position: UnsafeRawPointer, _ offset: Int) -> UInt64 {
    UInt64(littleEndian: position.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  @inline(__always)
  private static func cross(_ word: UInt64, _ table: UnsafePointer<UInt32>) -> UInt64 {
    let low =
      table[Int(word & 0xFF)] ^ table[256 &+ Int((word &>> 8) & 0xFF)]
      ^ table[512 &+ Int((word &>> 16) & 0xFF)] ^ table[768 &+ Int((word &>> 24) & 0xFF)]
    let high =
      table[1024 &+ Int((word &>> 32) & 0xFF)] ^ table[1280 &+ Int((word &>> 40) & 0xFF)]
      ^ table[1536 &+ Int((word &>> 48) & 0xFF)] ^ table[1792 &+ Int(word &>> 56)]
    return UInt64(low ^ high)
  }
}
