package import Diagnostics
import Engine

/// `externaldata(a:string) [@"https://example.com/a.csv"] with (format="csv")`.
package struct ExternalDataSyntax: Hashable, Sendable {
  package var columns: [ColumnDeclarationSyntax]
  package var urls: [StringLiteralSyntax]
  package var properties: [OptionSyntax]
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["externaldata", "external_data"],
    syntax: #"externaldata(NAME:TYPE, …) ["URL", …] [with (format="csv", ignoreFirstRecord=true)]"#,
    summary: "Reads the rows of a local file that stands for a URL.",
    notes: [
      "Nothing is fetched: a URL without a local file is refused."
    ],
    examples: [
      .kqlQuery(
        #"externaldata(who:string, n:long)["https://example.com/names.csv"] with (format="csv")"#,
        gives: "1, 2", why: "of a file with `ann,1` and `ben,2`")
    ],
    source: KQLOperatorRecord.Source(
      begins: { parser in parser.cursor.peek().kind == .punctuation(.leftParenthesis) },
      parse: { .externaldata($0.parseExternalData($1)) }))
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

extension KQLLowering {
  /// Rows of local files that stand for the addresses.
  func lower(_ node: ExternalDataSyntax) -> Relation? {
    guard let fields = fields(of: node.columns) else { return nil }
    let format = node.properties[named: "format"]?.word?.lowercased()
    let skipsFirst = node.properties[named: "ignoreFirstRecord"]?.word?.lowercased() == "true"
    var rows: [[Value]] = []
    for url in node.urls {
      let address = url.value
      guard let text = environment.externals[address] ?? environment.externals[address.beforeSecret] else {
        return fail(KQLMessages.externalMissing(address, at: url.span))
      }
      let kind = format ?? address.beforeSecret.fileEnding
      guard let read = ExternalText.rows(text, format: kind, fields: fields, skipsFirst: skipsFirst) else {
        return fail(
          KQLMessages.unknownKind(kind, of: "externaldata", known: ExternalText.formats, at: node.span))
      }
      rows += read
    }
    return inline(Table(fields: fields, rows: rows), at: node.span)
  }
}

extension String {
  /// The ending that tells the format: that of the file inside a compressed one.
  fileprivate var fileEnding: String {
    var endings = lowercased().split(separator: ".")
    if let last = endings.last, ["zip", "gz"].contains(last) { endings.removeLast() }
    return String(endings.last ?? "csv")
  }

  /// An address without what stands behind `;`, `?` or `#`.
  fileprivate var beforeSecret: String { String(prefix { $0 != ";" && $0 != "?" && $0 != "#" }) }
}
