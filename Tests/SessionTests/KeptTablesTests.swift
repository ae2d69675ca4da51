import Diagnostics
import Engine
import Foundation
import Session
import Synchronization
import Testing

/// Counts the files that a load begins.
private final class FileCounter: Sendable {
  private let begun = Mutex<Int>(0)

  var count: Int { begun.withLock { $0 } }
  func add() { begun.withLock { $0 += 1 } }
}

/// A second question over the same columns reads no file, and gives what it would give alone.
@Suite struct KeptTablesTests {
  /// A workspace over a folder that counts the files it reads.
  private final class Logs: Sendable {
    let path: String
    private let counter = FileCounter()

    init(files: Int = 3) throws {
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent("trawl-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      path = folder.path
      for file in 0..<files { try write(file) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Six events; the regions and addresses differ from file to file.
    func write(_ file: Int, user: String = "ada", in folder: String? = nil) throws {
      let names = ["CreateUser", "DeleteUser", "SendEmail", "SendEmail", "GetObject", "CreateUser"]
      let events = names.enumerated().map { number, name in
        #"{"eventVersion":"1.09","eventTime":"2026-03-0\#(file + 1)T0\#(number):00:00Z","eventSource":"#
          + #""\#(name.hasPrefix("Send") ? "ses" : "iam").amazonaws.com","eventName":"\#(name)","#
          + #""awsRegion":"region-\#(file)","sourceIPAddress":"10.0.\#(file).\#(number)","#
          + #""userIdentity":{"arn":"arn:aws:iam::1:user/\#(user)"},"#
          + #""requestParameters":{"a":\#(number),"b":"x\#(number)"}}"#
      }
      try Data("{\"Records\":[\(events.joined(separator: ","))]}".utf8)
        .write(to: URL(fileURLWithPath: (folder ?? path) + "/\(file).json"))
    }

    var configuration: WorkspaceConfiguration {
      var configuration = WorkspaceConfiguration()
      configuration.logs = [path]
      configuration.progress = { [counter] _ in counter.add() }
      return configuration
    }

    /// The rows of a query, and how many files were read for them.
    func ask(
      _ text: String, _ language: any FrontEnd = .kql, in workspace: Workspace
    ) throws -> (rows: [String], files: Int) {
      let before = counter.count
      let query = try workspace.resolve(
        workspace.compile(SourceText(name: "<test>", text: text), language: language))
      let table = try #require(try workspace.run([query]).outcomes.first?.results.first).table
      let rows = (0..<table.rowCount).map { row in
        table.row(row).map { $0.isNull ? "-" : $0.kqlText }.joined(separator: "|")
      }
      return (rows, counter.count - before)
    }
  }

  private static let questions: [(text: String, language: any FrontEnd)] = [
    ("AWSCloudTrail | where EventName == 'SendEmail' | project EventName, AWSRegion", .kql),
    (
      "AWSCloudTrail | where EventName in ('SendEmail', 'GetObject') | project AWSRegion, SourceIpAddress",
      .kql
    ),
    ("AWSCloudTrail | where EventName == 'GetObject' | project SourceIpAddress", .kql),
    ("AWSCloudTrail | count", .kql),
    ("AWSCloudTrail | summarize count(), max(TimeGenerated) by EventSource", .kql),
    ("AWSCloudTrail | project EventName, AWSRegion | take 4", .kql),
    ("AWSCloudTrail | project EventName, AWSRegion, SourceIpAddress", .kql),
    ("AWSCloudTrail | where TimeGenerated > ago(1d) | project TimeGenerated, EventName", .kql),
    ("AWSCloudTrail | extend a = toint(parse_json(RequestParameters).a) | project a, EventName", .kql),
    ("AWSCloudTrail | extend b = tostring(parse_json(RequestParameters).b) | project b, EventName", .kql),
    (
      "AWSCloudTrail | where EventName startswith 'Create' or AWSRegion == 'region-1' | project EventName",
      .kql
    ),
    ("sourcetype=aws:cloudtrail eventName=SendEmail | stats count by awsRegion", .spl),
    ("eventName=Create* | table eventName sourceIPAddress requestParameters.a", .spl),
    ("* | stats count by userIdentity.arn sourcetype", .spl),
    ("eventName=SendEmail | table *", .spl),
  ]

  @Test(arguments: [1, 7, 0]) func `every order of questions gives what each gives alone`(seed: Int) throws {
    let logs = try Logs()
    let kept = Workspace(logs.configuration, keeping: KeptTables())
    var order = Array(Self.questions.indices)
    if seed == 0 { order.reverse() } else { order.sort { ($0 * seed) % 15 < ($1 * seed) % 15 } }
    var first: [Int: [String]] = [:]
    for index in order {
      let (text, language) = Self.questions[index]
      let alone = try logs.ask(text, language, in: Workspace(logs.configuration))
      let rows = try logs.ask(text, language, in: kept).rows
      #expect(rows == alone.rows, "\(text)")
      #expect(alone.files > 0)
      first[index] = rows
    }
    for index in order.reversed() {
      let (text, language) = Self.questions[index]
      let again = try logs.ask(text, language, in: kept)
      #expect(again.files == 0, "\(text) reads \(again.files) files again")
      #expect(again.rows == first[index])
    }
  }

  @Test func `the report says that no file was opened`() throws {
    let logs = try Logs()
    let kept = Workspace(logs.configuration, keeping: KeptTables())
    func opened(_ text: String) throws -> Int {
      try kept.run([kept.compile(SourceText(name: "<test>", text: text), language: .kql)]).report.filesOpened
    }
    #expect(try opened("AWSCloudTrail | summarize count() by EventName") == 3)
    #expect(try opened("AWSCloudTrail | where EventName == 'SendEmail' | count") == 0)
    #expect(try opened("AWSCloudTrail | summarize count() by EventName, AWSRegion") == 3)
    #expect(try opened("AWSCloudTrail | distinct AWSRegion, EventName") == 0)
  }

  @Test func `rows that are there already are a table beside the logs`() throws {
    let logs = try Logs()
    let rows = Table(fields: [Field("EventName", .string)], rows: [[.string("SendEmail")]])
    let workspace = Workspace(logs.configuration, keeping: KeptTables()).adding(rows: rows, named: "_")
    #expect(try logs.ask("_ | count", in: workspace).rows == ["1"])
    #expect(try logs.ask("_ | count", in: workspace).files == 0)
    let joined = try logs.ask("AWSCloudTrail | join kind=inner _ on EventName | count", in: workspace)
    #expect(joined.rows == ["6"] && joined.files == 3)
    #expect(try logs.ask("union *, _ | take 0 | count", in: workspace).rows == ["0"])
  }

  @Test func `what a narrower condition wants is found among the rows of a wider one`() throws {
    let logs = try Logs()
    let kept = Workspace(logs.configuration, keeping: KeptTables())
    _ = try logs.ask(
      "AWSCloudTrail | where EventName in ('SendEmail', 'GetObject') | project EventName, AWSRegion", in: kept
    )
    let narrower = try logs.ask(
      "AWSCloudTrail | where EventName == 'GetObject' and AWSRegion has '2' | project AWSRegion", in: kept)
    #expect(narrower.files == 0 && narrower.rows == ["region-2"])
    let other = try logs.ask("AWSCloudTrail | where EventName == 'CreateUser' | project AWSRegion", in: kept)
    #expect(other.files == 3 && other.rows.count == 6)
  }

  @Test func `one more column is read for the same rows`() throws {
    let logs = try Logs()
    let tables = KeptTables()
    let kept = Workspace(logs.configuration, keeping: tables)
    _ = try logs.ask(
      "AWSCloudTrail | where EventName == 'SendEmail' | project EventName, AWSRegion", in: kept)
    let before = tables.byteCount
    let more = try logs.ask(
      "AWSCloudTrail | where EventName == 'SendEmail' | project EventName, AWSRegion, SourceIpAddress",
      in: kept)
    #expect(more.files == 3)
    #expect(
      more.rows
        == (0..<3).flatMap { file in
          (2...3).map { "SendEmail|region-\(file)|10.0.\(file).\($0)" }
        })
    #expect(tables.byteCount > before)
    #expect(
      try logs.ask("AWSCloudTrail | where EventName == 'SendEmail' | distinct SourceIpAddress", in: kept)
        .files == 0)
  }

