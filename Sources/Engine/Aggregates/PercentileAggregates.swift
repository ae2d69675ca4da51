/// Percentiles by the nearest rank, exact: `percentile`, `percentiles`, SPL's `perc`.
package enum PercentileAggregates {
  package static let all: [AggregateFunction] = [
    percentile, percentiles, percentilesArray, percentileWeighted, percentilesWeighted,
    percentilesWeightedArray, splPercentile, splMedian,
  ]

  private static let value = Parameter.oneOf("value", [.real, .int, .long, .decimal, .datetime, .timespan])
  private static let percent = Parameter.real("percentage").constant
  /// A whole number is long, as everywhere in aggregates; a decimal is counted in reals.
  private static let result = ReturnType.computed { types, _ in
    types[0] == .int ? .long : types[0] == .decimal ? .real : types[0]
  }
  private static let notes = [
    "The least value with at least so many percent of all values at or below it."
  ]
  private static let differs = ["Exact on any number of rows, where the service estimates on many."]

  package static let percentile = AggregateFunction(
    [.kql("percentile")], Signature([value, percent], returns: result),
    "The value below which a percentage of all values lies.", notes: notes, differs: differs,
    prefix: "percentile_",
    examples: [
      .kqlQuery("datatable(x:long)[10, 20, 30, 40] | summarize percentile(x, 50)", gives: "20"),
      .kqlQuery("datatable(x:long)[] | summarize percentile(x, 50)", gives: "long(null)"),
    ],
    makeState: { PercentileState(.columns, $0, percentilesFrom: 1) })

  package static let percentiles = AggregateFunction(
    [.kql("percentiles")], Signature([value, percent, percent.repeated], returns: result),
    "Several percentiles, each in a column of its own.", notes: notes, differs: differs,
    prefix: "percentile_",
    results: .eachConstant(from: 1),
    examples: [
      .kqlQuery(
        "datatable(x:long)[10, 20, 30, 40] | summarize percentiles(x, 50, 95)", gives: "40",
        why: "the last of its columns")
    ],
    makeState: { PercentileState(.columns, $0, percentilesFrom: 1) })

  package static let percentilesArray = AggregateFunction(
    [.kql("percentiles_array")],
    Signature(
      [value, Parameter.any("percentages").constant, Parameter.any("percentages").constant.repeated],
      returns: .fixed(.dynamic)),
    "Several percentiles as one array.", notes: notes, differs: differs, prefix: "percentiles_",
    examples: [
      .kqlQuery(
        "datatable(x:long)[10, 20, 30, 40] | summarize percentiles_array(x, 50, 95)",
        gives: "dynamic([20,40])")
    ],
    makeState: { PercentileState(.array, $0, percentilesFrom: 1) })

  package static let percentileWeighted = AggregateFunction(
    [.kql("percentilew")], Signature([value, .number("weight"), percent], returns: result),
    "A percentile of values that count as often as their weight says.", notes: notes, differs: differs,
    prefix: "percentile_",
    examples: [
      .kqlQuery("datatable(x:long, w:long)[10, 1, 20, 9] | summarize percentilew(x, w, 50)", gives: "20")
    ],
    makeState: { PercentileState(.columns, $0, percentilesFrom: 2) })

  package static let percentilesWeighted = AggregateFunction(
    [.kql("percentilesw")],
    Signature([value, .number("weight"), percent, percent.repeated], returns: result),
    "Several weighted percentiles, each in a column of its own.", notes: notes, differs: differs,
    prefix: "percentile_",
    results: .eachConstant(from: 2),
    examples: [
      .kqlQuery(
        "datatable(x:long, w:long)[10, 9, 20, 1] | summarize percentilesw(x, w, 50, 95)", gives: "20",
        why: "the last of its columns")
    ],
    makeState: { PercentileState(.columns, $0, percentilesFrom: 2) })

  package static let percentilesWeightedArray = AggregateFunction(
    [.kql("percentilesw_array")],
    Signature(
      [
        value, .number("weight"), Parameter.any("percentages").constant,
        Parameter.any("percentages").constant.repeated,
      ], returns: .fixed(.dynamic)),
    "Several weighted percentiles as one array.", notes: notes, differs: differs, prefix: "percentiles_",
    examples: [
      .kqlQuery(
        "datatable(x:long, w:long)[10, 9, 20, 1] | summarize percentilesw_array(x, w, 50, 95)",
        gives: "dynamic([10,20])")
    ],
    makeState: { PercentileState(.array, $0, percentilesFrom: 2) })

  package static let splPercentile = AggregateFunction(
    [.spl("perc"), .splAlias("p"), .spl("exactperc"), .spl("upperperc")],
    Signature([.any("value"), percent], returns: .fixed(.real)),
    "The value below which a percentage of all values lies, over values that are numbers.",
    notes: ["Between two values it is worked out by their distance: of 1, 2, 3 and 4 the 50th is 2.5."],
    differs: [
      "Exact on any number of rows, where Splunk estimates on many.",
      "`upperperc` is the same as `perc`, as it is for Splunk on few values.",
    ],
    prefix: nil,
    examples: [
      .splQuery("| makeresults count=10 | streamstats count as n | stats perc90(n) as x", gives: "9.1")
    ],
    makeState: { PercentileState(.interpolated, $0, percentilesFrom: 1) })

  package static let splMedian = AggregateFunction(
    [.spl("median")], Signature([.any("value")], returns: .fixed(.real)),
    "The middle value, over values that are numbers; of two in the middle their mean.",
    notes: ["The mean has as many digits as the two values, a half going up: of 1 and 4 it is 3."],
    prefix: nil,
    examples: [
      .splQuery("| makeresults count=3 | streamstats count as n | stats median(n) as x", gives: "2"),
      .splQuery(
        "| makeresults count=6 | streamstats count as n | stats median(eval(n*10)) as x", gives: "35"),
    ],
    makeState: { PercentileState(.median, $0, percentilesFrom: 1) })
}
