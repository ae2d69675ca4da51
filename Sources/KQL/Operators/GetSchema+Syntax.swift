package import Diagnostics

/// `getschema`: one row for each column.
package struct GetSchemaSyntax: Hashable, Sendable {
  /// `getschema kind=csl`.
  package var options: [OptionSyntax]
  package var span: SourceSpan
}

extension KQLParser {
  func parseGetSchema(_ start: SourceSpan) -> GetSchemaSyntax {
    GetSchemaSyntax(options: options(["kind"]), span: span(from: start))
  }
}
