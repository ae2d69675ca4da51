import Testing

@testable import Engine

/// Files inside of files: each is a file under its own name, and nothing that can be read is lost.
@Suite struct ArchiveTests {
  private static let a = Array("{\"Records\":[\(TemporaryLogs.event("A"))]}".utf8)
  private static let b = Array((TemporaryLogs.event("B", minute: 1) + "\n").utf8)
  private static let c = Array(TemporaryLogs.event("C", minute: 2).utf8)
  private static let longName = String(repeating: "n", count: 80) + "/" + String(repeating: "m", count: 60)

  private static func gzip(_ bytes: [UInt8]) -> [UInt8] { ZlibReference.deflate(bytes, level: 6) }

  private static var members: [(name: String, bytes: [UInt8])] {
    [("z/a.json", a), ("b.json.gz", gzip(b)), ("\(longName)", c)]
  }

  private static let archives: [(name: String, bytes: [UInt8])] = [
    ("logs.zip", ArchiveWriter.zip(members)), ("stored.zip", ArchiveWriter.zip(members, deflates: false)),
    ("logs.tar", ArchiveWriter.tar(members)), ("logs.tar.gz", gzip(ArchiveWriter.tar(members))),
  ]

  private static let source = LogColumn("File", .string, [.file]).request

  @Test(arguments: archives.indices)
  func `the files in an archive are read under their own names`(index: Int) throws {
    let (name, bytes) = Self.archives[index]
    let logs = try TemporaryLogs([name: bytes])
    let (table, report) = logs.load(TemporaryLogs.fields + [Self.source])
    #expect(table.texts("EventName") == ["A", "B", "C"])
    let path = logs.path(name)
    #expect(table.texts("File") == ["\(path)/z/a.json", "\(path)/b.json.gz", "\(path)/\(Self.longName)"])
    #expect(report.filesRead == 3 && report.filesFound == 1)
    #expect(report.damaged.isEmpty && report.skipped.isEmpty && report.unreadable.isEmpty)
  }

  @Test func `archives in archives are opened, to a depth`() throws {
    var bytes = ArchiveWriter.zip([("a.json", Self.a)])
    bytes = ArchiveWriter.zip([("in.tar.gz", Self.gzip(ArchiveWriter.tar([("x.zip", bytes)])))])
    let logs = try TemporaryLogs(["out.zip": bytes])
    let (table, report) = logs.load(TemporaryLogs.fields + [Self.source])
    #expect(table.texts("File") == [logs.path("out.zip/in.tar.gz/x.zip/a.json")])
    #expect(report.damaged.isEmpty)
    for _ in 0..<4 { bytes = Self.gzip(bytes) }
    let deep = try TemporaryLogs(["deep": bytes]).load().report
    #expect(deep.unreadable.map(\.reason) == ["packed more than 6 times over"])
  }

  @Test func `rows come in the order of what is inside, among other files`() throws {
    let logs = try TemporaryLogs([
      "x.zip": ArchiveWriter.zip([("c", Self.c), ("a", Self.a)]), "a.json": Self.b,
    ])
    #expect(logs.load().table.texts("EventName") == ["A", "B", "C"])
    var request = LoadRequest(source: TemporaryLogs.cloudTrail, fields: TemporaryLogs.fields)
    var options = LoadOptions()
    options.stopsWhenFull = true
    for limit in 1...3 {
      request.rowLimit = limit
      let found = FileDiscovery.files(below: [logs.folder])
      let table = load(found, requests: [request], options: options).tables[0]
      #expect(table.texts("EventName") == Array(["A", "B", "C"].prefix(limit)))
    }
  }

