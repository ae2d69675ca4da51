package import Diagnostics
import Engine

/// `top n by a desc`.
package struct TopSyntax: Hashable, Sendable {
  package var options: [OptionSyntax]
  package var count: ExpressionSyntax
  package var keys: [OrderKeySyntax]
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["top"],
    syntax: "T | top COUNT by EXPRESSION [asc|desc] [nulls first|last], …",
    summary: "Keeps the first rows of an order.",
    examples: [
      .kqlQuery(
        "datatable(a:long)[2, 3, 1] | top 2 by a",
        gives: "3, 2")
    ],
    stage: { .top($0.parseTop($1)) })
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
    if keys.count > 1 { report(KQLMessages.topBySeveral(at: keys[1].span)) }
    return TopSyntax(options: options, count: count, keys: keys, span: span(from: start))
  }
}

extension KQLLowering {
  func lower(_ node: TopSyntax, on input: Relation) -> Relation? {
    guard let count = rowCount(node.count, of: "top") else { return nil }
    return sort(input, by: node.keys, limit: count, at: node.span)
  }
}
