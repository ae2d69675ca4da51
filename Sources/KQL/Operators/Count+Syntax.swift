package import Diagnostics

/// `count`: one row with the number of rows, in a column `Count` or the name behind `as`.
package struct CountSyntax: Hashable, Sendable {
  package var name: NameSyntax?
  package var span: SourceSpan
}

extension KQLParser {
  func parseCount(_ start: SourceSpan) -> CountSyntax {
    var name: NameSyntax?
    if take("as") != nil { name = self.name("a column's name", after: "as") }
    return CountSyntax(name: name, span: span(from: start))
  }
}
