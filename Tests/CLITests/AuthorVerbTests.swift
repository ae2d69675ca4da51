import Foundation
import Testing

/// The verbs of somebody who writes rules: why and test.
@Suite struct AuthorVerbTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private func path(_ name: String) -> String { Self.root.appending(path: name).path }

  private func inFolder(_ files: [String: String], _ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "trawl-author-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    try body(folder)
  }

  @Test func `why shows stages, conditions and the nearest miss`() throws {
    let rule = path("rules/T1496.004-cloud-service-hijacking/high-volume-ses.kql")
    let run = try TrawlProcess.run("why", rule, path("examples/at-threshold/ses"))
    #expect(run.exitCode == 0)
    #expect(run.output.contains("let SESAbuse"))
    #expect(run.output.contains("the largest `EventCount` is 100, wanted is more than 100"))
    #expect(run.output.hasSuffix("0 rows in all\n"))
    #expect(run.error.contains("events: 100 read"))
  }

  @Test func `why gives one JSON document`() throws {
    let query = "AWSCloudTrail | where EventName == 'SendEmial'"
    let run = try TrawlProcess.run("why", query, path("examples/ordinary-traffic"), "--format", "json", "-q")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let results = try #require(document["results"] as? [[String: Any]])
    let branches = try #require(results.first?["branches"] as? [[String: Any]])
    let stages = try #require(branches.first?["stages"] as? [[String: Any]])
    #expect(stages.map { $0["rowsOut"] as? Int } == [109, 0])
    let miss = try #require((stages[1]["nearestMisses"] as? [[String: Any]])?.first)
    #expect(miss["kind"] as? String == "absent-literal")
  }

  @Test func `why takes a search, and a wrong one is refused`() throws {
    let run = try TrawlProcess.run(
      "why", "-l", "spl", "search eventName=SendEmail | stats count", path("examples/ordinary-traffic"))
    #expect(run.exitCode == 0 && run.output.hasSuffix("1 row in all\n"))
    let wrong = try TrawlProcess.run("why", "AWSCloudTrail | whre x", path("examples/ordinary-traffic"))
    #expect(wrong.exitCode == 2 && wrong.output.isEmpty)
    #expect(try TrawlProcess.run("why").exitCode == 2)
  }

  @Test func `tests of the shipped rules pass`() throws {
    let run = try TrawlProcess.run("test", path("rules"), "--filter", "threshold")
    #expect(run.exitCode == 0, "\(run.output)")
    #expect(run.output.contains("  ok      is silent exactly at its threshold"))
    #expect(!run.output.contains("FAILED"))
  }

  @Test func `a failed test gives exit code 1, a difference and JUnit`() throws {
    let tests = """
      tests:
        - name: wants too much
          logs: \(path("examples/ordinary-traffic"))
          rows: 2
          contains: [{EventName: <Nothing>}]
      """
    try inFolder(["r.kql": "AWSCloudTrail | take 1\n", "r.tests.yml": tests]) { folder in
      let junit = folder.appending(path: "out.xml").path
      let run = try TrawlProcess.run("test", folder.appending(path: "r.kql").path, "--junit", junit)
      #expect(run.exitCode == 1)
      #expect(run.output.contains("FAILED  wants too much"))
      #expect(run.output.contains("wanted 2 rows, got 1 row"))
      #expect(run.error.contains("tests: 1 of 1 rule, 1 failed"))
      let xml = try String(contentsOfFile: junit, encoding: .utf8)
      #expect(
        xml.contains("<testsuites tests=\"1\" failures=\"1\" errors=\"0\" skipped=\"0\">")
          && xml.contains("&lt;Nothing&gt;"))
    }
  }

  @Test func `a broken test file is shown at its place`() throws {
    try inFolder(["r.kql": "AWSCloudTrail | take 1\n", "r.tests.yml": "- name: a\n  logs: &x b\n"]) {
      folder in
      let run = try TrawlProcess.run("test", folder.path)
      #expect(run.exitCode == 2)
      #expect(run.error.contains("error[yaml-anchor]") && run.error.contains("r.tests.yml:2:9"))
    }
  }

  @Test func `a rule in YAML runs and can be asked why`() throws {
    let rule = "name: Mail\nquery: |\n  AWSCloudTrail\n  | where EventName == \"sendemail\"\n"
    try inFolder(["mail.yaml": rule]) { folder in
      let file = folder.appending(path: "mail.yaml").path
      let run = try TrawlProcess.run("why", file, path("examples/ordinary-traffic"), "-q")
      #expect(run.output.contains("differs only in case"))
      #expect(run.output.contains("     4      109        0  where"))
    }
  }
}
