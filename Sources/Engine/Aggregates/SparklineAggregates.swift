/// SPL's `sparkline`: another aggregate over equal spans of time, as a list.
package enum SparklineAggregates {
  package static let all: [AggregateFunction] = [sparkline]

  /// Lists longer than this are no cell any more.
  package static let mostSpans = 1000

  /// The arguments before those of the aggregate that it is of.
  static let leading = 5

  package static let sparkline = AggregateFunction(
    [.spl("sparkline")],
    Signature(
      [
        .any("aggregate"), .any("_time"), .any("begin").constant, .any("span").constant,
        .any("spans").constant, Parameter.any("value").repeated,
      ], returns: .fixed(.dynamic)),
    "An aggregate over equal spans of time, drawn as a line of bars.",
    notes: [
      "Written `sparkline`, `sparkline(count)` or `sparkline(avg(field), 1h)`.",
      "A list that begins with a mark and has a number for each span; tables draw it.",
    ],
    differs: ["The spans go over the times of the rows, where the search names no range."],
    nulls: .passedOver, prefix: nil,
    examples: [
      .splQuery(
        "| makeresults count=3 | streamstats count as n | eval _time=n*60 | stats sparkline(sum(n), 1m) as s "
          + #"| eval x=mvjoin(mvindex(s, 1, 3), " ") | table x"#,
        gives: #""1 2 3""#)
    ],
    makeState: { SparklineState($0) })
}
