package import Diagnostics

/// `top n by a desc`.
package struct TopSyntax: Hashable, Sendable {
  package var options: [OptionSyntax]
  package var count: ExpressionSyntax
  package var keys: [OrderKeySyntax]
  package var span: SourceSpan
}

extension KQLParser {
  func parseTop(_ start: SourceSpan) -> TopSyntax {
    let options = self.options([])
    let count = expression()
    let keys = expect("by", after: "the number of rows") ? commaSeparated { $0.orderKey() } : []
    return TopSyntax(options: options, count: count, keys: keys, span: span(from: start))
  }
}
