package import Diagnostics
package import Engine

/// A literal with its value, such as `5`, `1d`, `"x"`, `datetime(2024-01-01)` or `int(null)`.
package struct LiteralSyntax: Hashable, Sendable {
  package enum Value: Hashable, Sendable {
    case bool(Bool)
    /// `int(5)`; in the range of 32 bits.
    case int(Int64)
    case long(Int64)
    case real(Double)
    /// `decimal(1.5)`, as its text, checked to be a decimal number.
    case decimal(String)
    /// Ticks of 100 ns since 0001-01-01, and the text between the parentheses.
    case datetime(ticks: Int64, text: String)
    /// `datetime()`: the time of the run.
    case now
    /// Ticks of 100 ns.
    case timespan(Int64)
    /// Lower case, with hyphens.
    case guid(String)
    case string(StringLiteralSyntax)
    /// `int(null)`.
    case null(DataType)
  }

  package var value: Value
  package var span: SourceSpan

  package init(_ value: Value, _ span: SourceSpan) {
    self.value = value
    self.span = span
  }

  /// The literal's text, if it is a string.
  package var string: StringLiteralSyntax? {
    if case .string(let literal) = value { return literal }
    return nil
  }
}
