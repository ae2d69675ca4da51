package import Diagnostics

/// `union kind=outer withsource=T isfuzzy=true A, (B | where x), C*`; also behind a pipe.
package struct UnionSyntax: Hashable, Sendable {
  package var options: [OptionSyntax]
  /// Names, calls, patterns and subqueries.
  package var tables: [ExpressionSyntax]
  package var span: SourceSpan
}

extension KQLParser {
  func parseUnion(_ start: SourceSpan) -> UnionSyntax {
    let options = self.options(["kind", "withsource", "with_source", "isfuzzy"])
    let tables = commaSeparated { $0.tableReference() }
    return UnionSyntax(options: options, tables: tables, span: span(from: start))
  }
}
