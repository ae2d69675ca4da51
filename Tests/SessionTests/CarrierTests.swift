import Engine
import Foundation
import LogSources
import Session
import Testing

/// A record is the same in both languages whatever carried it, and a carrier carries the records of any source.
@Suite struct CarrierTests {
  private static func quoted(_ text: String) -> String { JSONValue.string(text).text }

  /// What a carrier makes of a record; nil if it carries JSON and the record is a line of text.
  static func carried(_ record: String, by carrier: Carrier) -> String? {
    if carrier.sample.contains("RECORD"), !record.hasPrefix("{") { return nil }
    let base64 = Data(record.utf8).base64EncodedString()
    return carrier.sample.replacing("RECORD", with: record).replacing("TEXT", with: quoted(record))
      .replacing("BASE64", with: quoted(base64))
  }

  private func answers(_ logs: MixedLogs, _ source: SourceDefinition) throws -> [String] {
    let kql = try logs.run("\(source.table.name) | project-away SourceSystem", .kql).rows
    let spl = try logs.run("sourcetype=\(source.sourcetype) | table _time _raw").rows
    return kql + spl
  }

  @Test(arguments: CarrierCatalog.carriers.map(\.name))
  func `a carrier carries the records of all sources`(name: String) throws {
    let carrier = try #require(CarrierCatalog.carriers.first { $0.name == name })
    var count = 0
    for source in SourceCatalog.sources {
      guard let text = Self.carried(source.sample, by: carrier) else { continue }
      count += 1
      let plain = try answers(try MixedLogs(["log": source.sample + "\n"]), source)
      #expect(plain.count == 2, "\(source.name)")
      let logs = try MixedLogs(["log": text + "\n"])
      #expect(try answers(logs, source) == plain, "\(source.name) in \(name)")
      let report = try logs.run(source.table.name, .kql).report
      #expect(
        report.filesRead == 1 && report.rejected == 0 && report.damaged.isEmpty, "\(source.name) in \(name)")
    }
    #expect(count >= 2)
  }

  @Test(arguments: CarrierCatalog.carriers.map(\.name))
  func `carriers carry each other`(name: String) throws {
    let outer = try #require(CarrierCatalog.carriers.first { $0.name == name })
    let source = SourceDefinition.cloudTrail
    let plain = try answers(try MixedLogs(["log": source.sample]), source)
    for inner in CarrierCatalog.carriers where !inner.sample.contains("\n") && !inner.sample.contains("}{") {
      let one = try #require(Self.carried(source.sample, by: inner))
      let text = try #require(Self.carried(one, by: outer))
      #expect(try answers(try MixedLogs(["log": text]), source) == plain, "\(inner.name) in \(name)")
    }
  }

  @Test func `lines of Base64 are one text`() throws {
    let source = SourceDefinition.cloudTrail
    let plain = try answers(try MixedLogs(["log": source.sample]), source)
    let base64 = Data(source.sample.utf8).base64EncodedString(options: [
      .lineLength64Characters, .endLineWithLineFeed,
    ])
    for carrier in CarrierCatalog.carriers where carrier.sample.contains("BASE64") {
      let text = carrier.sample.replacing(
        "BASE64", with: Self.quoted(base64).replacing("/", with: #"\/"#))
      #expect(text.contains(#"\n"#))
      #expect(try answers(try MixedLogs(["log": text]), source) == plain, "\(carrier.name)")
    }
  }

  /// Whole events before a cut are kept, and the cut is named.
  @Test(arguments: CarrierCatalog.carriers.map(\.name))
  func `a cut carrier keeps the whole records before the cut`(name: String) throws {
    let carrier = try #require(CarrierCatalog.carriers.first { $0.name == name })
    let one = try #require(Self.carried(SourceDefinition.cloudTrail.sample, by: carrier))
    let whole = one + "\n" + one + "\n" + one
    let logs = try MixedLogs(["log": String(whole.dropLast(one.count / 2))])
    let found = try logs.run("AWSCloudTrail | count", .kql)
    #expect(found.rows == ["2"], "\(name)")
    #expect(found.report.rejected > 0 || found.report.damaged.count == 1, "\(name)")
  }

  private static let cutPages: [(name: String, open: String, element: @Sendable (String) -> String)] = [
    (
      "filter-log-events", #"{"events": ["#,
      { #"{"logStreamName":"s","timestamp":1,"message":\#(quoted($0))}"# }
    ),
    ("hits", #"{"took":1,"hits":{"total":2,"hits":["#, { #"{"_id":"1","_source":\#($0)}"# }),
    ("records", #"{"records":["#, { $0 }), ("strings", "[", { quoted($0) }),
    (
      "rows", #"{"tables":[{"name":"PrimaryResult","columns":[{"name":"_raw"}],"rows":["#,
      { "[\(quoted($0))]" }
    ),
  ]

  @Test(arguments: cutPages.indices)
  func `a page that is cut keeps its whole records`(index: Int) throws {
    let (name, open, element) = Self.cutPages[index]
    let one = element(SourceDefinition.cloudTrail.sample)
    let logs = try MixedLogs(["log": open + one + ",\n" + one + "," + one.prefix(one.count / 2)])
    let found = try logs.run("AWSCloudTrail | count", .kql)
    #expect(found.rows == ["2"], "\(name)")
    #expect(found.report.rejected + found.report.damaged.count > 0, "\(name)")
  }

  @Test func `preview rows and control messages are counted, and no events`() throws {
    let texts = ["Splunk export", "CloudWatch Logs"].compactMap { name -> String? in
      guard let carrier = CarrierCatalog.carriers.first(where: { $0.name == name }) else { return nil }
      return Self.carried(SourceDefinition.cloudTrail.sample, by: carrier)
    }
    #expect(texts.count == 2)
    for text in texts {
      let found = try MixedLogs(["log": text]).run("AWSCloudTrail | count", .kql)
      #expect(found.rows == ["1"])
      #expect(found.report.eventsRead == 1 && found.report.otherRecords > 0)
      #expect(found.report.rejected == 0 && found.report.skipped.isEmpty)
    }
    let control = try #require(texts.last?.components(separatedBy: "}{").first) + "}"
    let alone = try MixedLogs(["log": control]).run("AWSCloudTrail | count", .kql)
    #expect(
      alone.report.skipped.map(\.reason) == ["messages of CloudWatch Logs without events of a known log"])
  }

  /// A message of another program is no damage.
  @Test(arguments: ["started", "[INFO] ready", "{not json}", "{}", "[1,2", "\"text\"", "", "{\"a\":1}"])
  func `a carrier may carry other things beside events`(message: String) throws {
    let event = Self.quoted(SourceDefinition.cloudTrail.sample)
    let logs = try MixedLogs([
      "log": #"{"message":\#(Self.quoted(message))}"# + "\n" + #"{"message":\#(event)}"#
    ])
    let found = try logs.run("AWSCloudTrail | count", .kql)
    #expect(found.rows == ["1"])
    #expect(found.report.rejected == 0 && found.report.damaged.isEmpty)
    #expect(found.report.otherRecords == 1)
  }

  @Test func `an event that its carrier cut is rejected`() throws {
    let event = SourceDefinition.cloudTrail.sample
    let logs = try MixedLogs([
      "log": [event, String(event.dropLast(9))].map { #"{"message":\#(Self.quoted($0))}"# }.joined(
        separator: "\n")
    ])
    let found = try logs.run("AWSCloudTrail | count", .kql)
    #expect(found.rows == ["1"] && found.report.rejected == 1)
    #expect(found.report.firstRejected?.reason.hasPrefix("inside an envelope: ") == true)
  }

  @Test func `a record stands in a column of CSV`() throws {
    let cell = "\"" + SourceDefinition.cloudTrail.sample.replacing("\"", with: "\"\"") + "\""
    let other = "eventName,\"_raw\"\nwrong,\(cell)\nwrong,\(cell.dropLast(5))\n"
    for (text, count) in [
      ("\"_serial\",\"_time\",source,\"_raw\"\n0,2026-03-02T10:00:00.000+0000,s,\(cell)\n", "1"),
      ("@timestamp,@message\n1,\(cell)\n2,\(cell)\n", "2"), ("_time\t_raw\n1\t\(cell)\n", "1"), (other, "1"),
    ] {
      let found = try MixedLogs(["log": text]).run(
        "AWSCloudTrail | where EventName == 'CreateUser' | count", .kql)
      #expect(found.rows == [count], "\(text.prefix(20))")
      #expect(found.report.rejected == (text == other ? 1 : 0))
    }
  }

  @Test func `what carries nothing known is named by what stands inside`() throws {
    let logs = try MixedLogs(["log": #"{"event":\#(SourceDefinition.cloudTrail.sample)}"#])
    let found = try logs.run("SigninLogs | count", .kql)
    #expect(found.report.skipped.map(\.reason) == ["events of `AWSCloudTrail`, which nothing here reads"])
  }
}
