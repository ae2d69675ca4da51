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
  /// `sparkline(…)` around it.
  package internal(set) var sparkline: SparklineSyntax?
}

/// That an aggregate is wanted for each span of time: `sparkline(avg(size), 1h)`.
package struct SparklineSyntax: Hashable, Sendable {
  /// Nil for a span that follows from the times.
  package let timeSpan: TimeSpanSyntax?
  package let span: SourceSpan
}

/// One field of a `by` list; `_time` may carry a span.
package struct GroupingSyntax: Hashable, Sendable {
  package let field: FieldNameSyntax
  package internal(set) var timeSpan: TimeSpanSyntax?
}
