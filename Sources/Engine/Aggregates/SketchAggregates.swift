/// Intermediate results that are read later: `hll`, `tdigest`. Here they are exact: arrays of all values.
package enum SketchAggregates {
  package static let all: [AggregateFunction] = [hll, hllIf, hllMerge, tdigest, tdigestMerge]

  private static let accuracy = Parameter.any("accuracy").optional.constant
  private static let exact = ["An exact stand-in: an array of the distinct values, larger than a sketch."]
  private static let allValues = ["An exact stand-in: an array of all values, larger than a sketch."]

  package static let hll = AggregateFunction(
    [.kql("hll")], Signature([.any("value"), accuracy], returns: .fixed(.dynamic)),
    "A state that `dcount_hll` reads.", notes: exact, prefix: "hll_", ignoresOrder: false,
    makeState: { DistinctState(.array, $0, flattens: false) })

  package static let hllIf = AggregateFunction(
    [.kql("hll_if")],
    Signature([.any("value"), .bool("condition"), accuracy], returns: .fixed(.dynamic)),
    "A state that `dcount_hll` reads, of the rows for which a condition is true.", notes: exact,
    prefix: "hll_if_", ignoresOrder: false,
    makeState: AggregateFunction.conditional(at: 1) { DistinctState(.array, $0, flattens: false) })

  package static let hllMerge = AggregateFunction(
    [.kql("hll_merge")], Signature([.dynamic("state")], returns: .fixed(.dynamic)),
    "One state out of several of `hll`.", notes: exact, prefix: "hll_merge_", ignoresOrder: false,
    makeState: { DistinctState(.array, $0, flattens: true) })

  package static let tdigest = AggregateFunction(
    [.kql("tdigest")],
    Signature(
      [.oneOf("value", [.real, .int, .long, .decimal, .datetime, .timespan])], returns: .fixed(.dynamic)),
    "A state that `percentile_tdigest` reads.", notes: allValues, prefix: "tdigest_", ignoresOrder: false,
    makeState: { ListState(.dropped, $0, flattens: false, limit: nil) })

  package static let tdigestMerge = AggregateFunction(
    [.kql("tdigest_merge"), .kqlAlias("merge_tdigest")],
    Signature([.dynamic("state")], returns: .fixed(.dynamic)),
    "One state out of several of `tdigest`.", notes: allValues, prefix: "tdigest_merge_",
    ignoresOrder: false, makeState: { ListState(.dropped, $0, limit: nil) })
}
