package import Diagnostics

/// `externaldata(a:string) [@"https://example.com/a.csv"] with (format="csv")`.
package struct ExternalDataSyntax: Hashable, Sendable {
  package var columns: [ColumnDeclarationSyntax]
  package var urls: [StringLiteralSyntax]
  package var properties: [OptionSyntax]
  package var span: SourceSpan
}

extension KQLParser {
  func parseExternalData(_ start: SourceSpan) -> ExternalDataSyntax {
    let columns = columnDeclarations()
    var properties: [OptionSyntax] = []
    if take("with") != nil { properties = propertyList() }
    let opening = currentSpan
    var urls: [StringLiteralSyntax] = []
    if expect(.leftBracket, after: "the columns") {
      urls = list(until: .rightBracket, allowsTrailingComma: true) { $0.expectString("an address in quotes") }
        .compactMap { $0 }
      close(.rightBracket, opening: opening)
    }
    if take("with") != nil { properties += propertyList() }
    return ExternalDataSyntax(columns: columns, urls: urls, properties: properties, span: span(from: start))
  }
}
