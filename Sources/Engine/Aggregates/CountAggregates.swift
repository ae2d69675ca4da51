/// Counting rows and values: `count`, `countif`.
package enum CountAggregates {
  package static let all: [AggregateFunction] = [count, countIf, splCount]

  package static let count = AggregateFunction(
    [.kql("count")], Signature([Parameter.any("value").optional], returns: .fixed(.long)),
    "Counts rows, those with a null value included.",
    notes: ["`count(condition)` is an old spelling of `countif(condition)`."], prefix: "count_",
    makeState: { CountState(counts: $0.types.first == .bool ? .trueRows : .rows) })

  package static let countIf = AggregateFunction(
    [.kql("countif"), .kqlAlias("cntif")], Signature([.bool("condition")], returns: .fixed(.long)),
    "Counts the rows for which a condition is true.", prefix: "countif_",
    makeState: { _ in CountState(counts: .trueRows) })

  package static let splCount = AggregateFunction(
    [.spl("count"), .splAlias("c")], Signature([Parameter.any("value").optional], returns: .fixed(.long)),
    "Counts rows; with a field the values of the field; with a condition the rows for which it is true.",
    prefix: nil,
    makeState: { arguments in
      guard let type = arguments.types.first else { return CountState(counts: .rows) }
      if type == .bool { return CountState(counts: .trueRows) }
      return type == .dynamic ? ElementCountState(arguments) : CountState(counts: .nonNullRows)
    })
}
