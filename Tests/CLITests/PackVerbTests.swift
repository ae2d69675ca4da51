import Foundation
import Testing

/// Packed logs: the same rows as of the logs they were made of, whatever is asked, and a folder that comes through
/// changes and broken runs.
@Suite struct PackVerbTests {
  private static func sorted(_ text: String) -> [Substring] { text.split(separator: "\n").sorted() }

  /// Every shipped rule over the examples.
  @Test func `rules find the same in packed logs`() throws {
    let folder = try TemporaryFolder()
    let packed = "\(folder.path)/packed"
    let made = try TrawlProcess.run("pack", Repository.path("examples"), "--out", packed)
    #expect(made.exitCode == 0 || made.exitCode == 4, "\(made.error)")
    let rules = Repository.path("rules")
    let options = ["--now", "2026-06-30T00:00:00Z", "--format", "ndjson", "--allow-partial"]
    let plain = try TrawlProcess.run(["run", rules, "--logs", Repository.path("examples")] + options)
    let found = try TrawlProcess.run(["run", rules, "--logs", packed] + options)
    #expect(Self.sorted(found.output) == Self.sorted(plain.output))
    #expect(!plain.output.isEmpty)
  }

  /// Events that are unlike what the columns say.
  private static let odd = [
    #"{"eventVersion":"1.08","eventTime":"2026-03-02T10:00:00Z","eventName":"A","eventSource":"s","responseElements":null}"#,
    #"{"eventVersion":"1.08","eventTime":"2026-03-02T10:00:01Z","eventName":"B \"q\" \u00e9","eventSource":"s","readOnly":"true"}"#,
    #"{"eventVersion":1.08,"eventTime":"2026-03-02T10:00:02.5Z","eventName":"C","eventSource":null,"addendum":{"reason":"x"}}"#,
    #"{"eventVersion":"1.08","eventTime":"2026-03-03T10:00:03Z","eventName":"D","userIdentity":{"arn":"x","userName":null,"more":{"a":[1,2]}}}"#,
    #"{"eventVersion":"1.08","eventTime":"never","eventName":"E","requestParameters":"text","tlsDetails":{"tlsVersion":"TLSv1.3"}}"#,
    #"{"eventVersion":"1.08","eventTime":"2026-03-02T10:00:05Z","eventName":"F","requestParameters":{"userName":"u","n":7,"tags":[{"k":"a"},{"k":"b"}]},"EventName":"G"}"#,
    #"{"eventVersion":"1.08","eventTime":"2026-03-02T10:00:06Z","eventName":"","userIdentity":null,"requestParameters":{"a":"\u20ac"}}"#,
    #"{"eventVersion":"1.08","eventTime":"2026-03-02T10:00:07Z","eventName":"H","userIdentity":{"sessionContext":{"attributes":{"mfaAuthenticated":"true","creationDate":"2026-03-02T09:00:00Z"}}}}"#,
  ]

  private static let questions: [[String]] = [
    ["AWSCloudTrail"],
    ["AWSCloudTrail | where EventName == 'A' | project ResponseElements, TimeGenerated"],
    ["AWSCloudTrail | where isempty(EventSource) | project EventName, EventVersion, ReadOnly"],
    ["AWSCloudTrail | where TimeGenerated > datetime(2026-03-02T10:00:04Z) | project EventName, CidrIp"],
    ["AWSCloudTrail | extend p = parse_json(RequestParameters) | project EventName, p.userName, p.tags[1].k"],
    [
      "-l", "spl",
      "sourcetype=aws:cloudtrail | table eventName eventSource eventVersion responseElements readOnly",
    ],
    ["-l", "spl", "sourcetype=aws:cloudtrail | table _raw source eventTime"],
    [
      "-l", "spl",
      "sourcetype=aws:cloudtrail eventName=* userIdentity.arn=x | table userIdentity.more.a{} userIdentity.userName",
    ],
    ["-l", "spl", "sourcetype=aws:cloudtrail addendum.reason=x | table eventName addendum.reason"],
    [
      "-l", "spl",
      "sourcetype=aws:cloudtrail requestParameters.tags{}.k=b | table requestParameters.n EventName",
    ],
    [
      "-l", "spl",
      "sourcetype=aws:cloudtrail responseElements=null OR eventSource=null | stats count by eventName",
    ],
    ["-l", "spl", "sourcetype=aws:cloudtrail TLSv1.3 | stats count"],
    [
      "-l", "spl",
      "sourcetype=aws:cloudtrail | stats count by userIdentity.sessionContext.attributes.mfaAuthenticated",
    ],
    ["-l", "spl", "--view", "addon", "sourcetype=aws:cloudtrail | stats count by user_arn src status"],
  ]

