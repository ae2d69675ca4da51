import Foundation
import Testing

@Suite struct SweepVerbTests {
  let folder: TemporaryFolder
  let logs: String

  init() throws {
    folder = try TemporaryFolder()
    logs = try folder.writeEvents(
      "logs/events.json", ["SendEmail", "SendEmail", "SendEmail", "Publish", "Publish", "Delete"])
    try folder.write(
      "rule.kql",
      "let N = 2;\nAWSCloudTrail\n| summarize Calls = count() by EventName\n| where Calls >= N\n")
    try folder.write("rule.spl", "search * | stats count as Calls by eventName | where Calls > 1\n")
  }

  private func sweep(_ arguments: String...) throws -> TrawlProcess {
    try TrawlProcess.run(["sweep"] + arguments + ["--logs", logs], in: folder.path)
  }

  @Test func `each value has its rows and a picture`() throws {
    let result = try sweep("rule.kql", "--set", "N=1..4:1")
    #expect(result.exitCode == 0)
    #expect(
      result.output == """
        N  now  rows  fires  entities  picture
        -  ---  ----  -----  --------  ------------------------
        1          3  yes           3  ████████████████████████
        2  now     2  yes           2  ████████████████
        3          1  yes           1  ████████
        4          0  no            0

        4 rows

        """)
    #expect(result.error.contains("counted are distinct values of EventName"))
    #expect(result.error.contains("the logs span less than a day"))
    #expect(result.error.contains("events: 6 read"))
  }

  @Test func `programs get tables without a picture`() throws {
    let csv = try sweep("rule.kql", "--set", "N=1,2", "--format", "csv", "-q")
    #expect(csv.output == "N,now,rows,fires,entities\n1,,3,yes,3\n2,now,2,yes,2\n" && csv.error.isEmpty)
    let json = try sweep("rule.spl", "--set", "Calls=0..2:1", "--format", "json", "-q")
    let rows = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
    #expect(rows.map { $0["rows"] as? Int } == [3, 2, 1] && rows.map { $0["Calls"] as? Int } == [0, 1, 2])
  }

  @Test func `what cannot be swept is refused with what can`() throws {
    let unknown = try sweep("rule.kql", "--set", "M=1..3:1")
    #expect(unknown.exitCode == 2 && unknown.error.contains("error[unknown-parameter]"))
    #expect(unknown.error.contains("N = 2 (line 1)"))
    #expect(try sweep("rule.spl", "--set", "x=1,2").error.contains("Calls = 1 (line 1, compared)"))
    #expect(try sweep("rule.kql", "--set", "N=3").error.contains("error[nothing-to-sweep]"))
    #expect(try sweep("rule.kql").error.contains("error[nothing-to-sweep]"))
    #expect(try sweep("rule.kql", "--set", "N=1..10:0").error.contains("error[bad-range]"))
    #expect(try sweep("rule.kql", "--set", "N=1..100000:1").error.contains("error[too-many-values]"))
    #expect(try sweep(".", "--set", "N=1,2").error.contains("holds 2 rules"))
    let value = try sweep("rule.kql", "--set", "N=1,many")
    #expect(value.exitCode == 2 && value.error.contains("with N=many:"))
    #expect(value.output.contains("error"))
  }
}
