import Diagnostics
import Foundation
import Testing

@testable import TrawlCLI

/// The command line alone knows what its options are called.
@Suite struct RemedyTests {
  @Test func `no text below the command line names an option`() throws {
    let names = OptionName.allCases.map(\.rawValue).joined(separator: "|")
    let option = try Regex("--(\(names))\\b")
    for path in try Repository.files(below: "Sources")
    where path.hasSuffix(".swift") && !path.hasPrefix("TrawlCLI/") {
      let text = try String(contentsOfFile: Repository.path("Sources/\(path)"), encoding: .utf8)
      for line in text.split(separator: "\n") where !line.drop(while: { $0 == " " }).hasPrefix("//") {
        // `punycode` and `trim` have two dashes in their examples.
        let named = line.firstMatch(of: option)
        #expect(named == nil, "\(path): \(line)")
      }
    }
  }

  @Test(arguments: [
    (Remedy.tableFile(name: "T"), "`--table T=PATH`"), (.scalarValue(name: "n", example: "5"), "`--set n=5`"),
    (.language("spl"), "`--language spl`"),
    (.splunkLimits, "`--splunk-limits`"), (.memoryLimit, "`--memory-limit SIZE`"),
    (.fileLimit, "`--file-limit SIZE`"), (.ratioLimit, "`--ratio-limit N`"),
    (.queryLimit, "`--query-limit SIZE`"), (.outputLimit, "`--output-limit SIZE`"),
  ])
  func `a remedy is spelt as an option`(remedy: Remedy, text: String) { #expect(remedy.option == text) }

  @Test func `messages of every verb say what to give`() throws {
    let folder = try TemporaryFolder()
    let log = try folder.write(
      "log.json",
      #"{"eventVersion":"1","eventSource":"s","eventName":"e","eventTime":"2024-01-01T00:00:00Z"}"#)
    let table = try TrawlProcess.run(["query", "Unknown | count", log])
    #expect(table.error.contains("= help: load it from a file: `--table Unknown=PATH`"), "\(table.error)")
    let rule = try folder.write("rule.kql", "_GetWatchlist('w') | count")
    let check = try TrawlProcess.run(["check", rule])
    #expect((check.output + check.error).contains("`--watchlist w=FILE.csv`"), "\(check)")
    let run = try TrawlProcess.run(["run", rule, "--logs", log])
    #expect(run.error.contains("not run:") && run.error.contains("`--watchlist w=FILE.csv`"), "\(run.error)")
    let late = try TrawlProcess.run([
      "query", "range x from 1 to 90000000 step 1 | summarize count() by x", "--timeout", "0.05s",
    ])
    #expect(late.exitCode == 5 && late.error.contains("--timeout DURATION"), "\(late.error)")
  }
}