  @Test(arguments: questions.indices)
  func `events of any shape give the same rows when they are packed`(number: Int) throws {
    let question = Self.questions[number]
    let folder = try TemporaryFolder()
    let logs = try folder.write("logs/odd.json", Self.odd.joined(separator: "\n"))
    let packed = "\(folder.path)/packed"
    _ = try TrawlProcess.run("pack", logs, "--out", packed)
    let options = ["--format", "ndjson", "--allow-partial", "--now", "2026-03-04T00:00:00Z"]
    let plain = try TrawlProcess.run(["query"] + question + [logs] + options)
    let found = try TrawlProcess.run(["query"] + question + [packed] + options)
    #expect(Self.sorted(found.output) == Self.sorted(plain.output), "\(question): \(found.error)")
    #expect(found.error.contains("events: 8 read"), "\(found.error)")
  }

  @Test func `only what is new or changed is read again`() throws {
    let folder = try TemporaryFolder()
    try folder.writeEvents("logs/a.json", ["A", "A"])
    try folder.writeEvents("logs/b.json", ["B"])
    let packed = "\(folder.path)/packed"
    func pack() throws -> TrawlProcess {
      try TrawlProcess.run("pack", "\(folder.path)/logs", "--out", packed)
    }
    func count() throws -> String {
      try TrawlProcess.run(
        "query", "AWSCloudTrail | summarize count() by EventName | order by EventName asc", packed,
        "--format", "csv"
      ).output
    }
    #expect(try pack().error.contains("packed: 3 events of 2 files; 0 unchanged"))
    #expect(try count() == "EventName,count_\nA,2\nB,1\n")
    let again = try pack()
    #expect(again.error.contains("packed: 0 events of 0 files; 2 unchanged"), "\(again.error)")
    try folder.writeEvents("logs/a.json", ["A", "A", "C"])
    try folder.writeEvents("logs/d.json", ["D"])
    #expect(try pack().error.contains("packed: 4 events of 2 files; 1 unchanged"))
    #expect(try count() == "EventName,count_\nA,2\nB,1\nC,1\nD,1\n")
    try FileManager.default.removeItem(atPath: "\(folder.path)/logs/b.json")
    let gone = try pack()
    #expect(gone.error.contains("1 packed before and not there any more; their events stay"), "\(gone.error)")
    #expect(try count() == "EventName,count_\nA,2\nB,1\nC,1\nD,1\n")
  }

