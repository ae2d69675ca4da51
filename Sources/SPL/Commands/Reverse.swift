import Diagnostics
import Engine

/// `reverse`: turns the order of the rows round.
package struct ReverseCommandSyntax: Hashable, Sendable {
  static let record = CommandRecord(
    "reverse",
    syntax: "reverse",
    summary: "Turns the order of the rows round.",
    examples: [
      .splQuery(
        "| makeresults count=3 | streamstats count as n | reverse | table n",
        gives: #"mvappend("3", "2", "1")"#)
    ]
  ) { _, _ in .reverse(ReverseCommandSyntax()) }
}

extension SPLLowering {
  func reverse(_ relation: inout Relation, at span: SourceSpan) {
    let place = window([(SPLWindowFunctions.place, [], .long)], in: &relation, at: span)
    guard let key = place.first else { return }
    relation.plan = .sort(
      Sort(
        input: relation.plan,
        keys: [Sort.Key(expression: key.reference, descending: true, nullsFirst: false)],
        origin: origin(span)))
    drop(place, in: &relation, at: span)
  }
}
