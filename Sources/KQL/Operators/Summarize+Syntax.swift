package import Diagnostics

/// `summarize a = count() by b, bin(t, 1h)`.
package struct SummarizeSyntax: Hashable, Sendable {
  package var options: [OptionSyntax]
  package var aggregates: [NamedExpressionSyntax]
  package var groups: [NamedExpressionSyntax]
  /// Whether `by` is written: without it there is one row even for no input.
  package var hasBy: Bool
  package var span: SourceSpan
}

extension KQLParser {
  func parseSummarize(_ start: SourceSpan) -> SummarizeSyntax {
    let options = self.options([])
    var aggregates: [NamedExpressionSyntax] = []
    if !at("by") || at(.assign, ahead: 1) { aggregates = commaSeparated { $0.namedExpression() } }
    var groups: [NamedExpressionSyntax] = []
    let hasBy = take("by") != nil
    if hasBy { groups = commaSeparated { $0.namedExpression() } }
    return SummarizeSyntax(
      options: options, aggregates: aggregates, groups: groups, hasBy: hasBy, span: span(from: start))
  }
}
