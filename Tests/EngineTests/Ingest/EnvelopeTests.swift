import Foundation
import Testing

@testable import Engine

/// What stands inside of objects and texts, byte by byte.
@Suite struct EnvelopeTests {
  private static let framing = RecordFraming(
    containers: ["Records"], pages: ["events", "hits", "tables"],
    envelopes: [
      RecordEnvelope(path: ["event", "original"], holds: .text),
      RecordEnvelope(member: "event", holds: .text),
      RecordEnvelope(path: ["result"], holds: .object, passingOver: "preview"),
      RecordEnvelope(member: "data", holds: .packed),
    ],
    rows: [
      RowForm(
        "rows", tests: [[.has("Name"), .has("Source")]],
        columns: [RowColumn("Name", ["eventName"]), RowColumn("Source", ["eventSource"])])
    ], timeMembers: ["eventTime"])

  private static var source: LogSource {
    var source = TemporaryLogs.cloudTrail
    source.framing = framing
    return source
  }

  private static let a = TemporaryLogs.event("A")

  private static func load(_ text: String) throws -> (names: [String], report: LoadReport) {
    let (table, report) = try TemporaryLogs(text: ["log": text]).load(source: source)
    return (table.texts("EventName"), report)
  }

  @Test func `base64 of gzip is opened, and a cut one is damage`() throws {
    let packed = ZlibReference.deflate(Array("{\"Records\":[\(Self.a)]}\(Self.a)".utf8), level: 6)
    let (names, report) = try Self.load("{\"data\":\"\(Data(packed).base64EncodedString())\"}")
    #expect(names == ["A", "A"] && report.damaged.isEmpty)
    let plain = try Self.load(
      "{\"data\":\"\(Data(Self.a.utf8).base64EncodedString().replacing("/", with: "\\/"))\"}")
    #expect(plain.names == ["A"])
    let long = Self.a + String(repeating: " ", count: 9000) + Self.a
    let cut = ZlibReference.deflate(Array(long.utf8), level: 0).prefix(5000)
    let damaged = try Self.load("{\"data\":\"\(Data(cut).base64EncodedString())\"}")
    #expect(damaged.names == ["A"])
    #expect(damaged.report.damaged.map(\.reason) == ["inside an envelope: gzip data is cut off"])
    for text in ["{\"data\":\"?\"}", "{\"data\":\"A\"}", "{\"data\":\"AA=A\"}", "{\"data\":\"\"}"] {
      #expect(try Self.load(text).report.skipped.count == 1)
    }
  }

  @Test func `a text may be written into a text more than once`() throws {
    let once = FramingTests.quoted(Self.a)
    let twice = FramingTests.quoted(once)
    // Without the quotes of the inner text, as some loggers write it.
    let bare = FramingTests.quoted(String(once.dropFirst().dropLast()))
    for text in [once, twice, bare] {
      #expect(try Self.load("{\"event\":\(text)}").names == ["A"])
    }
    var deep = Self.a
    for _ in 0..<7 { deep = "{\"event\":\(deep)}" }
    #expect(try Self.load(deep).names == ["A"])
    for _ in 0..<4 { deep = "{\"event\":\(deep)}" }
    #expect(try Self.load(deep).report.skipped.count == 1)
  }

