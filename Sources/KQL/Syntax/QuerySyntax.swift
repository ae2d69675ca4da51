package import Diagnostics

/// A whole KQL text: its statements in order.
///
/// Example: `let n = 5; T | take n` has a let statement and a query statement.
package struct QuerySyntax: Hashable, Sendable {
  package var statements: [StatementSyntax]
  package var span: SourceSpan
}

package indirect enum StatementSyntax: Hashable, Sendable {
  case `let`(LetStatementSyntax)
  case set(SetStatementSyntax)
  /// `declare query_parameters(…)`.
  case queryParameters(QueryParametersSyntax)
  /// A statement that gives a result table.
  case query(PipelineSyntax)
  /// A statement that KQL has and Trawl doesn't run: `alias`, `declare pattern`, `restrict`.
  /// The parser doesn't report it; lowering refuses it by name.
  case unsupported(UnsupportedStatementSyntax)
  /// What could not be read; a diagnostic says why.
  case error(SourceSpan)

  package var span: SourceSpan {
    switch self {
    case .let(let node): node.span
    case .set(let node): node.span
    case .queryParameters(let node): node.span
    case .query(let node): node.span
    case .unsupported(let node): node.span
    case .error(let span): span
    }
  }
}

/// `let name = value`.
package struct LetStatementSyntax: Hashable, Sendable {
  package enum Value: Hashable, Sendable {
    /// A scalar, or a table: a bare name or a call may be either.
    case expression(ExpressionSyntax)
    case function(FunctionSyntax)
  }

  package var name: NameSyntax
  package var value: Value
  package var span: SourceSpan
}

/// `(T:(*), n:long = 5) { … }`.
package struct FunctionSyntax: Hashable, Sendable {
  package var isView: Bool
  package var parameters: [ParameterSyntax]
  /// The statements before the last, then the result as a query statement.
  package var body: QuerySyntax
  package var span: SourceSpan
}

package struct ParameterSyntax: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case scalar(TypeNameSyntax)
    /// `T:(a:int, b:string)`.
    case table([ColumnDeclarationSyntax])
    /// `T:(*)`.
    case anyTable
  }

  package var name: NameSyntax
  package var kind: Kind
  package var defaultValue: ExpressionSyntax?
  package var span: SourceSpan
}

/// `set name = value`.
package struct SetStatementSyntax: Hashable, Sendable {
  package var name: NameSyntax
  package var value: ExpressionSyntax?
  package var span: SourceSpan
}

package struct QueryParametersSyntax: Hashable, Sendable {
  package var parameters: [ParameterSyntax]
  package var span: SourceSpan
}

package struct UnsupportedStatementSyntax: Hashable, Sendable {
  /// `alias database`, `declare pattern`, `restrict access`.
  package var keyword: String
  package var keywordSpan: SourceSpan
  package var span: SourceSpan
}