  @Test func `what a broken run left is not read, and is gone after the next`() throws {
    let folder = try TemporaryFolder()
    try folder.writeEvents("logs/a.json", ["A", "A"])
    let packed = "\(folder.path)/packed"
    _ = try TrawlProcess.run("pack", "\(folder.path)/logs", "--out", packed)
    let part = "\(packed)/day=2026-03-02/part-000001.parquet"
    #expect(FileManager.default.fileExists(atPath: part))
    let left = "\(packed)/day=2026-03-02/part-000002.parquet"
    try FileManager.default.copyItem(atPath: part, toPath: left)
    try folder.write("packed/day=2026-03-02/.part-000003.parquet.new", "PAR1")
    let query = ["query", "AWSCloudTrail | count", packed, "--format", "csv"]
    #expect(try TrawlProcess.run(query).output == "Count\n2\n")
    let repaired = try TrawlProcess.run("pack", "\(folder.path)/logs", "--out", packed)
    #expect(repaired.error.contains("broken off"), "\(repaired.error)")
    #expect(!FileManager.default.fileExists(atPath: left))
    // A packed file that is lost is made anew.
    try FileManager.default.removeItem(atPath: part)
    #expect(try TrawlProcess.run(query).exitCode != 0)
    let anew = try TrawlProcess.run("pack", "\(folder.path)/logs", "--out", packed)
    #expect(anew.error.contains("packed: 2 events of 1 file"), "\(anew.error)")
    #expect(try TrawlProcess.run(query).output == "Count\n2\n")
  }

  @Test func `a folder with other files is left alone, and a damaged log is said each time`() throws {
    let folder = try TemporaryFolder()
    try folder.writeEvents("logs/a.json", ["A"])
    try folder.write("other/x.txt", "x")
    let refused = try TrawlProcess.run("pack", "\(folder.path)/logs", "--out", "\(folder.path)/other")
    #expect(refused.exitCode != 0)
    #expect(refused.error.contains("no folder of packed logs"), "\(refused.error)")
    try folder.write("logs/b.json", TemporaryFolder.event("B") + "\n{\"eventVersion\":")
    for _ in 0..<2 {
      let made = try TrawlProcess.run("pack", "\(folder.path)/logs", "--out", "\(folder.path)/packed")
      #expect(made.exitCode == 4, "\(made.error)")
      #expect(made.error.contains("b.json"), "\(made.error)")
    }
  }

  @Test func `rows are the same however pages are compressed`() throws {
    let folder = try TemporaryFolder()
    var sizes: [Int] = []
    for way in ["none", "snappy", "zstd"] {
      let packed = "\(folder.path)/\(way)"
      let made = try TrawlProcess.run(
        "pack", Repository.path("examples/bursts"), "--out", packed, "--compression", way)
      #expect(made.exitCode == 0, "\(made.error)")
      let query = ["AWSCloudTrail | sort by AwsEventId asc, TimeGenerated asc", "--format", "ndjson"]
      let plain = try TrawlProcess.run(["query"] + query + [Repository.path("examples/bursts")])
      let found = try TrawlProcess.run(["query"] + query + [packed])
      #expect(found.output == plain.output, "\(way)")
      let files = FileManager.default.enumerator(atPath: packed)?.compactMap { $0 as? String } ?? []
      sizes.append(
        try files.filter { $0.hasSuffix(".parquet") }.reduce(0) {
          $0 + (try Data(contentsOf: URL(fileURLWithPath: "\(packed)/\($1)")).count)
        })
    }
    #expect(sizes[0] > sizes[1] && sizes[1] > sizes[2], "\(sizes)")
    let wrong = try TrawlProcess.run("pack", folder.path, "--out", "\(folder.path)/x", "--compression", "lzo")
    #expect(wrong.exitCode == 2 && wrong.error.contains("zstd"), "\(wrong.error)")
  }

  // MARK: - Logs that change

  private static func counts(_ packed: String) throws -> String {
    try TrawlProcess.run(
      "query", "AWSCloudTrail | summarize count() by EventName | order by EventName asc", packed, "--format",
      "csv"
    ).output
  }

