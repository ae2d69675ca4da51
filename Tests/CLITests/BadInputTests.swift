import Foundation
import Testing

/// Whatever is wrong with a log or a query: a clear message with its place, no trap, and nothing else lost.
@Suite struct BadInputTests {
  let folder: TemporaryFolder
  /// Two events.
  let good: String

  init() throws {
    folder = try TemporaryFolder()
    good = try folder.writeEvents("good.json", ["SendEmail", "Publish"])
  }

  private func count(_ logs: String..., options: [String] = []) throws -> TrawlProcess {
    try TrawlProcess.run(["query", "AWSCloudTrail | count", "--format", "csv"] + options + logs)
  }

  // MARK: - Logs

  @Test func `a gzip that is cut in the middle gives the events before the cut`() throws {
    let whole = try Data(
      contentsOf: URL(fileURLWithPath: Repository.path("examples/bursts/sns/cloudtrail.json.gz")))
    let cut = try folder.write("cut.json.gz", whole.prefix(whole.count / 2))
    let result = try count(cut, good)
    #expect(result.exitCode == 4)
    let rows = try #require(result.output.split(separator: "\n").last.flatMap { Int($0) })
    #expect(rows > 50 && rows < 203)
    #expect(result.error.contains("damaged: \(cut) at byte \(whole.count / 2): gzip data is cut off"))
    let allowed = try count(cut, good, options: ["--allow-partial"])
    #expect(allowed.exitCode == 0)
    #expect(allowed.output == result.output)
  }

  @Test func `a gzip with a wrong checksum is named`() throws {
    var bytes = try Data(
      contentsOf: URL(fileURLWithPath: Repository.path("examples/bursts/sns/cloudtrail.json.gz")))
    bytes[bytes.count - 6] ^= 0xFF
    let result = try count(try folder.write("changed.json.gz", bytes), good)
    #expect(result.exitCode == 4)
    #expect(result.error.contains("changed.json.gz"))
  }

  @Test func `a name with terminal escapes and line ends is shown escaped`() throws {
    let name = "bad\u{1B}[31m\nname.json"
    try folder.write(name, "no events")
    let result = try count(folder.path)
    #expect(result.error.contains("bad\\u{1B}[31m\\nname.json: "))
    #expect(!result.error.contains("\u{1B}"))
    let missing = try count(folder.path + "/\u{1B}]0;t\u{7}")
    #expect(missing.exitCode == 3)
    #expect(missing.error.contains("\\u{1B}]0;t\\u{7}"))
    let query = try TrawlProcess.run("query", "--file", "/\u{1B}[2J.kql")
    #expect(query.exitCode == 3 && !query.error.contains("\u{1B}"))
  }

