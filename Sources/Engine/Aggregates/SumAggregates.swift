/// Sums and means: `sum`, `sumif`, `avg`, `avgif`.
package enum SumAggregates {
  package static let all: [AggregateFunction] = [
    sum, sumIf, average, averageIf, splSum, splAverage, splSumOfSquares,
  ]

  /// A dynamic value becomes the first of these.
  private static let summed: [DataType] = [.real, .int, .long, .decimal, .timespan]
  private static let averaged: [DataType] = summed + [.datetime]

  private static let sumType = ReturnType.computed { types, _ in types.first == .int ? .long : types.first }

  private static let meanType = ReturnType.computed { types, _ in
    switch types.first {
    case .int, .long, .real: .real
    case .decimal: .decimal
    case .datetime: .datetime
    case .timespan: .timespan
    case .bool, .guid, .string, .dynamic, nil: nil
    }
  }

  package static let sum = AggregateFunction(
    [.kql("sum")], Signature([.oneOf("value", summed)], returns: sumType),
    "Adds up the values; 0 without any. Whole numbers wrap around at 64 bits.", prefix: "sum_",
    meaning: .total,
    spellings: [.spl("sum($1)")],
    examples: [
      .kqlQuery("datatable(x:long)[1, 2, long(null)] | summarize sum(x)", gives: "3"),
      .kqlQuery("datatable(x:long)[] | summarize sum(x)", gives: "0"),
    ],
    makeState: makeSum)

  package static let sumIf = AggregateFunction(
    [.kql("sumif")], Signature([.oneOf("value", summed), .bool("condition")], returns: sumType),
    "Adds up the values of the rows for which a condition is true.", prefix: "sumif_", meaning: .total,
    spellings: [.spl("sum(eval(if($2, $1, 0)))")],
    examples: [
      .kqlQuery("datatable(x:long, ok:bool)[1, true, 5, false, 3, true] | summarize sumif(x, ok)", gives: "4")
    ],
    makeState: AggregateFunction.conditional(at: 1, makeSum))

  package static let average = AggregateFunction(
    [.kql("avg")], Signature([.oneOf("value", averaged)], returns: meanType),
    "The mean of the values; NaN without any.",
    notes: ["The sum of whole numbers wraps around at 64 bits before it is divided."], prefix: "avg_",
    meaning: .total,
    spellings: [.spl("avg($1)")],
    examples: [
      .kqlQuery("datatable(x:long)[1, 2, long(null)] | summarize avg(x)", gives: "1.5"),
      .kqlQuery("datatable(x:long)[] | summarize avg(x)", gives: "real(nan)"),
    ],
    makeState: makeMean)

  package static let averageIf = AggregateFunction(
    [.kql("avgif")], Signature([.oneOf("value", averaged), .bool("condition")], returns: meanType),
    "The mean of the values of the rows for which a condition is true.", prefix: "avgif_", meaning: .total,
    spellings: [.spl("avg(eval(if($2, $1, null())))")],
    examples: [
      .kqlQuery(
        "datatable(x:long, ok:bool)[1, true, 5, false, 3, true] | summarize avgif(x, ok)", gives: "2.0")
    ],
    makeState: AggregateFunction.conditional(at: 1, makeMean))

  package static let splSum = AggregateFunction(
    [.spl("sum")],
    Signature(
      [.any("value")],
      returns: .computed { types, _ in types.first == .long || types.first == .int ? .long : .real }),
    "Adds up the values that are numbers.", prefix: nil, meaning: .total,
    spellings: [.kql("sum($n1)")],
    examples: [
      .splQuery("| makeresults count=3 | streamstats count as n | stats sum(n) as x", gives: "6"),
      .splQuery(
        #"| makeresults | eval v=split("a,b,a", ",") | mvexpand v | stats sum(v) as x"#, gives: "null()",
        why: "no value is a number"),
    ],
    makeState: { arguments in
      if arguments.resultType == .long { return IntegerSumState(.sum, arguments) }
      return RealSumState(.sum, arguments)
    })

  package static let splAverage = AggregateFunction(
    [.spl("avg"), .splAlias("mean")], Signature([.any("value")], returns: .fixed(.real)),
    "The mean of the values that are numbers.", prefix: nil,
    spellings: [.kql("avg($n1)")],
    examples: [
      .splQuery("| makeresults count=3 | streamstats count as n | stats avg(n) as x", gives: "2")
    ],
    makeState: { RealSumState(.mean, $0) })

  package static let splSumOfSquares = AggregateFunction(
    [.spl("sumsq")], Signature([.any("value")], returns: .fixed(.real)),
    "Adds up the squares of the values that are numbers.", prefix: nil,
    examples: [
      .splQuery("| makeresults count=3 | streamstats count as n | stats sumsq(n) as x", gives: "14")
    ],
    makeState: { MomentsState(.sumOfSquares, $0) })

  @Sendable private static func makeSum(_ arguments: AggregateArguments) -> any AggregateState {
    switch arguments.type(at: 0) {
    case .int, .long, .timespan: IntegerSumState(.sum, arguments)
    case .decimal: DecimalSumState(.sum)
    case .real, .bool, .datetime, .guid, .string, .dynamic: RealSumState(.sum, arguments)
    }
  }

  @Sendable private static func makeMean(_ arguments: AggregateArguments) -> any AggregateState {
    switch arguments.type(at: 0) {
    case .int, .long: IntegerSumState(.mean, arguments)
    case .datetime, .timespan: TimeMeanState(arguments)
    case .decimal: DecimalSumState(.mean)
    case .real, .bool, .guid, .string, .dynamic: RealSumState(.mean, arguments)
    }
  }
}
