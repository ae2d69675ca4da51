/// Counting distinct values: `dcount`, `count_distinct` and SPL's `dc`. All are exact.
package enum DistinctAggregates {
  package static let all: [AggregateFunction] = [
    dcount, dcountIf, countDistinct, countDistinctIf, splDistinct, splMode,
  ]

  private static let exact = "The count is exact where the service estimates; the accuracy is not used."

  package static let dcount = AggregateFunction(
    [.kql("dcount")],
    Signature([.any("value"), Parameter.long("accuracy").optional.constant], returns: .fixed(.long)),
    "Counts the distinct values, nulls left out.",
    differs: [exact], prefix: "dcount_", meaning: .distinctCount,
    spellings: [.spl("dc($1)")],
    examples: [
      .kqlQuery(#"datatable(s:string)["a", "b", "a"] | summarize dcount(s)"#, gives: "2"),
      .kqlQuery("datatable(x:long)[1, long(null)] | summarize dcount(x)", gives: "1"),
    ],
    makeState: makeCount)

  package static let dcountIf = AggregateFunction(
    [.kql("dcountif")],
    Signature(
      [.any("value"), .bool("condition"), Parameter.long("accuracy").optional.constant],
      returns: .fixed(.long)),
    "Counts the distinct values of the rows for which a condition is true.",
    differs: [exact], prefix: "dcountif_",
    spellings: [.spl("dc(eval(if($2, $1, null())))")],
    examples: [
      .kqlQuery(
        "datatable(x:long, ok:bool)[1, true, 5, false, 3, true] | summarize dcountif(x, ok)", gives: "2")
    ],
    makeState: AggregateFunction.conditional(at: 1, makeCount))

  package static let countDistinct = AggregateFunction(
    [.kql("count_distinct")], Signature([.scalar("value")], returns: .fixed(.long)),
    "Counts the distinct values, nulls left out.", prefix: "count_distinct_", meaning: .distinctCount,
    spellings: [.spl("dc($1)")],
    examples: [
      .kqlQuery("datatable(x:long)[1, 1, 2, long(null)] | summarize count_distinct(x)", gives: "2")
    ],
    makeState: makeCount)

  package static let countDistinctIf = AggregateFunction(
    [.kql("count_distinctif")],
    Signature([.scalar("value"), .bool("condition")], returns: .fixed(.long)),
    "Counts the distinct values of the rows for which a condition is true.", prefix: "count_distinctif_",
    spellings: [.spl("dc(eval(if($2, $1, null())))")],
    examples: [
      .kqlQuery(
        "datatable(x:long, ok:bool)[1, true, 5, false, 3, true] | summarize count_distinctif(x, ok)",
        gives: "2")
    ],
    makeState: AggregateFunction.conditional(at: 1, makeCount))

  package static let splDistinct = AggregateFunction(
    [.spl("dc"), .splAlias("distinct_count"), .spl("estdc")],
    Signature([.any("value")], returns: .fixed(.long)),
    "Counts the distinct values, each one of a multivalue.", differs: ["`estdc` is exact too."], prefix: nil,
    meaning: .distinctCount,
    spellings: [.kql("count_distinct($t1)"), .kql("count_distinctif($t1, $2)")],
    examples: [
      .splQuery(#"| makeresults | eval v=split("a,b,a", ",") | mvexpand v | stats dc(v) as x"#, gives: "2")
    ],
    makeState: { DistinctState(.count, $0, flattens: true) })

  package static let splMode = AggregateFunction(
    [.spl("mode")], Signature([.any("value")], returns: .argument(0)),
    "The most frequent value; of several the one that came first.", prefix: nil, ignoresOrder: false,
    examples: [
      .splQuery(
        #"| makeresults | eval v=split("a,b,a", ",") | mvexpand v | stats mode(v) as x"#, gives: #""a""#)
    ],
    makeState: { DistinctState(.mostFrequent, $0, flattens: true) })

  @Sendable private static func makeCount(_ arguments: AggregateArguments) -> any AggregateState {
    DistinctState(.count, arguments, flattens: false)
  }
}
