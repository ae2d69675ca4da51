package import Diagnostics

/// `as T`: names the table for the rest of the statement.
package struct AsSyntax: Hashable, Sendable {
  package var options: [OptionSyntax]
  package var name: NameSyntax
  package var span: SourceSpan
}

extension KQLParser {
  func parseAs(_ start: SourceSpan) -> AsSyntax {
    let options = self.options([])
    let name = self.name("a table's name", after: "as")
    return AsSyntax(options: options, name: name, span: span(from: start))
  }
}