  /// `a.json` and `b.json` share a packed file.
  @Test(arguments: [
    "PARE\(encrypted)PARE", "", "\u{1}\u{2}\u{3}", TemporaryFolder.event("B") + "\n{\"eventVersion\":",
  ])
  func `events of a log that cannot be read any more stay`(content: String) throws {
    let folder = try TemporaryFolder()
    try folder.writeEvents("logs/a.json", ["A"])
    try folder.writeEvents("logs/b.json", ["B", "B", "B"])
    let packed = "\(folder.path)/packed"
    _ = try TrawlProcess.run("pack", "\(folder.path)/logs", "--out", packed)
    try folder.writeEvents("logs/a.json", ["A", "C"])
    try folder.write("logs/b.json", content)
    for _ in 0..<2 {
      let made = try TrawlProcess.run("pack", "\(folder.path)/logs", "--out", packed)
      #expect(made.exitCode == 4, "\(made.error)")
      #expect(
        made.error.contains("b.json") && made.error.contains("packed of it before stays"), "\(made.error)")
      #expect(!made.error.contains("what came before is packed"), "\(made.error)")
      #expect(try Self.counts(packed) == "EventName,count_\nA,1\nB,3\nC,1\n")
    }
    try folder.writeEvents("logs/b.json", ["B", "B", "B", "D"])
    #expect(try TrawlProcess.run("pack", "\(folder.path)/logs", "--out", packed).exitCode == 0)
    #expect(try Self.counts(packed) == "EventName,count_\nA,1\nB,3\nC,1\nD,1\n")
  }

  private static let encrypted = String(repeating: "\u{1}", count: 40)

  @Test func `a log is the same one however it is named`() throws {
    let folder = try TemporaryFolder()
    try folder.writeEvents("x/logs/a.json", ["A"])
    try folder.writeEvents("y/logs/a.json", ["B"])
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/x/link", withDestinationPath: "\(folder.path)/x/logs")
    let packed = "\(folder.path)/packed"
    func pack(_ name: String, in place: String) throws -> String {
      try TrawlProcess.shell("\"$0\" pack \(name) --out \(packed)", in: "\(folder.path)/\(place)").error
    }
    #expect(try pack("logs", in: "x").contains("packed: 1 events of 1 file; 0 unchanged"))
    for name in ["./logs", "link", "link/../logs/a.json", "\(folder.path)/x/logs"] {
      #expect(try pack(name, in: "x").contains("packed: 0 events of 0 files; 1 unchanged"), "\(name)")
    }
    #expect(try pack("logs", in: "y").contains("packed: 1 events of 1 file; 0 unchanged"))
    #expect(try Self.counts(packed) == "EventName,count_\nA,1\nB,1\n")
    // Both were named `logs/a.json`.
    try folder.writeEvents("x/logs/a.json", ["A", "C"])
    #expect(try pack("link", in: "x").contains("packed: 2 events of 1 file"))
    #expect(try Self.counts(packed) == "EventName,count_\nA,1\nB,1\nC,1\n")
  }

  /// A member that nests too deep is damage of the log, not of the packed file.
  @Test func `an event that nests too deep is carried along`() throws {
    let folder = try TemporaryFolder()
    let deep = String(repeating: "[", count: 3000) + String(repeating: "]", count: 3000)
    try folder.write(
      "logs/a.json", TemporaryFolder.event("A", extra: ",\"requestParameters\":{\"x\":\(deep)}"))
    try folder.writeEvents("logs/b.json", ["B"])
    let packed = "\(folder.path)/packed"
    _ = try TrawlProcess.run("pack", "\(folder.path)/logs", "--out", packed)
    try folder.writeEvents("logs/b.json", ["B", "C"])
    let made = try TrawlProcess.run("pack", "\(folder.path)/logs", "--out", packed)
    #expect(made.error.contains("packed: 2 events of 1 file"), "\(made.error)")
    #expect(try Self.counts(packed) == "EventName,count_\nA,1\nB,1\nC,1\n")
  }

  @Test func `a packed file that lost rows is not written anew without them`() throws {
    let folder = try TemporaryFolder()
    try folder.writeEvents("logs/a.json", ["A"])
    try folder.writeEvents("logs/b.json", ["B"])
    let packed = "\(folder.path)/packed"
    _ = try TrawlProcess.run("pack", "\(folder.path)/logs", "--out", packed)
    let part = URL(fileURLWithPath: "\(packed)/day=2026-03-02/part-000001.parquet")
    var bytes = try Data(contentsOf: part)
    // In the page of the events' texts.
    let text = try #require(bytes.firstRange(of: Data("{\"eventVersion".utf8))?.lowerBound)
    for place in text - 30..<text + 10 { bytes[place] = 0xFF }
    try bytes.write(to: part)
    try folder.writeEvents("logs/b.json", ["B", "C"])
    let made = try TrawlProcess.run("pack", "\(folder.path)/logs", "--out", packed)
    #expect(made.exitCode != 0)
    #expect(made.error.contains("cannot be brought up to date"), "\(made.error)")
    #expect(FileManager.default.fileExists(atPath: part.path))
  }

  @Test func `events that are lost with a packed file and their log are said`() throws {
    let folder = try TemporaryFolder()
    try folder.writeEvents("logs/a.json", ["A"])
    try folder.writeEvents("logs/b.json", ["B"])
    let packed = "\(folder.path)/packed"
    _ = try TrawlProcess.run("pack", "\(folder.path)/logs", "--out", packed)
    try FileManager.default.removeItem(atPath: "\(packed)/day=2026-03-02/part-000001.parquet")
    try FileManager.default.removeItem(atPath: "\(folder.path)/logs/b.json")
    let made = try TrawlProcess.run("pack", "\(folder.path)/logs", "--out", packed)
    #expect(made.exitCode == 4, "\(made.error)")
    #expect(made.error.contains("b.json") && made.error.contains("those are lost"), "\(made.error)")
    #expect(try Self.counts(packed) == "EventName,count_\nA,1\n")
    #expect(try TrawlProcess.run("pack", "\(folder.path)/logs", "--out", packed).exitCode == 0)
  }

  @Test func `two packs are not at work in one folder`() throws {
    let folder = try TemporaryFolder()
    try folder.writeEvents("logs/a.json", ["A"])
    let packed = "\(folder.path)/packed"
    _ = try TrawlProcess.run("pack", "\(folder.path)/logs", "--out", packed)
    try folder.writeEvents("logs/b.json", ["B"])
    let lock = open("\(packed)/.trawl-pack.lock", O_RDWR)
    #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
    let refused = try TrawlProcess.run("pack", "\(folder.path)/logs", "--out", packed)
    close(lock)
    #expect(refused.exitCode != 0)
    #expect(refused.error.contains("another pack is at work there"), "\(refused.error)")
    #expect(try Self.counts(packed) == "EventName,count_\nA,1\n")
  }

  /// Each run adds a small file to the day, until they become one.
  @Test func `a day that is packed little by little has few files`() throws {
    let folder = try TemporaryFolder()
    let packed = "\(folder.path)/packed"
    var files: [Int] = []
    var said = 0
    for hour in 0..<12 {
      try folder.writeEvents("logs/\(hour).json", ["E\(hour)", "F"])
      let made = try TrawlProcess.run("pack", "\(folder.path)/logs", "--out", packed)
      #expect(made.exitCode == 0, "\(made.error)")
      #expect(made.error.contains("holds \(2 * hour + 2) events"), "\(made.error)")
      if made.error.contains("note: 8 small files of days that had many") { said += 1 }
      let days = try FileManager.default.contentsOfDirectory(atPath: packed).filter { $0.hasPrefix("day=") }
      files.append(
        try days.reduce(0) {
          try $0 + FileManager.default.contentsOfDirectory(atPath: "\(packed)/\($1)").count
        })
    }
    #expect(files == [1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5] && said == 1, "\(files)")
    for query in ["AWSCloudTrail | summarize n = count() by EventName", "AWSCloudTrail | count"] {
      let plain = try TrawlProcess.run("query", query, "\(folder.path)/logs", "--format", "csv")
      let found = try TrawlProcess.run("query", query, packed, "--format", "csv")
      #expect(Self.sorted(found.output) == Self.sorted(plain.output))
    }
    // What is packed is known still to be of its files of logs.
    try folder.writeEvents("logs/3.json", ["New"])
    let again = try TrawlProcess.run("pack", "\(folder.path)/logs", "--out", packed)
    #expect(again.exitCode == 0 && again.error.contains("packed: 1 events of 1 file; 11 unchanged"))
    let count = try TrawlProcess.run("query", "AWSCloudTrail | count", packed, "--format", "csv")
    #expect(count.output == "Count\n23\n")
  }

  /// The eighth run joins the files of the day, which cannot be done.
  @Test(arguments: [true, false])
  func `what is packed stays so where small files cannot be joined`(isDamaged: Bool) throws {
    let folder = try TemporaryFolder()
    let packed = "\(folder.path)/packed"
    let day = "\(packed)/day=2026-03-02"
    func pack(_ number: Int, _ options: String...) throws -> TrawlProcess {
      try folder.writeEvents("logs/\(number).json", ["E\(number)"])
      return try TrawlProcess.run(["pack", "\(folder.path)/logs", "--out", packed] + options)
    }
    for number in 1...7 { #expect(try pack(number).exitCode == 0) }
    if isDamaged {
      let part = URL(fileURLWithPath: "\(day)/part-000001.parquet")
      var bytes = try Data(contentsOf: part)
      let text = try #require(bytes.firstRange(of: Data("{\"eventVersion".utf8))?.lowerBound)
      for place in text - 30..<text + 10 { bytes[place] = 0xFF }
      try bytes.write(to: part)
    } else {
      // Nothing can be put in the place of a folder.
      try folder.write("packed/day=2026-03-02/part-000009.parquet/x", "x")
    }
    let made = try pack(8, "-q")
    #expect(made.exitCode == 0, "\(made.error)")
    #expect(made.error.contains("small files of a day were not joined: "), "\(made.error)")
    #expect(made.error.contains(isDamaged ? "part-000001.parquet" : "part-000009.parquet"), "\(made.error)")
    #expect(
      try (1...8).allSatisfy {
        try FileManager.default.contentsOfDirectory(atPath: day).contains("part-00000\($0).parquet")
      })
    let names = try TrawlProcess.run("query", "AWSCloudTrail | distinct EventName", packed, "--format", "csv")
    #expect(names.output.contains("E8"), "\(names.output)")
    if !isDamaged {
      #expect(names.exitCode == 0 && names.output.split(separator: "\n").count == 9, "\(names.output)")
      try FileManager.default.removeItem(atPath: "\(day)/part-000009.parquet")
      #expect(try pack(9).error.contains("note: 9 small files of days that had many"))
    }
  }

  @Test func `what is not packed is said`() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "logs/a.json",
      TemporaryFolder.event("A") + "\n" + #"{"kind":"other"}"# + "\n" + TemporaryFolder.event("B"))
    try folder.write("logs/b.txt", "no log")
    let packed = "\(folder.path)/packed"
    let made = try TrawlProcess.run("pack", "\(folder.path)/logs", "--out", packed)
    #expect(made.error.contains("records of other kinds, which are not packed: 1"), "\(made.error)")
    #expect(made.error.contains("skipped: ") && made.error.contains("b.txt"), "\(made.error)")
    // A log that is put there by hand is not read, and that is said.
    try folder.writeEvents("packed/new.json", ["N"])
    let found = try TrawlProcess.run("query", "AWSCloudTrail | count", packed, "--format", "csv")
    #expect(found.output == "Count\n2\n")
    #expect(
      found.error.contains("new.json: it stands among packed logs and is none of them"), "\(found.error)")
    let again = try TrawlProcess.run("pack", packed, "--out", "\(folder.path)/other")
    #expect(again.error.contains("it is packed already"), "\(again.error)")
  }
}
