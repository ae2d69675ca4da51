import Engine
import Foundation
import LogSources
import Session
import Testing

/// Carriers in the further forms that people have them in.
@Suite struct CarrierFormTests {
  private static let event = SourceDefinition.cloudTrail.sample

  private static func filled(_ template: String, _ event: String = event) -> String {
    template.replacing("TEXT", with: JSONValue.string(event).text).replacing("RECORD", with: event)
      .replacing("BASE64", with: JSONValue.string(Data(event.utf8).base64EncodedString()).text)
  }

  /// The names and times of the events in both languages, and the report.
  private static func answers(_ text: String) throws -> (rows: [String], report: LoadReport) {
    let logs = try MixedLogs(["log": text])
    let kql = try logs.run("AWSCloudTrail | project EventName, TimeGenerated, UserIdentityUserName", .kql)
    let spl = try logs.run("sourcetype=aws:cloudtrail | table eventName eventTime requestParameters.userName")
    return (kql.rows + spl.rows, kql.report)
  }

  @Test(arguments: [
    #"{"Records":[{"EventSource":"aws:sns","EventVersion":"1.0","Sns":{"Type":"Notification","Message":TEXT}}]}"#,
    // Its members look like those of an event.
    #"""
    {"Records":[{"kinesis":{"partitionKey":"p","data":BASE64},"eventSource":"aws:kinesis","eventVersion":"1.0",
    "eventID":"shardId-0:1","eventName":"aws:kinesis:record","awsRegion":"us-east-1"}]}
    """#,
    #"{"preview":false,"init_offset":0,"fields":["_time","_raw"],"rows":[["t",TEXT]]}"#,
    #"{"preview":false,"fields":[{"name":"_raw"},{"name":"x"}],"rows":[[TEXT,["1","2"]]]}"#,
    #"{"@timestamp":"t","event.action":"a","event.original":TEXT}"#,
    #"{"hits":{"hits":[{"_id":"1","fields":{"@timestamp":["t"],"event.original":[TEXT]}}]}}"#,
    #"{"results":[[{"value":"x","field":"@ptr"},{"value":TEXT,"field":"@message"}]]}"#,
  ])
  func `a record is the same in each form`(template: String) throws {
    let plain = try Self.answers(Self.event)
    #expect(plain.rows.count == 2)
    let found = try Self.answers(Self.filled(template))
    #expect(found.rows == plain.rows)
    #expect(found.report.rejected == 0 && found.report.damaged.isEmpty && found.report.eventsRead == 1)
  }

  /// They have the names of an event's members.
  @Test(arguments: [
    #"{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1","eventTime":"2026-03-02T10:00:00.000Z","#
      + #""eventName":"ObjectCreated:Put","userIdentity":{"principalId":"A"},"s3":{"bucket":{"name":"b"}}}"#,
    #"{"eventID":"1","eventName":"INSERT","eventVersion":"1.1","eventSource":"aws:dynamodb","#
      + #""awsRegion":"us-east-1","dynamodb":{"Keys":{}}}"#,
    #"{"awsRegion":"us-east-1","codecommit":{"references":[]},"eventName":"x","eventSource":"aws:codecommit","#
      + #""eventTime":"2026-03-02T10:00:00.000+0000","eventVersion":"1.0"}"#,
  ])
  func `notifications of services are no events`(notification: String) throws {
    let page = "{\"Records\":[\(notification),\(notification)]}"
    let queued = "{\"Records\":[{\"eventSource\":\"aws:sqs\",\"body\":\(JSONValue.string(page).text)}]}"
    for text in [notification, page, queued, notification + "\n" + notification] {
      let found = try Self.answers(text)
      #expect(found.rows == [], "\(text)")
      #expect(found.report.skipped.count == 1 && found.report.rejected == 0, "\(found.report.skipped)")
    }
    #expect(
      try Self.answers(page).report.skipped.map(\.reason)
        == ["notifications of a service, which are no events of CloudTrail"])
    // An event beside them is one.
    let mixed = try Self.answers(queued + "\n" + Self.event)
    #expect(mixed.rows.count == 2 && mixed.report.otherRecords > 0)
  }

  /// What is wrong is an event: it is not another kind of record.
  @Test(arguments: [
    (#"{"message":TEXT}"#, #"\"eventName"#, #"\eventName"#),
    (#"{"Events":[{"CloudTrailEvent":TEXT}]}"#, #"\"eventName"#, #"\qeventName"#),
    ("TEXT", #"\"eventName"#, #"\eventName"#),
    (#"{"event":{"original":TEXT}}"#, #"\":\""#, #"\:\""#),
    (stream, "J", "-!"), (stream, "J", #"\j"#), (#"{"records":[{"recordId":"1","data":BASE64}]}"#, "J", "*"),
    (#"{"class_uid":6003,"api":{"operation":"x"},"metadata":{"version"2"1.1.0"},"time":1}"#, "", ""),
  ])
  func `a damaged event in a carrier is rejected`(template: String, old: String, new: String) throws {
    let whole = Self.filled(template)
    let place = try #require(old.isEmpty ? whole.endIndex..<whole.endIndex : whole.ranges(of: old).last)
    let damaged = whole.replacingCharacters(in: place, with: new)
    for text in [damaged, Self.filled(#"{"message":TEXT}"#) + "\n" + damaged] {
      let report = try Self.answers(text).report
      #expect(report.rejected == 1, "\(text)")
      #expect(report.eventsRead == (text == damaged ? 0 : 1) && report.otherRecords == 0, "\(text)")
    }
  }

  /// Other logs have such members too.
  @Test(arguments: [
    #"{"message":"{\d is no JSON"}"#, #"{"data":"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.x-_y"}"#,
    #"{"data":"%%%"}"#,
    #"{"message":"C:\qdir"}"#,
  ])
  func `other texts in carriers are no damaged events`(line: String) throws {
    let report = try Self.answers(Self.event + "\n" + line).report
    #expect(report.rejected == 0 && report.otherRecords == 1 && report.damaged.isEmpty)
  }

  private static let stream = #"""
    {"kinesis":{"partitionKey":"p","data":BASE64},"eventSource":"aws:kinesis","eventVersion":"1.0",\#
    "eventID":"shardId-0:1","eventName":"aws:kinesis:record","awsRegion":"us-east-1","eventTime":"2026-03-02T10:00:00Z"}
    """#

  private static let notification = #"""
    {"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1","eventTime":"2026-03-02T10:00:00.000Z",\#
    "eventName":"ObjectCreated:Put","userIdentity":{"principalId":"A"},"s3":{"bucket":{"name":"b"}}}
    """#

  /// What stands before a record says nothing of it.
  @Test func `messages of services are told one by one`() throws {
    for lines in [true, false] {
      for order in [[0, 1, 2, 1], [1, 0, 1, 2], [2, 1, 1, 0]] {
        let parts = order.map { [Self.event, Self.notification, Self.filled(Self.stream)][$0] }
        let found = try Self.answers(
          lines ? parts.joined(separator: "\n") : "{\"Records\":[\(parts.joined(separator: ","))]}")
        #expect(found.rows.count == 4, "\(order): \(found.rows)")
        #expect(found.report.eventsRead == 2 && found.report.otherRecords == 2, "\(order)")
        #expect(found.report.rejected == 0 && found.report.damaged.isEmpty)
      }
    }
    let strange = Self.stream.replacing("BASE64", with: #""AAAA""#)
    #expect(
      try Self.answers(strange).report.skipped.map(\.reason)
        == ["records of Kinesis without events of a known log"])
    // The source may stand last, and be written with escapes.
    let last =
      #"{"eventVersion":"2.1","eventTime":"2026-03-02T10:00:00Z","eventName":"x","eventSource":"\u0061ws:s3"}"#
    #expect(try Self.answers(Self.event + "\n" + last).rows.count == 2)
    let host = last.replacing("\\u0061ws:s3", with: "aws.amazonaws.com")
    #expect(try Self.answers(Self.event + "\n" + host).rows.count == 4)
  }

  @Test(arguments: [
    #"{"time":1,"event":RECORD,"host":"h"#, #"{"message":TEXT"#, #"{"_id":"1","_source":RECORD,"#,
    #"{"events":[{"message":TEXT,"ingestionTime":1"#,
    #"{"hits":{"hits":[{"_source":RECORD,"_score""#, #"{"preview":false,"result":{"_raw":TEXT},"x":"y"#,
  ])
  func `an event that is whole is kept where its carrier is cut behind it`(template: String) throws {
    let plain = try Self.answers(Self.event)
    // A cut page behind other records is rejected as a whole.
    for before in template.contains("[{") ? [""] : ["", #"{"message":TEXT}"# + "\n"] {
      let found = try Self.answers(Self.filled(before + template))
      #expect(found.report.eventsRead == (before.isEmpty ? 1 : 2), "\(before)\(template)")
      #expect(before.isEmpty ? found.rows == plain.rows : found.rows.count == 4)
      #expect(found.report.damaged.count == 1 || found.report.rejected == 1)
    }
  }

  // MARK: - CSV

  private static let header = "eventtime,eventname,eventsource,awsregion"
  private static let row = "2026-03-02T10:00:00Z,CreateUser,iam.amazonaws.com,us-east-1"

  private static func count(_ text: String) throws -> (rows: [String], report: LoadReport) {
    let logs = try MixedLogs(["log.csv": text])
    let kql = try logs.run("AWSCloudTrail | project EventName, AWSRegion", .kql)
    let spl = try logs.run("sourcetype=aws:cloudtrail | table eventName awsRegion")
    #expect(kql.rows == spl.rows)
    return (kql.rows, kql.report)
  }

  @Test func `a table begins behind blanks and notes, whatever separates its cells`() throws {
    for separator in [",", "\t", ";", "|"] {
      let (header, row) = (
        Self.header.replacing(",", with: separator), Self.row.replacing(",", with: separator)
      )
      for start in ["", "\n", "  \r\n\t\n", "# Execution Time: 12\n", "# a\n\n", "sep=\(separator)\r\n"] {
        let found = try Self.count("\(start)\(header)\n\(row)\n\(row)\n \t \n")
        #expect(found.rows == ["CreateUser|us-east-1", "CreateUser|us-east-1"], "\(start)\(separator)")
        #expect(found.report.rejected == 0 && found.report.skipped.isEmpty)
      }
    }
  }

  @Test func `a header that comes again is no event`() throws {
    let text = (Self.header + "\n" + Self.row + "\n")
    let found = try Self.count(text + text)
    #expect(found.rows.count == 2 && found.report.rejected == 0 && found.report.eventsRead == 2)
    let cell = "\"" + Self.event.replacing("\"", with: "\"\"") + "\""
    let raw = "_time,_raw\nt,\(cell)\n"
    #expect(try Self.count(raw + raw).report.eventsRead == 2)
  }

  @Test func `a damaged event in its column is rejected`() throws {
    let cell = "\"" + Self.event.replacing("\"", with: "\"\"") + "\""
    let broken = cell.replacing("\"\":", with: "\"\"", maxReplacements: 1)
    let found = try Self.count("eventjson\n\(cell)\n\(broken)\n\(cell)\n")
    #expect(found.rows.count == 2 && found.report.rejected == 1)
    let page = Self.filled(#"{"QueryResultRows":[[{"eventjson":TEXT}],[{"eventjson":"#, Self.event)
    let lake = try Self.count(
      page + JSONValue.string(Self.event.replacing("\":", with: "\"", maxReplacements: 1)).text + "}]]}")
    #expect(lake.rows.count == 1 && lake.report.rejected == 1)
  }

  @Test(arguments: [
    "02-03-2026, 10:00:00", "2-3-2026, 10:00:00.000", "02.03.2026, 10:00:00,000", "2026. 03. 02. 10:00:00",
    "12-3-2026, 10:00:00", "3/2/2026, 10:00:00.000 AM", "2026/03/02 10:00:00",
  ])
  func `times of locales are read`(time: String) throws {
    let text = "\"TimeGenerated [UTC]\",EventName,EventSource,AWSRegion\n\"\(time)\",A,s,r\n"
    let found = try MixedLogs(["log.csv": text]).run("AWSCloudTrail | project TimeGenerated", .kql)
    let day = time.hasPrefix("12") ? "12" : "02"
    #expect(found.rows == ["2026-03-\(day)T10:00:00.0000000Z"])
  }

  // MARK: - Lines

  @Test func `exported lines are known where the first one is damaged`() throws {
    let line = "2026-03-02T10:00:00.000Z \(Self.event)\n"
    for (first, rejected) in [(String(line.dropFirst(80)), 1), (String(line.dropLast(2)) + "\n", 1)] {
      let found = try Self.answers(first + line + line)
      #expect(found.rows.count == 4 && found.report.rejected == rejected, "\(first)")
    }
    // The last object of an event that is cut is none of its own.
    let cut = try Self.answers(line + String(line.dropLast(2)))
    #expect(cut.rows.count == 2 && cut.report.rejected == 1)
  }

  @Test(arguments: ["{", "[", " {\n", "[ {"])
  func `a file that is cut behind its first byte is damaged`(text: String) throws {
    let logs = try MixedLogs(["a": text, "b.json": Self.event])
    let found = try logs.run("AWSCloudTrail | count", .kql)
    #expect(found.rows == ["1"] && found.report.damaged.count == 1)
  }
}
