import Foundation
import Testing

/// Which fields the events of a search have, and what they are called.
@Suite struct EventFieldTests {
  private static func event(_ name: String, _ parameters: String) -> String {
    #"{"eventVersion":"1.08","eventTime":"2026-03-02T10:00:00Z","eventSource":"s3.amazonaws.com","eventName":"\#(name)","#
      + #""eventID":"\#(name)","awsRegion":"us-east-1","requestParameters":\#(parameters)}"#
  }

  private static let log =
    [
      event("A", #"{"user":"ana","policy":{"Statement":{"Action":"s3:*"}}}"#),
      event("B", #"{"bucket":"b","policy":{"Statement":[{"Action":["s3:*"]}]}}"#),
      event("C", #"{"bucket":"c","policy":{"Statement":[{"Action":"s3:*"}]}}"#),
    ].joined(separator: "\n")

  @Test(arguments: [
    ("requestParameters.policy.Statement{}.Action{}=\"s3:*\" | table eventName", ["eventName", "B"]),
    ("requestParameters.policy.Statement{}.Action=\"s3:*\" | table eventName", ["eventName", "C"]),
    ("requestParameters.policy.Statement.Action=\"s3:*\" | table eventName", ["eventName", "A"]),
    // The command reads leniently, as published rules count on.
    (
      "eventName=A | spath path=requestParameters{}.policy{}.Statement{}.Action{} output=a | table a",
      ["a", "s3:*"]
    ),
    ("eventName=A | table requestParameters.user*", ["requestParameters.user", "ana"]),
    ("eventName=C | table requestParameters.user* requestParameters.b*", ["requestParameters.bucket", "c"]),
    (
      "eventName=C | eval n=0 | foreach requestParameters.* [eval n=n+1] | table n",
      ["n", "2"]
    ),
    (
      "eventName=C | eval x=1 | stats values(requestParameters.*) as * | fields - policy*", ["bucket", "c"]
    ),
  ])
  func `a search has the fields of its own events, called by their structure`(
    search: String, lines: [String]
  ) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("log.json", Self.log)
    let run = try TrawlProcess.run("query", "-q", "-l", "spl", search, file, "--format", "csv")
    #expect(run.output == lines.joined(separator: "\n") + "\n", "\(run.error)")
  }

  @Test func `a search over all tables nests no deeper than it must`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("log.json", Self.log)
    for query in ["search \"ana\" | project EventName", "find \"ana\" | project EventName"] {
      let run = try TrawlProcess.run("query", "-q", query, file, "--format", "csv")
      #expect(run.output == "EventName\nA\n", "\(query): \(run.error)")
    }
  }
}
