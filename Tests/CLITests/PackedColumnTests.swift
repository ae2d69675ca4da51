import Foundation
import Testing

/// Queries that want nothing but columns of packed logs: what they find is what they find in the logs.
@Suite struct PackedColumnTests {
  private static let events = (0..<60).map { number in
    var parts = [
      #""eventVersion":"1.09","eventTime":"2026-03-0\#(2 + number % 3)T10:00:\#(10 + number % 40)Z""#,
      #""eventName":"\#(["A", "B", "C \\u00e9", ""][number % 4])","eventSource":"s\#(number % 3)""#,
    ]
    if number % 5 < 2 { parts.append(#""readOnly":\#(number % 5 == 0)"#) }
    if number % 4 == 1 { parts.append(#""errorCode":"AccessDenied""#) }
    parts.append(number % 2 == 0 ? #""responseElements":null"# : #""responseElements":{"n":\#(number % 7)}"#)
    if number % 6 == 2 { parts.append(#""userIdentity":{"arn":"u\#(number % 9)","userName":null}"#) }
    if number % 6 == 3 { parts.append(#""userIdentity":null,"sourceIPAddress":null"#) }
    return "{\(parts.joined(separator: ","))}"
  }

  private static let questions: [[String]] = [
    ["AWSCloudTrail | count"],
    ["AWSCloudTrail | project EventName, EventSource, TimeGenerated, ReadOnly, ErrorCode, ResponseElements"],
    ["AWSCloudTrail | project UserIdentityArn, UserIdentityUserName, SourceIpAddress, Type, AWSRegion"],
    ["AWSCloudTrail | where EventName == 'A' | project TimeGenerated, EventSource, UserIdentityArn"],
    ["AWSCloudTrail | where isempty(ErrorCode) | summarize n = count() by EventName, ReadOnly"],
    ["AWSCloudTrail | where EventName == 'none' | count"],
    ["AWSCloudTrail | where EventSource in ('s1', 's2') | summarize n = count() by bin(TimeGenerated, 1d)"],
    [
      "union (AWSCloudTrail | where EventName == 'A' | project EventName), "
        + "(AWSCloudTrail | where EventSource == 's1' | project EventSource)"
    ],
    ["-l", "spl", "sourcetype=aws:cloudtrail | stats count by eventName readOnly"],
    ["-l", "spl", "sourcetype=aws:cloudtrail errorCode=* | stats count by eventSource"],
    ["-l", "spl", "sourcetype=aws:cloudtrail responseElements=null | stats count by eventName"],
  ]

  @Test func `columns are those of the events`() throws {
    let folder = try TemporaryFolder()
    let logs = try folder.write("logs.json", Self.events.joined(separator: "\n"))
    let packed = "\(folder.path)/packed"
    let made = try TrawlProcess.run("pack", logs, "--out", packed)
    #expect(made.exitCode == 0, "\(made.error)")
    for question in Self.questions {
      for threads in ["1", "3"] {
        let options = ["--format", "ndjson", "--threads", threads]
        let plain = try TrawlProcess.run(["query"] + question + [logs] + options)
        let found = try TrawlProcess.run(["query"] + question + [packed] + options)
        #expect(
          found.output.split(separator: "\n").sorted() == plain.output.split(separator: "\n").sorted(),
          "\(question)")
        #expect(found.exitCode == plain.exitCode)
        for line in ["events: ", "time: ", "now: "] {
          func said(_ text: String) -> [Substring] {
            text.split(separator: "\n").filter { $0.hasPrefix(line) }
          }
          #expect(said(found.error) == said(plain.error), "\(question)")
        }
      }
    }
  }
}
