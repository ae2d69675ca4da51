import Foundation
import Testing

/// Parquet files of several writers, as they lie in `Tests/ParquetCorpus`: what is in them is what `make.py` put there.
@Suite struct ParquetTests {
  private static let corpus = "Tests/ParquetCorpus"

  private static func files(_ beginning: String) -> [String] {
    let names = (try? Repository.files(below: corpus)) ?? []
    return names.filter { $0.hasPrefix(beginning) && $0.hasSuffix(".parquet") }
  }

  private static func path(_ name: String) -> String { Repository.path("\(corpus)/\(name)") }

  private static let columns = """
    AWSCloudTrail | project TimeGenerated, EventName, EventSource, AWSRegion, SourceIpAddress, ErrorCode, ErrorMessage, \
    ReadOnly, UserIdentityArn, UserIdentityUserName, UserIdentityPrincipalid, UserIdentityAccountId, \
    UserIdentityAccessKeyId, RequestParameters, ResponseElements, AwsEventId, RecipientAccountId, UserAgent, \
    EventTypeName, EventVersion, AwsRequestId_, Category
    """

  @Test(arguments: files("events-"))
  func `events are the same in every shape that they are stored in`(name: String) throws {
    let expected = try TrawlProcess.run(
      "query", Self.columns, Self.path("events.ndjson"), "--format", "ndjson")
    let found = try TrawlProcess.run("query", Self.columns, Self.path(name), "--format", "ndjson")
    #expect(found.output == expected.output)
    #expect(found.exitCode == 0, "\(found.error)")
    #expect(found.error.contains("30 read, 0 rejected"), "\(found.error)")
  }

  @Test(arguments: files("events-"))
  func `searches see the same fields`(name: String) throws {
    let search = """
      search sourcetype=aws:cloudtrail errorCode=AccessDenied | stats count by eventName, userIdentity.arn, \
      requestParameters.userName, sourceIPAddress | sort eventName sourceIPAddress
      """
    let expected = try TrawlProcess.run(
      "query", "-l", "spl", search, Self.path("events.ndjson"), "--format", "csv")
    let found = try TrawlProcess.run("query", "-l", "spl", search, Self.path(name), "--format", "csv")
    #expect(found.output == expected.output)
    #expect(expected.output.split(separator: "\n").count > 5)
  }

