import Foundation
import Testing

/// A folder with everything: what each file is, is found from its content, and a damaged one costs only itself.
@Suite struct MixedFolderTests {
  private static func event(_ name: String) -> String { TemporaryFolder.event(name) }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  private static func csv(_ cells: [String]) -> String {
    cells.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\n"
  }

  /// A file with two events, called by its name and a number.
  struct Shape: Sendable {
    var name: String
    var file: String
    /// What `schema` says that carried them.
    var carrier = ""
    var text: @Sendable (_ first: String, _ second: String) -> String
  }

  private static func rows(_ first: String, _ second: String) -> String {
    [first, second].map { #"["2026-03-02T10:00:00Z","\#($0)","iam.amazonaws.com","us-east-1"]"# }.joined(
      separator: ",")
  }

  private static func pages(
    _ open: String, _ element: @escaping @Sendable (String) -> String, _ close: String
  )
    -> @Sendable (String, String) -> String
  {
    { open + element(event($0)) + "," + element(event($1)) + close }
  }

  static let shapes: [Shape] = [
    Shape(name: "Records", file: "records.json", text: pages(#"{"Records":["#, { $0 }, "]}")),
    Shape(name: "Lines", file: "lines.json") { event($0) + "\n" + event($1) + "\n" },
    Shape(name: "Glued", file: "glued") { event($0) + event($1) },
    Shape(name: "Exported", file: "exported.log") {
      "2026-03-02T10:00:00.000Z \(event($0))\n2026-03-02T10:00:00.000Z \(event($1))\n"
    },
    Shape(
      name: "Lookup", file: "lookup.json", carrier: "lookup-events",
      text: pages(#"{"Events":["#, { #"{"CloudTrailEvent":\#(quoted($0))}"# }, "]}")),
    Shape(name: "Texts", file: "texts.txt") { quoted(event($0)) + "\n" + quoted(event($1)) + "\n" },
    Shape(name: "Small", file: "small.json", text: pages(#"{"records":["#, { $0 }, "]}")),
    Shape(
      name: "CloudWatch", file: "cloudwatch.json", carrier: "CloudWatch Logs",
      text: pages(
        #"{"messageType":"DATA_MESSAGE","logEvents":["#,
        { #"{"id":"1","timestamp":1,"message":\#(quoted($0))}"# }, "]}")
    ),
    Shape(
      name: "Filter", file: "filter.json", carrier: "CloudWatch Logs",
      text: pages(
        #"{"events":["#, { #"{"logStreamName":"s","message":\#(quoted($0))}"# },
        #"],"searchedLogStreams":[]}"#)
    ),
    Shape(
      name: "Insights", file: "insights.json", carrier: "CloudWatch Logs",
      text: pages(#"{"results":["#, { #"[{"field":"@message","value":\#(quoted($0))}]"# }, "]}")),
    Shape(
      name: "Collector", file: "collector.json", carrier: "HTTP Event Collector"
    ) {
      #"{"time":1,"event":\#(event($0))}{"time":1,"event":\#(quoted(event($1)))}"#
    },
    Shape(
      name: "Hits", file: "hits.json", carrier: "Elasticsearch",
      text: pages(#"{"hits":{"hits":["#, { #"{"_source":{"event":{"original":\#(quoted($0))}}}"# }, "]}}")),
    Shape(name: "Panther", file: "panther.json") {
      [$0, $1].map { TemporaryFolder.event($0, extra: #","p_log_type":"AWS.CloudTrail""#) }.joined(
        separator: "\n")
    },
    Shape(name: "Splunk", file: "splunk.json", carrier: "Splunk export") {
      #"{"preview":true,"result":{"_raw":\#(quoted(event($0)))}}"# + "\n"
        + [$0, $1].map { #"{"preview":false,"result":{"_raw":\#(quoted(event($0)))}}"# }.joined(
          separator: "\n")
    },
    Shape(name: "SplunkTable", file: "splunk.csv", carrier: "CSV with texts in `_raw`") {
      csv(["_time", "_raw"]) + csv(["t", event($0)]) + csv(["t", event($1)])
    },
    Shape(name: "Answer", file: "answer.json", carrier: "rows of Sentinel") {
      #"{"tables":[{"name":"PrimaryResult","columns":[{"name":"TimeGenerated"},{"name":"EventName"},{"name":"EventSource"},"#
        + #"{"name":"AWSRegion"}],"rows":[\#(rows($0, $1))]}]}"#
    },
    Shape(name: "Portal", file: "portal.csv", carrier: "rows of Sentinel") {
      csv(["TimeGenerated [UTC]", "EventName", "EventSource", "AWSRegion"])
        + [$0, $1].map { csv(["3/2/2026, 10:00:00.000 AM", $0, "iam.amazonaws.com", "us-east-1"]) }.joined()
    },
    Shape(name: "History", file: "history.csv", carrier: "the console's event history") {
      csv(["User name", "Event time", "Event source", "Event name", "AWS region"])
        + [$0, $1].map { csv(["ada", "2026-03-02T10:00:00Z", "iam.amazonaws.com", $0, "us-east-1"]) }.joined()
    },
    Shape(name: "Athena", file: "athena.csv", carrier: "rows of Athena or CloudTrail Lake") {
      csv(["eventtime", "eventname", "eventsource", "awsregion", "useridentity"])
        + [$0, $1].map {
          csv(["2026-03-02T10:00:00Z", $0, "iam.amazonaws.com", "us-east-1", "{type=IAMUser, arn=a}"])
        }.joined()
    },
  ]

  private static let zip =
    "UEsDBBQAAAAIAABQYlw737XaeAAAAJUAAAALAAAAMjAyNi9hLmpzb26rVgpKTc4vSilWsoquVkotS80rCUstKs7Mz1OyUjLU"
    + "M7BU0oGIhmTmpgKFjAyMzHQNjHUNjEIMDawMQCgKpiQ4v7QoGaQoMzFXLzE3sSo/L7G8WC85Pxemwi8RbEhUZoEhUAgoGZSa"
    + "DrGqtFg3NbG4RNdQqTa2FgBQSwMEFAAAAAgAAFBiXEhgol5+AAAAfAAAAA4AAAAyMDI2L2IuanNvbi5nepPv5mAAASbm1WFe"
    + "ut5ntTm9dbXOnTkfvCnI6IrxhpBLjR1tKc+WMbX28PScKeHtKeXtceLhXcPjoMG1TMVi/xYNySUaxobh+obmG7Xs9TfuidC3"
    + "tBdfdkhfMMcjJK1RMIBDQ3LKLL6Nq7ZEmJtu3OFyPWClGENp5rTkdqCdAFBLAwQUAAAACAAAUGJcgxbcjAMAAAABAAAACgAA"
    + "AHJlYWRtZS50eHSrAABQSwECFAMUAAAACAAAUGJcO9+12ngAAACVAAAACwAAAAAAAAAAAAAAgAEAAAAAMjAyNi9hLmpzb25Q"
    + "SwECFAMUAAAACAAAUGJcSGCiXn4AAAB8AAAADgAAAAAAAAAAAAAAgAGhAAAAMjAyNi9iLmpzb24uZ3pQSwECFAMUAAAACAAA"
    + "UGJcgxbcjAMAAAABAAAACgAAAAAAAAAAAAAAgAFLAQAAcmVhZG1lLnR4dFBLBQYAAAAAAwADAK0AAAB2AQAAAAA="

  private static let tar =
    "H4sIAAAAAAACA+3TwYrCMBCA4TyK5Lwt01ha1ofw4BYP3oIE6UIbaFqFFd99U4sePOuu6P8RmDAZModkKttl6XfwrXociYo8"
    + "P8foNoqR8rqf8mWeF2om6g8MobddbKne01G7vWv7tetC7Vu90Fkqn/pjylZ142LKiCkSmSdiqkwWMq7NpeTLD912LKptk9rG"
    + "/vjWHkK69c2lYmnPl1Txo8VUPFy53dRqCImzoU8yfVL4H/FZzFPOf8n8v9r8G+YfAAAAAAAAAAAAAADg7n4BmmyVSwAoAAA="

  /// The bytes of a shape's file: some are wide or compressed.
  private static func bytes(_ shape: Shape) -> Data {
    Data(shape.text("\(shape.name)1", "\(shape.name)2").utf8)
  }

  private static func wide(_ text: String) -> Data {
    Data(
      [0xFF, 0xFE]
        + text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] })
  }

  private static func names(_ process: TrawlProcess) -> [String] {
    process.output.split(separator: "\n").dropFirst().map(String.init)
  }

  @Test func `each file of a mixed folder gives its events, in both languages`() throws {
    let folder = try TemporaryFolder()
    for shape in Self.shapes { try folder.write(shape.file, Self.bytes(shape)) }
    try folder.write("wide.csv", Self.wide(Self.shapes[17].text("Wide1", "Wide2")))
    try folder.write("wide.json", Self.wide(Self.shapes[0].text("Wide3", "Wide4")))
    try folder.write("logs.zip", try #require(Data(base64Encoded: Self.zip)))
    try folder.write("logs.tar.gz", try #require(Data(base64Encoded: Self.tar)))
    try folder.write("readme.txt", "nothing here")
    try folder.write("digest.json", #"{"digestS3Bucket":"b"}"#)
    let expected =
      (Self.shapes.flatMap { ["\($0.name)1", "\($0.name)2"] } + ["Wide1", "Wide2", "Wide3", "Wide4"]
      + ["Zip1", "Zip2", "Tar1", "Tar2"]).sorted()
    let kql = try TrawlProcess.run(
      "query", "AWSCloudTrail | project EventName | sort by EventName asc", folder.path, "--format", "csv")
    #expect(Self.names(kql).sorted() == expected)
    #expect(kql.exitCode == 0, "\(kql.error)")
    #expect(kql.error.contains("skipped: \(folder.path)/logs.zip/readme.txt:"))
    let spl = try TrawlProcess.run(
      "query", "-l", "spl", "sourcetype=aws:cloudtrail _time=* eventSource=* | table eventName", folder.path,
      "--format",
      "csv")
    #expect(Self.names(spl).sorted() == expected)
    let schema = try TrawlProcess.run("schema", folder.path)
    #expect(schema.exitCode == 0)
    for shape in Self.shapes {
      let carrier = shape.carrier.isEmpty ? "\n" : " (\(shape.carrier)"
      #expect(
        schema.error.contains("\(folder.path)/\(shape.file): AWSCloudTrail, 2 events\(carrier)"),
        "\(shape.name)")
    }
    for line in [
      "logs.zip/2026/a.json: AWSCloudTrail, 1 event\n", "logs.tar.gz/Tar2.json: AWSCloudTrail, 1 event\n",
      "logs.zip/readme.txt: no events: neither JSON nor CSV",
      "digest.json: no events: CloudTrail digest file",
    ] {
      #expect(schema.error.contains("\(folder.path)/\(line)"), "\(line) \(schema.error)")
    }
  }

  @Test func `each damaged file is named and keeps its whole events`() throws {
    let folder = try TemporaryFolder()
    for shape in Self.shapes { try folder.write(shape.file, Self.bytes(shape).dropLast(30)) }
    try folder.write("logs.zip", try #require(Data(base64Encoded: Self.zip)).prefix(250))
    try folder.write("logs.tar.gz", try #require(Data(base64Encoded: Self.tar)).prefix(200))
    let expected = Self.shapes.map { "\($0.name)1" } + ["Zip1", "Tar1"]
    let kql = try TrawlProcess.run(
      "query", "AWSCloudTrail | project EventName", folder.path, "--format", "csv")
    #expect(kql.exitCode == 4, "\(kql.error)")
    let names = Set(Self.names(kql))
    #expect(expected.allSatisfy(names.contains), "\(expected.filter { !names.contains($0) })")
    let schema = try TrawlProcess.run("schema", folder.path)
    #expect(schema.exitCode == 4)
    for file in Self.shapes.map(\.file) + ["logs.zip", "logs.tar.gz"] {
      let lines = schema.error.split(separator: "\n").filter { $0.contains("/\(file)") }
      #expect(
        lines.contains { line in ["rejected", "cut off", "at byte", "closed"].contains { line.contains($0) }
        },
        "\(file): \(lines)")
    }
  }
}
