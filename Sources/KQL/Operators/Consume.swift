package import Diagnostics

/// `consume`: reads the rows and gives none.
package struct ConsumeSyntax: Hashable, Sendable {
  package var options: [OptionSyntax]
  package var span: SourceSpan
}

extension KQLParser {
  func parseConsume(_ start: SourceSpan) -> ConsumeSyntax {
    ConsumeSyntax(options: options(["decodeblocks"]), span: span(from: start))
  }
}
