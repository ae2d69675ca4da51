import Testing

@testable import Engine

/// Footers that were made to do harm: they end soon, take little, and it is said what is wrong.
@Suite struct ParquetHostileTests {
  private static func worker() -> LoadWorker {
    let source = LogSource(name: "T", columns: [], shapes: [], time: [])
    let request = LoadRequest(
      source: source, fields: [FieldRequest(name: "text", paths: [.record], form: .text, type: .string)])
    return LoadWorker(LoadPlan([request], others: []))
  }

  private static func read(_ bytes: [UInt8]) -> (rows: Int, outcome: ParquetOutcome) {
    let worker = worker()
    let buffer = PaddedBuffer(bytes)
    _ = worker.begin("a.parquet")
    let outcome = worker.walkParquet(ParquetInput(buffer.bytes), groups: nil)
    worker.end()
    return (worker.summary.events, outcome)
  }

  private static func damage(_ footer: [UInt8], _ body: [UInt8] = []) -> String {
    let outcome = read(ParquetWriting.file(body, footer: footer)).outcome
    return outcome.damage?.reason ?? outcome.failure?.reason ?? ""
  }

  /// A schema of one leaf, and row groups.
  private static func footer(
    rows: Int, groups: Int, levels: Int = 0, chunk: (inout ThriftWriter) -> Void
  ) -> [UInt8] {
    ThriftWriter.whole { footer in
      footer.list(2, of: .structure, count: levels + 2)
      for level in 0...levels {
        footer.elementStructure {
          if level > 0 { $0.int(3, 1) }
          $0.text(4, "g")
          $0.int(5, 1)
        }
      }
      footer.elementStructure {
        $0.int(1, 2)
        $0.int(3, 0)
        $0.text(4, "n")
      }
      footer.long(3, rows * groups)
      footer.list(4, of: .structure, count: groups)
      for _ in 0..<groups {
        footer.elementStructure {
          $0.list(1, of: .structure, count: 1)
          $0.elementStructure(chunk)
          $0.long(3, rows)
        }
      }
    }
  }

  private static func chunk(values: Int, stored: Int, at start: Int) -> (inout ThriftWriter) -> Void {
    {
      $0.structure(3) {
        $0.int(1, 2)
        $0.int(4, 0)
        $0.long(5, values)
        $0.long(7, stored)
        $0.long(9, start)
      }
    }
  }

