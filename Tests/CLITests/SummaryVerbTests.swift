import Foundation
import Testing

@Suite struct SummaryVerbTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let events = ["SendEmail", "SendEmail", "Publish"].enumerated().map { second, name in
      #"{"eventVersion":"1.09","eventTime":"2026-03-02T10:00:0\#(second)Z","eventSource":"ses.amazonaws.com","#
        + #""eventName":"\#(name)","awsRegion":"us-east-1","sourceIPAddress":"203.0.113.7","#
        + #""userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::1:user/ada"}}"#
    }
    try folder.write("logs/events.json", events.joined(separator: "\n"))
  }

  @Test func `people see who did what from where`() throws {
    let result = try TrawlProcess.run("summary", folder.path + "/logs", "--width", "100")
    #expect(result.exitCode == 0)
    #expect(result.output.hasPrefix("events: 3 of AWSCloudTrail\ntime:   2026-03-02T10:00:00Z to "))
    for heading in ["Identities: ", "Addresses: ", "Services: ", "Actions: 2", "Who from where: "] {
      #expect(result.output.contains("\n\(heading)"), "\(heading): \(result.output)")
    }
    #expect(result.output.contains("  SendEmail"))
    #expect(result.error.contains("events: 3 read, 0 rejected\n"))
  }

  @Test func `programs get a row for each value, or all as one document`() throws {
    let csv = try TrawlProcess.run("summary", folder.path + "/logs", "-q", "--format", "csv")
    #expect(csv.output.hasPrefix("kind,value,events,errors,first,last,new\n"))
    #expect(csv.output.contains("action,SendEmail,2,0,2026-03-02T10:00:00.0000000Z,"))
    let json = try TrawlProcess.run("summary", folder.path + "/logs", "-q", "--format", "json")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect((document["sources"] as? [[String: Any]])?.first?["events"] as? Int == 3)
    #expect((document["visits"] as? [[String: Any]])?.isEmpty == false)
    #expect((document["timeline"] as? [[String: Any]])?.isEmpty == false)
  }

  @Test func `an error without a time counts`() throws {
    let events = ["2026-03-02T10:00:00Z", "2026-03-02T10:05:00Z", "no time"].map {
      #"{"eventVersion":"1.09","eventTime":"\#($0)","eventSource":"ses.amazonaws.com","eventName":"X","#
        + #""awsRegion":"us-east-1","errorCode":"AccessDenied"}"#
    }
    try folder.write("odd/events.json", events.joined(separator: "\n"))
    let result = try TrawlProcess.run("summary", folder.path + "/odd", "--width", "100")
    #expect(result.output.hasPrefix("events: 3 of AWSCloudTrail; 3 with an error\n"), "\(result.output)")
  }

  @Test func `what is new counts from a time that can be given`() throws {
    let all = try TrawlProcess.run(
      "summary", folder.path + "/logs", "-q", "--format", "csv", "--since", "2026-03-02T10:00:02Z")
    #expect(all.output.contains("action,SendEmail,2,0,") && all.output.contains("Publish,1,0,"))
    for line in all.output.split(separator: "\n") where line.hasPrefix("action,") {
      #expect(line.hasSuffix(line.contains("Publish") ? ",true" : ",false"), "\(line)")
    }
    let wrong = try TrawlProcess.run("summary", folder.path + "/logs", "--since", "soon")
    #expect(wrong.exitCode == 2 && wrong.error.contains("`--since` cannot be `soon`"))
  }

  @Test func `no logs, no events and no such file are told apart`() throws {
    #expect(try TrawlProcess.run("summary").error.hasPrefix("error[missing-logs]"))
    try folder.write("none/notes.json", "{}\n")
    #expect(try TrawlProcess.run("summary", folder.path + "/none", "-q").output == "no events\n")
    #expect(try TrawlProcess.run("summary", folder.path + "/nowhere").exitCode == 3)
  }

  @Test func `a page is written where it is wanted`() throws {
    let path = folder.path + "/page.html"
    let result = try TrawlProcess.run("summary", folder.path + "/logs", "-q", "--html", path)
    #expect(result.output.hasPrefix("events: 3"))
    let page = try String(contentsOfFile: path, encoding: .utf8)
    #expect(page.hasPrefix("<!doctype html>") && page.contains("<h1>Summary of logs</h1>"))
    let only = try TrawlProcess.run("summary", folder.path + "/logs", "-q", "--format", "html")
    #expect(only.output == page)
  }
}
