package import Diagnostics

/// The name of a field, possibly with `*` wildcards, as a command or an expression has it.
///
/// Example: `requestParameters.*`, `"Full Name"`, `'userIdentity.arn'`.
package struct FieldNameSyntax: Hashable, Sendable {
  package let name: String
  package let span: SourceSpan
  package let isQuoted: Bool

  /// Whether the name stands for every field that fits it.
  package var hasWildcard: Bool { name.utf8.contains(UInt8(ascii: "*")) }
}

/// A field and the name it gets, as in `rename a as b`; the two are equal where nothing is renamed.
package struct FieldAliasSyntax: Hashable, Sendable {
  package let field: FieldNameSyntax
  package let alias: FieldNameSyntax?
  package var span: SourceSpan { alias.map { field.span.union($0.span) } ?? field.span }
}
