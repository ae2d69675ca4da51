import Diagnostics
import Engine

/// `addinfo`: adds the bounds and the time of the search to every row.
package struct AddInfoCommandSyntax: Hashable, Sendable {
  static let record = CommandRecord(
    "addinfo",
    syntax: "addinfo",
    summary: "Adds the bounds and the time of the search to every row.",
    notes: [
      "The bounds are those of `earliest=` and `latest=`; without them 0 and now."
    ],
    examples: [
      .splQuery(
        "| makeresults | addinfo | eval same=if(info_max_time=now(), 1, 0) | table same",
        gives: #""1""#)
    ]
  ) { _, _ in .addinfo(AddInfoCommandSyntax()) }
}

/// Commands that make fields: `addinfo`, `strcat`, `rangemap`, `trendline`, `fromjson`, `tojson`.
extension SPLLowering {
  /// Without `earliest=` the search is over all time. It ends at `latest=`, or when it is run, as that of a rule
  /// does on its schedule.
  func addInfo(_ relation: inout Relation, at span: SourceSpan) {
    guard let now = bind("now", [], spans: [], at: span) else { return }
    let values: [(String, Expression)] = [
      ("info_min_time", timeBounds.earliest ?? .literal(.real(0), .real)),
      ("info_max_time", timeBounds.latest ?? number(now)),
      ("info_sid", literal("trawl")), ("info_search_time", number(now)),
    ]
    assign(
      values.map { Assignment(column: makeColumn($0.0, $0.1.type), expression: $0.1) }, in: &relation,
      at: span
    )
  }
}
