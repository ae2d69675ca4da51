package import Diagnostics

/// `reduce by x with threshold=0.1, characters="-"`: groups like texts.
package struct ReduceSyntax: Hashable, Sendable {
  package var options: [OptionSyntax]
  package var value: ExpressionSyntax
  package var properties: [OptionSyntax]
  package var span: SourceSpan
}

extension KQLParser {
  func parseReduce(_ start: SourceSpan) -> ReduceSyntax {
    let options = self.options(["kind"])
    expect("by", after: "reduce")
    let value = expression()
    var properties: [OptionSyntax] = []
    if take("with") != nil {
      properties = at(.leftParenthesis) ? propertyList() : commaSeparated { $0.property() }
    }
    return ReduceSyntax(options: options, value: value, properties: properties, span: span(from: start))
  }
}
