import Diagnostics
import Engine
import Foundation
import Rules
import Session
import Testing

@testable import TrawlCLI

/// A language beside KQL and SPL, registered here alone, can all that a language can.
@Suite struct ThirdLanguageTests {
  private static let languages = FrontEnds(KQLFrontEnd(), SPLFrontEnd(), TallyFrontEnd())

  /// Runs a verb in this process, and gives what it writes.
  private static func run(_ words: String...) throws -> (code: ExitCode, text: String, messages: String) {
    guard case .run(let arguments) = try ArgumentParser.parse(words, languages) else {
      throw CocoaError(.featureUnsupported)
    }
    let verb = try #require(VerbRegistry.verb(arguments.verb))
    let folder = try TemporaryFolder()
    let files = try ["out", "err"].map { name in
      try FileHandle(forWritingTo: URL(fileURLWithPath: try folder.write(name, "")))
    }
    let console = Console(
      output: FileDescriptor(number: files[0].fileDescriptor),
      error: FileDescriptor(number: files[1].fileDescriptor))
    let code = try verb.run(arguments, console: console)
    console.flush()
    for file in files { try file.close() }
    let texts = try ["out", "err"].map {
      try String(contentsOf: folder.url.appendingPathComponent($0), encoding: .utf8)
    }
    return (code, texts[0], texts[1])
  }

  private static func logs(_ folder: TemporaryFolder) throws -> String {
    try folder.writeEvents("log.json", ["SendEmail", "SendEmail", "GetObject"])
  }

  @Test func `a query runs over logs`() throws {
    let folder = try TemporaryFolder()
    let logs = try Self.logs(folder)
    let counted = try Self.run(
      "query", "-l", "tally", "events where EventName = SendEmail | count", logs, "--format", "csv")
    #expect(counted.code == .success)
    #expect(counted.text == "tally\n2\n")
    let none = try Self.run(
      "query", "--language=tally", "events where EventName = 'No such'", logs, "--format", "ndjson")
    #expect(none.code == .success && none.text.isEmpty)
    let wrong = try Self.run("query", "-l", "tally", "events where Nothing = 1", logs)
    #expect(wrong.code == .usage)
    #expect(wrong.messages.contains("error[unknown-column]: no column named `Nothing`"))
    #expect(wrong.messages.contains("<query>:1:14"))
  }

  @Test func `a rule file is found, checked, run and explained`() throws {
    let folder = try TemporaryFolder()
    let logs = try Self.logs(folder)
    let rule = try folder.write(
      "rules/mail.tally",
      "# title: Mail was sent\n# severity: high\nevents where EventName = SendEmail\n")
    try folder.write("rules/tallies/known.csv", "a\n1\n")
    let pack = RulePack.load([folder.path + "/rules"], Self.languages)
    #expect(pack.rules.map(\.metadata.title) == ["Mail was sent"])
    #expect(pack.skipped.isEmpty)
    #expect(try Self.run("check", rule).code == .success)
    let run = try Self.run("run", folder.path + "/rules", "--logs", logs, "--format", "ndjson")
    #expect(run.code == .success)
    #expect(run.text.contains("Mail was sent"))
    let why = try Self.run("why", rule, "--logs", logs)
    #expect(why.code == .success)
    #expect(why.text.contains("3        3        2  where"))
    // The other languages alone see no rule there.
    #expect(RulePack.load([folder.path + "/rules"]).rules.isEmpty)
  }

  @Test func `each stage of a query is shown`() throws {
    let query = "events where EventName = SendEmail | count"
    let tokens = try Self.run("explain", "-l", "tally", "--stage", "tokens", query)
    #expect(tokens.text.hasPrefix("0 events\n7 where\n13 EventName\n"))
    let tree = try Self.run("explain", "-l", "tally", "--stage", "tree", query)
    #expect(tree.text == "events\n  EventName = SendEmail\ncount\n")
    let plan = try Self.run("explain", "-l", "tally", query)
    #expect(plan.code == .success)
    #expect(plan.text.contains("aggregate") && plan.text.contains("scan"))
    let broken = try Self.run("explain", "-l", "tally", "--stage", "tree", "events where")
    #expect(broken.code == .usage && broken.messages.contains("error[syntax]"))
  }

  @Test func `help, options and reference know it`() throws {
    let verb = try #require(ArgumentTable.verb(.query))
    #expect(HelpText.help(on: verb, Self.languages, width: 100).contains("--language kql|spl|tally"))
    #expect(HelpText.help(on: verb, .standard, width: 100).contains("--language kql|spl "))
    #expect(throws: UsageError.self) { try ArgumentParser.parse(["query", "-l", "tally", "x"]) }
    let pages = ReferencePage.all(of: Self.languages)
    #expect(
      Set(pages.map(\.fileName)).subtracting(ReferencePage.all(of: .standard).map(\.fileName)) == [
        "TallyStages.md"
      ])
    let functions = try Self.run("functions", "-l", "tally", "--format", "csv")
    #expect(functions.text == "name,language,kind,summary\ncount,tally,stage,Counts the events.\n")
  }

  /// The same rule in two languages: values are compared by meaning.
  @Test func `its rules are compared with those of other languages`() throws {
    let folder = try TemporaryFolder()
    let logs = try Self.logs(folder)
    let old = try folder.write(
      "old.kql", "AWSCloudTrail | where EventName == 'SendEmail' | summarize tally = count()")
    let new = try folder.write("new.tally", "events where EventName = SendEmail | count")
    let difference = try Self.run("diff", old, new, "--logs", logs)
    #expect(difference.code == .success, "\(difference.messages)")
  }
}
