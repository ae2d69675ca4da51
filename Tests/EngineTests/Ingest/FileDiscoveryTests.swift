import Foundation
import Testing

@testable import Engine

@Suite struct FileDiscoveryTests {
  @Test func `files come sorted by path, each once, and what was named keeps its order`() throws {
    let logs = try TemporaryLogs(text: ["b/2": "", "b/1": "", "b.json": "", "a/z/1": "", "a/é": ""])
    let found = FileDiscovery.files(below: [logs.path("b/"), logs.folder])
    #expect(
      found.files.map { String($0.path.dropFirst(logs.folder.utf8.count)) }
        == ["/b/1", "/b/2", "/a/z/1", "/a/é", "/b.json"])
    #expect(found.unreadable.isEmpty)
  }

  @Test func `links are followed once and loops end`() throws {
    let logs = try TemporaryLogs(text: ["real/log": "x"])
    let manager = FileManager.default
    try manager.createSymbolicLink(atPath: logs.path("real/up"), withDestinationPath: logs.folder)
    try manager.createSymbolicLink(atPath: logs.path("zlink"), withDestinationPath: logs.path("real/log"))
    let found = FileDiscovery.files(below: [logs.folder])
    #expect(found.files.count == 1)
    #expect(found.skipped.map(\.reason) == ["the same file was read under another name"])
  }

  @Test func `what is missing or no file is said`() throws {
    let logs = try TemporaryLogs(text: ["log": "x"])
    let found = FileDiscovery.files(below: [logs.path("missing"), "/dev/null", logs.path("log/below")])
    #expect(found.files.isEmpty)
    #expect(found.unreadable.map(\.reason) == ["no such file or directory", "not a directory"])
    #expect(found.skipped.map(\.path) == ["/dev/null"])
  }

  @Test func `a survey finds the fields of JSON and of CSV`() throws {
    let json = """
      {"n":1,"t":"2024-01-01T00:00:00Z","o":{"a":1},"m":1,"z":null}
      {"n":2.5,"t":"2024-01-01T00:00:01Z","b":true,"m":"x"}
      """
    let logs = try TemporaryLogs(text: ["a.json": json, "t.csv": "name,age:long,\"x:y\"\nann,3,z\n"])
    #expect(
      FieldSurvey(of: FileDiscovery.files(below: [logs.path("a.json")])).fields == [
        Field("n", .real), Field("t", .datetime), Field("o", .dynamic), Field("m", .string),
        Field("z", .string), Field("b", .bool),
      ])
    #expect(
      FieldSurvey(of: FileDiscovery.files(below: [logs.path("t.csv")])).fields == [
        Field("name", .string), Field("age", .long), Field("x:y", .string),
      ])
  }

  @Test func `one file belongs to each wish that names it, whatever it is called there`() throws {
    let logs = try TemporaryLogs(text: ["a/x": "1", "b": "2"])
    let (all, wished) = FileDiscovery.files(of: [
      [logs.path("a/x")], [logs.path("a/../a/x"), logs.path("b")], [logs.folder], [],
    ])
    let (x, b) = (logs.path("a/x"), logs.path("b"))
    #expect(all.files.map(\.path) == [x, b])
    #expect(wished == [[x], [x, b], [x, b], []])
  }

  @Test(arguments: [
    ("7", "8", DataType.long), ("9007199254740993", "0.5", .decimal), ("1e3", "1", .real),
    ("12345678901234567890", "1", .decimal), ("7", "\"seven\"", .string), ("true", "1", .string),
    ("{}", "1", .dynamic), ("null", "1", .long), ("\"2024-01-01T00:00:00Z\"", "\"now\"", .string),
    ("-9007199254740992", "0.5", .real),
  ])
  func `a column holds all values of its file, also the last`(first: String, last: String, type: DataType)
    throws
  {
    let lines = [String](repeating: "{\"v\":\(first)}", count: 100_001) + ["{\"v\":\(last),\"late\":1}"]
    let logs = try TemporaryLogs(text: ["t.json": lines.joined(separator: "\n")])
    let fields = FieldSurvey(of: FileDiscovery.files(below: [logs.folder])).fields
    #expect(fields == [Field("v", type), Field("late", .long)])
    let columns = fields.map { LogColumn($0.name, $0.type, [.field([.key($0.name)])]).request }
    let source = LogSource(name: "T", columns: [], shapes: [], time: [])
    let values = logs.load(columns, source: source).table.texts("v")
    let expected = last.replacing("\"", with: "")
    #expect(values.last == (type == .real && expected == "1" ? "1.0" : expected))
    #expect(values.count == 100_002)
  }

  @Test func `a repeated column of a CSV has a name of its own`() throws {
    let logs = try TemporaryLogs(text: ["t.csv": "a,a,a_2,a\n1,2,3,4\n"])
    let fields = FieldSurvey(of: FileDiscovery.files(below: [logs.folder])).fields
    #expect(fields.map(\.name) == ["a", "a_3", "a_2", "a_4"])
    let columns = fields.map { LogColumn($0.name, $0.type, [.field([.key($0.name)])]).request }
    let table = logs.load(columns, source: LogSource(name: "T", columns: [], shapes: [], time: [])).table
    #expect(table.row(0).map(\.kqlText) == ["1", "2", "3", "4"])
  }

  @Test(arguments: [
    ("2023-07-10T12:07:57Z", "2023-07-10T12:07:57.0000000Z"),
    ("2025-01-21 17:49:47.000000001", "2025-01-21T17:49:47.0000000Z"),
    ("2024-01-02T03:04:05.1234567+02:00", "2024-01-02T01:04:05.1234567Z"),
    ("2024-01-02T03:04:05-0530", "2024-01-02T08:34:05.0000000Z"),
    ("2024-01-02", "2024-01-02T00:00:00.0000000Z"),
    ("21/04/2025, 09:45:54.000", "2025-04-21T09:45:54.0000000Z"),
    ("4/21/2025, 9:45:54.250 PM", "2025-04-21T21:45:54.2500000Z"),
    ("3/4/2025, 12:00:00.000 AM", "2025-03-04T00:00:00.0000000Z"),
    ("2024-02-30T00:00:00Z", nil), ("2024-01-01T25:00:00Z", nil), ("...", nil), ("redacted", nil), ("", nil),
    ("2024-01-02T03:04:05Zjunk", nil), ("0001-01-01T00:00:00+05:00", nil), ("2024-0a-02T03:04:05Z", nil),
  ])
  func `times are read as logs write them`(text: String, expected: String?) {
    let buffer = PaddedBuffer(Array(text.utf8))
    #expect(EventTime.ticks(buffer.bytes).map(Ticks.datetimeText) == expected)
  }
}
