import Diagnostics
import Engine

/// `reltime`: how long ago an event was, as `3 days ago`.
package struct ReltimeCommandSyntax: Hashable, Sendable {
  static let record = CommandRecord(
    "reltime",
    syntax: "reltime",
    summary: "Adds the field `reltime`, which says how long ago `_time` was.",
    notes: ["The largest unit that is full counts: seconds, minutes, hours, days, months of 30 days, years."],
    differs: ["How Splunk rounds is not documented."],
    examples: [
      .splQuery("| makeresults | eval _time=now()-7300 | reltime | table reltime", gives: #""2 hours ago""#)
    ]
  ) { parser, command in
    if parser.isAtOption {
      parser.syntaxError(
        SPLMessages.unsupportedClause(
          parser.peek(), of: command, instead: "`eval _time=field` before it gives another time"))
    }
    return .reltime(ReltimeCommandSyntax())
  }
}

extension SPLLowering {
  private static let units: [(name: String, seconds: Int)] = [
    ("year", 31_536_000), ("month", 2_592_000), ("day", 86_400), ("hour", 3600), ("minute", 60),
  ]

  func lower(_ command: ReltimeCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    guard let time = column("_time", in: &relation) else {
      return report(SPLMessages.needsTime("reltime", at: span))
    }
    guard let now = bind("now", [], spans: [], at: span),
      let distance = bind("-", [number(now), plain(time.reference)], spans: [], at: span),
      let past = bind("abs", [distance], spans: [], at: span),
      let isPast = bind(">=", [distance, literal(0)], spans: [], at: span)
    else { return }
    var branches: [(Expression, Expression)] = []
    for unit in SPLLowering.units + [("second", 1)] {
      guard let isFull = bind(">=", [past, literal(unit.seconds)], spans: [], at: span),
        let share = bind("/", [past, literal(unit.seconds)], spans: [], at: span),
        let count = bind("floor", [share], spans: [], at: span),
        let isOne = bind("=", [count, literal(1)], spans: [], at: span)
      else { return }
      let name = choose([(isOne, literal(" \(unit.name)"))], otherwise: literal(" \(unit.name)s"))
      branches.append((isFull, call(SPLRowFunctions.joinTexts, [text(count), name], as: .string)))
    }
    let length = choose(branches, otherwise: literal("0 seconds"))
    let side = choose([(isPast, literal(" ago"))], otherwise: literal(" from now"))
    let isKnown = isThere(distance)
    assign(
      "reltime",
      choose(
        [(isKnown, call(SPLRowFunctions.joinTexts, [length, side], as: .string))],
        otherwise: .literal(.null, .string)),
      in: &relation, at: span)
  }
}
