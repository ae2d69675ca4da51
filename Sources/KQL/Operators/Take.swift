package import Diagnostics
import Engine

/// `take n`, also spelt `limit`.
package struct TakeSyntax: Hashable, Sendable {
  package var count: ExpressionSyntax
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["take", "limit"],
    syntax: "T | take COUNT",
    summary: "Keeps rows of that number.",
    differs: [
      "The first rows are taken, so that the answer is the same every time."
    ],
    examples: [
      .kqlQuery(
        "range n from 1 to 5 step 1 | take 2",
        gives: "1, 2")
    ],
    stage: { .take($0.parseTake($1)) })
}

extension KQLParser {
  func parseTake(_ start: SourceSpan) -> TakeSyntax {
    TakeSyntax(count: expression(), span: span(from: start))
  }
}

extension KQLLowering {
  func lower(_ node: TakeSyntax, on input: Relation) -> Relation? {
    guard let count = rowCount(node.count, of: "take") else { return nil }
    // Of a range no more rows are made than are taken.
    if case .tabular(var call) = input.plan, let range = call.operator as? RangeOperator,
      let shorter = range.limited(to: count)
    {
      call.operator = shorter
      return input.with(
        .limit(Limit(input: .tabular(call), count: count, origin: origin(node.span))))
    }
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
}
