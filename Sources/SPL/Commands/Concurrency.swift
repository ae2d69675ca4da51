import Diagnostics
import Engine

/// `concurrency duration=length start=_time output=running`: how many events are under way when one begins.
package struct ConcurrencyCommandSyntax: Hashable, Sendable {
  package let options: CommandOptions

  static let record = CommandRecord(
    "concurrency",
    syntax: "concurrency duration=FIELD [start=FIELD] [output=FIELD]",
    summary: "Counts the events that are under way when an event begins, itself among them.",
    notes: [
      "An event is under way from its `start`, which is `_time` where nothing is said, for its `duration`.",
      "An event without a number for one of the two has no count and is in none.",
    ],
    differs: [
      "An event that ends when another begins is over: Splunk's page does not say which it is there."
    ],
    examples: [
      .splQuery(
        "| makeresults count=3 | streamstats count as n | eval _time=n*10, length=15 | concurrency duration=length "
          + "| table concurrency",
        gives: #"mvappend("1", "2", "2")"#)
    ]
  ) { parser, command in
    var options = CommandOptions()
    parser.parseOptions(command, ["duration": .text, "output": .text, "start": .text], into: &options)
    if options["duration"] == nil, !parser.isRecovering {
      parser.report(SPLMessages.missingArgument("`duration=`", of: command, at: parser.peek()))
    }
    return .concurrency(ConcurrencyCommandSyntax(options: options))
  }
}

extension SPLLowering {
  func lower(_ command: ConcurrencyCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    guard let name = command.options["duration"]?.value,
      let length = read(name.value, in: &relation, at: name.span)
    else { return }
    let start: PlanColumn?
    if let name = command.options["start"]?.value {
      start = read(name.value, in: &relation, at: name.span)
    } else {
      start = column("_time", in: &relation)
      if start == nil { report(SPLMessages.needsTime("concurrency", at: span)) }
    }
    guard let start else { return }
    let made = window(
      [
        (
          SPLWindowFunctions.concurrency, [plain(start.reference), plain(length.reference)], .long
        )
      ], in: &relation, at: span)
    moveWindows(made, to: [command.options.text("output") ?? "concurrency"], in: &relation, at: span)
  }
}