  /// A page of numbers without levels.
  private static func page(_ numbers: [Int64]) -> [UInt8] {
    let body = numbers.flatMap { number in (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) } }
    return ThriftWriter.whole {
      $0.int(1, 0)
      $0.int(2, body.count)
      $0.int(3, body.count)
      $0.structure(5) {
        $0.int(1, numbers.count)
        $0.int(2, 0)
        $0.int(3, 3)
        $0.int(4, 3)
      }
    } + body
  }

  /// Each level doubled the time.
  @Test(.timeLimit(.minutes(1))) func `groups within groups are gone through once`() {
    let bytes = ParquetWriting.file(
      footer: Self.footer(rows: 1, groups: 1, levels: 46, chunk: Self.chunk(values: 0, stored: 0, at: 4)))
    #expect(Self.read(bytes).outcome.damage?.reason == "a column has fewer values than rows")
  }

  @Test func `columns that claim the same bytes are refused`() {
    let page = Self.page([1, 2])
    let one = Self.footer(rows: 2, groups: 1, chunk: Self.chunk(values: 2, stored: page.count, at: 4))
    #expect(Self.read(ParquetWriting.file(page, footer: one)).rows == 2)
    let many = Self.footer(rows: 2, groups: 400, chunk: Self.chunk(values: 2, stored: page.count, at: 4))
    #expect(Self.damage(many, page).contains("its columns overlap"))
    let huge = Self.footer(rows: 2, groups: 400, chunk: Self.chunk(values: 2, stored: 1 << 55, at: 4))
    #expect(Self.damage(huge, page).contains("its columns overlap"))
  }

  /// An empty structure takes one byte of the footer and far more in memory.
  @Test func `a footer may not state more than its bytes are good for`() {
    let groups = ThriftWriter.whole {
      $0.list(4, of: .structure, count: 300_000)
      for _ in 0..<300_000 { $0.elementStructure { _ in } }
    }
    #expect(Self.damage(groups).contains("more than \(ParquetLimits.groupLimit) row groups"))
    let chunks = ThriftWriter.whole {
      $0.list(4, of: .structure, count: 2)
      for _ in 0..<2 {
        $0.elementStructure {
          $0.list(1, of: .structure, count: 600_000)
          for _ in 0..<600_000 { $0.elementStructure { _ in } }
        }
      }
    }
    #expect(Self.damage(chunks).contains("more than \(ParquetLimits.chunkLimit) columns"))
    let notes = ThriftWriter.whole {
      $0.list(5, of: .structure, count: 20_000)
      for _ in 0..<20_000 { $0.elementStructure { _ in } }
    }
    #expect(Self.damage(notes).contains("more than \(ParquetLimits.noteLimit) notes"))
  }

  /// Every part of a file reads its footer.
  @Test func `a file has no more parts than bytes to fill them`() throws {
    let groups = (0..<300).map { [(name: "n", values: ParquetWriting.Values.texts(["\($0)"]))] }
    let bytes = ParquetWriting.file(groups)
    let logs = try TemporaryLogs(["a.parquet": bytes])
    let parts = try #require(ParquetFile.parts(of: logs.path("a.parquet"), partBytes: bytes.count / 3))
    #expect(parts.count == 4)
    #expect(parts.flatMap { Array($0.groups) } == Array(0..<300))
    #expect(parts.reduce(0) { $0 + $1.bytes } <= bytes.count)
    var options = LoadOptions()
    options.partBytes = bytes.count / 3
    let source = LogSource(name: "T", columns: [], shapes: [], time: [])
    let field = FieldRequest(name: "n", paths: [FieldPath("n")], form: .text, type: .string)
    let (table, report) = logs.load([field], options: options, source: source)
    #expect(table.texts("n") == (0..<300).map(String.init))
    #expect(report.eventsRead == 300)
  }

  @Test func `values beyond the rows are not lost in silence`() {
    let page = Self.page([1, 2, 3])
    let stated = Self.footer(rows: 2, groups: 1, chunk: Self.chunk(values: 3, stored: page.count, at: 4))
    let found = Self.read(ParquetWriting.file(page, footer: stated))
    #expect(found.rows == 2)
    #expect(found.outcome.damage?.reason.contains("has more values than there are rows") == true)
    let none = Self.footer(rows: 0, groups: 1, chunk: Self.chunk(values: 3, stored: page.count, at: 4))
    #expect(Self.damage(none, page).contains("has more values than there are rows"))
  }

  @Test func `rows that the footer does not count are said`() {
    let page = Self.page([1, 2])
    var footer = Self.footer(rows: 2, groups: 1, chunk: Self.chunk(values: 2, stored: page.count, at: 4))
    // The number of rows stands behind the schema: 2 is 4 in zigzag.
    if let place = footer.firstRange(of: [0x16, 0x04])?.lowerBound { footer[place + 1] = 0x0A }
    let found = Self.read(ParquetWriting.file(page, footer: footer))
    #expect(found.rows == 2)
    #expect(found.outcome.damage?.reason == "the footer states 5 rows, and its row groups 2, which are read")
  }

  @Test func `what cannot be told as it is has a note`() {
    let bytes = ParquetWriting.file([[(name: "t", values: .times([1, .max]))]])
    let found = Self.read(bytes)
    #expect(found.rows == 2)
    #expect(found.outcome.walk.note?.hasPrefix("the column `t` has times out of the years") == true)
    let twice = ParquetWriting.file([[(name: "t", values: .times([1])), (name: "t", values: .texts(["x"]))]])
    #expect(Self.read(twice).outcome.walk.note == "of the columns called `t` only the first is read")
  }

  @Test func `bounds of numbers are times only where all are of one unit`() {
    func statistics(_ low: Int64, _ high: Int64) -> ParquetMetadata.Statistics {
      func bytes(_ value: Int64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }
      return ParquetMetadata.Statistics(minimum: bytes(low), maximum: bytes(high), nulls: 0)
    }
    let plain = ParquetType(physical: .int64)
    #expect(ParquetStatistics.times(statistics(1_700_000_000, 1_800_000_000), plain) != nil)
    // 2,000,000,000 seconds lie between, and behind the last one.
    #expect(ParquetStatistics.times(statistics(1_700_000_000, 1_704_067_200_123), plain) == nil)
    var ofDay = plain
    ofDay.logical = .time(.micros)
    #expect(ParquetStatistics.times(statistics(1_000_000_000, 2_000_000_000), ofDay) == nil)
  }

  @Test func `a row belongs to the longest path that it begins with`() {
    let owners = SourceOwners(["/l/a.zip", "/l/a.zip/b", "/l/c"])
    #expect(owners.owner(of: "/l/a.zip") == "/l/a.zip")
    #expect(owners.owner(of: "/l/a.zip/x/y.json") == "/l/a.zip")
    #expect(owners.owner(of: "/l/a.zip/b/y.json") == "/l/a.zip/b")
    #expect(owners.owner(of: "/l/cd") == nil)
    #expect(owners.owner(of: String(repeating: "/", count: 100_000)) == nil)
  }
}
