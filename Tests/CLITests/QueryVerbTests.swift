import Foundation
import Testing

@Suite struct QueryVerbTests {
  let folder: TemporaryFolder
  let logs: String

  init() throws {
    folder = try TemporaryFolder()
    logs = try folder.writeEvents("events.json", ["SendEmail", "SendEmail", "Publish"])
  }

  private let counts = "AWSCloudTrail | summarize n = count() by EventName | sort by n desc"

  @Test(arguments: [
    ("csv", "EventName,n\nSendEmail,2\nPublish,1\n"),
    ("tsv", "EventName\tn\nSendEmail\t2\nPublish\t1\n"),
    ("json", "[\n{\"EventName\":\"SendEmail\",\"n\":2},\n{\"EventName\":\"Publish\",\"n\":1}\n]\n"),
    ("ndjson", "{\"EventName\":\"SendEmail\",\"n\":2}\n{\"EventName\":\"Publish\",\"n\":1}\n"),
    (
      "typed-json",
      "{\"columns\":[{\"name\":\"EventName\",\"type\":\"string\"},{\"name\":\"n\",\"type\":\"long\"}],"
        + "\"rows\":[[\"SendEmail\",2],[\"Publish\",1]]}\n"
    ),
    ("table", "EventName  n\n---------  -\nSendEmail  2\nPublish    1\n\n2 rows\n"),
  ])
  func `every format has its shape`(_ format: String, _ text: String) throws {
    let result = try TrawlProcess.run("query", counts, logs, "--format", format)
    #expect(result.output == text)
    #expect(result.exitCode == 0)
  }

  @Test func `the summary goes to the error stream, and can be left out`() throws {
    let loud = try TrawlProcess.run("query", counts, logs)
    #expect(loud.error.contains("files: 1 read, 0 skipped\nevents: 3 read, 0 rejected\n"))
    #expect(loud.error.contains("time: 2026-03-02T10:00:00Z to 2026-03-02T10:00:02Z\n"))
    #expect(
      loud.error.contains("now: 2026-03-02T10:00:02.9999999Z (just past the newest event; --now sets it)\n"))
    #expect(try TrawlProcess.run("query", counts, logs, "--quiet").error.isEmpty)
  }

  @Test func `a scalar let takes a value from outside`() throws {
    let query = "let Least = 2; AWSCloudTrail | summarize n = count() by EventName | where n >= Least | count"
    #expect(try TrawlProcess.run("query", query, logs, "--format", "csv").output == "Count\n1\n")
    #expect(
      try TrawlProcess.run("query", query, logs, "--format", "csv", "--set", "Least=1").output == "Count\n2\n"
    )
    let unknown = try TrawlProcess.run("query", query, logs, "--set", "Lest=1")
    #expect(unknown.exitCode == 2)
    #expect(unknown.error.contains("`Least`"))
  }

  @Test func `now is the newest event, or what the command line says`() throws {
    let query = "print n = now()"
    let given = try TrawlProcess.run("query", query, "--now", "2026-01-15T00:00:00Z", "--format", "csv")
    #expect(given.output == "n\n2026-01-15T00:00:00.0000000Z\n")
    let recent = "AWSCloudTrail | where TimeGenerated > ago(1s) | count"
    #expect(try TrawlProcess.run("query", recent, logs, "--format", "csv").output == "Count\n1\n")
    let late = try TrawlProcess.run("query", recent, logs, "--format", "csv", "--now", "2026-03-03")
    #expect(late.output == "Count\n0\n")
  }

  @Test func `the ending of a file decides its language`() throws {
    let search = try folder.write("a.spl", "eventName=SendEmail | stats count")
    let result = try TrawlProcess.run("query", "--file", search, logs, "--format", "csv")
    #expect(result.output == "count\n2\n", "\(result.error)")
  }

  @Test func `the same rows come with any number of threads`() throws {
    let query = "AWSCloudTrail | project TimeGenerated, EventName, AwsEventId"
    let path = Repository.path("examples/bursts")
    let one = try TrawlProcess.run("query", query, path, "--threads", "1", "--format", "csv")
    let four = try TrawlProcess.run("query", query, path, "--threads", "4", "--format", "csv")
    #expect(one.output == four.output)
    #expect(one.output.split(separator: "\n").count > 700)
  }

  @Test func `a limit says how many rows there are`() throws {
    let result = try TrawlProcess.run("query", counts, logs, "--limit", "1", "--format", "csv")
    #expect(result.output == "EventName,n\nSendEmail,2\n")
    #expect(result.error.contains("1 of 2 rows shown"))
  }
}
