import Foundation
import Testing

/// What results for programs say of themselves.
@Suite struct EnvelopeTests {
  private struct Made {
    var value: [String: Any]
    var facts: [String: Any]
    var input: [String: Any]?
  }

  private func made(_ text: String) throws -> Made {
    let value = try #require(
      JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
    let facts = try #require(value["trawl"] as? [String: Any])
    return Made(value: value, facts: facts, input: facts["input"] as? [String: Any])
  }

  @Test func `it stands around all results`() throws {
    let folder = try TemporaryFolder()
    let log = try folder.writeEvents("a.json", ["SendEmail", "Publish"])
    let bad = try folder.write("b.json", #"{"Records":[{"eventName""#)
    let run = try TrawlProcess.run(
      "query", "AWSCloudTrail | count; AWSCloudTrail | project EventName", log, bad, "--format", "json",
      "--envelope", "--timeout", "90s", "--memory-limit", "1G")
    #expect(run.exitCode == 4, "\(run.error)")
    let made = try made(run.output)
    let results = try #require(made.value["results"] as? [[[String: Any]]])
    #expect(results.map(\.count) == [1, 2])
    #expect(results[0][0]["Count"] as? Int == 2)
    #expect(made.facts["exitCode"] as? Int == 4)
    #expect(made.facts["version"] as? String == "0.1.0" && made.facts["languageLevel"] as? Int == 1)
    #expect((made.facts["now"] as? String)?.hasPrefix("20") == true, "\(made.facts)")
    let limits = try #require(made.facts["limits"] as? [String: Any])
    #expect(limits["seconds"] as? Double == 90 && limits["memoryBytes"] as? Int == 1 << 30, "\(limits)")
    let input = try #require(made.input)
    #expect(input["filesRead"] as? Int == 1 && input["eventsRead"] as? Int == 2, "\(input)")
    #expect(((input["damaged"] as? [[String: Any]])?.first?["path"] as? String)?.hasSuffix("b.json") == true)
  }

  @Test func `it is the last line of lines`() throws {
    let folder = try TemporaryFolder()
    let log = try folder.writeEvents("a.json", ["SendEmail", "Publish"])
    let run = try TrawlProcess.run(
      "query", "AWSCloudTrail | project EventName", log, "--format", "ndjson", "--envelope")
    let lines = run.output.split(separator: "\n").map(String.init)
    #expect(lines.count == 3 && lines[0] == #"{"EventName":"SendEmail"}"#, "\(run)")
    #expect(try made(lines[2]).input?["eventsRead"] as? Int == 2)
  }

  @Test(arguments: ["json", "typed-json"])
  func `every verb's result has it`(format: String) throws {
    let folder = try TemporaryFolder()
    let log = try folder.writeEvents("logs/a.json", ["SendEmail"])
    let rule = try folder.write(
      "rules/a.kql", "let n = 0; AWSCloudTrail | summarize c = count() | where c > n")
    let other = try folder.write("b.spl", "sourcetype=aws:cloudtrail | stats count as c")
    for words in [
      ["run", rule, "--logs", log],
      ["run", rule, "--logs", log, "--replay", "--every", "1h", "--period", "1d"],
      ["test", folder.path + "/rules"], ["check", rule, "--logs", log], ["schema", log],
      ["functions", "strcat"],
      ["why", rule, "--logs", log], ["diff", rule, other, "--logs", log],
      ["sweep", rule, "--set", "n=0..2:1", "--logs", log],
      ["coverage", folder.path + "/rules", "--logs", log],
      ["port", rule, "--to", "spl", "--logs", log], ["summary", log],
      ["events", rule, "--out", folder.path + "/made-" + format],
    ] {
      let run = try TrawlProcess.run(words + ["--format", format, "--envelope"])
      // Not every verb writes every format.
      if run.exitCode == 2, run.error.contains("--format") { continue }
      let made = try made(run.output)
      #expect(
        made.value["results"] is [Any] && made.facts["exitCode"] as? Int == Int(run.exitCode), "\(words)")
    }
  }

  @Test func `what fails says so too`() throws {
    let wrong = try TrawlProcess.run("query", "AWSCloudTrail | nonsense", "--format", "json", "--envelope")
    let made = try made(wrong.output)
    #expect(wrong.exitCode == 2 && made.facts["exitCode"] as? Int == 2 && made.facts["now"] is NSNull)
    #expect((made.value["results"] as? [Any])?.isEmpty == true && made.input == nil)
  }

  @Test(arguments: ["table", "csv", "markdown", "arrow", "sarif"])
  func `other formats have no place for it`(format: String) throws {
    let run = try TrawlProcess.run("run", "x.kql", "--logs", "x", "--format", format, "--envelope")
    #expect(run.exitCode == 2 && run.error.contains("--format is one of json, ndjson, typed-json"), "\(run)")
  }
}
