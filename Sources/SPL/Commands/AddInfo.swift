import Diagnostics
import Engine

/// `addinfo`: adds the bounds and the time of the search to every row.
package struct AddInfoCommandSyntax: Hashable, Sendable {
  static let record = CommandRecord(
    "addinfo",
    syntax: "addinfo",
    summary: "Adds the bounds and the time of the search to every row.",
    notes: [
      "The bounds are those of `earliest=` and `latest=`; without them 0 and `+Infinity`."
    ],
    examples: [
      .splQuery(
        "| makeresults | addinfo | table info_max_time",
        gives: #""+Infinity""#)
    ]
  ) { _, _ in .addinfo(AddInfoCommandSyntax()) }
}

/// Commands that make fields: `addinfo`, `strcat`, `rangemap`, `trendline`, `fromjson`, `tojson`.
extension SPLLowering {
  /// Without `earliest=` and `latest=` the search is over all time: from 0 to `+Infinity`.
  func addInfo(_ relation: Relation, at span: SourceSpan) {
    guard let now = bind("now", [], spans: [], at: span) else { return }
    let values: [(String, Expression)] = [
      ("info_min_time", timeBounds.earliest ?? .literal(.real(0), .real)),
      ("info_max_time", timeBounds.latest.map { text($0) } ?? literal("+Infinity")),
      ("info_sid", literal("trawl")), ("info_search_time", number(now)),
    ]
    assign(
      values.map { Assignment(column: makeColumn($0.0, $0.1.type), expression: $0.1) }, in: relation, at: span
    )
  }
}
