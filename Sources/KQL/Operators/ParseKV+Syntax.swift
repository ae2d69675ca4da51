package import Diagnostics

/// `parse-kv x as (a:string, b:long) with (pair_delimiter=" ", kv_delimiter="=")`.
package struct ParseKVSyntax: Hashable, Sendable {
  package var value: ExpressionSyntax
  package var columns: [ColumnDeclarationSyntax]
  package var properties: [OptionSyntax]
  package var span: SourceSpan
}

extension KQLParser {
  func parseParseKV(_ start: SourceSpan) -> ParseKVSyntax {
    let value = expression()
    expect("as", after: "the text to parse")
    let columns = columnDeclarations()
    let properties = take("with") != nil ? propertyList() : []
    return ParseKVSyntax(value: value, columns: columns, properties: properties, span: span(from: start))
  }

  /// `(name = value, other.name = value)`.
  func propertyList() -> [OptionSyntax] {
    let opening = currentSpan
    guard expect(.leftParenthesis, after: "with") else { return [] }
    let properties = list(until: .rightParenthesis, allowsTrailingComma: true) { $0.property() }
    close(.rightParenthesis, opening: opening)
    return properties
  }

  /// `name = value`; the name may have dots.
  func property() -> OptionSyntax {
    let start = currentSpan
    var name = self.name("a property")
    while at(.dot), cursor.peek().word != nil {
      cursor.advance()
      let next = self.name()
      name = NameSyntax(name.text + "." + next.text, name.span.union(next.span))
    }
    expect(.assign, after: "the property's name")
    return OptionSyntax(name: name, value: expression(), span: span(from: start))
  }
}
