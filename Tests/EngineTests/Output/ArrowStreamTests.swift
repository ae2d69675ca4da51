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

  private static func numbers(_ values: [Value], _ type: DataType) -> (ArrowType, [Int64]) {
    let column = Column.of(type, values)
    let arrow = ArrowType(of: column)
    let buffer = arrow.buffers(of: column)[0]
    let numbers = values.indices.map { row in
      buffer.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: row * 8, as: Int64.self) }
    }
    return (arrow, numbers)
  }

  @Test func `no time wraps around, to the last tick of nanoseconds and beyond`() {
    let last = Ticks.unixEpoch + Int64.max / 100
    let first = Ticks.unixEpoch + Int64.min / 100
    let (near, nanos) = Self.numbers([.datetime(first), .datetime(last)], .datetime)
    #expect(near == .timestamp(isNano: true))
    #expect(nanos == [(Int64.min / 100) * 100, (Int64.max / 100) * 100])
    for ticks in [last + 1, first - 1] {
      let (far, micros) = Self.numbers([.datetime(ticks)], .datetime)
      #expect(far == .timestamp(isNano: false))
      #expect((micros[0] < 0) == (ticks < Ticks.unixEpoch))
    }
    let (span, counts) = Self.numbers([.timespan(.min), .timespan(.max)], .timespan)
    #expect(span == .duration(isNano: false))
    #expect(counts == [Int64.min / 10 - 1, Int64.max / 10])
  }

  @Test func `a time that is cut is said, and no other`() {
    func notes(_ values: [Value]) -> [String] {
      TableRenderer(format: .arrow).notes(
        on: Table(fields: [Field("t", .datetime)], rows: values.map { [$0] })
      ).map { "\($0)" }
    }
    #expect(notes([.datetime(Ticks.unixEpoch + 1)]).isEmpty)
    #expect(notes([.datetime(0), .datetime(Ticks.maximum - 9), .null]).isEmpty)
    let cut = notes([.datetime(0), .datetime(Ticks.unixEpoch + 1)])
    #expect(cut.count == 1 && cut[0].contains("`t` is written in whole microseconds"))
  }

  @Test func `a number that 32 bits do not hold has 64`() {
    #expect(Self.numbers([.long(.max), .long(.min)], .long).1 == [.max, .min])
    let wide = Column.of(.int, [.long(1 << 40), .long(1)])
    #expect(ArrowType(of: wide) == .int(bits: 64))
    #expect(ArrowType(of: Column.of(.int, [.long(1), .null])) == .int(bits: 32))
  }
}
