package import Diagnostics
import Engine

/// `sample-distinct n of a`: any n values.
package struct SampleDistinctSyntax: Hashable, Sendable {
  package var count: ExpressionSyntax
  package var value: NamedExpressionSyntax
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["sample-distinct"],
    syntax: "T | sample-distinct COUNT of COLUMN",
    summary: "Gives any values of a column of that number.",
    differs: [
      "The first values are taken, so that the answer is the same every time."
    ],
    examples: [
      .kqlQuery(
        "datatable(a:long)[1, 1, 2] | sample-distinct 5 of a | count",
        gives: "2")
    ],
    stage: { .sampleDistinct($0.parseSampleDistinct($1)) })
}

extension KQLParser {
  func parseSampleDistinct(_ start: SourceSpan) -> SampleDistinctSyntax {
    let count = expression()
    expect("of", after: "the number of values")
    return SampleDistinctSyntax(count: count, value: namedExpression(), span: span(from: start))
  }
}

extension KQLLowering {
  func lower(_ node: SampleDistinctSyntax, on input: Relation) -> Relation? {
    guard let count = rowCount(node.count, of: "sample-distinct"),
      let keys = assignments([node.value], in: RowScope(input.columns))
    else { return nil }
    let distinct = LogicalPlan.aggregate(
      Aggregate(input: input.plan, keys: keys, items: [], origin: origin(node.span)))
    return Relation(.limit(Limit(input: distinct, count: count, origin: origin(node.span))))
  }
}
