package import Diagnostics

/// A `dynamic(…)` literal: JSON with KQL strings and typed literals in it.
///
/// Example: `dynamic({"a": [1, 2h, null]})`.
package struct DynamicLiteralSyntax: Hashable, Sendable {
  package indirect enum Value: Hashable, Sendable {
    case null
    /// Strings, numbers, bools, and typed literals such as `datetime(2024-01-01)`.
    case scalar(LiteralSyntax)
    case array([Value])
    /// The keys in the order of the text; a repeated key is kept here twice.
    case bag([Property])
  }

  package struct Property: Hashable, Sendable {
    package var key: StringLiteralSyntax
    package var value: Value
  }

  package var value: Value
  /// The whole `dynamic(…)`.
  package var span: SourceSpan
}
