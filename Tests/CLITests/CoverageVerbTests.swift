import Foundation
import Testing

@Suite struct CoverageVerbTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.writeEvents("attack/e.json", ["SendEmail", "SendEmail", "CreateUser"])
    try folder.writeEvents("quiet/e.json", ["Publish"])
    try folder.write(
      "rules/a.kql",
      "// title: Mail\nAWSCloudTrail\n| where EventName in ('SendEmail', 'SendEmial')\n| count | where Count > 1\n"
    )
    try folder.write("rules/b.kql", "// title: Sign-ins\nSigninLogs | take 1\n")
  }

  private func run(_ options: String...) throws -> TrawlProcess {
    try TrawlProcess.run(
      ["coverage", "rules", "--logs", "attack", "--logs", "quiet"] + options, in: folder.path)
  }

  @Test func `people see rules by logs, unread events and absent texts`() throws {
    let result = try run("-q")
    #expect(result.exitCode == 0, "\(result.error)")
    #expect(
      result.output == """
        Rules and logs

        rule      attack         quiet
        --------  -------------  -------
        Mail      fired (1 row)  silent
        Sign-ins  not run        not run

        2 rows

          attack: 1 of 2 rules fire
          quiet: 0 of 2 rules fire

        Events that no rule reads: 2 of 3 names

        EventSource        EventName   events
        -----------------  ----------  ------
        ses.amazonaws.com  CreateUser       1
        ses.amazonaws.com  Publish          1

        2 rows

        Texts in rules that the logs never hold: 1

        file         line  text
        -----------  ----  ----------------------------------------------------------
        rules/a.kql     3  `EventName` is never "SendEmial"; closest: "SendEmail" (2)

        1 row

        """, "\(result.output)")
  }

  @Test func `programs get one document, or a row for each rule and log`() throws {
    let json = try run("-q", "--format", "json")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(document["logs"] as? [String] == ["attack", "quiet"])
    let rules = try #require(document["rules"] as? [[String: Any]])
    let cells = try #require(rules.first?["logs"] as? [[String: Any]])
    #expect(cells.map { $0["result"] as? String } == ["fired", "silent"])
    #expect((document["unreadEvents"] as? [[String: Any]])?.count == 2)
    #expect((document["absentTexts"] as? [[String: Any]])?.first?["line"] as? Int == 3)
    let csv = try run("-q", "--format", "csv").output
    #expect(csv.hasPrefix("rule,file,log,result,rows,reason\nMail,rules/a.kql,attack,fired,1,\n"))
    #expect(csv.contains("\nSign-ins,rules/b.kql,quiet,not run,0,the logs hold no row of"))
    #expect(
      try run("-q", "--format", "markdown").output.hasPrefix("## Rules and logs\n\n| rule | attack | quiet |")
    )
  }

  @Test func `one log becomes days, and no log is refused`() throws {
    let days = try TrawlProcess.run("coverage", "rules", "--logs", "attack", "-q", "--format", "json")
    #expect(days.exitCode == 3)
    let one = try TrawlProcess.run(
      ["coverage", "rules", "--logs", "attack", "-q", "--format", "csv"], in: folder.path)
    #expect(one.output.contains("Mail,rules/a.kql,2026-03-02,fired,1,"))
    let none = try TrawlProcess.run(["coverage", "rules"], in: folder.path)
    #expect(none.exitCode == 2 && none.error.hasPrefix("error[missing-logs]"))
  }
}
