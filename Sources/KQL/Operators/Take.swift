package import Diagnostics
import Engine

/// `take n`, also spelt `limit`.
package struct TakeSyntax: Hashable, Sendable {
  package var count: ExpressionSyntax
  package var span: SourceSpan
}

extension KQLParser {
  func parseTake(_ start: SourceSpan) -> TakeSyntax {
    TakeSyntax(count: expression(), span: span(from: start))
  }
}

extension KQLLowering {
  func lower(_ node: TakeSyntax, on input: Relation) -> Relation? {
    guard let count = rowCount(node.count, of: "take") else { return nil }
    return input.with(.limit(Limit(input: input.plan, count: count, origin: origin(node.span))))
  }

  /// A constant number of rows.
  func rowCount(_ expression: ExpressionSyntax, of operatorName: String) -> Int? {
    guard let value = lowerConstant(expression) else { return nil }
    guard case .long(let count) = value, count >= 0 else {
      return fail(KQLMessages.notRowCount(operatorName, at: expression.span))
    }
    return Int(count)
  }

  func lower(_ node: SampleSyntax, on input: Relation) -> Relation? {
    // Any rows will do: the first ones, so that the answer is the same every time.
    guard let count = rowCount(node.count, of: "sample") else { return nil }
    return input.with(.limit(Limit(input: input.plan, count: count, origin: origin(node.span))))
  }

  func lower(_ node: SampleDistinctSyntax, on input: Relation) -> Relation? {
    guard let count = rowCount(node.count, of: "sample-distinct"),
      let keys = assignments([node.value], in: RowScope(input.columns))
    else { return nil }
    let distinct = LogicalPlan.aggregate(
      Aggregate(input: input.plan, keys: keys, items: [], origin: origin(node.span)))
    return Relation(.limit(Limit(input: distinct, count: count, origin: origin(node.span))))
  }
}
