/// All aggregate functions, one family after the other.
package enum AggregateCatalog {
  /// In the order of the families.
  package static let all: [AggregateFunction] = families.flatMap { $0 }

  /// A new family adds its `all` here.
  private static let families: [[AggregateFunction]] = [
    BagAggregates.all,
    CollectionAggregates.all,
    CountAggregates.all,
    DistinctAggregates.all,
    ExtremeAggregates.all,
    OrderAggregates.all,
    PercentileAggregates.all,
    RowAggregates.all,
    SketchAggregates.all,
    SparklineAggregates.all,
    SpreadAggregates.all,
    SumAggregates.all,
  ]

  private static let byName: [FunctionName: AggregateFunction] = {
    var result: [FunctionName: AggregateFunction] = [:]
    for function in all { for name in function.names { result[name] = function } }
    return result
  }()

  package static func function(_ name: String, in language: Language) -> AggregateFunction? {
    byName[FunctionName(language: language, text: name, isAlias: false)]
      ?? byName[FunctionName(language: language, text: name, isAlias: true)]
  }

  package static func names(in language: Language) -> [String] {
    all.flatMap(\.names).suggested(in: language)
  }
}
