import Diagnostics
import Engine
import Rules

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `trawl test RULES…`: the tests that stand beside the rules.
///
/// With `--watch` it does not end: whenever a file changes that rules or tests read, it runs them again.
enum TestVerb: Verb {
  static let name = VerbName.test

  static func run(_ arguments: ParsedArguments, console: Console) throws(UsageError) -> ExitCode {
    let round = TestRound(
      arguments: arguments, settings: try arguments.runSettings(),
      output: try arguments.outputSettings(terminalWidth: console.terminalWidth),
      workspaceSettings: try arguments.workspaceSettings(logs: []), console: console)
    if arguments.has(.record), arguments.has(.watch) {
      throw UsageError(
        "conflicting-options", "`--record` and `--watch` do not go together",
        advice: ["record first, then watch"], verb: .test)
    }
    guard arguments.has(.watch) else { return try round.run() }
    WatchedFiles.endOnInterrupt()
    while true {
      // What changes while the tests run counts as a change, too.
      let watched = WatchedFiles(round.watchedPaths())
      _ = try round.run()
      console.printError("watching \(watched.count) files; Ctrl-C ends\n")
      let changes = watched.changes()
      let more = changes.count > 3 ? " and \(changes.count - 3) more" : ""
      let names = changes.prefix(3).map { DisplayText.escaped($0) }.joined(separator: ", ")
      console.printError("\nchanged: \(names)\(more)\n")
    }
  }
}
