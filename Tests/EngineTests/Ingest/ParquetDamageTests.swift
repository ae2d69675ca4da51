import Foundation
import Testing

@testable import Engine

/// Damaged and hostile Parquet: whatever the bytes are, there are rows or it is said what is wrong.
@Suite struct ParquetDamageTests {
  private static func corpus(_ name: String) throws -> [UInt8] {
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { url.deleteLastPathComponent() }
    return Array(try Data(contentsOf: url.appendingPathComponent("ParquetCorpus/\(name).parquet")))
  }

  /// A load that takes every row of any file, all columns.
  private static func worker() -> LoadWorker {
    let source = LogSource(name: "T", columns: [], shapes: [], time: [])
    let request = LoadRequest(
      source: source, fields: [FieldRequest(name: "text", paths: [.record], form: .text, type: .string)])
    return LoadWorker(LoadPlan([request], others: []))
  }

  /// Rows, and what was said.
  private static func read(_ bytes: [UInt8], _ worker: LoadWorker) -> (rows: Int, trouble: String?) {
    guard let guarded = GuardedBytes(bytes, behind: 64) else { return (0, "no memory") }
    _ = worker.begin("a.parquet")
    let outcome = worker.walkParquet(ParquetInput(guarded.buffer), groups: nil)
    worker.end()
    let trouble = outcome.failure?.reason ?? outcome.damage?.reason ?? outcome.walk.damage?.reason
    return (worker.summary.events, trouble ?? outcome.walk.skipped)
  }

  private static let names = [
    "values-pyarrow-snappy", "values-pyarrow-delta", "values-pyarrow-lz4", "values-pyarrow-none-v2",
    "values-duckdb-uncompressed", "values-duckdb-gzip", "values-duckdb-zstd", "values-duckdb-lz4_raw",
    "values-polars-zstd", "values-pyarrow-spark", "values-pyarrow-fallback",
  ]

  /// Every byte of the smallest file, some of the others.
  @Test(arguments: names)
  func `a change of any byte traps nothing`(name: String) throws {
    let bytes = try Self.corpus(name)
    let worker = Self.worker()
    #expect(Self.read(bytes, worker) == (48, nil))
    var random = SeededGenerator(seed: 7)
    let step = name == "values-duckdb-gzip" ? 3 : 61
    for place in stride(from: Int.random(in: 0..<step, using: &random), to: bytes.count, by: step) {
      var damaged = bytes
      damaged[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
      let found = Self.read(damaged, worker)
      #expect(found.rows <= 48 || found.trouble == nil, "byte \(place)")
    }
  }

  @Test(arguments: names)
  func `a file that is cut anywhere says so`(name: String) throws {
    let bytes = try Self.corpus(name)
    let worker = Self.worker()
    for count in stride(from: 4, to: bytes.count, by: 977) {
      let found = Self.read(Array(bytes.prefix(count)), worker)
      #expect(found.rows == 0 && found.trouble?.isEmpty == false, "\(count) bytes")
      // A footer behind a part of the file.
      let tail = Array(bytes[(bytes.count / 2)...])
      _ = Self.read(Array(bytes.prefix(count)) + tail, worker)
    }
  }

  @Test func `hostile lengths of a footer are refused`() {
    let worker = Self.worker()
    func file(_ footer: [UInt8], stated: Int? = nil) -> [UInt8] {
      let size = stated ?? footer.count
      return ParquetInput.mark + footer + (0..<4).map { UInt8(truncatingIfNeeded: size >> ($0 * 8)) }
        + ParquetInput.mark
    }
    let cases: [[UInt8]] = [
      file([]), file([0]), file([0], stated: Int(UInt32.max)),
      // A list of 2^60 schema elements, and one of 2^62 row groups.
      file([0x29, 0xFC] + [UInt8](repeating: 0xFF, count: 8) + [0x0F, 0]),
      file([0x49, 0xFC] + [UInt8](repeating: 0xFF, count: 8) + [0x3F, 0]),
      // Structures within structures.
      file([UInt8](repeating: 0x1C, count: 10_000)), file([UInt8](repeating: 0x19, count: 10_000)),
      // A number without an end.
      file([0x15] + [UInt8](repeating: 0xFF, count: 40)),
    ]
    for bytes in cases {
      let found = Self.read(bytes, worker)
      #expect(found.rows == 0 && found.trouble != nil, "\(bytes.prefix(20))")
    }
  }

  @Test func `snappy and LZ4 refuse what reaches out of their blocks`() {
    let output = PaddedBuffer(capacity: 64)
    func snappy(_ bytes: [UInt8], _ size: Int) -> [UInt8]? {
      output.count = 0
      let input = PaddedBuffer(bytes)
      return Snappy.decompress(input.bytes, size: size, into: output) == nil ? Array(output.bytes) : nil
    }
    #expect(snappy([5, 0x04, 0x61, 0x62, 0x05, 2], 5) == nil, "a copy is longer than what is left")
    #expect(snappy([6, 0x04, 0x61, 0x62, 0x01, 2], 6) == Array("ababab".utf8))
    #expect(snappy([6, 0x04, 0x61, 0x62, 0x01, 3], 6) == nil, "a distance before the start")
    #expect(snappy([6, 0x04, 0x61, 0x62, 0x01, 0], 6) == nil, "no distance")
    #expect(snappy([6, 0x14, 0x61], 6) == nil, "cut off")
    func lz4(_ bytes: [UInt8], _ size: Int) -> [UInt8]? {
      output.count = 0
      let input = PaddedBuffer(bytes)
      return LZ4.decompress(input.bytes, size: size, into: output) == nil ? Array(output.bytes) : nil
    }
    #expect(lz4([0x20, 0x61, 0x62, 2, 0, 0x10, 0x63], 7) == Array("abababc".utf8))
    #expect(lz4([0x20, 0x61, 0x62, 3, 0, 0x10, 0x63], 7) == nil, "a distance before the start")
    #expect(lz4([0xF0, 0xFF, 0xFF], 7) == nil, "a length without an end")
    #expect(lz4([0x20, 0x61, 0x62, 2, 0, 0x10, 0x63], 6) == nil, "longer than stated")
  }
}
