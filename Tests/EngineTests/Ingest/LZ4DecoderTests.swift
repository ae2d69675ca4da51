import Foundation
import Testing

@testable import Engine

/// What frames of LZ4 may be besides those of `CompressionTests`, byte by byte.
@Suite struct LZ4DecoderTests {
  private static let letters = Array(String(repeating: "abc", count: 30_000).utf8)

  /// Blocks that repeat bytes of the one before.
  private static let linked =
    "BCJNGExAkF8BAAAAAADJDQEAAD9hYmMDAP//////////////////////////////////////////////////////"
    + "////////////////////////////////////////////////////////////////////////////////////////"
    + "////////////////////////////////////////////////////////////////////////////////////////"
    + "////////////////////////////////////////////////////////////////////////////////////////"
    + "///////////////////////lUGNhYmNhaQAAAA//////////////////////////////////////////////////"
    + "////////////////////////////////////////////////////////////////////////////////11BiY2Fi"
    + "YwAAAAC+6pRE"

  /// The format before frames.
  private static let old =
    "AiFMGG0BAAA/YWJjAwD/////////////////////////////////////////////////////////////////////"
    + "////////////////////////////////////////////////////////////////////////////////////////"
    + "////////////////////////////////////////////////////////////////////////////////////////"
    + "////////////////////////////////////////////////////////////////////////////////////////"
    + "////////////////////////////////////////////////////////////////////////////////////////"
    + "////////////////////////////////////////////////1VBiY2FiYw=="

  private static func file(_ base64: String) throws -> [UInt8] {
    Array(try #require(Data(base64Encoded: base64)))
  }

  @Test(arguments: [linked, old])
  func `blocks are decoded, also of several files`(base64: String) throws {
    let file = try Self.file(base64)
    // What stands in frames of the other kind is passed over.
    let passed: [UInt8] = [0x5A, 0x2A, 0x4D, 0x18, 2, 0, 0, 0, 7, 7]
    for (bytes, count) in [(file, 1), (file + file, 2), (passed + file, 1)] {
      let (found, damage) = try decoded(bytes, by: LZ4Decoder.self)
      #expect(
        damage == nil && found == (0..<count).flatMap { _ in Self.letters }, "\(String(describing: damage))")
    }
    let (found, damage) = try decoded(file, limit: 70_000, by: LZ4Decoder.self)
    #expect(damage?.isLimit == true && found.count <= 70_000)
  }

  @Test(arguments: [linked, old])
  func `cut files keep their whole blocks`(base64: String) throws {
    let file = try Self.file(base64)
    for end in 1..<file.count {
      let (found, damage) = try decoded(Array(file.prefix(end)), by: LZ4Decoder.self)
      // The old format has no end.
      #expect(damage != nil || end == 4, "\(end)")
      #expect(Self.letters.starts(with: found))
    }
  }

  private static let magic: [UInt8] = [0x04, 0x22, 0x4D, 0x18]

  /// A frame of these flags and this body.
  private static func frame(_ flags: [UInt8], _ body: [UInt8]) -> [UInt8] {
    magic + flags + [UInt8(truncatingIfNeeded: XXH32.of(flags, count: flags.count) >> 8)] + body
  }

  @Test(
    arguments: [
      ([0x60, 0x40], [4, 0, 0, 0x80, 0x61, 0x62, 0x63, 0x64, 0, 0, 0, 0], nil),
      ([0x60, 0x40], [0, 0, 0, 0], nil),
      ([0x60, 0x40], [7, 0, 0, 0, 0x20, 0x61, 0x62, 2, 0, 0x10, 0x63, 0, 0, 0, 0], nil),
      // The first block of a frame has nothing before it.
      ([0x40, 0x40], [7, 0, 0, 0, 0x20, 0x61, 0x62, 3, 0, 0x10, 0x63, 0, 0, 0, 0], "distance reaches"),
      // Blocks that are not linked neither.
      (
        [0x60, 0x40],
        [2, 0, 0, 0x80, 0x61, 0x62, 7, 0, 0, 0, 0x20, 0x61, 0x62, 3, 0, 0x10, 0x63, 0, 0, 0, 0],
        "distance reaches"
      ),
      (
        [0x40, 0x40],
        [2, 0, 0, 0x80, 0x61, 0x62, 7, 0, 0, 0, 0x20, 0x61, 0x62, 3, 0, 0x10, 0x63, 0, 0, 0, 0], nil
      ),
      ([0x60, 0x40], [1, 0, 1, 0x80], "a block is too large"),
      ([0x60, 0x40], [9, 0, 0, 0, 0x10], "cut off"),
      ([0x61, 0x40, 1, 0, 0, 0], [0, 0, 0, 0], "needs a dictionary"), ([0x62, 0x40], [], "not known"),
      ([0x20, 0x40], [], "not known"), ([0x60, 0x30], [], "not known"), ([0x60, 0x41], [], "not known"),
      ([0x68, 0x40, 9, 0, 0, 0, 0, 0, 0, 0], [1, 0, 0, 0x80, 0x61, 0, 0, 0, 0], "the size does not match"),
      ([0x70, 0x40], [1, 0, 0, 0x80, 0x61, 1, 2, 3, 4, 0, 0, 0, 0], "the checksum of a block"),
      ([0x64, 0x40], [1, 0, 0, 0x80, 0x61, 0, 0, 0, 0, 1, 2, 3, 4], "the checksum does not match"),
    ] as [([UInt8], [UInt8], String?)])
  func `frames are strict`(flags: [UInt8], body: [UInt8], problem: String?) throws {
    let (_, damage) = try decoded(Self.frame(flags, body), by: LZ4Decoder.self)
    if let problem {
      #expect(damage?.reason.contains(problem) == true, "\(String(describing: damage))")
    } else {
      #expect(damage == nil, "\(String(describing: damage))")
    }
  }

  @Test func `a changed header and what stands behind are named`() throws {
    var file = Self.frame([0x60, 0x40], [0, 0, 0, 0])
    #expect(
      try decoded(file + [1, 2, 3, 4], by: LZ4Decoder.self).damage?.reason.contains("no frame begins here")
        == true)
    file[6] ^= 1
    #expect(try decoded(file, by: LZ4Decoder.self).damage?.reason.contains("checksum of its header") == true)
  }

  @Test func `the checksum is that of the reference`() {
    for (text, sum) in [
      ("", 0x02CC_5D05), ("a", 0x550D_7456), ("abc", 0x32D1_53FF),
      ("Nobody inspects the spammish repetition", 0xE229_3B2F),
    ] as [(String, UInt32)] {
      let bytes = PaddedBuffer(Array(text.utf8))
      #expect(XXH32.of(bytes.base, count: bytes.count) == sum, "\(text)")
    }
  }

  @Test func `logs are read, and a cut one keeps its events`() throws {
    let event = Array(TemporaryLogs.event("A").utf8)
    let block = [UInt8(event.count & 0xFF), UInt8(event.count >> 8), 0, 0x80] + event
    let whole = Self.frame([0x60, 0x40], block + block + [0, 0, 0, 0])
    let logs = try TemporaryLogs(["a.json.lz4": whole, "b.json.lz4": Array(whole.dropLast(40))])
    let (table, report) = logs.load()
    #expect(table.texts("EventName") == ["A", "A", "A"])
    #expect(report.damaged.map(\.reason) == ["LZ4 data is cut off"])
  }
}