  @Test func `a name that is not UTF-8 is named as unreadable`() throws {
    let path = Array(folder.path.utf8) + Array("/bad".utf8) + [0xFF] + Array(".json".utf8) + [0]
    let isMade = path.withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { name in
        guard let start = name.baseAddress, let file = fopen(start, "w") else { return false }
        return fclose(file) == 0
      }
    }
    // Some file systems take no such name.
    guard isMade else { return }
    let result = try count(folder.path)
    #expect(result.exitCode == 4)
    #expect(result.output == "Count\n2\n")
    #expect(result.error.contains("the name is not UTF-8; rename the file"))
  }

  @Test(arguments: [("a,b\n", Int32(0)), ("[]", 0), ("\u{1}\u{2}nonsense", 3), ("{\"a\":", 3), ("", 3)])
  func `a named table may be empty but must be one`(text: String, exitCode: Int32) throws {
    let path = try folder.write("table.txt", text)
    let result = try TrawlProcess.run("query", "--table", "X=\(path)", "X | count")
    #expect(result.exitCode == exitCode, "\(result.error)")
  }

  @Test func `the rows of a CSV table are counted also where no column is read`() throws {
    try folder.write("tables/one.csv", "a,b\n1,2\n3,4\n")
    try folder.write("tables/two.csv", "b\n5\n")
    for (query, rows) in [
      ("X | count", "Count\n3\n"), ("X | summarize n=count(), k=countif(a == \"1\")", "n,k\n3,1\n"),
    ] {
      let result = try TrawlProcess.run(
        "query", "--format", "csv", "--table", "X=\(folder.path)/tables", query)
      #expect(result.output == rows, "\(result.error)")
      #expect(result.exitCode == 0)
    }
  }

  @Test func `an empty file is skipped with the reason`() throws {
    let empty = try folder.write("empty.json", "")
    let result = try count(empty, good)
    #expect(result.exitCode == 0)
    #expect(result.output == "Count\n2\n")
    #expect(result.error.contains("skipped: \(empty): empty file"))
    #expect(try count(empty).exitCode == 3)
  }

  @Test func `a binary file is skipped with the reason`() throws {
    let bytes = Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 / 7) })
    let binary = try folder.write("binary.json", bytes)
    let result = try count(binary, good)
    #expect(result.exitCode == 0)
    #expect(result.output == "Count\n2\n")
    #expect(result.error.contains("skipped: \(binary): binary file"))
  }

  @Test func `JSON that nests a hundred thousand deep costs only its field`() throws {
    let nest = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
    let deep = TemporaryFolder.event("Deep", extra: ",\"requestParameters\":\(nest)")
    let file = try folder.write("deep.json", "{\"Records\":[\(deep),\(TemporaryFolder.event("After"))]}")
    let result = try TrawlProcess.run("query", "AWSCloudTrail | project EventName", "--format", "csv", file)
    #expect(result.exitCode == 4)
    #expect(result.output == "EventName\nDeep\nAfter\n")
    #expect(result.error.contains("damaged: \(file) at byte"))
    #expect(result.error.contains("nests too deep"))
  }

  @Test func `JSON that opens a hundred thousand objects and closes none is no log`() throws {
    let file = try folder.write("open.json", String(repeating: "{\"a\":", count: 100_000))
    let result = try count(file, good)
    #expect(result.output == "Count\n2\n")
    #expect(result.error.contains(file))
  }

  @Test func `a line of 20 MB is an event like any other`() throws {
    let long = TemporaryFolder.event(
      "Long", extra: ",\"userAgent\":\"\(String(repeating: "x", count: 20_000_000))\"")
    let file = try folder.write("long.json", long + "\n" + TemporaryFolder.event("Short"))
    let result = try TrawlProcess.run(
      "query", "AWSCloudTrail | project EventName, n = strlen(UserAgent)", "--format", "csv", file)
    #expect(result.output == "EventName,n\nLong,20000000\nShort,0\n")
    #expect(result.exitCode == 0)
  }

  @Test func `a file that is not there is named, and the rest is read`() throws {
    let missing = folder.path + "/missing.json"
    let alone = try count(missing)
    #expect(alone.exitCode == 3)
    #expect(alone.error.contains("not read: \(missing): no such file or directory"))
    let beside = try count(missing, good)
    #expect(beside.exitCode == 4)
    #expect(beside.output == "Count\n2\n")
  }

  @Test func `a folder without logs is an error that says what was there`() throws {
    let readme = try folder.write("notes/readme.txt", "nothing here\n")
    let result = try count(folder.path + "/notes")
    #expect(result.exitCode == 3)
    #expect(result.error.contains("files: 0 read, 1 skipped"))
    #expect(result.error.contains(readme))
  }

  @Test func `an event that cannot be parsed costs only itself`() throws {
    let lines = [TemporaryFolder.event("First"), "{\"eventName\": tru}", TemporaryFolder.event("Last")]
    let file = try folder.write("lines.json", lines.joined(separator: "\n"))
    let result = try TrawlProcess.run("query", "AWSCloudTrail | project EventName", "--format", "csv", file)
    #expect(result.exitCode == 4)
    #expect(result.output == "EventName\nFirst\nLast\n")
    #expect(result.error.contains("1 rejected"))
  }

  // MARK: - Queries

  struct WrongQuery: CustomTestStringConvertible {
    var language = "kql"
    var text: String
    var slug: String
    /// Column, from 1.
    var column: Int
    /// What the message advises.
    var help: String

    var testDescription: String { text }
  }

  static let wrongQueries = [
    WrongQuery(
      text: #"AWSCloudTrail | where EvntName == "x""#, slug: "unknown-column", column: 23, help: "`EventName`"
    ),
    WrongQuery(
      text: "AWSCloudTrail | extend a = tolowr(EventName)", slug: "unknown-function", column: 28,
      help: "`tolower`"),
    WrongQuery(
      text: #"AWSCloudTrail | where EventName = "x""#, slug: "single-equals", column: 33, help: "`==`"),
    WrongQuery(
      text: #"AWSCloudTrail | where EventName == "x"#, slug: "unclosed-string", column: 36,
      help: "close it with"),
    WrongQuery(
      text: "AWSCloudTrail | stats count by EventName", slug: "unknown-operator", column: 17,
      help: "`summarize`"),
    WrongQuery(text: "AWSCloudTrial | count", slug: "unknown-table", column: 1, help: "`AWSCloudTrail`"),
    WrongQuery(
      language: "spl", text: "index=* | summarize count() by EventName", slug: "unknown-command", column: 11,
      help: "SPL has `stats`"),
    WrongQuery(
      language: "spl", text: "eventName=* | eval a=lowr(b)", slug: "unknown-function", column: 22,
      help: "`lower`"),
  ]

  @Test(arguments: wrongQueries)
  func `a wrong query is refused at its place, with what would work`(_ query: WrongQuery) throws {
    let result = try TrawlProcess.run("query", "-l", query.language, query.text, good)
    #expect(result.exitCode == 2)
    #expect(result.output.isEmpty)
    #expect(result.error.hasPrefix("error[\(query.slug)]: "), "\(result.error)")
    #expect(result.error.contains("--> <query>:1:\(query.column)\n"), "\(result.error)")
    let help = result.error.split(separator: "\n").filter { $0.contains("= help: ") }
    #expect(help.contains { $0.contains(query.help) }, "\(result.error)")
  }

  @Test func `a query file is named by its path and line`() throws {
    let file = try folder.write("wrong.kql", "AWSCloudTrail\n| where EvntName == \"x\"\n")
    let result = try TrawlProcess.run("query", "--file", file, good)
    #expect(result.exitCode == 2)
    #expect(result.error.contains("--> \(file):2:9\n"))
  }

  @Test func `the wrong case of a column is a warning, and an error when strict`() throws {
    let query = "AWSCloudTrail | summarize count() by SourceIPAddress"
    let lenient = try TrawlProcess.run("query", query, good)
    #expect(lenient.exitCode == 0)
    #expect(lenient.error.contains("warning[column-case]"))
    let strict = try TrawlProcess.run("query", query, good, "--strict")
    #expect(strict.exitCode == 2)
    #expect(strict.error.contains("error["))
    #expect(strict.output.isEmpty)
  }

  @Test func `cells cannot drive the terminal`() throws {
    let file = try folder.write(
      "escape.json", TemporaryFolder.event("Red", extra: #","userAgent":"\u001b[31mred\u202e""#))
    let result = try TrawlProcess.run("query", "AWSCloudTrail | project UserAgent", file)
    #expect(result.exitCode == 0)
    #expect(!result.output.unicodeScalars.contains("\u{1B}"))
    #expect(!result.output.unicodeScalars.contains("\u{202E}"))
  }
}
