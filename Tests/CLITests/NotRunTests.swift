import Foundation
import Testing

/// A rule that lacks what it reads is said to be not run, by every verb, and never silent.
@Suite struct NotRunTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.writeEvents("logs/events.json", ["SendEmail", "Publish"])
    try folder.write(
      "sign.kql", "SigninLogs | summarize n = count() by UserPrincipalName | where n > 3\n")
    try folder.write("list.kql", "AWSCloudTrail | where AWSRegion in (_GetWatchlist('Regions'))\n")
    try folder.write("mail.kql", "AWSCloudTrail | summarize n = count() by EventName | where n > 3\n")
    try folder.write(
      "part.kql", "union AWSCloudTrail, SigninLogs | summarize n = count() by Type | where n > 3\n")
  }

  private func trawl(_ arguments: String...) throws -> TrawlProcess {
    try TrawlProcess.run(arguments + (arguments[0] == "test" ? [] : ["--logs", "logs"]), in: folder.path)
  }

  private let reason = "the logs hold no row of `SigninLogs`; `--table SigninLogs=PATH` loads it from a file"

  @Test func `a run in which no rule could run has not succeeded`() throws {
    #expect(try trawl("run", "list.kql").exitCode == 3)
    #expect(try trawl("run", "list.kql", "sign.kql").exitCode == 3)
    let some = try trawl("run", "list.kql", "mail.kql")
    #expect(some.exitCode == 0 && some.error.contains("rules: 2 loaded, 0 refused, 1 not run\n"))
    #expect(try TrawlProcess.run("help", "run").output.contains("if no rule could run the exit code is 3"))
  }

  @Test func `a comparison of rules that cannot run tells nothing`() throws {
    let neither = try trawl("diff", "sign.kql", "sign.kql")
    #expect(neither.exitCode == 3, "\(neither.error)")
    #expect(neither.output.contains("not compared: the old rule was not run: \(reason)"))
    #expect(neither.output.contains("1 of 1 rules could not be compared"))
    #expect(try trawl("diff", "list.kql", "list.kql").exitCode == 3)
    let one = try trawl("diff", "mail.kql", "sign.kql")
    #expect(one.exitCode == 1 && one.output.contains("sign [not compared]"))
    #expect(!one.output.contains("the old rule was not run"))
    #expect(try trawl("diff", "mail.kql", "list.kql").output.contains("no watchlist named `Regions`"))
    let page = try trawl("diff", "mail.kql", "sign.kql", "--format", "markdown", "-q")
    #expect(page.output.contains("Not compared: the new rule was not run: "))
    let document = try trawl("diff", "mail.kql", "sign.kql", "--format", "json", "-q")
    #expect(document.output.contains("\"notCompared\":\"new: not run: "))
    let part = try trawl("diff", "part.kql", "part.kql")
    #expect(part.exitCode == 0 && part.error.contains("note: part.kql: it ran without a part"))
  }

  @Test func `a sweep says that no value could be tried`() throws {
    let result = try trawl("sweep", "sign.kql", "--set", "n=1,2")
    #expect(result.exitCode == 3)
    #expect(result.output.contains("not run") && !result.output.contains("no  "))
    #expect(result.error.contains("note: not run: \(reason)\n"))
    let part = try trawl("sweep", "part.kql", "--set", "n=1,2")
    #expect(part.exitCode == 0 && part.error.contains("note: it ran without a part of what it reads"))
  }

  @Test func `a replay tells silent rules from those that it cannot run`() throws {
    let result = try trawl("run", ".", "--replay", "--every", "1h")
    #expect(result.exitCode == 0, "\(result.error)")
    #expect(result.error.contains("rules: 4 loaded, 2 replayed, 2 not run\n"))
    #expect(result.error.contains("  not run: ./sign.kql: \(reason)\n"))
    #expect(result.error.contains("note: ./part.kql: it ran without a part"))
    #expect(result.output.contains("sign  not run"))
    #expect(try trawl("run", "sign.kql", "--replay", "--every", "1h").exitCode == 3)
    try folder.write("broken.yml", "query: &x T\n")
    let broken = try trawl("run", ".", "--replay", "--every", "1h")
    #expect(broken.exitCode == 2 && broken.error.contains("2 replayed, 1 refused, 2 not run"))
  }

  @Test func `a test of silence does not pass where nothing was read`() throws {
    try folder.write("sign.tests.yml", "- name: quiet\n  logs: logs\n  expect: silent\n")
    try folder.write("mail.tests.yml", "- name: quiet\n  logs: logs\n  expect: silent\n")
    let result = try trawl("test", ".")
    #expect(result.exitCode == 1)
    #expect(result.output.contains("FAILED  quiet\n            the rule was not run: \(reason)\n"))
    #expect(result.error.contains("tests: 2 of 2 rules, 1 failed"))
  }
}
