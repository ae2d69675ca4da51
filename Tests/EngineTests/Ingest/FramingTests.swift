import Testing

@testable import Engine

@Suite struct FramingTests {
  static let a = TemporaryLogs.event("A")
  static let b = TemporaryLogs.event("B", minute: 1)

  static func pretty(_ event: String) -> String {
    event.replacing(",", with: ",\n  ").replacing("{", with: "{\n  ").replacing("}", with: "\n}")
  }

  static let shapes: [(name: String, text: String)] = [
    ("records on one line", #"{"Records":[\#(a),\#(b)]}"#),
    ("records pretty-printed", "{\n  \"Records\": [\n\(pretty(a)),\n\(pretty(b))\n  ]\n}\n"),
    ("two record objects", "{\"Records\":[\(a)]}\n{\"Records\":[\(b)]}\n"),
    ("one event a line", "\(a)\n\(b)\n"),
    ("one event a line, blank lines and CRLF", "\(a)\r\n\r\n\(b)"),
    ("an array", "[\(a),\n\(b)]"),
    ("events without a line break", a + b),
    ("pretty events one after the other", pretty(a) + "\n" + pretty(b)),
    ("pretty events with a comma between", pretty(a) + ",\n" + pretty(b)),
    ("a byte order mark", "\u{FEFF}{\"Records\":[\(a),\(b)]}"),
    (
      "lookup-events",
      #"{"NextToken":"t","Events":[{"EventId":"1","CloudTrailEvent":\#(quoted(a))},{"CloudTrailEvent":\#(quoted(b))}]}"#
    ),
    ("EventBridge messages a line", "\(envelope(a))\n\(envelope(b))\n"),
    ("EventBridge messages in an array", "[\(envelope(a)),\(envelope(b))]"),
    ("an array in an array", "[[\(a)],[\(b)]]"),
    ("pages whose first key is another, a line each", page(a) + "\n" + page(b) + "\n"),
    ("pages one behind the other", page(a) + page(b)),
    ("pages pretty-printed", pretty(page(a)) + "\n" + pretty(page(b))),
    ("a page behind an object without records", "{\"page\":0}\n" + page(a) + "\n" + page(b)),
    ("a page behind an event", a + "\n" + page(b)),
    ("an event behind a page", page(a) + "\n" + b),
    ("pages of lookup-events", lookup(a) + "\n" + lookup(b)),
    ("records on lines of their own", "{\"Records\":[\n\(a),\n\(b)\n]}\n"),
    ("a record on its own line and one behind it", "{\"Records\":[\n\(a)\n,\(b)]}"),
    ("indented records behind a line break", "{\"Records\":[\n\(pretty(a)),\n\(pretty(b))\n]}"),
    ("one event a line with commas", "\(a),\n\(b),\n"),
    ("one event a line with commas before them", "\(a)\n,\(b)\n"),
    ("an event on a line, then a pretty one", a + "\n" + pretty(b) + "\n"),
    ("an event on a line, then an array", "\(a)\n[\(b)]\n"),
    ("lines of null and numbers between", "\(a)\nnull\n12\n\(b)\n"),
    ("a time before each event", "2026-06-01T09:00:00.000Z \(a)\n2026-06-01T09:00:01.000Z\t\(b)\n"),
    ("syslog before each event", "<134>1 host [x@1 y=\"{\"] - \(a)\nstarted\n<134>1 host \(b)"),
  ]

  static func page(_ event: String) -> String { #"{"page":1,"more":{"a":[1,{}]},"Records":[\#(event)]}"# }

  static func lookup(_ event: String) -> String {
    #"{"ResponseMetadata":{"RequestId":"1"},"Events":[{"CloudTrailEvent":\#(quoted(event))}]}"#
  }

  static func quoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    JSONValue.writeQuoted(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  static func envelope(_ event: String) -> String {
    #"{"version":"0","detail-type":"AWS API Call via CloudTrail","detail":\#(event)}"#
  }

  @Test(arguments: shapes.indices)
  func `events are found whatever stands around them`(index: Int) throws {
    let (name, text) = Self.shapes[index]
    for bytes in [Array(text.utf8), ZlibReference.deflate(Array(text.utf8), level: 6)] {
      let logs = try TemporaryLogs(["log": bytes])
      let (table, report) = logs.load()
      #expect(table.texts("EventName") == ["A", "B"], "\(name)")
      #expect(report.eventsRead == 2 && report.rejected == 0 && report.damaged.isEmpty, "\(name)")
      #expect(report.earliest == table.value(row: 0, column: 0).ticks, "\(name)")
    }
  }

  @Test(arguments: [
    ("", "empty file"), (" \n ", "empty file"), ("\u{0}\u{1}\u{2}PNG", "binary file"),
    (#"{"awsAccountId":"1","digestS3Bucket":"b","logFiles":[]}"#, "CloudTrail digest file, holds no events"),
    (#"{"name":"package","version":"1"}"#, "JSON without events (keys: name, version)"),
    ("[1,2,3]", "JSON without events"), ("[section]\nkey=value\n", "not JSON"), ("{ a = 1 }", "not JSON"),
    ("MIT License, all rights reserved\n", "neither JSON nor CSV with columns of a known table"),
    (#"{"Records":[]}"#, "JSON without events"), ("[]", "JSON without events"),
  ])
  func `a file that is no log is skipped with the reason`(text: String, reason: String) throws {
    let logs = try TemporaryLogs(text: ["a.json": text, "b.json": Self.a])
    let (table, report) = logs.load()
    #expect(report.skipped.map(\.reason) == [reason])
    #expect(report.damaged.isEmpty && report.rejected == 0)
    #expect(table.texts("EventName") == ["A"])
  }

  static let whole = ZlibReference.deflate(Array("{\"Records\":[\(a)]}".utf8), level: 6)

  /// Cut or changed files that keep nothing of their beginning.
  static let broken: [(name: String, bytes: [UInt8])] =
    [("empty.json.gz", []), ("one.json.gz", [0x1F]), ("two.json.gz", [0x1F, 0x8B])]
    + (0..<3).flatMap { place in
      (0..<8).map { bit in
        var bytes = whole
        bytes[place] ^= 1 << bit
        return ("flip-\(place)-\(bit).json.gz", bytes)
      }
    } + [
      ("tail.json", Array("{\"Records\":[\(a)]}".utf8.dropFirst(20))),
      ("tail.log", Array(a.utf8.dropFirst(3))), ("cut.json", Array("{\"Records\":[{\"eventVers".utf8)),
      ("cut", Array("{\"eventTi".utf8)), ("cut-in-value", Array("{\"eventTime\":\"20".utf8)),
    ]

  @Test(arguments: broken.indices)
  func `a file that promises a log and cannot be read is damaged, and named`(index: Int) throws {
    let (name, bytes) = Self.broken[index]
    let logs = try TemporaryLogs([name: bytes, "z.json": Array(Self.b.utf8)])
    let (table, report) = logs.load()
    let places = report.damaged.map(\.path) + [report.firstRejected?.path].compactMap { $0 }
    #expect(places == [logs.path(name)], "\(name)")
    #expect(table.texts("EventName") == ["B"])
  }

  @Test func `text before JSON invents no events, and what is no record is counted`() throws {
    let logs = try TemporaryLogs(text: ["log": "x \(Self.a)\nx {\"cut\":\nplain\nx \(Self.b)\n"])
    let (table, report) = logs.load()
    #expect(table.texts("EventName") == ["A", "B"])
    #expect(report.rejected == 1 && report.otherRecords == 1)
    // Cells in quotes with text behind them are no header of a CSV.
    let csv = try TemporaryLogs(text: ["log": "2026 [\"eventName\":\"x\",\"eventSource\":\"y\"]\n1,2\n"])
    #expect(csv.load().table.rowCount == 0)
  }

  @Test(arguments: [509, 510, 511, 512, 513, 600])
  func `a member that nests too deep is absent, and its event is kept`(levels: Int) throws {
    let nest = String(repeating: "[", count: levels - 1) + String(repeating: "]", count: levels - 1)
    let deep = TemporaryLogs.event("Deep", extra: #","requestParameters":{"x":"evil","n":\#(nest)},"last":1"#)
    let logs = try TemporaryLogs(text: ["log": "{\"Records\":[\(deep),\(Self.b)]}"])
    let last = LogColumn("Last", .string, ["last"]).request
    let (table, report) = logs.load(TemporaryLogs.fields + [last])
    #expect(table.texts("EventName") == ["Deep", "B"])
    #expect(table.texts("Last") == ["1", ""])
    #expect(report.rejected == 0 && report.damaged.isEmpty == (levels <= JSONBytes.depthLimit))
    // What is let through can be read as a tree, so that no path into it is silently null.
    let text = table.texts("RequestParameters")[0]
    #expect(text.isEmpty == (levels > JSONBytes.depthLimit))
    if !text.isEmpty { #expect(JSONValue(parsing: text)?["x"] == .string("evil")) }
    #expect(JSONValue(parsing: deep) != nil || levels > JSONBytes.depthLimit)
  }

  @Test func `many broken records cost no more than their bytes`() throws {
    let logs = try TemporaryLogs(text: [
      "log": Self.a + "\n" + String(repeating: "{\"eventTime\":{\n", count: 60_000) + Self.b + "\n"
    ])
    let start = ContinuousClock.now
    let report = logs.load().report
    #expect(report.rejected > 0)
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  @Test func `a file of a source that nobody reads is skipped by the name of its table`() throws {
    let logs = try TemporaryLogs(text: ["a.json": Self.a])
    let signins = LogSource(name: "SigninLogs", columns: [], shapes: [[.has("createdDateTime")]], time: [])
    var options = LoadOptions()
    options.otherSources = [TemporaryLogs.cloudTrail]
    let (table, report) = logs.load([], options: options, source: signins)
    #expect(report.skipped.map(\.reason) == ["events of `AWSCloudTrail`, which nothing here reads"])
    #expect(table.rowCount == 0 && report.filesRead == 0)
  }

  @Test(arguments: [
    ("{\"Records\":[\(a),{\"eventTime\":oops},\(b)]}", ["A", "B"], 1),
    ("{\"Records\":[\(a),{\"eventTime\":\"x\" \"y\"},\(b)]}", ["A", "B"], 1),
    ("{\"Records\":[\(a),{\"eventTime\":\"unclosed,\"n\":1},\(b)]}", ["A", "B"], 1),
    ("\(a)\n{\"eventTime\":\n\(b)\n", ["A", "B"], 1), ("\(a)\ngarbage\n\(b)\n", ["A", "B"], 1),
    ("\(a)\n{\"eventTime\":{\"a\":[1,2}\n\(b)", ["A", "B"], 1),
    ("{\"Records\":[\(a),\(b.dropLast(10))", ["A"], 1),
    ("[\(a),{\"eventTime\":\"2\",},\(b)]", ["A", "B"], 1),
  ])
  func `a malformed record is rejected and the others are kept`(text: String, names: [String], rejected: Int)
    throws
  {
    let logs = try TemporaryLogs(text: ["log": text])
    let (table, report) = logs.load()
    #expect(table.texts("EventName") == names)
    #expect(report.rejected == rejected)
    #expect(report.firstRejected?.path == logs.path("log"))
    #expect((report.firstRejected?.offset ?? 0) > 0)
  }

  /// The third and fourth hold the same bytes: what was remembered of a member counts for them too.
  @Test(arguments: [
    (#"{"userName" "x","arn":"unread"}"#, "", ""), (#"{"arn":"early","userName" "x"}"#, "early", ""),
    (#"{"deep":{"x":nothing},"arn":"late","userName":"u"}"#, "late", "u"),
  ])
  func `an event with a malformed member is kept, whatever else a query reads`(
    member: String, arn: String, name: String
  ) throws {
    let bad = ["B", "C", "D"].map { TemporaryLogs.event($0, extra: #","userIdentity":\#(member)"#) }
    let logs = try TemporaryLogs(text: [
      "log": "{\"Records\":[\(Self.a),\(bad.joined(separator: ",")),\(Self.b)]}"
    ])
    let names = LogColumn("EventName", .string, ["eventName"]).request
    let user = LogColumn("UserName", .string, ["userIdentity.userName"]).request
    let inner = LogColumn("Inner", .string, ["userIdentity.deep.x"]).request
    let (few, unread) = logs.load([names])
    #expect(few.texts("EventName") == ["A", "B", "C", "D", "B"])
    #expect(unread.damaged.isEmpty && unread.eventsRead == 5)
    for fields in [TemporaryLogs.fields + [user], TemporaryLogs.fields + [user, inner]] {
      let (table, report) = logs.load(fields)
      #expect(table.texts("EventName") == ["A", "B", "C", "D", "B"])
      #expect(table.texts("UserIdentityArn") == ["", arn, arn, arn, ""])
      #expect(table.texts("UserName") == ["", name, name, name, ""])
      #expect(report.eventsRead == 5 && report.rejected == 0)
    }
    let (_, report) = logs.load([names, inner, user])
    #expect(report.damaged.map(\.reason) == [WalkResult.Damage.malformedInside])
    #expect(report.damaged.first?.offset == 13 + Self.a.utf8.count)
  }

  @Test func `records cut between two of them are reported as damage`() throws {
    let logs = try TemporaryLogs(text: ["log": "{\"Records\":[\(Self.a),"])
    let (table, report) = logs.load()
    #expect(table.rowCount == 1)
    #expect(report.damaged.map(\.reason) == ["the array of records is cut off"])
  }

  @Test func `the place of a damage counts from the start of the file, also behind a byte order mark`() throws
  {
    let text = "{\"Records\":[\(Self.a),"
    let logs = try TemporaryLogs(text: ["log": "\u{FEFF}" + text])
    #expect(logs.load().report.damaged.map(\.offset) == [3 + text.utf8.count])
  }

  @Test func `wide text is read, also without a byte order mark`() throws {
    let event = TemporaryLogs.event("Ä🤖")
    let text = "{\"Records\":[\(event)]}"
    func bytes(_ text: String, isBig: Bool) -> [UInt8] {
      text.utf16.flatMap { unit in
        let parts = [UInt8(truncatingIfNeeded: unit >> 8), UInt8(truncatingIfNeeded: unit)]
        return isBig ? parts : parts.reversed()
      }
    }
    let logs = try TemporaryLogs([
      "big": bytes(text, isBig: true), "little": bytes(text, isBig: false),
      "mark": bytes("\u{FEFF}" + event, isBig: false),
    ])
    let (table, report) = logs.load()
    #expect(table.texts("EventName") == ["Ä🤖", "Ä🤖", "Ä🤖"])
    #expect(report.damaged.isEmpty && report.skipped.isEmpty)
  }

  @Test func `a gzip cut in the middle keeps what came before`() throws {
    let events = (0..<2000).map {
      TemporaryLogs.event("E\($0)", minute: $0 % 60, extra: #","id":\#($0 * 7919)"#)
    }
    let gzip = ZlibReference.deflate(Array("{\"Records\":[\(events.joined(separator: ","))]}".utf8), level: 6)
    let logs = try TemporaryLogs(["log.json.gz": Array(gzip[..<(gzip.count / 2)])])
    let (table, report) = logs.load()
    #expect(table.rowCount > 500 && table.rowCount < 1500)
    #expect(table.texts("EventName") == (0..<table.rowCount).map { "E\($0)" })
    #expect(report.damaged.map(\.reason) == ["gzip data is cut off"])
    #expect(report.eventsRead == table.rowCount)
  }
}

extension Value {
  var ticks: Int64? { if case .datetime(let ticks) = self { ticks } else { nil } }
}
