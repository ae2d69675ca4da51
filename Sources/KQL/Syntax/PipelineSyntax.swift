package import Diagnostics

/// A table and the operators that it goes through.
///
/// Example: `T | where x | count` has the source `T` and two operators.
package struct PipelineSyntax: Hashable, Sendable {
  package var source: TabularSourceSyntax
  package var operators: [OperatorSyntax]
  package var span: SourceSpan

  /// The expression that the pipeline is, if it has no operators.
  package var soleExpression: ExpressionSyntax? {
    if operators.isEmpty, case .expression(let expression) = source { return expression }
    return nil
  }
}

/// What stands in front of the first pipe.
package indirect enum TabularSourceSyntax: Hashable, Sendable {
  /// A table's name, a call such as `table("T")`, a subquery in parentheses.
  case expression(ExpressionSyntax)
  case print(PrintSyntax)
  case range(RangeSyntax)
  case datatable(DatatableSyntax)
  case externaldata(ExternalDataSyntax)
  case union(UnionSyntax)
  case search(SearchSyntax)
  case find(FindSyntax)
  case evaluate(EvaluateSyntax)
  /// A source that KQL has and Trawl doesn't run; already reported.
  case unsupported(UnsupportedOperatorSyntax)
  /// The rows that the operator around the subquery hands in: `mv-apply x on (where …)`.
  case implicit(SourceSpan)

  package var span: SourceSpan {
    switch self {
    case .expression(let node): node.span
    case .print(let node): node.span
    case .range(let node): node.span
    case .datatable(let node): node.span
    case .externaldata(let node): node.span
    case .union(let node): node.span
    case .search(let node): node.span
    case .find(let node): node.span
    case .evaluate(let node): node.span
    case .unsupported(let node): node.span
    case .implicit(let span): span
    }
  }
}
