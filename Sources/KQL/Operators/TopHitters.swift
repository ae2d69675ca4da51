package import Diagnostics
import Engine

/// `top-hitters n of a by b`.
package struct TopHittersSyntax: Hashable, Sendable {
  package var count: ExpressionSyntax
  package var value: NamedExpressionSyntax
  /// What is summed; rows are counted where it is missing.
  package var weight: NamedExpressionSyntax?
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["top-hitters"],
    syntax: "T | top-hitters COUNT of EXPRESSION [by NUMBER]",
    summary: "Gives the most frequent values.",
    differs: [
      "The counts are exact."
    ],
    examples: [
      .kqlQuery(
        #"datatable(a:string)["x", "y", "x"] | top-hitters 1 of a"#,
        gives: "2")
    ],
    stage: { .topHitters($0.parseTopHitters($1)) })
}

extension KQLParser {
  func parseTopHitters(_ start: SourceSpan) -> TopHittersSyntax {
    let count = expression()
    expect("of", after: "the number of values")
    let value = namedExpression()
    let weight = take("by") != nil ? namedExpression() : nil
    return TopHittersSyntax(count: count, value: value, weight: weight, span: span(from: start))
  }
}

extension KQLLowering {
  /// The most frequent values, or those with the greatest sums. Exact here, approximate in Kusto.
  func lower(_ node: TopHittersSyntax, on input: Relation) -> Relation? {
    let row = RowScope(input.columns)
    guard let count = rowCount(node.count, of: "top-hitters"), let keys = assignments([node.value], in: row),
      checkKeys(keys, of: "top-hitters", at: [node.value.span]), let key = keys.first
    else { return nil }
    let span = node.span
    let name: String
    let call: CallSyntax
    if let weight = node.weight {
      name = "approximate_sum_" + (weight.name?.text ?? autoName(weight.value) ?? "")
      call = CallSyntax(
        function: NameSyntax("sum", span), arguments: [ArgumentSyntax(name: nil, value: weight.value)],
        span: span)
    } else {
      name = "approximate_count_\(key.column.name)"
      call = CallSyntax(function: NameSyntax("count", span), arguments: [], span: span)
    }
    let named = NamedExpressionSyntax(
      names: [NameSyntax(name, span)], isTuple: false, value: .call(call), span: span)
    guard let summary = lowerAggregates([named], in: row, keys: keys), let output = summary.outputs.first
    else {
      return nil
    }
    let aggregate = LogicalPlan.project(
      Project(
        input: .aggregate(
          Aggregate(input: input.plan, keys: keys, items: summary.collector.items, origin: origin(span))),
        assignments: [Assignment(keeping: key.column), output], origin: origin(span)))
    let sort = Sort(
      input: aggregate,
      keys: [Sort.Key(expression: .column(output.column), descending: true, nullsFirst: false)], limit: count,
      origin: origin(span))
    return Relation(.sort(sort), isSerialized: true)
  }
}
