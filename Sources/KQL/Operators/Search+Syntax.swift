package import Diagnostics

/// `search kind=case_sensitive in (T, A*) "x" and col:"y"`.
package struct SearchSyntax: Hashable, Sendable {
  package var options: [OptionSyntax]
  /// Empty for all tables.
  package var tables: [ExpressionSyntax]
  package var predicate: ExpressionSyntax
  package var span: SourceSpan
}

extension KQLParser {
  func parseSearch(_ start: SourceSpan) -> SearchSyntax {
    let options = self.options(["kind"])
    let tables = tableList()
    let predicate = self.predicate()
    return SearchSyntax(options: options, tables: tables, predicate: predicate, span: span(from: start))
  }

  /// `in (T, A*)`, or nothing.
  func tableList() -> [ExpressionSyntax] {
    guard at("in"), at(.leftParenthesis, ahead: 1) else { return [] }
    cursor.advance()
    let opening = cursor.advance().span
    let tables = list(until: .rightParenthesis) { $0.tableReference() }
    close(.rightParenthesis, opening: opening)
    return tables
  }
}
