/// Counting rows and values: `count`, `countif`.
package enum CountAggregates {
  package static let all: [AggregateFunction] = [count, countIf, splCount]

  package static let count = AggregateFunction(
    [.kql("count"), .kqlAlias("cnt")], Signature([Parameter.any("value").optional], returns: .fixed(.long)),
    "Counts rows, those with a null value included.",
    notes: ["`count(condition)` is an old spelling of `countif(condition)`."], nulls: .counted,
    prefix: "count_", meaning: .count,
    spellings: [.spl("count")],
    examples: [
      .kqlQuery("datatable(x:long)[1, long(null)] | summarize count()", gives: "2"),
      .kqlQuery("datatable(x:long)[] | summarize count()", gives: "0"),
    ],
    makeState: { CountState(counts: $0.types.first == .bool ? .trueRows : .rows) })

  package static let countIf = AggregateFunction(
    [.kql("countif"), .kqlAlias("cntif")], Signature([.bool("condition")], returns: .fixed(.long)),
    "Counts the rows for which a condition is true.", prefix: "countif_", meaning: .count,
    spellings: [.spl("count(eval($1))")],
    examples: [
      .kqlQuery("datatable(x:long)[1, 5, long(null)] | summarize countif(x > 1)", gives: "1"),
      .kqlQuery("datatable(x:long)[] | summarize countif(x > 1)", gives: "0"),
    ],
    makeState: { _ in CountState(counts: .trueRows) })

  package static let splCount = AggregateFunction(
    [.spl("count"), .splAlias("c")], Signature([Parameter.any("value").optional], returns: .fixed(.long)),
    "Counts rows; with a field the values of the field; with a condition the rows for which it is true.",
    prefix: nil, meaning: .count,
    spellings: [.kql("count()"), .kql("countif($2)")],
    examples: [
      .splQuery("| makeresults count=3 | streamstats count as n | stats count as x", gives: "3"),
      .splQuery(
        "| makeresults count=3 | streamstats count as n | eval v=if(n=2, null(), n) | stats count(v) as x",
        gives: "2", why: "a null is no value"),
      .splQuery("| makeresults count=3 | streamstats count as n | stats count(eval(n>1)) as x", gives: "2"),
    ],
    makeState: { arguments in
      guard let type = arguments.types.first else { return CountState(counts: .rows) }
      if type == .bool { return CountState(counts: .trueRows) }
      return type == .dynamic ? ElementCountState(arguments) : CountState(counts: .nonNullRows)
    })
}
