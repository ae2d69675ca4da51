/// Intermediate results that are read later: `hll`, `tdigest`. Here they are exact: arrays of all values.
package enum SketchAggregates {
  package static let all: [AggregateFunction] = [hll, hllIf, hllMerge, tdigest, tdigestMerge]

  private static let accuracy = Parameter.any("accuracy").optional.constant
  private static let exact = ["An exact stand-in: an array of the distinct values, larger than a sketch."]
  private static let allValues = ["An exact stand-in: an array of all values, larger than a sketch."]

  package static let hll = AggregateFunction(
    [.kql("hll")], Signature([.any("value"), accuracy], returns: .fixed(.dynamic)),
    "A state that `dcount_hll` reads.", differs: exact, prefix: "hll_", ignoresOrder: false,
    examples: [
      .kqlQuery("datatable(x:long)[1, 2, 2] | summarize s = hll(x) | project dcount_hll(s)", gives: "2")
    ],
    makeState: { DistinctState(.array, $0, flattens: false) })

  package static let hllIf = AggregateFunction(
    [.kql("hll_if")],
    Signature([.any("value"), .bool("condition"), accuracy], returns: .fixed(.dynamic)),
    "A state that `dcount_hll` reads, of the rows for which a condition is true.", differs: exact,
    prefix: "hll_if_", ignoresOrder: false,
    examples: [
      .kqlQuery(
        "datatable(x:long, ok:bool)[1, true, 5, false, 3, true] | summarize s = hll_if(x, ok) | project dcount_hll(s)",
        gives: "2")
    ],
    makeState: AggregateFunction.conditional(at: 1) { DistinctState(.array, $0, flattens: false) })

  package static let hllMerge = AggregateFunction(
    [.kql("hll_merge")], Signature([.dynamic("state")], returns: .fixed(.dynamic)),
    "One state out of several of `hll`.", differs: exact, prefix: "hll_merge_", ignoresOrder: false,
    examples: [
      .kqlQuery(
        #"datatable(k:string, x:long)["a", 1, "a", 2, "b", 2] | summarize s = hll(x) by k | summarize m = hll_merge(s) | project dcount_hll(m)"#,
        gives: "2")
    ],
    makeState: { DistinctState(.array, $0, flattens: true) })

  package static let tdigest = AggregateFunction(
    [.kql("tdigest")],
    Signature(
      [
        .oneOf("value", [.real, .int, .long, .decimal, .datetime, .timespan]),
        Parameter.oneOf("weight", [.int, .long]).optional,
      ], returns: .fixed(.dynamic)),
    "A state that `percentile_tdigest` reads.",
    notes: [
      "With a weight a value counts as often as that says; one of 0 or less, or a null, leaves it out."
    ],
    differs: allValues, prefix: "tdigest_", ignoresOrder: false,
    examples: [
      .kqlQuery(
        "datatable(x:long)[10, 20, 30] | summarize s = tdigest(x) | project percentile_tdigest(s, 50)",
        gives: "dynamic(20)"),
      .kqlQuery(
        "datatable(x:long, w:long)[10, 1, 20, 9] | summarize s = tdigest(x, w) | project percentile_tdigest(s, 11)",
        gives: "dynamic(20)"),
    ],
    makeState: { arguments in
      if arguments.types.count > 1 { return WeightedListState(arguments) }
      return ListState(.dropped, arguments, flattens: false, limit: nil)
    })

  package static let tdigestMerge = AggregateFunction(
    [.kql("tdigest_merge"), .kqlAlias("merge_tdigest")],
    Signature([.dynamic("state")], returns: .fixed(.dynamic)),
    "One state out of several of `tdigest`.", differs: allValues, prefix: "tdigest_merge_",
    ignoresOrder: false,
    examples: [
      .kqlQuery(
        #"datatable(k:string, x:long)["a", 1, "a", 2, "b", 9] | summarize s = tdigest(x) by k | summarize m = tdigest_merge(s) | project percentile_tdigest(m, 100)"#,
        gives: "dynamic(9)")
    ],
    makeState: { ListState(.dropped, $0, limit: nil) })
}
