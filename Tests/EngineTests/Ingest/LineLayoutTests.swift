import Testing

@testable import Engine

/// Lines of text as records: told by a header, or by what stands in them.
@Suite struct LineLayoutTests {
  static let source = LogSource(
    name: "Hits", columns: [], shapes: [[.has("from"), .has("status")]], time: ["at"],
    framing: RecordFraming(lines: [
      LineLayout(
        names: ["from", "bytes", "at", "status", "more"],
        unnamed: [["from", "bytes", "at", "status"], ["sent", "from", "bytes", "at", "status"]],
        marks: ["from": .prefix("if-"), "status": .oneOf(["OK", "NONE"])], time: "at")
    ]))

  static let fields: [FieldRequest] = [
    LogColumn("From", .string, ["from"]).request, LogColumn("Bytes", .long, ["bytes"]).request,
    LogColumn("At", .datetime, ["at"]).request, LogColumn("Line", .string, [.record]).request,
  ]

  private static func rows(_ files: [String: [UInt8]]) throws -> (rows: [String], report: LoadReport) {
    let logs = try TemporaryLogs(files)
    let (table, report) = logs.load(fields, source: source)
    let rows = (0..<table.rowCount).map { row in
      table.row(row).map { $0.isNull ? "-" : $0.kqlText }.joined(separator: "|")
    }
    return (rows, report)
  }

  static let expected = [
    "if-1|10|2024-01-01T00:00:00.0000000Z|", "if-2|-|2024-01-01T00:00:10.0000000Z|",
  ]

  @Test(arguments: [
    "if-1 10 1704067200 OK\nif-2 - 1704067210 NONE\n", "if-1 10 1704067200 OK\r\nif-2 - 1704067210 NONE",
    "from bytes at status\nif-1 10 1704067200 OK\nif-2 - 1704067210 NONE\n",
    "status at from bytes more\nOK 1704067200 if-1 10 x\nNONE 1704067210 if-2 - y\n",
    "2024-01-01T00:00:00Z if-1 10 1704067200 OK\n2024-01-01T00:00:00Z if-2 - 1704067210 NONE\n",
    "\u{FEFF}from bytes at status\nif-1 10 1704067200000 OK\n\nif-2 - 1704067210000 NONE\n",
  ])
  func `lines with and without a header are the same records`(text: String) throws {
    let lines = text.split(whereSeparator: \.isNewline).map(String.init).suffix(2)
    for bytes in [Array(text.utf8), ZlibReference.deflate(Array(text.utf8), level: 6)] {
      let (rows, report) = try Self.rows(["a.log": bytes])
      #expect(rows == zip(Self.expected, lines).map { $0 + $1 })
      #expect(report.eventsRead == 2 && report.rejected == 0 && report.damaged.isEmpty)
      #expect(report.earliest.map(Ticks.datetimeText) == "2024-01-01T00:00:00.0000000Z")
    }
  }

  @Test func `a line with other values than the header names is rejected, and those around it are read`()
    throws
  {
    let (rows, report) = try Self.rows([
      "a": Array("from bytes at status\nif-1 1 1704067200 OK\nif-2 2\nif-3 3 1704067200 OK\n".utf8)
    ])
    #expect(rows.map { $0.prefix(4) } == ["if-1", "if-3"])
    #expect(report.rejected == 1 && report.firstRejected?.offset == 42)
  }

  @Test(arguments: [
    "eth0 10 1704067200 OK\n", "if-1 10 1704067200 MAYBE\n", "if-1 10 OK\n", "from bytes at other\n",
    "if-1\n",
    "some words in a line\n", "from,bytes,at,state\n1,2,3,4\n",
  ])
  func `other text is no record`(text: String) throws {
    let (rows, report) = try Self.rows(["a.log": Array(text.utf8)])
    #expect(rows.isEmpty && report.rejected == 0 && report.skipped.count == 1)
  }

  @Test func `files of lines come by the time of their first record`() throws {
    let late = Array("if-9 9 1704067300 OK\n".utf8)
    let early = Array("from bytes at status\nif-8 8 1704067200 OK\n".utf8)
    for (first, second) in [("a", "b"), ("b", "a")] {
      let (rows, _) = try Self.rows([first: late, second: early])
      #expect(rows.map { $0.prefix(4) } == ["if-8", "if-9"])
    }
  }

  @Test(arguments: [
    ("1704067200", "2024-01-01T00:00:00.0000000Z"), ("1704067200123", "2024-01-01T00:00:00.1230000Z"),
    ("170406720", nil), ("17040672001", nil), ("170406720x", nil),
  ])
  func `ten digits are seconds and thirteen are milliseconds`(text: String, expected: String?) {
    let buffer = PaddedBuffer(Array(text.utf8))
    withExtendedLifetime(buffer) {
      #expect(EventTime.ticks(buffer.bytes).map(Ticks.datetimeText) == expected)
    }
  }
}
