extension TabularCall: PlanCodable {
  package static let form = PlanForm<TabularCall>.record(
    { TabularCall(inputs: $0, operator: $1.operation, origin: $2) },
    Member("inputs", \.inputs), Member("operator", { AnyOperator(operation: $0.operator) }),
    Member("origin", \.origin))
}

/// Operators stand under their names: `{"make-series":{"keys":…}}`.
private struct AnyOperator: PlanCodable {
  let operation: any TabularOperator

  static let form = PlanForm<AnyOperator>.choice("operator", TabularOperators.all.map { option($0) })

  private static func option<Operator: TabularOperator>(_ type: Operator.Type) -> PlanCase<AnyOperator> {
    PlanCase<AnyOperator>(
      Operator.planName, { wrapped -> Operator? in wrapped.operation as? Operator },
      { AnyOperator(operation: $0) })
  }
}

/// All operators that can stand in a plan. A new one is one more here.
package enum TabularOperators {
  package static let all: [any TabularOperator.Type] = [
    ActivityCountsOperator.self, AddressLookupOperator.self, AnomalyOperator.self, CombineOperator.self,
    EventStatsOperator.self, FieldSummaryOperator.self, MakeSeriesOperator.self, NarrowOperator.self,
    OpenOperator.self, PatternLookupOperator.self, RangeOperator.self, ReduceOperator.self,
    ScanOperator.self, SchemaMergeOperator.self, SearchTextOperator.self, SlidingWindowOperator.self,
    StreamStatsOperator.self, TransactionOperator.self, UntableOperator.self, WriteOperator.self,
  ]
}
