import Foundation
import Testing

@Suite struct DiffVerbTests {
  let folder: TemporaryFolder
  let logs: String

  static let query = "AWSCloudTrail\n| summarize Calls = count() by EventName\n| where Calls > 1\n"

  init() throws {
    folder = try TemporaryFolder()
    logs = try folder.writeEvents(
      "logs/events.json", ["SendEmail", "SendEmail", "SendEmail", "Publish", "Publish", "Delete"])
    try folder.write("old.kql", Self.query)
    try folder.write("new.kql", Self.query.replacing("> 1", with: "> 2"))
  }

  private func diff(_ arguments: String...) throws -> TrawlProcess {
    try TrawlProcess.run(["diff"] + arguments + ["--logs", logs], in: folder.path)
  }

  @Test func `a lost row is shown, and the exit code is 1`() throws {
    let result = try diff("old.kql", "new.kql")
    #expect(result.exitCode == 1)
    #expect(
      result.output == """
        new [alert in both]
          old  old.kql
          new  new.kql
          rows: 2 before, 1 now: 1 the same, 1 lost, 0 gained, 0 changed
          rows are paired by `EventName`, which both rules group by

          - EventName = "Publish"
              Calls = 2

        the rule differs
        alerts: 0 lost, 0 gained; rows: 1 lost, 0 gained, 0 changed, 1 the same

        """)
    #expect(result.error.contains("events: 6 read, 0 rejected"))
  }

  @Test func `the same rule gives exit code 0`() throws {
    let result = try diff("old.kql", "old.kql", "-q")
    #expect(result.exitCode == 0 && result.error.isEmpty)
    #expect(result.output.contains("no difference"))
  }

  @Test func `an alert that is gone is said`() throws {
    try folder.write("none.kql", Self.query.replacing("> 1", with: "> 9"))
    let result = try diff("old.kql", "none.kql")
    #expect(result.exitCode == 1 && result.output.contains("none [alert lost]"))
    #expect(result.output.contains("alerts: 1 lost, 0 gained; rows: 2 lost"))
  }

  @Test func `changed cells show both values`() throws {
    try folder.write("twice.kql", Self.query.replacing("count()", with: "2 * count()"))
    let result = try diff("old.kql", "twice.kql", "--limit", "1", "-q")
    #expect(result.output.contains("  ~ EventName = \"SendEmail\"\n      Calls: 3 → 6\n"))
    #expect(result.output.contains("  + EventName = \"Delete\"\n      Calls = 2\n"))
    #expect(result.output.contains("  … 1 of 2 changed rows are not shown (--limit 2 shows them)"))
  }

  @Test func `folders are paired, and rules of one side alone are said`() throws {
    try folder.write("a/x.kql", Self.query)
    try folder.write("a/gone.kql", Self.query)
    try folder.write("b/x.kql", Self.query)
    try folder.write("b/fresh.kql", Self.query)
    let result = try diff("a", "b")
    #expect(result.exitCode == 1)
    #expect(result.output.contains("gone [rule taken away, alert lost]"))
    #expect(result.output.contains("fresh [rule added, alert gained]"))
    #expect(!result.output.contains("x [") && result.output.contains("2 of 3 rules differ"))
  }

  @Test func `markdown begins with the counts and folds its lists`() throws {
    let result = try diff("old.kql", "new.kql", "--format", "markdown")
    #expect(result.output.hasPrefix("## Rule diff: 1 of 1 rule differ"))
    #expect(
      result.output.contains("Alerts: 0 lost, 0 gained. Rows: 1 lost, 0 gained, 0 changed, 1 the same."))
    #expect(
      result.output.contains(
        """
        <details open><summary>1 row lost</summary>

        | EventName | Calls |
        | --- | ---: |
        | Publish | 2 |

        </details>
        """))
  }

  @Test func `json is one document`() throws {
    let result = try diff("old.kql", "new.kql", "--format", "json", "-q")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(document["different"] as? Bool == true)
    let rule = try #require((document["rules"] as? [[String: Any]])?.first)
    let rows = try #require((rule["results"] as? [[String: Any]])?.first)
    #expect(rows["keyBasis"] as? String == "group-keys" && rows["key"] as? [String] == ["EventName"])
    let lost = try #require((rows["lost"] as? [[String: Any]])?.first)
    #expect(lost["EventName"] as? String == "Publish" && lost["Calls"] as? Int == 2)
    let csv = try diff("old.kql", "new.kql", "--format", "csv", "-q")
    #expect(csv.output.hasPrefix("rule,change,key,column,old,new\nnew,lost,"))
  }

  @Test func `a rule of the other language is compared by its meaning`() throws {
    try folder.write("port.spl", "search * | stats count as Calls by eventName | where Calls > 1\n")
    let unmapped = try diff("old.kql", "port.spl")
    #expect(unmapped.exitCode == 1)
    #expect(unmapped.output.contains("columns only in the old result: `EventName`"))
    #expect(unmapped.output.contains("`--map EventName=eventName` would compare them"))
    let mapped = try diff("old.kql", "port.spl", "--map", "EventName=eventName")
    #expect(mapped.exitCode == 0, "\(mapped.output)")
  }

  @Test func `an old version may come from anywhere`() throws {
    try folder.write("from-git", Self.query)
    #expect(try diff("from-git", "old.kql").exitCode == 0)
    let unknown = try diff("from-git", "from-git")
    #expect(unknown.exitCode == 2 && unknown.error.hasPrefix("error[unknown-language]"))
    #expect(try diff("from-git", "from-git", "--language", "kql").exitCode == 0)
  }

  @Test func `what is wrong is said`() throws {
    try folder.write("wrong.kql", "AWSCloudTrail | where EvntName == 'x'")
    let wrong = try diff("old.kql", "wrong.kql")
    #expect(wrong.exitCode == 2)
    #expect(wrong.output.contains("not compared: the new rule cannot run"))
    #expect(wrong.error.contains("error[unknown-column]") && wrong.error.contains("wrong.kql:1:23"))
    let key = try diff("old.kql", "new.kql", "--key", "EventNam")
    #expect(key.exitCode == 2 && key.error.contains("the nearest is `EventName`"))
    #expect(try diff("old.kql", "new.kql", "--map", "a").error.contains("it wants OLD=NEW"))
    #expect(try diff("old.kql", "nothing.kql").exitCode == 3)
    #expect(try diff("old.kql", "logs").error.contains("error[no-rules]"))
    let noLogs = try TrawlProcess.run(["diff", "old.kql", "new.kql"], in: folder.path)
    #expect(noLogs.exitCode == 2 && noLogs.error.hasPrefix("error[missing-logs]"))
    #expect(try TrawlProcess.run("diff", "old.kql").error.contains("needs 2 rule files"))
    #expect(try diff("old.kql", "old.kql", "--set", "N=1").error.contains("error[unknown-variable]"))
  }

  @Test func `damaged logs are exit code 4 where the rules agree`() throws {
    try folder.write("logs/events.json", TemporaryFolder.event("SendEmail") + "\n{\"eventName\": tru}\n")
    #expect(try diff("old.kql", "old.kql").exitCode == 4)
    #expect(try diff("old.kql", "old.kql", "--allow-partial").exitCode == 0)
  }
}
