/// Variance, standard deviation, covariance.
package enum SpreadAggregates {
  package static let all: [AggregateFunction] =
    [
      kql(
        "stdev", spl: "stdev", .deviation(ofSample: true), "The standard deviation of a sample.",
        gives: "sqrt(2)"),
      kql(
        "stdevp", spl: "stdevp", .deviation(ofSample: false), "The standard deviation of a population.",
        gives: "1.0"),
      kql(
        "variance", spl: "var", .variance(ofSample: true), "The variance of a sample.", gives: "2.0"),
      kql(
        "variancep", spl: "varp", .variance(ofSample: false), "The variance of a population.",
        gives: "1.0"),
      kqlIf("stdevif", .deviation(ofSample: true), "The standard deviation of a sample", gives: "sqrt(2)"),
      kqlIf("stdevpif", .deviation(ofSample: false), "The standard deviation of a population", gives: "1.0"),
      kqlIf("varianceif", .variance(ofSample: true), "The variance of a sample", gives: "2.0"),
      kqlIf("variancepif", .variance(ofSample: false), "The variance of a population", gives: "1.0"),
    ] + covariances + spl

  private static let notes = ["0 with fewer than two values.", "The variance is rounded to ten decimals."]

  private static func kql(
    _ name: String, spl: String, _ result: MomentsState.Result, _ summary: String, gives: String
  ) -> AggregateFunction {
    AggregateFunction(
      [.kql(name)], Signature([.number("value")], returns: .fixed(.real)), summary, notes: notes,
      prefix: "\(name)_", spellings: [.spl("\(spl)($1)")],
      examples: [
        .kqlQuery("datatable(x:long)[1, 3, long(null)] | summarize \(name)(x)", gives: gives),
        .kqlQuery("datatable(x:long)[] | summarize \(name)(x)", gives: "0.0"),
      ], makeState: { MomentsState(result, $0) })
  }

  private static func kqlIf(
    _ name: String, _ result: MomentsState.Result, _ summary: String, gives: String
  ) -> AggregateFunction {
    AggregateFunction(
      [.kql(name)], Signature([.number("value"), .bool("condition")], returns: .fixed(.real)),
      "\(summary), over the rows for which a condition is true.", notes: notes, prefix: "\(name)_",
      examples: [
        .kqlQuery(
          "datatable(x:long, ok:bool)[1, true, 9, false, 3, true] | summarize \(name)(x, ok)", gives: gives)
      ],
      makeState: AggregateFunction.conditional(at: 1) { MomentsState(result, $0) })
  }

  private static let covariances: [AggregateFunction] = [
    covariance("covariance", ofSample: true, "The covariance of a sample.", gives: "4.0"),
    covariance("covariancep", ofSample: false, "The covariance of a population.", gives: "2.0"),
    covarianceIf("covarianceif", ofSample: true, "The covariance of a sample", gives: "4.0"),
    covarianceIf("covariancepif", ofSample: false, "The covariance of a population", gives: "2.0"),
  ]

  private static func covariance(
    _ name: String, ofSample: Bool, _ summary: String, gives: String
  ) -> AggregateFunction {
    AggregateFunction(
      [.kql(name)], Signature([.number("first"), .number("second")], returns: .fixed(.real)), summary,
      prefix: "\(name)_",
      examples: [
        .kqlQuery("datatable(x:long, y:long)[1, 2, 3, 6] | summarize \(name)(x, y)", gives: gives)
      ], makeState: { _ in CovarianceState(ofSample: ofSample) })
  }

  private static func covarianceIf(
    _ name: String, ofSample: Bool, _ summary: String, gives: String
  ) -> AggregateFunction {
    AggregateFunction(
      [.kql(name)],
      Signature([.number("first"), .number("second"), .bool("condition")], returns: .fixed(.real)),
      "\(summary), over the rows for which a condition is true.", prefix: "\(name)_",
      examples: [
        .kqlQuery(
          "datatable(x:long, y:long, ok:bool)[1, 2, true, 9, 9, false, 3, 6, true]"
            + " | summarize \(name)(x, y, ok)", gives: gives)
      ],
      makeState: AggregateFunction.conditional(at: 2) { _ in CovarianceState(ofSample: ofSample) })
  }

  private static let spl: [AggregateFunction] = [
    splSpread(
      "stdev", kql: "stdev", .deviation(ofSample: true),
      "The standard deviation of a sample; 0 for one value.",
      gives: "sqrt(2)"),
    splSpread(
      "stdevp", kql: "stdevp", .deviation(ofSample: false), "The standard deviation of a population.",
      gives: "1"),
    splSpread(
      "var", kql: "variance", .variance(ofSample: true), "The variance of a sample; 0 for one value.",
      gives: "2"),
    splSpread(
      "varp", kql: "variancep", .variance(ofSample: false), "The variance of a population.", gives: "1"),
  ]

  private static func splSpread(
    _ name: String, kql: String, _ result: MomentsState.Result, _ summary: String, gives: String
  ) -> AggregateFunction {
    AggregateFunction(
      [.spl(name)], Signature([.any("value")], returns: .fixed(.real)), summary, prefix: nil,
      spellings: [.kql("\(kql)($n1)")],
      examples: [
        .splQuery(
          "| makeresults count=2 | streamstats count as n | eval n=2*n | stats \(name)(n) as x", gives: gives)
      ],
      makeState: { MomentsState(result, $0) })
  }
}
