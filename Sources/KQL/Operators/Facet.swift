package import Diagnostics
import Engine

/// `facet by a, b with (take 5)`: one result for each column.
package struct FacetSyntax: Hashable, Sendable {
  package var columns: [NameSyntax]
  package var subquery: PipelineSyntax?
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["facet"],
    syntax: "T | facet by COLUMN, … [with (OPERATORS)]",
    summary: "Counts the values of each column, a result for each of them.",
    notes: [
      "What stands behind `with` gives one more result, of the rows themselves."
    ],
    examples: [
      .kqlQuery(
        #"datatable(a:string, b:long)["x", 1, "x", 2] | facet by a"#,
        gives: "2")
    ],
    stage: { .facet($0.parseFacet($1)) })
}

extension KQLParser {
  func parseFacet(_ start: SourceSpan) -> FacetSyntax {
    expect("by", after: "facet")
    let columns = commaSeparated { $0.name("a column", as: .use) }
    var subquery: PipelineSyntax?
    if take("with") != nil { subquery = parenthesizedPipeline(isInner: true) }
    return FacetSyntax(columns: columns, subquery: subquery, span: span(from: start))
  }
}

extension KQLLowering {
  /// A count of each value for every listed column, and the rows behind `with` as a further result.
  func lower(_ node: FacetSyntax, on input: Relation) -> Relation? {
    var first: Relation?
    for (index, name) in node.columns.enumerated() {
      let relation = input.freshened(by: self)
      let span = name.span
      let call = CallSyntax(function: NameSyntax("count", span), arguments: [], span: span)
      let summary = SummarizeSyntax(
        options: [],
        aggregates: [
          NamedExpressionSyntax(
            names: [NameSyntax("count_\(name.text)", span)], isTuple: false, value: .call(call), span: span)
        ],
        groups: [NamedExpressionSyntax(names: [], isTuple: false, value: .name(name), span: span)],
        hasBy: true, span: node.span)
      guard let result = lower(summary, on: relation) else { return nil }
      if index == 0 {
        first = result
      } else {
        extraResults.append(LoweredQuery.Result(name: name.text, plan: result.plan, chart: nil))
      }
    }
    if let subquery = node.subquery {
      let outer = implicitInput
      implicitInput = input.freshened(by: self)
      defer { implicitInput = outer }
      guard let result = lower(subquery) else { return nil }
      extraResults.append(LoweredQuery.Result(name: "with", plan: result.plan, chart: result.chart))
    }
    return first
  }
}
