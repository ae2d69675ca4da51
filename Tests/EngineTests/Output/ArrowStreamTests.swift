import Testing

@testable import Engine

@Suite struct ArrowStreamTests {
  private static func bytes(_ table: Table) -> [UInt8] {
    var bytes: [UInt8] = []
    TableRenderer(format: .arrow).render(table) { bytes += $0 }
    return bytes
  }

  private static func int(_ bytes: [UInt8], _ place: Int) -> Int {
    (0..<4).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
  }

  /// Metadata sizes and what lies behind them, message by message. Readers test the rest (`Tests/Browser`).
  @Test func `a stream is a schema, batches and an end, all of them aligned`() {
    let table = Table(
      fields: [Field("n", .long), Field("s", .string), Field("b", .bool)],
      rows: (0..<70_000).map { [.long(Int64($0)), .string("x\($0)"), $0 % 3 == 0 ? .null : .bool(true)] })
    let bytes = Self.bytes(table)
    #expect(bytes.prefix(4) == [0xFF, 0xFF, 0xFF, 0xFF] && bytes.count % 8 == 0)
    #expect(Self.int(bytes, 4) % 8 == 0)
    #expect(bytes.suffix(8) == [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0])
    // 8 bytes a number, an offset and its text, two bits.
    #expect(bytes.count > 70_000 * 16 && bytes.count < 70_000 * 24)
  }

  @Test func `a table without rows or columns is a stream too`() {
    #expect(Self.bytes(Table(fields: [], rows: [])).count >= 16)
    #expect(Self.bytes(Table(fields: [Field("s", .string)], rows: [])).suffix(4) == [0, 0, 0, 0])
  }

  @Test func `times beyond what nanoseconds reach are in microseconds`() {
    let near = Column.of(.datetime, [.datetime(Ticks.unixEpoch), .null])
    let far = Column.of(.datetime, [.datetime(0), .datetime(Ticks.maximum)])
    #expect(ArrowType(of: near) == .timestamp(isNano: true))
    #expect(ArrowType(of: far) == .timestamp(isNano: false))
    let buffer = ArrowType(of: far).buffers(of: far)[0]
    #expect(buffer.withUnsafeBytes { $0.loadUnaligned(as: Int64.self) } == -62_135_596_800_000_000)
  }
}
