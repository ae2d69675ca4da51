package import Diagnostics

/// `parse kind=regex flags=i x with * "a=" A:long " b=" B`, and `parse-where`, which drops what doesn't fit.
package struct ParseSyntax: Hashable, Sendable {
  package enum Element: Hashable, Sendable {
    case text(StringLiteralSyntax)
    case column(NameSyntax, type: TypeNameSyntax?)
    case star(SourceSpan)
  }

  package var dropsFailures: Bool
  /// `kind=` and `flags=`.
  package var options: [OptionSyntax]
  package var value: ExpressionSyntax
  package var pattern: [Element]
  package var span: SourceSpan
}

extension KQLParser {
  func parseParse(_ start: SourceSpan) -> ParseSyntax {
    let dropsFailures = source[start] != "parse"
    let options = self.options(["kind", "flags"])
    let value = withoutAssignAsEqual { $0.expression() }
    let pattern = expect("with", after: "the text to parse") ? parsePattern() : []
    return ParseSyntax(
      dropsFailures: dropsFailures, options: options, value: value, pattern: pattern, span: span(from: start))
  }

  private func parsePattern() -> [ParseSyntax.Element] {
    var elements: [ParseSyntax.Element] = []
    while true {
      if let star = take(.star) {
        elements.append(.star(star))
      } else if case .string(let first) = current.kind {
        cursor.advance()
        elements.append(.text(stringLiteral(first).string ?? first))
      } else if atName() {
        let name = self.name()
        let type = take(.colon) != nil ? typeName() : nil
        elements.append(.column(name, type: type))
      } else {
        break
      }
    }
    if elements.isEmpty { reportExpected("a string, a column or `*`", after: "with") }
    return elements
  }
}
