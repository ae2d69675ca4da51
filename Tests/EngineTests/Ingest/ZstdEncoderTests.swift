import Testing

@testable import Engine

/// What is compressed is had back whole, whatever it is.
@Suite struct ZstdEncoderTests {
  private static func back(_ bytes: [UInt8], _ encoder: inout ZstdEncoder) throws -> (
    bytes: [UInt8], size: Int
  )? {
    let stored = bytes.withUnsafeBufferPointer { encoder.compress($0) }
    let (found, damage) = try decoded(stored, limit: bytes.count + 1, by: ZstdDecoder.self)
    return damage == nil ? (found, stored.count) : nil
  }

  @Test func `bytes of every kind and length come back`() throws {
    var random = SeededGenerator(seed: 3)
    var encoder = ZstdEncoder()
    let words = (0..<60).map { _ in
      (0..<Int.random(in: 1...14, using: &random)).map { _ in UInt8.random(in: 0x20...0x7E, using: &random) }
    }
    for round in 0..<400 {
      let count = Int.random(in: 0...(round % 20 == 0 ? 300_000 : 3000), using: &random)
      var bytes: [UInt8] = []
      let kind = round % 6
      while bytes.count < count {
        switch kind {
        case 0: bytes.append(UInt8.random(in: 0...255, using: &random))
        case 1: bytes.append(7)
        case 2: bytes += words[Int.random(in: 0..<words.count, using: &random)]
        case 3: bytes.append(UInt8.random(in: 0x61...0x64, using: &random))
        case 4:
          // A few symbols that are very rare make the longest codes.
          let rank = UInt8(min(40, Int.random(in: 0...Int.max, using: &random).trailingZeroBitCount))
          bytes.append(0x40 + rank)
        default:
          let run = Int.random(in: 1...5000, using: &random)
          let byte = UInt8.random(in: 0...128, using: &random)
          bytes.append(contentsOf: repeatElement(byte, count: run))
          bytes += words[Int.random(in: 0..<words.count, using: &random)]
        }
      }
      bytes.removeLast(bytes.count - count)
      let found = try Self.back(bytes, &encoder)
      #expect(found?.bytes == bytes, "round \(round): \(count) bytes")
      #expect(found.map { $0.size <= count + 3 * (count >> 17 + 1) + 9 } == true, "round \(round)")
    }
  }

  @Test func `texts that repeat become much smaller, and letters take fewer bits`() throws {
    var random = SeededGenerator(seed: 4)
    var encoder = ZstdEncoder()
    let letters = (0..<50_000).map { _ in UInt8.random(in: 0x61...0x68, using: &random) }
    let coded = try #require(try Self.back(letters, &encoder))
    #expect(coded.size < letters.count / 2, "\(coded.size)")
    let event = Array(TemporaryLogs.event("GetObject", minute: 3).utf8)
    let events = (0..<2000).flatMap { number in event + Array(String(number).utf8) }
    let small = try #require(try Self.back(events, &encoder))
    #expect(small.size < events.count / 12, "\(small.size) of \(events.count)")
  }

  @Test(arguments: ParquetCompression.allCases)
  func `Parquet is read back by its own reader`(compression: ParquetCompression) throws {
    let texts = (0..<20_000).map { $0 % 7 == 0 ? nil : "value \($0 % 900) é \($0)" }
    let bytes = ParquetWriting.file(
      [[(name: "n", values: .texts(texts)), (name: "t", values: .times((0..<20_000).map { Int64($0) }))]],
      compression)
    let logs = try TemporaryLogs(["a.parquet": bytes])
    let source = LogSource(name: "T", columns: [], shapes: [], time: [])
    let field = FieldRequest(name: "n", paths: [FieldPath("n")], form: .text, type: .string)
    let (table, report) = logs.load([field], source: source)
    #expect(table.texts("n") == texts.map { $0 ?? "" })
    #expect(report.damaged.isEmpty)
  }
}
