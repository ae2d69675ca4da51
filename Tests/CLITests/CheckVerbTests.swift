import Foundation
import Testing

@Suite struct CheckVerbTests {
  private func folder(_ files: [String: String]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (name, text) in files { try folder.write(name, text) }
    return folder
  }

  static let impossible = "AWSCloudTrail\n| where EventName == 'a'\n| where EventName == 'b'\n"

  @Test func `the shipped rules have no errors`() throws {
    let process = try TrawlProcess.run("check", Repository.path("rules"))
    #expect(process.exitCode == 0)
    #expect(process.output.contains(" checked, 0 wrong"))
  }

  @Test func `strict makes a warning an error`() throws {
    let process = try TrawlProcess.run("check", "--strict", Repository.path("rules"))
    #expect(process.exitCode == 2)
    #expect(process.output.contains("dcount-by-own-key"))
  }

  @Test func `a wrong rule is shown with its place`() throws {
    let folder = try TemporaryFolder()
    let rule = try folder.write("wrong.kql", "AWSCloudTrail | where EvntName == \"x\"")
    let process = try TrawlProcess.run("check", rule)
    #expect(process.exitCode == 2)
    #expect(process.output.contains("wrong.kql:1:23"))
    #expect(process.output.contains("the nearest is `EventName`"))
  }

  @Test func `a finding is a picture with both places, and a comment takes it away`() throws {
    let folder = try folder(["a.kql": Self.impossible])
    let process = try TrawlProcess.run("check", folder.path)
    #expect(process.exitCode == 0)
    #expect(
      process.output
        == """
        warning[never-true]: `EventName == "b"` can never hold together with `EventName == "a"`
           --> \(folder.path)/a.kql:3:9
            |
          2 | | where EventName == 'a'
            |         ---------------- and here it must be otherwise
          3 | | where EventName == 'b'
            |         ^^^^^^^^^^^^^^^^

        rules: 1 checked, 0 wrong, 1 with warnings, 0 fine

        """.replacingOccurrences(of: "\n   -->", with: "\n  -->").replacingOccurrences(
          of: "\n    |", with: "\n   |"
        )
        .replacingOccurrences(of: "\n  2 |", with: "\n 2 |").replacingOccurrences(
          of: "\n  3 |", with: "\n 3 |"),
      "\(process.output)")
    #expect(try TrawlProcess.run("check", "--strict", folder.path).exitCode == 2)
    try folder.write("a.kql", "// trawl: allow never-true\n" + Self.impossible)
    let allowed = try TrawlProcess.run("check", "--strict", folder.path)
    #expect(allowed.exitCode == 0 && allowed.output == "rules: 1 checked, 0 wrong, 0 with warnings, 1 fine\n")
  }

  @Test func `programs get a table or SARIF`() throws {
    let folder = try folder([
      "a.kql": Self.impossible, "b.yml": "query: 'AWSCloudTrail\n\n  | where Nothing == 1'\n",
    ])
    let json = try TrawlProcess.run("check", folder.path, "--format", "json", "-q")
    let findings = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
    #expect(json.exitCode == 2)
    #expect(findings.map { $0["slug"] as? String } == ["never-true", "unknown-column"])
    #expect(
      findings.map { $0["line"] as? Int } == [3, 3] && findings.map { $0["column"] as? Int } == [9, 11])
    let sarif = try SarifDocument(
      try TrawlProcess.run("check", folder.path, "--format", "sarif", "-q").output)
    #expect(sarif.rules.map { $0["id"] as? String } == ["never-true", "unknown-column"])
    #expect(sarif.results.map { $0["level"] as? String } == ["warning", "error"])
    let region = try #require(
      ((sarif.results[1]["locations"] as? [[String: Any]])?[0]["physicalLocation"] as? [String: Any])?[
        "region"]
        as? [String: Int])
    #expect(region == ["startLine": 3, "startColumn": 11, "endLine": 3, "endColumn": 18])
    let markdown = try TrawlProcess.run("check", folder.path, "--format", "markdown", "-q").output
    #expect(markdown.hasPrefix("# Check of rules\n\n| file |") && markdown.contains("| never-true |"))
  }

  @Test func `with logs it says what they never hold`() throws {
    let folder = try folder([
      "rules/a.kql": "AWSCloudTrail\n| where EventName == 'SendEmial' and isnotempty(ErrorCode)\n"
    ])
    try folder.writeEvents("logs/e.json", ["SendEmail", "Publish"])
    let process = try TrawlProcess.run(
      "check", folder.path + "/rules", "--logs", folder.path + "/logs", "--format", "ndjson")
    #expect(process.exitCode == 0)
    #expect(
      process.output.contains("\"slug\":\"literal-never-seen\"")
        && process.output.contains("closest: \\\"SendEmail\\\""))
    #expect(process.output.contains("\"slug\":\"field-never-filled\""))
    #expect(process.error.contains("events: 2 read"))
  }

  @Test func `what a rule needs and is not there is no mistake of the rule`() throws {
    let folder = try folder(["a.kql": "_GetWatchlist('vip') | take 1\n"])
    let process = try TrawlProcess.run("check", folder.path)
    #expect(process.exitCode == 0)
    #expect(process.output.contains("not checked: \(folder.path)/a.kql: no watchlist named `vip`"))
    #expect(process.output.hasSuffix("rules: 0 checked, 0 wrong, 0 with warnings, 0 fine, 1 not checked\n"))
    let sarif = try TrawlProcess.run("check", folder.path, "--format", "sarif", "-q")
    #expect(sarif.exitCode == 0 && sarif.error.hasPrefix("not checked: \(folder.path)/a.kql: "))
    let notification = try #require(try SarifDocument(sarif.output).notifications.first)
    #expect((notification["descriptor"] as? [String: Any])?["id"] as? String == "not-checked")
  }

  @Test func `lints are listed`() throws {
    let process = try TrawlProcess.run("check", "--list", "--format", "csv")
    #expect(process.exitCode == 0 && process.output.hasPrefix("slug,summary,why,needsLogs\n"))
    #expect(process.output.contains("\nnever-true,"))
    #expect(try TrawlProcess.run("check").exitCode == 2)
    #expect(
      try TrawlProcess.run("check", Repository.path("examples/bursts")).error.hasPrefix("error[no-rules]"))
  }
}
