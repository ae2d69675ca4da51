package import Diagnostics

/// `range x from a to b step s`: a table of one column; the end is part of it.
package struct RangeSyntax: Hashable, Sendable {
  package var name: NameSyntax
  package var from: ExpressionSyntax
  package var to: ExpressionSyntax
  package var step: ExpressionSyntax
  package var span: SourceSpan
}

extension KQLParser {
  func parseRange(_ start: SourceSpan) -> RangeSyntax {
    let name = self.name("a column", after: "range")
    expect("from", after: "the column's name")
    let from = expression()
    expect("to", after: "the first value")
    let to = expression()
    expect("step", after: "the last value")
    return RangeSyntax(name: name, from: from, to: to, step: expression(), span: span(from: start))
  }
}
