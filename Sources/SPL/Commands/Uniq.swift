import Diagnostics
import Engine

/// `uniq`: leaves out a row that is the same as the row before it.
package struct UniqCommandSyntax: Hashable, Sendable {
  static let record = CommandRecord(
    "uniq",
    syntax: "uniq",
    summary: "Leaves out rows that are the same as the row before.",
    examples: [
      .splQuery(
        #"| makeresults count=3 | streamstats count as n | eval k="a" | table k | uniq | stats count"#,
        gives: #""1""#)
    ]
  ) { _, _ in .uniq(UniqCommandSyntax()) }
}

extension SPLLowering {
  func unique(_ relation: inout Relation, at span: SourceSpan) {
    fetchFollowing(in: &relation)
    // Null is a value like any other here.
    let keys = relation.columns.map { column in
      firstPresent([text(plain(column.reference)), literal("\u{0}")])
    }
    let made = window([(SPLWindowFunctions.runPlace, keys, .long)], in: &relation, at: span)
    guard let place = made.first else { return }
    filter(
      &relation, by: call(SPLRowFunctions.isBetween, [place.reference, literal(1), literal(1)], as: .bool),
      at: span)
    drop(made, in: &relation, at: span)
  }
}
