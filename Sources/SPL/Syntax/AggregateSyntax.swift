package import Diagnostics

/// One aggregate of the `stats` family: `dc(user) as users`, `count(eval(x>1))`, `values(a.*) as *`.
package struct AggregateSyntax: Hashable, Sendable {
  package enum Argument: Hashable, Sendable {
    case field(FieldNameSyntax)
    /// `eval(…)` inside the parentheses.
    case expression(EvalExpressionSyntax)
  }

  package let function: String
  package let functionSpan: SourceSpan
  /// Nil for a plain `count`.
  package let argument: Argument?
  package internal(set) var alias: FieldNameSyntax?
  /// The column's name where there is no alias: the text without stray blanks.
  package let text: String
  package internal(set) var span: SourceSpan
}

/// One field of a `by` list; `_time` may carry a span.
package struct GroupingSyntax: Hashable, Sendable {
  package let field: FieldNameSyntax
  package internal(set) var timeSpan: TimeSpanSyntax?
}
