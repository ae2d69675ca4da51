import Foundation
import Testing

@testable import Engine

@Suite struct LoadTests {
  static let record = #"""
    {"eventTime":"2024-01-01T00:00:01Z","eventSource":"s","eventName":"n","text":"a \u00e9 \ud83e\udd16 \ud800 \"q\"",
    "nothing":null,"number":12345678901234567890123,"real":1.50,"yes":true,"quotedNo":"False",
    "object":{ "b" : [1, 2] , "c":"x y"},"list":[{"v":"1"},{"v":2},{"v":null}],"one":[{"v":"only"}],
    "json":"{\"k\": 1}","created":"2024-02-03 04:05:06.7"}
    """#

  static func value(_ path: String, _ form: FieldForm, _ type: DataType) throws -> Value {
    let logs = try TemporaryLogs(text: ["log": record])
    let field = FieldRequest(name: "f", paths: [FieldPath(path)], form: form, type: type)
    let (table, report) = logs.load([field])
    #expect(table.rowCount == 1 && report.rejected == 0)
    return table.value(row: 0, column: 0)
  }

  @Test(arguments: [
    ("text", #"a é 🤖 � "q""#), ("nothing", ""), ("absent", ""), ("number", "12345678901234567890123"),
    ("real", "1.50"), ("yes", "true"), ("object", #"{ "b" : [1, 2] , "c":"x y"}"#), ("object.c", "x y"),
    ("list[1].v", "2"), ("list{}.v", #"["1",2,null]"#), ("one{}.v", "only"),
  ])
  func `text is what stands in the record and absent is empty`(path: String, text: String) throws {
    #expect(try Self.value(path, .text, .string) == .string(text))
  }

  @Test(arguments: [
    ("absent", nil), ("nothing", "null"), ("yes", "true"), ("one{}.v", "only"), ("text", #"a é 🤖 � "q""#),
    ("object", nil), ("list", nil),
  ])
  func `optional text is null where the field is absent`(path: String, text: String?) throws {
    #expect(try Self.value(path, .optionalText, .string) == text.map { .string($0) } ?? .null)
  }

  @Test func `several values are a dynamic array of texts`() throws {
    #expect(
      try Self.value("list{}.v", .optionalText, .dynamic)
        == .dynamic(.array([.string("1"), .string("2"), .string("null")])))
    #expect(try Self.value("one{}.v", .optionalText, .dynamic) == .dynamic(.string("only")))
    #expect(try Self.value("absent{}.v", .optionalText, .dynamic) == .null)
    #expect(try Self.value("list{}", .optionalText, .dynamic) == .null)
  }

  @Test func `typed forms read their type from JSON or text`() throws {
    #expect(
      try Self.value("object", .json, .dynamic)
        == .dynamic(
          .object([.init("b", .array([.long(1), .long(2)])), .init("c", .string("x y"))])))
    #expect(try Self.value("json", .json, .dynamic) == .dynamic(.object([.init("k", .long(1))])))
    #expect(try Self.value("text", .json, .dynamic) == .dynamic(.string(#"a é 🤖 � "q""#)))
    #expect(try Self.value("yes", .bool, .bool) == .bool(true))
    #expect(try Self.value("quotedNo", .bool, .bool) == .bool(false))
    #expect(try Self.value("text", .bool, .bool) == .null)
    #expect(try Self.value("list[1].v", .long, .long) == .long(2))
    #expect(try Self.value("list[0].v", .long, .int) == .long(1))
    #expect(try Self.value("number", .long, .long) == .null)
    #expect(try Self.value("real", .real, .real) == .real(1.5))
    let created = Ticks.make(year: 2024, month: 2, day: 3, hour: 4, minute: 5, second: 6, fraction: 7_000_000)
    #expect(try Self.value("created", .datetime, .datetime) == created.map { .datetime($0) })
    #expect(try Self.value("text", .datetime, .datetime) == .null)
  }

  @Test func `special paths give the record, the file and a constant`() throws {
    let logs = try TemporaryLogs(text: ["log": "[\(TemporaryLogs.event("A"))]"])
    let fields = [
      FieldRequest(name: "raw", paths: [.record], form: .text, type: .string),
      FieldRequest(name: "file", paths: [.file], form: .text, type: .string),
      FieldRequest(name: "kind", paths: [.constant("aws:cloudtrail")], form: .text, type: .string),
      FieldRequest(name: "fallback", paths: ["missing", .constant("else")], form: .text, type: .string),
      FieldRequest(name: "other", paths: ["missing", .constant("more")], form: .text, type: .string),
      FieldRequest(name: "second", paths: ["missing", "eventName"], form: .text, type: .string),
    ]
    let (table, _) = logs.load(fields)
    #expect(
      table.row(0).map(\.kqlText) == [
        TemporaryLogs.event("A"), logs.path("log"), "aws:cloudtrail", "else", "more", "A",
      ])
  }

  // MARK: - Predicates

  static let names = FieldTest.equalsAny(["senDEMAIL"], ignoringCase: true)

  static let predicates: [(RecordPredicate, [String])] = [
    (.test(1, names), ["SendEmail"]),
    (.not(.test(1, names)), ["Other", "Nested"]),
    (.test(1, .equalsAny(["senDEMAIL"], ignoringCase: false)), []),
    (.or([.test(1, names), .test(3, .contains("role", ignoringCase: false))]), ["SendEmail", "Nested"]),
    (.and([.test(1, names), .test(3, .isNotEmpty)]), []),
    (.test(3, .isEmpty), ["SendEmail", "Other"]),
    (.and([.unknown, .test(1, .startsWith("Ne", ignoringCase: false))]), ["Nested"]),
    (.unknown, ["SendEmail", "Other", "Nested"]),
    (.test(0, .time(0...Ticks.unixEpoch)), []),
    (.and([]), ["SendEmail", "Other", "Nested"]), (.or([]), []),
  ]

  @Test(arguments: predicates.indices)
  func `records that cannot satisfy the predicate are left out but counted`(index: Int) throws {
    let (predicate, names) = Self.predicates[index]
    let events = [
      TemporaryLogs.event("SendEmail"), TemporaryLogs.event("Other", minute: 9),
      TemporaryLogs.event("Nested", extra: #","userIdentity":{"arn":"arn:role"}"#),
    ]
    let logs = try TemporaryLogs(text: ["log": "[\(events.joined(separator: ","))]"])
    let (table, report) = logs.load(predicate: predicate)
    #expect(table.texts("EventName") == names)
    #expect(report.eventsRead == 3)
    #expect(report.latest == Ticks.make(year: 2024, month: 1, day: 1, minute: 9))
  }

  @Test func `tests of long and nested texts look at them as they stand`() throws {
    let long = String(repeating: "ab\\\"c ", count: 100)
    let events = [
      TemporaryLogs.event("Object", extra: #","requestParameters":{"bucketName":"Secret-Bucket"}"#),
      TemporaryLogs.event("Long", extra: #","requestParameters":"\#(long) needle""#),
      TemporaryLogs.event("Null", extra: #","requestParameters":null"#), TemporaryLogs.event("Absent"),
      TemporaryLogs.event("É", extra: #","requestParameters":{"k":"É secret"}"#),
    ]
    let logs = try TemporaryLogs(text: ["log": events.joined(separator: "\n")])
    func names(_ test: FieldTest, _ form: FieldForm = .text) -> [String] {
      var fields = TemporaryLogs.fields
      fields[4].form = form
      return logs.load(fields, predicate: .test(4, test)).table.texts("EventName")
    }
    #expect(names(.contains("SECRET-bucket", ignoringCase: true)) == ["Object", "É"])
    #expect(names(.contains("secret-bucket", ignoringCase: false)).isEmpty)
    #expect(names(.contains(#"b"c ab"c"#, ignoringCase: false)) == ["Long"])
    #expect(names(.isEmpty) == ["Null", "Absent"])
    #expect(names(.isEmpty, .optionalText) == ["Object", "Absent", "É"])
    #expect(names(.equalsAny(["null"], ignoringCase: false), .optionalText) == ["Null"])
    let raw = FieldRequest(name: "raw", paths: [.record], form: .optionalText, type: .string)
    let found = logs.load(
      TemporaryLogs.fields + [raw], predicate: .test(5, .contains("NEEDLE", ignoringCase: true)))
    #expect(found.table.texts("EventName") == ["Long", "É"])
  }

  @Test(arguments: 1...10)
  func `the search of 16 places finds what a plain search finds`(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let letters = Array("aAbB\"_é".utf8)
    for _ in 0..<300 {
      let text = (0..<Int.random(in: 0...60, using: &random)).map { _ in
        letters.randomElement(using: &random) ?? 0
      }
      let part = (0..<Int.random(in: 0...4, using: &random)).map { _ in
        letters.randomElement(using: &random) ?? 0
      }
      // What follows the text must not count.
      let buffer = PaddedBuffer(text + part)
      let shown = UnsafeBufferPointer(start: UnsafePointer(buffer.base), count: text.count)
      for ignoringCase in [true, false] {
        let fold: (UInt8) -> UInt8 = { ignoringCase && $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
        let (hay, needle) = (text.map(fold), part.map(fold))
        let expected =
          needle.isEmpty
          || hay.indices.contains {
            $0 + needle.count <= hay.count && hay[$0..<$0 + needle.count].elementsEqual(needle)
          }
        let found = part.withUnsafeBufferPointer {
          PaddedSearch.contains(shown, $0, ignoringCase: ignoringCase)
        }
        #expect(found == expected, "\(text) \(part)")
      }
    }
  }

  /// Whatever is dropped while scanning must be what a test of the finished columns drops.
  @Test(arguments: 1...20)
  func `random predicates keep every row that satisfies them`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let words = ["A", "B", "C", "", "a"]
    func word() -> String { words.randomElement(using: &random) ?? "" }
    var rows: [[String: String]] = []
    var events: [String] = []
    for _ in 0..<60 {
      let row = ["x": word(), "y": word(), "z": word()]
      rows.append(row)
      let nested = row["z"] == "" ? "{}" : #"{"z":"\#(row["z"] ?? "")"}"#
      let y = row["y"] == "" ? "null" : #""\#(row["y"] ?? "")""#
      // The value of x stands at x, or at X where there is no x, or x wins over X.
      let x = row["x"] ?? ""
      let places = [
        #""x":"\#(x)""#, #""x":null,"X":"\#(x)""#, #""X":"\#(x)""#, #""X":"A","x":"\#(x)""#,
      ]
      var parts = [
        places.randomElement(using: &random) ?? "", #""y":\#(y)"#, #""n":\#(nested)"#, #""eventSource":"s""#,
        #""eventName":"n""#,
      ]
      parts.shuffle(using: &random)
      events.append("{\(parts.joined(separator: ","))}")
    }
    let fields = [["x", "X"], ["y"], ["n.z", "N"]].map { paths in
      FieldRequest(name: paths[0], paths: paths.map { FieldPath($0) }, form: .text, type: .string)
    }
    let logs = try TemporaryLogs(text: ["log": events.joined(separator: "\n")])
    for _ in 0..<20 {
      let predicate = Self.randomPredicate(depth: 3, &random)
      let expected = rows.filter { row in
        Self.holds(predicate, [row["x"] ?? "", row["y"] ?? "", row["z"] ?? ""])
      }
      let (table, report) = logs.load(fields, predicate: predicate)
      #expect(table.texts("x") == expected.map { $0["x"] ?? "" }, "\(predicate)")
      #expect(table.texts("n.z") == expected.map { $0["z"] ?? "" }, "\(predicate)")
      #expect(report.eventsRead == 60)
    }
  }

  static func randomPredicate(depth: Int, _ random: inout SeededGenerator) -> RecordPredicate {
    let tests: [FieldTest] = [
      .equalsAny(["A"], ignoringCase: true), .equalsAny(["A", "B"], ignoringCase: false), .isEmpty,
      .isNotEmpty,
      .contains("c", ignoringCase: true),
    ]
    let kind = depth == 0 ? 3 : Int.random(in: 0...4, using: &random)
    let parts = (0..<Int.random(in: 1...3, using: &random)).map { _ in
      kind < 2 ? randomPredicate(depth: depth - 1, &random) : .unknown
    }
    switch kind {
    case 0: return .and(parts)
    case 1: return .or(parts)
    case 2: return .not(randomPredicate(depth: depth - 1, &random))
    default:
      return .test(Int.random(in: 0...2, using: &random), tests.randomElement(using: &random) ?? .isEmpty)
    }
  }

  static func holds(_ predicate: RecordPredicate, _ row: [String]) -> Bool {
    switch predicate {
    case .and(let parts): return parts.allSatisfy { holds($0, row) }
    case .or(let parts): return parts.contains { holds($0, row) }
    case .not(let part): return !holds(part, row)
    case .unknown: return true
    case .test(let field, let test):
      var text = row[field]
      return text.withUTF8 { test.certainty($0) } == .isTrue
    }
  }

  // MARK: - Order, several tables, limits

  @Test func `rows and dictionaries do not depend on the number of threads`() throws {
    var files: [String: String] = [:]
    for file in 0..<23 {
      let events = (0..<(file * 37 % 50 + 1)).map {
        TemporaryLogs.event("E\(($0 * 7 + file) % 13)", extra: #","requestParameters":{"f":\#(file)}"#)
      }
      files["folder\(file % 3)/\(file).json"] = "{\"Records\":[\(events.joined(separator: ","))]}"
    }
    let logs = try TemporaryLogs(text: files)
    var seen: [[[Value]]] = []
    var dictionaries: [[String]] = []
    for threads in [1, 2, 5] {
      var options = LoadOptions()
      options.threads = threads
      let (table, _) = logs.load(options: options)
      seen.append((0..<table.rowCount).map { table.row($0) })
      guard case .string(let column) = table.columns[1] else { continue }
      dictionaries.append((0..<column.dictionary.count).map { column.dictionary.text(UInt32($0)) })
    }
    #expect(seen[0].count > 100)
    #expect(seen[0] == seen[1] && seen[1] == seen[2])
    #expect(Set(dictionaries).count == 1)
  }

  @Test func `one pass serves several tables and routes each record`() throws {
    let signIn = LogSource(
      name: "SigninLogs", columns: [], shapes: [[.equals("category", ["SignInLogs"]), .has("properties")]],
      time: ["time"])
    let envelope =
      #"{"time":"2024-05-05T00:00:00Z","category":"SignInLogs","properties":{"userPrincipalName":"u@x"}}"#
    let audit = #"{"time":"2024-05-06T00:00:00Z","category":"AuditLogs","properties":{}}"#
    let logs = try TemporaryLogs(text: [
      "mixed": [TemporaryLogs.event("A"), envelope, audit].joined(separator: "\n")
    ])
    let user = FieldRequest(
      name: "u", paths: ["UserPrincipalName", "properties.userPrincipalName"], form: .text, type: .string)
    let requests = [
      LoadRequest(source: TemporaryLogs.cloudTrail, fields: TemporaryLogs.fields),
      LoadRequest(source: signIn, fields: [user]),
      LoadRequest(
        source: signIn, fields: [user], predicate: .test(0, .equalsAny(["v@x"], ignoringCase: true))),
    ]
    let (tables, report) = load(FileDiscovery.files(below: [logs.folder]), requests: requests)
    #expect(tables.map(\.rowCount) == [1, 1, 0])
    #expect(tables[1].texts("u") == ["u@x"])
    #expect(report.eventsRead == 2 && report.otherRecords == 1)
    #expect(report.eventsBySource == ["AWSCloudTrail": 1, "SigninLogs": 1])
    #expect(report.latest == Ticks.make(year: 2024, month: 5, day: 5))
  }

  @Test func `CSV rows are records by the names in the header`() throws {
    let text =
      "\u{FEFF}eventTime,eventSource,EventName,userIdentity.arn,\"odd, name\"\r\n"
      + "2024-01-01T00:00:00Z,s,\"a \"\"quoted\"\" name\",arn,1\r\n"
      + "2024-01-02T00:00:00Z,s,\"two\nlines\",,2\r\nshort,row\n"
    let source = LogSource(name: "T", columns: [], shapes: [[.has("eventSource")]], time: ["eventTime"])
    let logs = try TemporaryLogs(text: ["t.csv": text])
    let (table, report) = logs.load(source: source)
    #expect(table.texts("EventName") == ["a \"quoted\" name", "two\nlines"])
    #expect(table.texts("UserIdentityArn") == ["arn", ""])
    #expect(report.rejected == 1)
    #expect(report.firstRejected?.reason == "the row has 2 cells, the header 5")
    #expect(report.latest == Ticks.make(year: 2024, month: 1, day: 2))
  }

  @Test func `files beyond a limit and unreadable files are refused by name`() throws {
    let logs = try TemporaryLogs(text: [
      "big": TemporaryLogs.event("A", extra: ",\"x\":\"\(String(repeating: "y", count: 5000))\"")
    ])
    try logs.write("bomb.gz", ZlibReference.deflate([UInt8](repeating: 0x20, count: 3_000_000), level: 9))
    try logs.write("fine", Array(TemporaryLogs.event("B").utf8))
    try FileManager.default.createSymbolicLink(atPath: logs.path("loop"), withDestinationPath: logs.folder)
    try FileManager.default.createSymbolicLink(atPath: logs.path("dangling"), withDestinationPath: "/nowhere")
    var options = LoadOptions()
    options.limits.bytes = 4096
    options.limits.ratioFreeBytes = 1 << 16
    let (table, report) = logs.load(options: options)
    #expect(table.texts("EventName") == ["B"])
    #expect(Set(report.unreadable.map(\.path)) == [logs.path("big"), logs.path("dangling")])
    #expect(report.unreadable.contains { $0.reason == "larger than the limit of 4096 bytes" })
    #expect(report.unreadable.contains { $0.reason == "no such file or directory" })
    #expect(report.damaged.map(\.path) == [logs.path("bomb.gz")])
    #expect(report.limited.count == 2)
    let missing = load(FileDiscovery.files(below: ["/no/such/place"]), requests: [])
    #expect(missing.report.unreadable.map(\.path) == ["/no/such/place"])
  }

  @Test func `a row limit keeps the first rows and still sees every event`() throws {
    let events = (0..<50).map { TemporaryLogs.event("E\($0)", minute: $0) }.joined(separator: "\n")
    let logs = try TemporaryLogs(text: ["a": events, "b": events])
    var request = LoadRequest(source: TemporaryLogs.cloudTrail, fields: TemporaryLogs.fields)
    request.rowLimit = 3
    let (tables, report) = load(FileDiscovery.files(below: [logs.folder]), requests: [request])
    #expect(tables[0].texts("EventName") == ["E0", "E1", "E2"])
    #expect(report.eventsRead == 100)
  }

  @Test(arguments: [1000, 1001, 1777, 4096])
  func `a large file of lines is read in parts without loss`(partBytes: Int) throws {
    let events = (0..<300).map { index in
      let padding = String(repeating: "p", count: index == 150 ? 9000 : index % 97)
      return TemporaryLogs.event("E\(index)", minute: index % 60, extra: ",\"x\":\"\(padding)\"")
    }
    for ending in ["", "\n"] {
      var lines = events
      lines[200] = "{broken"
      let logs = try TemporaryLogs(text: ["log": lines.joined(separator: "\n") + ending])
      var options = LoadOptions()
      options.partBytes = partBytes
      let (table, report) = logs.load(options: options)
      #expect(table.texts("EventName") == (0..<300).filter { $0 != 200 }.map { "E\($0)" })
      #expect(report.eventsRead == 299 && report.rejected == 1 && report.filesRead == 1)
      #expect(report.firstRejected?.offset == lines[..<200].reduce(0) { $0 + $1.utf8.count + 1 } + 1)
    }
  }

  @Test func `deep nesting, long lines and wide values are handled`() throws {
    let deep = String(repeating: "{\"a\":", count: 100_000) + "1" + String(repeating: "}", count: 100_000)
    let long = String(repeating: "x", count: 5_000_000)
    let text = [
      TemporaryLogs.event("A"), TemporaryLogs.event("Deep", extra: ",\"requestParameters\":\(deep)"),
      TemporaryLogs.event("Long", extra: ",\"requestParameters\":\"\(long)\""),
    ].joined(separator: "\n")
    let logs = try TemporaryLogs(text: ["log": text])
    let (table, report) = logs.load()
    #expect(table.texts("EventName") == ["A", "Deep", "Long"])
    #expect(table.texts("RequestParameters").map(\.utf8.count) == [0, 0, 5_000_000])
    #expect(report.damaged.map(\.reason) == [WalkResult.Damage.malformedInside])
  }

  @Test(arguments: 1...60)
  func `damaged files never trap`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let (_, text) = FramingTests.shapes[seed % FramingTests.shapes.count]
    var bytes = Array(text.utf8)
    if seed % 2 == 0 { bytes = ZlibReference.deflate(bytes, level: 6) }
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      bytes[place] = seed % 3 == 0 ? 0x7B : UInt8.random(in: 0...255, using: &random)
    }
    if seed % 5 == 0 { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
    let logs = try TemporaryLogs(["log": bytes])
    let (table, report) = logs.load()
    #expect(table.rowCount <= 3)
    #expect(table.rowCount == report.eventsRead)
  }
}
