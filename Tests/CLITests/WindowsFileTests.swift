import Foundation
import Testing

/// Files whose lines end as Windows ends them say the same as others.
@Suite struct WindowsFileTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.writeEvents("logs/a.json", ["SendEmail", "CreateUser"])
  }

  private func same(_ text: String, _ arguments: [String], ending: String) throws -> TrawlProcess {
    try folder.write("a.\(ending)", text)
    let plain = try TrawlProcess.run(arguments, in: folder.path)
    try folder.write("a.\(ending)", text.replacing("\n", with: "\r\n"))
    let windows = try TrawlProcess.run(arguments, in: folder.path)
    #expect(windows.exitCode == plain.exitCode)
    #expect(windows.output == plain.output && windows.error == plain.error, "\(windows.error)")
    return windows
  }

  @Test func `a blank line parts two queries`() throws {
    _ = try same(
      "print a = 1\n\nprint b = 2\n", ["query", "--file", "a.kql", "--format", "csv", "-q"], ending: "kql")
  }

  @Test func `a port has the comments below the head`() throws {
    let result = try same(
      "// title: A\n// severity: high\n\nAWSCloudTrail\n// those of mail\n| where EventName == 'SendEmail'\n",
      ["port", "a.kql", "--to", "spl"], ending: "kql")
    #expect(result.output.contains("those of mail"), "\(result.error)")
  }

  @Test func `a saved search goes on in the next line`() throws {
    _ = try same(
      "[A]\nsearch = eventName=SendEmail \\\n| head 1\ndispatch.earliest_time = -1d@d+2h\ncron_schedule = 5 * * * *\n",
      ["check", "a.savedsearches.conf"], ending: "savedsearches.conf")
  }
}
