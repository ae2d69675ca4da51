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
    guard at("by") else {
      report(syntax: KQLMessages.topWithoutBy(found: describeCurrent, at: current.span))
      return TopSyntax(options: options, count: count, keys: [], span: span(from: start))
    }
    cursor.advance()
    let keys = commaSeparated { $0.orderKey() }
    return TopSyntax(options: options, count: count, keys: keys, span: span(from: start))
  }
}
