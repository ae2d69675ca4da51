package import Diagnostics

/// An expression as written; parentheses are not kept, since the tree has their shape.
///
/// Example: `a.b == 1 or c has "x"` is
/// `logical(or, [binary(==, path(a, b), 1), binary(has, c, "x")])`.
package indirect enum ExpressionSyntax: Hashable, Sendable {
  case literal(LiteralSyntax)
  case dynamic(DynamicLiteralSyntax)
  /// A column, a variable, a table, `$left`.
  case name(NameSyntax)
  /// `*`: all columns, as in `arg_max(t, *)` and `* has "x"`.
  case star(SourceSpan)
  /// `T*` in a list of tables.
  case pattern(NamePatternSyntax)
  /// `a.b`, `f(x).b`.
  case path(PathSyntax)
  /// `a["b"]`, `a[-1]`, `a.["b"]`, `a[expr]`.
  case index(IndexSyntax)
  /// `f(x, n = 1)`.
  case call(CallSyntax)
  /// `cluster("c").database("d")`.
  case memberCall(MemberCallSyntax)
  case unary(UnarySyntax)
  case binary(BinarySyntax)
  /// `a and b and c`: one node for the whole chain.
  case logical(LogicalSyntax)
  /// `a in (b, c)`, `a has_any (list)`.
  case membership(MembershipSyntax)
  /// `a between (b .. c)`.
  case between(BetweenSyntax)
  /// `typeof(long)`, `typeof(a:int, b:string)`.
  case typeof(TypeOfSyntax)
  /// A pipeline inside an expression: `(T | project x)`, `toscalar(T | count)`.
  case subquery(PipelineSyntax)
  /// What could not be read; a diagnostic says why.
  case error(SourceSpan)

  package var span: SourceSpan {
    switch self {
    case .literal(let node): node.span
    case .dynamic(let node): node.span
    case .name(let node): node.span
    case .star(let span): span
    case .pattern(let node): node.span
    case .path(let node): node.span
    case .index(let node): node.span
    case .call(let node): node.span
    case .memberCall(let node): node.span
    case .unary(let node): node.span
    case .binary(let node): node.span
    case .logical(let node): node.span
    case .membership(let node): node.span
    case .between(let node): node.span
    case .typeof(let node): node.span
    case .subquery(let node): node.span
    case .error(let span): span
    }
  }
}

package struct PathSyntax: Hashable, Sendable {
  package var base: ExpressionSyntax
  package var member: NameSyntax
  package var span: SourceSpan
}

package struct IndexSyntax: Hashable, Sendable {
  package var base: ExpressionSyntax
  /// A string for a property, a number (negative counts from the end), or any other expression.
  package var index: ExpressionSyntax
  package var span: SourceSpan
}

/// An argument, with its name in `f(name = value)`.
package struct ArgumentSyntax: Hashable, Sendable {
  package var name: NameSyntax?
  package var value: ExpressionSyntax
  package var span: SourceSpan { name?.span.union(value.span) ?? value.span }
}

package struct CallSyntax: Hashable, Sendable {
  package var function: NameSyntax
  package var arguments: [ArgumentSyntax]
  package var span: SourceSpan
}

package struct MemberCallSyntax: Hashable, Sendable {
  package var base: ExpressionSyntax
  package var call: CallSyntax
  package var span: SourceSpan
}

package struct UnarySyntax: Hashable, Sendable {
  package enum Operator: String, Hashable, Sendable {
    case plus = "+"
    case minus = "-"
  }

  package var op: Operator
  package var operand: ExpressionSyntax
  package var span: SourceSpan
}

package struct LogicalSyntax: Hashable, Sendable {
  package enum Operator: String, Hashable, Sendable {
    case and, or
  }

  package var op: Operator
  /// At least two.
  package var operands: [ExpressionSyntax]
  package var span: SourceSpan
}

package struct BetweenSyntax: Hashable, Sendable {
  package var operand: ExpressionSyntax
  package var isNegated: Bool
  package var lower: ExpressionSyntax
  package var upper: ExpressionSyntax
  package var span: SourceSpan
}

package struct MembershipSyntax: Hashable, Sendable {
  package enum Operator: String, Hashable, Sendable, CaseIterable {
    case `in` = "in"
    case notIn = "!in"
    case inTilde = "in~"
    case notInTilde = "!in~"
    case hasAny = "has_any"
    case hasAll = "has_all"
  }

  package var operand: ExpressionSyntax
  package var op: Operator
  /// Scalars, arrays, or one table (`in (T)`, `in (T | project x)`): which one is known after binding.
  package var elements: [ExpressionSyntax]
  package var operatorSpan: SourceSpan
  package var span: SourceSpan
}

package struct TypeOfSyntax: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case type(TypeNameSyntax)
    /// `typeof(a:int, b:string)`, the schema of a table.
    case columns([ColumnDeclarationSyntax])
  }

  package var content: Content
  package var span: SourceSpan
}
