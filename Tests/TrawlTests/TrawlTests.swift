import Foundation
import Synchronization
import Testing
import Trawl

@Suite struct TrawlTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  private static func path(_ name: String) -> String { root.appending(path: name).path }
  private static func trawl() throws -> Trawl { try Trawl(logs: [path("examples/bursts")]) }

  @Test func `cells have the types of their columns`() throws {
    let answer = try Self.trawl().query(
      """
      print b = true, i = int(3), l = 4, r = 1.5, c = decimal(1.25), t = datetime(2026-03-01 12:00), s = 90m,
        g = guid(74be27de-1e4e-49d9-b579-fe0b331d3642), x = "a", d = dynamic({"k": [1, "v", null]}), n = int(null)
      """, in: .kql)
    let types: [ResultTable.ColumnType] = [
      .bool, .int, .long, .real, .decimal, .datetime, .timespan, .guid, .string, .dynamic, .int,
    ]
    #expect(answer.table.columns.map(\.type) == types)
    let row = try #require(answer.table.rows.first)
    #expect(row[0] == .bool(true) && row[1] == .long(3) && row[2] == .long(4) && row[3] == .real(1.5))
    #expect(row[4] == .decimal(Decimal(string: "1.25") ?? 0))
    guard case .datetime(let time) = row[5], case .timespan(let span) = row[6] else {
      Issue.record("\(row[5]) and \(row[6]) are no times")
      return
    }
    #expect(time.description == "2026-03-01T12:00:00.0000000Z")
    #expect(time.date == Date(timeIntervalSince1970: 1_772_366_400))
    #expect(span.seconds == 5400)
    #expect(row[7].text == "74be27de-1e4e-49d9-b579-fe0b331d3642")
    #expect(row[8] == .string("a") && row[10] == .null)
    guard case .dynamic(let json) = row[9] else {
      Issue.record("\(row[9]) is no dynamic value")
      return
    }
    #expect(
      json["k"] == .array([.long(1), .string("v"), .null]) && json.description == #"{"k":[1,"v",null]}"#)
  }

  @Test func `all results of a query are given`() throws {
    let answer = try Self.trawl().query(
      "AWSCloudTrail | fork a = (count) b = (summarize by EventSource | count)", in: .kql)
    #expect(answer.tables.count == 2 && answer.tables.allSatisfy { $0.rowCount == 1 })
    #expect(answer.load.eventsRead > 0 && answer.load.filesRead > 0 && answer.load.latest != nil)
  }

  @Test func `limits of sizes hold`() throws {
    var settings = Trawl.Settings(logs: [Self.path("examples/bursts")])
    settings.queryLimit = 20
    let error = #expect(throws: TrawlError.self) {
      try Trawl(settings).query("AWSCloudTrail | summarize count() by EventName", in: .kql)
    }
    #expect(error?.kind == .limit && error?.problems.map(\.id) == ["query-limit"])
    settings.fileLimit = 1000
    let load = try Trawl(settings).query("AWSCloudTrail|count", in: .kql).load
    #expect(load.filesRead == 0 && !load.limited.isEmpty && !load.isWhole)
  }

  @Test func `a second question reads no file`() throws {
    let trawl = try Self.trawl()
    let counter = Counter()
    let control = RunControl(progress: { _ in counter.add() })
    let first = try trawl.query("AWSCloudTrail | summarize count() by EventName", in: .kql, control: control)
    let read = counter.value
    let next = try trawl.query("AWSCloudTrail | distinct EventName", in: .kql, control: control)
    #expect(read > 0 && counter.value == read)
    #expect(first.table.rowCount == next.table.rowCount && next.load.eventsRead == first.load.eventsRead)
  }

  @Test func `what is wrong with a setting is said before anything is read`() throws {
    let now = #expect(throws: TrawlError.self) { try Trawl(logs: ["nowhere"], now: "yesterday-ish") }
    #expect(now?.kind == .wrongSetting && now?.problems.first?.id == "unreadable-now")
    let language = #expect(throws: TrawlError.self) { try Trawl.Language(named: "sql") }
    #expect(language?.kind == .wrongSetting && language?.problems.first?.id == "unknown-language")
    #expect(try Trawl.Language(named: "SPL") == .spl)
    var settings = Trawl.Settings(logs: [])
    settings.watchlists = ["W": "/nowhere/w.csv"]
    let file = #expect(throws: TrawlError.self) { try Trawl(settings) }
    #expect(file?.kind == .unreadableInput)
  }

  @Test func `a question can be cancelled`() throws {
    let cancellation = Cancellation()
    cancellation.cancel()
    let error = #expect(throws: TrawlError.self) {
      try Self.trawl().query(
        "AWSCloudTrail | count", in: .kql, control: RunControl(cancellation: cancellation))
    }
    #expect(error?.kind == .cancelled)
  }

  @Test func `rules run, and what they lack is said`() throws {
    let run = try Self.trawl().run(rules: [Self.path("rules/T1496.004-cloud-service-hijacking")])
    #expect(run.rules.count > 5 && run.alerts.contains { $0.severity != nil && !$0.entities.isEmpty })
    let fired = run.rules.filter(\.hasFired)
    #expect(!fired.isEmpty && fired.allSatisfy { !$0.alerts.isEmpty })
    #expect(Set(run.rules.map(\.language)) == [.kql, .spl])
  }

  @Test func `why says where rows end, and what came closest`() throws {
    let reasons = try Trawl(logs: [Self.path("examples/at-threshold/ses")]).why(
      rules: Self.path("rules/T1496.004-cloud-service-hijacking/high-volume-ses.kql"))
    let stages = try #require(reasons.first).branches.flatMap(\.stages)
    #expect(reasons[0].rowCount == 0)
    #expect(stages.contains { $0.rowsOut == 0 && $0.nearestMisses.contains { $0.contains("EventCount") } })
    let query = try Self.trawl().why("AWSCloudTrail | where EventName == 'nothing'", in: .kql)
    #expect(query.branches.last?.stages.last?.rowsOut == 0)
  }
}

/// Counts from any thread.
private final class Counter: Sendable {
  private let count = Mutex<Int>(0)

  var value: Int { count.withLock { $0 } }
  func add() { count.withLock { $0 += 1 } }
}
