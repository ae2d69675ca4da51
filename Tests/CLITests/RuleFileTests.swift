import Foundation
import Testing

/// Rule files as they come: with Windows line ends, broken, named where a query is wanted.
@Suite struct RuleFileTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.writeEvents("logs/events.json", ["SendEmail", "Publish"])
  }

  private func trawl(_ arguments: String...) throws -> TrawlProcess {
    try TrawlProcess.run(arguments + ["--logs", "logs"], in: folder.path)
  }

  @Test func `a header with the line ends of Windows is read`() throws {
    try folder.write("a.kql", "\u{FEFF}// title: Many\r\n// severity: High\r\nAWSCloudTrail\r\n| count\r\n")
    try folder.write("b.spl", "```\r\ntitle: Found\r\nseverity: low\r\n```\r\n* | stats count\r\n")
    try folder.write("c.spl", "```title: One line``` * | stats count\n")
    try folder.write(
      "d.yaml", "name: In YAML\r\nseverity: Low\r\nquery: |\r\n  AWSCloudTrail\r\n  | count\r\n")
    let result = try trawl("run", ".", "-q", "--rows")
    for head in [
      "Many [high · 1 row]\n./a.kql\n", "Found [low · 1 row]\n./b.spl\n", "One line [1 row]\n./c.spl\n",
      "In YAML [low · 1 row]\n./d.yaml\n",
    ] {
      #expect(result.output.contains(head), "\(result.output)")
    }
  }

  @Test func `an alert for want of rows has the title of its rule`() throws {
    try folder.write(
      "quiet.yaml",
      """
      name: No deletion
      query: |
        AWSCloudTrail | where EventName == "Delete" | summarize n = count() by EventName
      triggerOperator: eq
      triggerThreshold: 0
      alertDetailsOverride:
        alertDisplayNameFormat: "{{n}} times {{EventName}}"
      """)
    let result = try trawl("run", "quiet.yaml", "-q", "--rows")
    #expect(result.output.contains("\n\nNo deletion [0 rows]") && !result.output.contains("{{"))
  }

  @Test func `a tab that indents is named`() throws {
    try folder.write("tab.yml", "name: a\n\tquery: AWSCloudTrail\n")
    let result = try trawl("run", "tab.yml")
    #expect(result.exitCode == 2 && result.error.contains("error[yaml-tab]"))
    #expect(result.error.contains("--> tab.yml:2:1") && result.error.contains("rules: 0 loaded, 1 refused\n"))
    try folder.write("blank.yml", "name: Blank\n\t\nquery: AWSCloudTrail | count\n")
    #expect(try trawl("run", "blank.yml", "-q", "--rows").output.contains("\n\nBlank [1 row]"))
  }

  @Test(arguments: ["diff", "sweep"]) func `a broken rule file is not passed over`(_ verb: String) throws {
    try folder.write("x.yml", "query: &x T\n")
    let rest = verb == "diff" ? ["x.yml"] : ["--set", "n=1,2"]
    let result = try TrawlProcess.run([verb, "x.yml"] + rest + ["--logs", "logs"], in: folder.path)
    #expect(result.exitCode == 2, "\(result.error)")
    #expect(result.error.contains("error[yaml-anchor]") && result.error.contains("x.yml:1:8"))
  }

  @Test func `a rule file in place of a query is told from a query`() throws {
    try folder.write("a.kql", "AWSCloudTrail | count\n")
    let result = try trawl("query", "a.kql")
    #expect(result.exitCode == 2)
    #expect(result.error.contains("error[file-as-query]") && result.error.contains("--file a.kql"))
  }

  @Test func `one warning stands for all rules that have it`() throws {
    try folder.write("a.kql", "AWSCloudTrail | project SourceIPAddress, x = SourceIPAddress\n")
    try folder.write("b.kql", "AWSCloudTrail | project SourceIPAddress\n")
    try folder.write("c.kql", "AWSCloudTrail | project Eventname\n")
    let result = try trawl("run", ".")
    let warnings = result.error.split(separator: "\n").filter { $0.contains("warning[column-case]") }
    #expect(warnings.count == 2, "\(result.error)")
    #expect(warnings.first?.hasSuffix("in 2 rules)") == true)
    #expect(try trawl("diff", "a.kql", "b.kql").error.contains("in 2 rules)"))
  }

  @Test func `an event is followed to its end`() throws {
    let event = #","eventID":"e-1","userIdentity":{"arn":"arn:a"}"#
    let other = #","eventID":"e-2","userIdentity":{"arn":"arn:b"}"#
    try folder.write(
      "logs/events.json",
      [TemporaryFolder.event("SendEmail", extra: event), TemporaryFolder.event("Publish", extra: other)]
        .joined(separator: "\n"))
    try folder.write(
      "join.kql",
      """
      let Mail = AWSCloudTrail | where EventName == "SendEmail";
      let Texts = AWSCloudTrail | where EventName == "Publish" | project UserIdentityArn;
      Mail | join kind=inner Texts on UserIdentityArn | summarize n = count() by UserIdentityArn
      """)
    let lost = try trawl("why", "join.kql", "--event", "e-1", "-q").output
    #expect(lost.contains("x the event ends here\n") && !lost.contains("in the result"))
    try folder.write("all.kql", "AWSCloudTrail | summarize n = count() by EventName")
    let kept = try trawl("why", "all.kql", "--event", "e-1", "-q").output
    #expect(kept.contains("> the event is in the result\n") && !kept.contains("x the event"))
    try folder.write("sub.spl", "* [search eventName=Nothing | fields eventID] | stats count")
    #expect(try trawl("why", "sub.spl", "-q").output.contains("a subsearch that gives nothing"))
  }
}