  @Test func `names say nothing of places outside`() throws {
    let names = ["../../etc/a", "/abs/b", "C:\\x\\c", "./d/../e", ".."]
    #expect(
      names.map { MemberName.safe($0.utf8) } == ["etc/a", "abs/b", "C:/x/c", "d/e", "(no name)"])
    let logs = try TemporaryLogs(["x.zip": ArchiveWriter.zip([("../../evil", Self.a)])])
    #expect(logs.load([Self.source]).table.texts("File") == [logs.path("x.zip/evil")])
  }

  @Test func `what cannot be read in an archive is named, and the rest is read`() throws {
    let logs = try TemporaryLogs([
      "secret.zip": ArchiveWriter.zip([("a.json", Self.a)], flags: 1),
      "method.zip": ArchiveWriter.zip([("a.json", Self.a)], method: 14),
      "link.tar": ArchiveWriter.tar([("a.json", [])], kind: 0x32), "empty.zip": ArchiveWriter.zip([]),
      "log.json.lz4": [0x04, 0x22, 0x4D, 0x18] + Self.a, "log.7z": [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C],
      "z.json": Self.b, "no.zip": Self.a.prefix(20) + [], "readme.zip": ArchiveWriter.zip([("r", [0x41])]),
    ])
    let (table, report) = logs.load()
    #expect(table.texts("EventName") == ["B"])
    func said(_ places: [(path: String, reason: String)]) -> [String] {
      places.map { $0.path.dropFirst(logs.folder.count + 1) + ": " + $0.reason.prefix(30) }
    }
    #expect(
      said(report.unreadable) == [
        "log.7z: a 7z archive, which is not rea",
        "method.zip/a.json: compressed by method 14 (LZMA)",
        "secret.zip/a.json: encrypted, which is not read; ",
      ])
    #expect(
      said(report.skipped) == [
        "empty.zip: zip archive without files", "link.tar/a.json: neither a file nor a folder",
        "readme.zip/r: neither JSON nor CSV with colu",
      ])
    #expect(report.damaged.map(\.path) == [logs.path("log.json.lz4"), logs.path("no.zip")])
  }

  @Test(arguments: archives.indices)
  func `a cut archive keeps the files before the cut`(index: Int) throws {
    let (name, bytes) = Self.archives[index]
    let whole = ArchiveWriter.zip([("first", Self.a), ("second", Self.c + Self.c + Self.c)])
    let cut = index < 2 ? Array(whole.prefix(whole.count - 170)) : Array(bytes.prefix(bytes.count / 2))
    let logs = try TemporaryLogs([name: cut])
    let (table, report) = logs.load()
    #expect(table.texts("EventName").first == "A", "\(name)")
    #expect(report.damaged.contains { $0.path == logs.path(name) }, "\(name) \(report.damaged)")
  }

  @Test func `a tar archive without its end is damaged, wherever it ends`() throws {
    let whole = ArchiveWriter.tar([("a.json", Self.a), ("b.json", Self.b)])
    for end in stride(from: 512, through: whole.count - 1024, by: 64) {
      let (table, report) = try TemporaryLogs(["x.tar": Array(whole.prefix(end))]).load()
      #expect(report.damaged.contains { $0.path.hasSuffix("x.tar") }, "\(end)")
      if end >= 1024 { #expect(table.texts("EventName").first == "A", "\(end)") }
    }
    #expect(try TemporaryLogs(["x.tar": Array(whole.dropLast(512))]).load().report.damaged.isEmpty)
  }

  @Test(arguments: ["a.bz2", "a.xz", "a.lz4", "a.tar.xz", "a.tgz", "a.json.bz2"])
  func `a file that is not what its name says is damaged`(name: String) throws {
    let logs = try TemporaryLogs([name: [1, 2, 3, 4, 5, 6], "z.json": Self.b])
    let (table, report) = logs.load()
    #expect(table.texts("EventName") == ["B"] && report.damaged.map(\.path) == [logs.path(name)])
  }

  @Test(arguments: ["a.tar.gz", "a.tgz", "a.zip.gz"])
  func `what comes out of a file is what its name says, or damaged`(name: String) throws {
    let gzip = ZlibReference.deflate([1, 2, 3] + Self.a, level: 6)
    let logs = try TemporaryLogs([name: gzip, "z.json": Self.b])
    let (table, report) = logs.load()
    #expect(table.texts("EventName") == ["B"] && report.damaged.map(\.path) == [logs.path(name)])
    let plain = try TemporaryLogs([name: ZlibReference.deflate(Self.a, level: 6)])
    #expect(plain.load().report.damaged.isEmpty)
  }

  @Test func `a changed byte is found by the checksum, and the file is named`() throws {
    var bytes = ArchiveWriter.zip([("a.json", Self.a), ("b.json", Self.b)], deflates: false)
    let place = try #require(bytes.firstIndex(of: UInt8(ascii: "A")))
    bytes[place] = UInt8(ascii: "X")
    let logs = try TemporaryLogs(["x.zip": bytes])
    let (table, report) = logs.load()
    #expect(table.texts("EventName") == ["X", "B"])
    #expect(report.damaged.map(\.reason) == ["zip checksum does not match"])
    #expect(report.damaged.map(\.path) == [logs.path("x.zip/a.json")])
  }

  @Test func `a bomb ends at the limit of the whole file, however it is parted`() throws {
    let zeros = Self.a + [UInt8](repeating: 0x20, count: 1 << 20)
    let many = (0..<20).map { ("\($0).json", zeros) }
    let logs = try TemporaryLogs(["x.zip": ArchiveWriter.zip(many)])
    var options = LoadOptions()
    options.limits.ratioFreeBytes = 3 << 20
    options.limits.ratio = 2
    let (table, report) = logs.load(options: options)
    #expect(table.rowCount == 3)
    #expect(report.limited.count >= 17 && report.limited[0].reason.hasPrefix("decompressed size exceeds"))
  }

  @Test(arguments: 1...6)
  func `mutated archives are read within their bounds`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(4100 + seed))
    let unpacker = FileUnpacker(FileLimits())
    for _ in 0..<200 {
      var bytes = Self.archives[Int.random(in: 0..<Self.archives.count, using: &random)].bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0...3, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.removeSubrange(place...)
        case 2: bytes.insert(contentsOf: bytes[place...].prefix(60), at: place)
        default: bytes[place] = 0xFF
        }
      }
      let input = try #require(GuardedBytes(bytes, behind: PaddedBuffer.padding))
      var count = 0
      unpacker.open(input.buffer, "x") { content in
        count += content.bytes.reduce(0) { $0 &+ Int($1) }
      }
      #expect(count >= 0)
    }
  }
}
