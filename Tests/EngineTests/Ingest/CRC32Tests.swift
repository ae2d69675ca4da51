import CZlib
import Testing

@testable import Engine

@Suite struct CRC32Tests {
  private static let noise: [UInt8] = {
    var random = SeededGenerator(seed: 32)
    return (0..<120_000).map { _ in UInt8.random(in: 0...255, using: &random) }
  }()

  private func compare(_ lengths: some Sequence<Int>, from starts: some Sequence<Int>) throws {
    let crc = CRC32()
    let starts = Array(starts)
    try Self.noise.withUnsafeBufferPointer { bytes in
      let base = try #require(bytes.baseAddress)
      for length in lengths {
        for start in starts {
          let expected = UInt32(truncatingIfNeeded: CZlib.crc32(0, base + start, UInt32(length)))
          let found = crc.checksum(base + start, count: length)
          if found != expected { Issue.record("\(length) bytes from \(start): \(found), not \(expected)") }
        }
      }
    }
  }

  @Test func `short texts of every length and place`() throws {
    try compare(0...200, from: 0..<17)
  }

  /// Between them lie all ways in which whole laps can be followed by words and single bytes.
  @Test(arguments: 3...6)
  func `lengths around whole laps`(laps: Int) throws {
    let whole = laps * CRC32.lapBytes
    try compare(whole - 40...whole + 40, from: [0, 13])
  }

  @Test func `long texts of any length`() throws {
    var random = SeededGenerator(seed: 33)
    let lengths = (0..<60).map { _ in Int.random(in: 0...119_000, using: &random) }
    try compare(lengths, from: [0, 5])
  }

  @Test func `one changed bit anywhere is seen`() throws {
    let crc = CRC32()
    var bytes = Array(Self.noise.prefix(CRC32.leastSparse + 1234))
    let before = bytes.withUnsafeBufferPointer { $0.baseAddress.map { crc.checksum($0, count: bytes.count) } }
    for place in stride(from: 0, to: bytes.count, by: 997) {
      bytes[place] ^= 1 << UInt8(place % 8)
      let after = bytes.withUnsafeBufferPointer {
        $0.baseAddress.map { crc.checksum($0, count: bytes.count) }
      }
      #expect(after != before, "bit of byte \(place)")
      bytes[place] ^= 1 << UInt8(place % 8)
    }
  }

  @Test func `nothing behind the text is read`() throws {
    let crc = CRC32()
    for length in [0, 1, 7, 31, 32, 127, 129, CRC32.leastSparse - 1, CRC32.leastSparse, 20_011] {
      let text = try #require(GuardedBytes(Self.noise.prefix(length)))
      let expected = UInt32(truncatingIfNeeded: CZlib.crc32(0, text.base, UInt32(length)))
      #expect(crc.checksum(text.base, count: length) == expected)
    }
  }
}