  /// What is left out by the bounds of a row group is counted all the same.
  @Test(arguments: files("events-"))
  func `conditions on times and texts find the same, and all events count`(name: String) throws {
    let conditions = [
      "TimeGenerated between (datetime(2026-03-02) .. datetime(2026-03-02T12:00:00Z))",
      "TimeGenerated > datetime(2027-01-01)", "EventName == 'Nothing'", "EventName == 'ConsoleLogin'",
      "AwsEventId == '0a1b2c3d-0000-4000-8000-000000000017'", "ErrorCode == ''", "isempty(ErrorCode)",
    ]
    for condition in conditions {
      let query = "AWSCloudTrail | where \(condition) | summarize Count = count(), Ids = make_set(AwsEventId)"
      let expected = try TrawlProcess.run(
        "query", query, Self.path("events.ndjson"), "--format", "csv")
      let found = try TrawlProcess.run("query", query, Self.path(name), "--format", "csv")
      #expect(found.output == expected.output, "\(condition)")
      #expect(found.error.contains("30 read, 0 rejected"), "\(condition): \(found.error)")
      #expect(
        found.error.contains("2026-03-01T00:00:00Z to 2026-03-03T23:00:00Z"), "\(condition): \(found.error)")
    }
  }

  @Test(arguments: files("values-"))
  func `values of all types are the same in every encoding`(name: String) throws {
    let found = try TrawlProcess.run(
      "query", "T", "--table", "T=\(Self.path(name))", "--format", "ndjson")
    #expect(found.exitCode == 0, "\(found.error)")
    let rows = try Self.rows(found.output)
    let expected = try Self.rows(String(contentsOfFile: Self.path("values.ndjson"), encoding: .utf8))
    #expect(rows.count == expected.count)
    for (row, wanted) in zip(rows, expected) {
      var wanted = wanted
      // Polars has no maps.
      if name.contains("polars") { wanted["pairs"] = nil }
      for (key, value) in wanted {
        #expect(row[key] == value, "\(name) \(key)")
      }
      for (key, value) in row where wanted[key] == nil { #expect(value.isEmpty, "\(name) \(key)") }
    }
  }

  /// Members as texts, so that times and numbers compare as they print.
  private static func rows(_ text: String) throws -> [[String: String]] {
    try text.split(separator: "\n").map { line in
      let object = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      return object.mapValues { value in
        if value is NSNull { return "" }
        if let number = value as? NSNumber { return "\(number.doubleValue)" }
        if let text = value as? String {
          if let price = Double(text), text.contains(".") { return "\(price)" }
          guard text.hasPrefix("2026-") else { return text }
          // Days are times of Trawl.
          return String(text.replacing("T00:00:00.0000000Z", with: "").replacing(".0000000Z", with: "Z"))
        }
        let data = try? JSONSerialization.data(
          withJSONObject: value, options: [.sortedKeys, .fragmentsAllowed])
        return data.map { String(decoding: $0, as: UTF8.self) } ?? "?"
      }
    }
  }

  @Test func `schema tells what files were taken for, and which columns they have`() throws {
    let said = try TrawlProcess.run("schema", Self.path("events-security-lake.parquet"))
    #expect(said.error.contains("AWSCloudTrail, 30 events (OCSF, Parquet)"), "\(said.error)")
    let other = try TrawlProcess.run("schema", Self.path("values-duckdb-zstd.parquet"), "--format", "csv")
    #expect(other.output.contains("whole,long\n"), "\(other.output)")
    #expect(other.output.contains("time,datetime\n"))
    #expect(other.output.contains("inner,dynamic\n"))
  }

  @Test func `a file that is cut off is named, and the others are read`() throws {
    let folder = try TemporaryFolder()
    let whole = try Data(contentsOf: URL(fileURLWithPath: Self.path("events-raw.parquet")))
    try whole.write(to: URL(fileURLWithPath: "\(folder.path)/a.parquet"))
    try whole.dropLast(100).write(to: URL(fileURLWithPath: "\(folder.path)/b.parquet"))
    try whole.prefix(7).write(to: URL(fileURLWithPath: "\(folder.path)/c.parquet"))
    let result = try TrawlProcess.run("query", "AWSCloudTrail | count", folder.path, "--format", "csv")
    #expect(result.output == "Count\n30\n")
    #expect(result.exitCode == 4)
    #expect(result.error.contains("b.parquet") && result.error.contains("its footer"), "\(result.error)")
    #expect(result.error.contains("c.parquet"), "\(result.error)")
  }

  @Test func `rows before the damage of a column are kept`() throws {
    let folder = try TemporaryFolder()
    var bytes = try Data(contentsOf: URL(fileURLWithPath: Self.path("events-raw.parquet")))
    // The second row group begins behind the first half.
    let middle = bytes.count / 2
    for place in middle..<middle + 400 { bytes[place] = 0xFF }
    try bytes.write(to: URL(fileURLWithPath: "\(folder.path)/a.parquet"))
    let result = try TrawlProcess.run("query", "AWSCloudTrail | count", folder.path, "--format", "csv")
    #expect(result.exitCode == 4, "\(result.output)\(result.error)")
    #expect(result.output == "Count\n15\n", "\(result.error)")
    #expect(result.error.contains("a.parquet"))
  }

  @Test func `files of other formats are named, with what to write instead`() throws {
    let folder = try TemporaryFolder()
    for (name, head) in [
      ("a.orc", "ORC\u{1}\u{2}"), ("b.avro", "Obj\u{1}\u{4}"), ("c.arrow", "ARROW1\u{0}\u{0}"),
    ] {
      try folder.write(name, head + String(repeating: "\u{1}", count: 40))
    }
    try folder.write("d.parquet", "PARE" + String(repeating: "\u{1}", count: 40) + "PARE")
    let said = try TrawlProcess.run("schema", folder.path).error
    for name in ["an ORC file", "an Avro file", "an Arrow file", "an encrypted Parquet file"] {
      #expect(said.contains(name), "\(said)")
    }
  }

  @Test func `Parquet in a gzip and from a pipe is read too`() throws {
    let folder = try TemporaryFolder()
    let line = """
      gzip -c '\(Self.path("events-azure.parquet"))' > z.gz && "$0" query 'AWSCloudTrail | count' z.gz --format csv && \
      cat '\(Self.path("events-azure.parquet"))' | "$0" query 'AWSCloudTrail | count' - --format csv
      """
    let result = try TrawlProcess.shell(line, in: folder.path)
    #expect(result.output == "Count\n30\nCount\n30\n", "\(result.error)")
  }
}