  @Test(
    arguments: [
      (#"a\"b\\c\/d"#, "a\"b\\c/d"), (#"\n\t\r\b\f"#, "\n\t\r\u{8}\u{C}"), (#"\u00e4\ud83e\udd16x"#, "ä🤖x"),
      (#"\ud83e"#, "\u{FFFD}"), (#"\ud83ex"#, "\u{FFFD}x"), (#"\u0041\u0042"#, "AB"), (#"\x"#, nil),
      (#"\u00g0"#, nil),
      (#"\u12"#, nil), ("", ""),
    ] as [(String, String?)])
  func `escapes are what they mean`(text: String, expected: String?) {
    let source = PaddedBuffer(Array(text.utf8))
    let value = FieldValue(kind: .escapedString, start: source.base, count: source.count)
    let buffer = PaddedBuffer(capacity: 1)
    let isWell = JSONBytes.unescape(value, into: buffer)
    #expect(isWell == (expected != nil))
    if let expected { #expect(String(decoding: buffer.bytes, as: UTF8.self) == expected) }
    #expect(JSONText.unescaped(value.bytes) == expected)
  }

  @Test(
    arguments: [
      ("{a=b, c=null, d={e=f}}", #"{"A":"b","d":{"e":"f"}}"#), ("[{a=1}, {a=2}]", #"[{"A":"1"},{"A":"2"}]"#),
      ("{a=x, y z, c=1}", #"{"A":"x, y z","c":"1"}"#), ("{a=k=v, c=}", #"{"A":"k=v","c":""}"#), ("{}", "{}"),
      ("[x, null, y]", #"["x","y"]"#), (#"{a=say "hi"}"#, #"{"A":"say \"hi\""}"#), ("{a=b", nil),
      ("{=b}", nil),
      ("{a b=c}", nil), ("text", nil), ("", nil), (String(repeating: "[", count: 5000), nil),
      (String(repeating: "{a=", count: 5000), nil),
    ] as [(String, String?)])
  func `printed structures are objects`(text: String, expected: String?) {
    let buffer = PaddedBuffer(Array(text.utf8))
    let json = StructureText.json(buffer.bytes, spelling: ["a": "A"])
    #expect(json.map { String(decoding: $0, as: UTF8.self) } == expected)
  }

  @Test func `rows written anew are no longer than the whole file allows`() throws {
    let rows = (0..<2000).map { #"{"Name":"E\#($0)","Source":"s","x":1}"# }.joined(separator: "\n")
    let (names, report) = try Self.load(rows)
    #expect(names.count == 2000 && names.last == "E1999")
    #expect(report.rejected == 0)
    let broken = try Self.load(rows + "\n{\"Name\":\"cut\",\"Sou")
    #expect(broken.names.count == 2000 && broken.report.rejected == 1)
  }

  @Test func `a foreign file costs no more than its bytes`() throws {
    let line =
      #"{"event":{"original":"x","event":{"result":{"a":[1,2,3]}}},"hits":{"hits":[]},"Name":1,"data":"AAAA"}"#
    let start = ContinuousClock.now
    let report = try Self.load([String](repeating: line, count: 30_000).joined(separator: "\n")).report
    #expect(report.skipped.count == 1)
    #expect(ContinuousClock.now - start < .seconds(30))
    let nested = String(repeating: "{\"hits\":", count: 200_000)
    _ = try Self.load(nested)
    #expect(ContinuousClock.now - start < .seconds(60))
  }

  @Test(arguments: 1...6)
  func `mutated carriers are read within their bounds`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(5200 + seed))
    let quoted = FramingTests.quoted(Self.a)
    let base64 = Data(ZlibReference.deflate(Array(Self.a.utf8), level: 6)).base64EncodedString()
    let seeds = [
      "{\"event\":\(quoted)}{\"event\":\(Self.a)}", "{\"events\":[{\"event\":{\"original\":\(quoted)}}]}",
      "{\"preview\":true,\"result\":\(Self.a)}\n{\"preview\":false,\"result\":\(Self.a)}",
      "[\(quoted),\(quoted)]",
      "{\"data\":\"\(base64)\"}",
      #"{"tables":[{"columns":[{"name":"Name"},{"name":"Source"}],"rows":[["A","s"]]}]}"#,
      #"[[{"field":"event","value":\#(quoted)},{"field":"x","value":"y"}]]"#,
      "{\"hits\":{\"hits\":[{\"event\":\(quoted)}]}}", #"{"Name":"A","Source":"s","deep":{"x":[1]}}"#,
    ].map { Array($0.utf8) }
    let plan = LoadPlan(
      [LoadRequest(source: Self.source, fields: TemporaryLogs.fields)], others: [])
    let worker = LoadWorker(plan)
    for _ in 0..<250 {
      var bytes = seeds[Int.random(in: 0..<seeds.count, using: &random)]
      for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0...4, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.removeSubrange(place...)
        case 2: bytes.insert(contentsOf: bytes[place...].prefix(60), at: place)
        case 3: bytes[place] = Array(#"{}[]",:\"#.utf8).randomElement(using: &random) ?? 0
        default: bytes += bytes.prefix(place)
        }
      }
      let text = try #require(GuardedBytes(bytes, behind: PaddedBuffer.padding))
      #expect(worker.begin("x"))
      var walker = JSONWalker(text.buffer, consumer: worker)
      let result = walker.walk()
      worker.end()
      #expect(result.taken <= bytes.count)
    }
  }

  @Test(arguments: 1...4)
  func `mutated tables are read within their bounds`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(5600 + seed))
    let cell = "\"" + Self.a.replacing("\"", with: "\"\"") + "\""
    let seeds = [
      "Name,Source,x\nA,s,\"1\"\"2\"\n\"B\",s,\n", "event,x\n\(cell),1\n\(cell),2\n", "Name\tSource\nA\ts\n",
      "# a comment\nName,Source\r\nA,s\r\n",
    ].map { Array($0.utf8) }
    let worker = LoadWorker(
      LoadPlan([LoadRequest(source: Self.source, fields: TemporaryLogs.fields)], others: []))
    for _ in 0..<250 {
      var bytes = seeds[Int.random(in: 0..<seeds.count, using: &random)]
      for _ in 0..<Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0...3, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.removeSubrange(place...)
        case 2: bytes.insert(contentsOf: bytes[place...].prefix(60), at: place)
        default: bytes[place] = Array("\",\n\t{}".utf8).randomElement(using: &random) ?? 0
        }
      }
      let text = try #require(GuardedBytes(bytes, behind: PaddedBuffer.padding))
      #expect(worker.begin("x"))
      let result = worker.walkCSV(text.buffer)
      worker.end()
      #expect(result.taken <= bytes.count)
    }
  }
}
