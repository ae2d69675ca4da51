/// Variance, standard deviation, covariance.
package enum SpreadAggregates {
  package static let all: [AggregateFunction] =
    [
      kql("stdev", .deviation(ofSample: true), "The standard deviation of a sample."),
      kql("stdevp", .deviation(ofSample: false), "The standard deviation of a population."),
      kql("variance", .variance(ofSample: true), "The variance of a sample."),
      kql("variancep", .variance(ofSample: false), "The variance of a population."),
      kqlIf("stdevif", .deviation(ofSample: true), "The standard deviation of a sample"),
      kqlIf("stdevpif", .deviation(ofSample: false), "The standard deviation of a population"),
      kqlIf("varianceif", .variance(ofSample: true), "The variance of a sample"),
      kqlIf("variancepif", .variance(ofSample: false), "The variance of a population"),
    ] + covariances + spl

  private static let notes = ["0 with fewer than two values.", "The variance is rounded to ten decimals."]

  private static func kql(_ name: String, _ result: MomentsState.Result, _ summary: String)
    -> AggregateFunction
  {
    AggregateFunction(
      [.kql(name)], Signature([.number("value")], returns: .fixed(.real)), summary, notes: notes,
      prefix: "\(name)_", makeState: { MomentsState(result, $0) })
  }

  private static func kqlIf(_ name: String, _ result: MomentsState.Result, _ summary: String)
    -> AggregateFunction
  {
    AggregateFunction(
      [.kql(name)], Signature([.number("value"), .bool("condition")], returns: .fixed(.real)),
      "\(summary), over the rows for which a condition is true.", notes: notes, prefix: "\(name)_",
      makeState: AggregateFunction.conditional(at: 1) { MomentsState(result, $0) })
  }

  private static let covariances: [AggregateFunction] = [
    covariance("covariance", ofSample: true, "The covariance of a sample."),
    covariance("covariancep", ofSample: false, "The covariance of a population."),
    covarianceIf("covarianceif", ofSample: true, "The covariance of a sample"),
    covarianceIf("covariancepif", ofSample: false, "The covariance of a population"),
  ]

  private static func covariance(_ name: String, ofSample: Bool, _ summary: String) -> AggregateFunction {
    AggregateFunction(
      [.kql(name)], Signature([.number("first"), .number("second")], returns: .fixed(.real)), summary,
      prefix: "\(name)_", makeState: { _ in CovarianceState(ofSample: ofSample) })
  }

  private static func covarianceIf(_ name: String, ofSample: Bool, _ summary: String) -> AggregateFunction {
    AggregateFunction(
      [.kql(name)],
      Signature([.number("first"), .number("second"), .bool("condition")], returns: .fixed(.real)),
      "\(summary), over the rows for which a condition is true.", prefix: "\(name)_",
      makeState: AggregateFunction.conditional(at: 2) { _ in CovarianceState(ofSample: ofSample) })
  }

  private static let spl: [AggregateFunction] = [
    splSpread("stdev", .deviation(ofSample: true), "The standard deviation of a sample; 0 for one value."),
    splSpread("stdevp", .deviation(ofSample: false), "The standard deviation of a population."),
    splSpread("var", .variance(ofSample: true), "The variance of a sample; 0 for one value."),
    splSpread("varp", .variance(ofSample: false), "The variance of a population."),
  ]

  private static func splSpread(
    _ name: String, _ result: MomentsState.Result, _ summary: String
  ) -> AggregateFunction {
    AggregateFunction(
      [.spl(name)], Signature([.any("value")], returns: .fixed(.real)), summary, prefix: nil,
      makeState: { MomentsState(result, $0) })
  }
}
