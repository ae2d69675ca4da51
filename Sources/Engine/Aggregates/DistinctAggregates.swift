/// Counting distinct values: `dcount`, `count_distinct` and SPL's `dc`. All are exact.
package enum DistinctAggregates {
  package static let all: [AggregateFunction] = [
    dcount, dcountIf, countDistinct, countDistinctIf, splDistinct, splMode,
  ]

  package static let dcount = AggregateFunction(
    [.kql("dcount")],
    Signature([.any("value"), Parameter.long("accuracy").optional.constant], returns: .fixed(.long)),
    "Counts the distinct values, nulls left out.",
    notes: ["The count is exact; the accuracy is not used."], prefix: "dcount_",
    makeState: makeCount)

  package static let dcountIf = AggregateFunction(
    [.kql("dcountif")],
    Signature(
      [.any("value"), .bool("condition"), Parameter.long("accuracy").optional.constant],
      returns: .fixed(.long)),
    "Counts the distinct values of the rows for which a condition is true.",
    notes: ["The count is exact; the accuracy is not used."], prefix: "dcountif_",
    makeState: AggregateFunction.conditional(at: 1, makeCount))

  package static let countDistinct = AggregateFunction(
    [.kql("count_distinct")], Signature([.scalar("value")], returns: .fixed(.long)),
    "Counts the distinct values, nulls left out.", prefix: "count_distinct_", makeState: makeCount)

  package static let countDistinctIf = AggregateFunction(
    [.kql("count_distinctif")],
    Signature([.scalar("value"), .bool("condition")], returns: .fixed(.long)),
    "Counts the distinct values of the rows for which a condition is true.", prefix: "count_distinctif_",
    makeState: AggregateFunction.conditional(at: 1, makeCount))

  package static let splDistinct = AggregateFunction(
    [.spl("dc"), .splAlias("distinct_count"), .spl("estdc")],
    Signature([.any("value")], returns: .fixed(.long)),
    "Counts the distinct values, each one of a multivalue.", notes: ["`estdc` is exact too."], prefix: nil,
    makeState: { DistinctState(.count, $0, flattens: true) })

  package static let splMode = AggregateFunction(
    [.spl("mode")], Signature([.any("value")], returns: .argument(0)),
    "The most frequent value; of several the one that came first.", prefix: nil, ignoresOrder: false,
    makeState: { DistinctState(.mostFrequent, $0, flattens: true) })

  @Sendable private static func makeCount(_ arguments: AggregateArguments) -> any AggregateState {
    DistinctState(.count, arguments, flattens: false)
  }
}
