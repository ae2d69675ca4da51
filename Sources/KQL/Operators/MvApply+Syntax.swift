package import Diagnostics

/// `mv-apply e = x to typeof(string) on (where e has "a" | summarize n = count())`.
package struct MvApplySyntax: Hashable, Sendable {
  package var options: [OptionSyntax]
  package var columns: [ExpandedColumnSyntax]
  package var limit: ExpressionSyntax?
  /// Its source is `.implicit` where it begins with an operator.
  package var subquery: PipelineSyntax
  package var span: SourceSpan
}

extension KQLParser {
  func parseMvApply(_ start: SourceSpan) -> MvApplySyntax {
    let options = self.options(["with_itemindex"])
    let columns = commaSeparated { $0.expandedColumn() }
    let limit = take("limit") != nil ? expression() : nil
    expect("on", after: "the expanded columns")
    let subquery = parenthesizedPipeline(isInner: true)
    return MvApplySyntax(
      options: options, columns: columns, limit: limit, subquery: subquery, span: span(from: start))
  }
}
