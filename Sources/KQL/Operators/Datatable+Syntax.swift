package import Diagnostics

/// `datatable(a:string, b:long) ["x", 1, "y", 2]`.
package struct DatatableSyntax: Hashable, Sendable {
  package var columns: [ColumnDeclarationSyntax]
  /// Literals (also with a sign) and `dynamic(…)`, row by row.
  package var cells: [ExpressionSyntax]
  package var span: SourceSpan
}

extension KQLParser {
  func parseDatatable(_ start: SourceSpan) -> DatatableSyntax {
    let columns = columnDeclarations()
    let opening = currentSpan
    var cells: [ExpressionSyntax] = []
    if expect(.leftBracket, after: "the columns") {
      cells = list(until: .rightBracket, allowsTrailingComma: true) { $0.datatableCell() }
      close(.rightBracket, opening: opening)
    }
    return DatatableSyntax(columns: columns, cells: cells, span: span(from: start))
  }

  private func datatableCell() -> ExpressionSyntax {
    let start = currentSpan
    if at("dynamic"), at(.leftParenthesis, ahead: 1) { return .dynamic(dynamicLiteral()) }
    if let literal = signedLiteral() {
      if at(.comma) || at(.rightBracket) { return literal }
    } else if !atName() && !at(.leftParenthesis) {
      reportExpected("a literal")
      return .error(start)
    }
    let index = cursor.index
    _ = expression()
    if cursor.index == index { cursor.advance() }
    report(KQLMessages.cellNotLiteral(at: span(from: start)))
    return .error(span(from: start))
  }
}