  @Test func `a changed, a new and a removed file are noticed`() throws {
    let logs = try Logs()
    let kept = Workspace(logs.configuration, keeping: KeptTables())
    let text = "AWSCloudTrail | summarize n = count() by UserIdentityArn | order by UserIdentityArn asc"
    #expect(try logs.ask(text, in: kept).rows == ["arn:aws:iam::1:user/ada|18"])
    // As long as before.
    try logs.write(1, user: "bob")
    #expect(
      try logs.ask(text, in: kept).rows == ["arn:aws:iam::1:user/ada|12", "arn:aws:iam::1:user/bob|6"])
    try logs.write(3)
    #expect(
      try logs.ask(text, in: kept).rows == ["arn:aws:iam::1:user/ada|18", "arn:aws:iam::1:user/bob|6"])
    try FileManager.default.removeItem(atPath: logs.path + "/1.json")
    #expect(try logs.ask(text, in: kept).rows == ["arn:aws:iam::1:user/ada|18"])
    #expect(try logs.ask(text, in: kept).files == 0)
  }

  @Test func `the columns that were not used for the longest time go first`() throws {
    let logs = try Logs()
    let measure = KeptTables()
    let measured = Workspace(logs.configuration, keeping: measure)
    _ = try logs.ask("AWSCloudTrail | project EventName", in: measured)
    _ = try logs.ask("AWSCloudTrail | project AWSRegion", in: measured)
    // Room for two columns of three.
    let tables = KeptTables(memoryLimit: measure.byteCount + 64)
    let kept = Workspace(logs.configuration, keeping: tables)
    #expect(try logs.ask("AWSCloudTrail | project EventName", in: kept).files == 3)
    #expect(try logs.ask("AWSCloudTrail | project AWSRegion", in: kept).files == 3)
    #expect(try logs.ask("AWSCloudTrail | project EventName", in: kept).files == 0)
    #expect(try logs.ask("AWSCloudTrail | project EventSource", in: kept).files == 3)
    #expect(tables.byteCount <= measure.byteCount + 64)
    #expect(try logs.ask("AWSCloudTrail | project EventName", in: kept).files == 0)
    let back = try logs.ask("AWSCloudTrail | project AWSRegion", in: kept)
    #expect(back.files == 3 && back.rows.count == 18)
    let none = Workspace(logs.configuration, keeping: KeptTables(memoryLimit: 0))
    #expect(try logs.ask("AWSCloudTrail | project AWSRegion", in: none).rows.count == 18)
    #expect(try logs.ask("AWSCloudTrail | project AWSRegion", in: none).files == 3)
  }

  @Test func `a question that is not waited for ends, and leaves nothing half read`() throws {
    let logs = try Logs()
    let kept = Workspace(logs.configuration, keeping: KeptTables())
    let stopped = kept.controlled(progress: nil) { true }
    let failure = try #require(throws: ExecutionFailure.self) {
      try logs.ask("AWSCloudTrail | project AWSRegion", in: stopped)
    }
    #expect(failure == .cancelled)
    #expect(try logs.ask("AWSCloudTrail | project AWSRegion", in: kept).rows.count == 18)
  }

  @Test func `the shipped rules asked twice read the logs once`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = root.appending(path: "rules/T1496.004-cloud-service-hijacking")
    let counter = FileCounter()
    var configuration = WorkspaceConfiguration()
    configuration.logs = [root.appending(path: "examples/bursts").path]
    configuration.progress = { _ in counter.add() }
    let kept = Workspace(configuration, keeping: KeptTables())
    for name in ["sentinel-cloud-service-hijacking.kql", "splunk-cloud-service-hijacking.spl"] {
      let path = folder.appending(path: name)
      let source = SourceText(name: path.path, text: try String(contentsOf: path, encoding: .utf8))
      let language = try #require(FrontEnds.standard.language(ofFile: name))
      var answers: [[[Value]]] = []
      var reads: [Int] = []
      for _ in 0..<2 {
        let before = counter.count
        let run = try kept.run([try kept.compile(source, language: language)])
        let table = try #require(run.outcomes.first?.results.first).table
        answers.append((0..<table.rowCount).map { table.row($0) })
        reads.append(counter.count - before)
        #expect(run.report.filesRead > 0 && run.report.eventsRead > 0)
      }
      #expect(!answers[0].isEmpty && answers[0] == answers[1])
      #expect(reads[0] > 0 && reads[1] == 0)
    }
  }
}
