package import Diagnostics

/// `where predicate`, also spelt `filter`.
package struct WhereSyntax: Hashable, Sendable {
  package var predicate: ExpressionSyntax
  package var span: SourceSpan
}

extension KQLParser {
  func parseWhere(_ start: SourceSpan) -> WhereSyntax {
    let predicate = self.predicate()
    if at(.comma), !isRecovering { report(syntax: KQLMessages.commaInWhere(at: current.span)) }
    return WhereSyntax(predicate: predicate, span: span(from: start))
  }
}
