import Diagnostics
import Engine

/// `tail 5`: the last rows, last first.
package struct TailCommandSyntax: Hashable, Sendable {
  package let count: Int

  static let record = CommandRecord(
    "tail",
    syntax: "tail [COUNT]",
    summary: "Keeps the last rows, last first.",
    examples: [
      .splQuery(
        "| makeresults count=3 | streamstats count as n | tail 2 | table n",
        gives: #"mvappend("3", "2")"#)
    ]
  ) {
    parser, command in
    let count = parser.parseInteger() ?? 10
    if count < 0 { parser.report(SPLMessages.countTooSmall(command, least: 0)) }
    return .tail(TailCommandSyntax(count: count))
  }
}

extension SPLLowering {
  /// The last rows, last first.
  func lower(_ command: TailCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    let place = window([(SPLWindowFunctions.place, [], .long)], in: &relation, at: span)
    guard let key = place.first else { return }
    relation.plan = .sort(
      Sort(
        input: relation.plan,
        keys: [Sort.Key(expression: key.reference, descending: true, nullsFirst: false)],
        limit: max(0, command.count), origin: origin(span)))
    drop(place, in: &relation, at: span)
  }
}
