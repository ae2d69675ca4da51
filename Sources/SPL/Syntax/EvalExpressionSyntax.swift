package import Diagnostics

/// An expression of `eval`, `where` and `count(eval(…))`.
///
/// Tightest first: calls and parentheses, unary minus, `* / %`, `+ -`, `.`, comparisons with LIKE and IN,
/// NOT, AND, OR, XOR.
package indirect enum EvalExpressionSyntax: Hashable, Sendable {
  case field(FieldNameSyntax)
  case string(StringLiteralSyntax)
  case number(EvalNumberSyntax)
  /// A bare `true`, `false` or `null`: the constant, unless a field has that name.
  case constant(EvalConstantSyntax)
  case call(EvalCallSyntax)
  case negate(EvalExpressionSyntax, SourceSpan)
  case not(EvalExpressionSyntax, SourceSpan)
  case binary(EvalBinarySyntax)
  case and([EvalExpressionSyntax], SourceSpan)
  case or([EvalExpressionSyntax], SourceSpan)
  case xor([EvalExpressionSyntax], SourceSpan)
  /// `field IN (a, b)`.
  case membership(EvalExpressionSyntax, [EvalExpressionSyntax], SourceSpan)
  case subsearch(SubsearchSyntax)
  /// A part that could not be read; a diagnostic says why.
  case invalid(SourceSpan)

  package var span: SourceSpan {
    switch self {
    case .field(let field): field.span
    case .string(let literal): literal.span
    case .number(let number): number.span
    case .constant(let constant): constant.span
    case .call(let call): call.span
    case .binary(let binary): binary.span
    case .subsearch(let subsearch): subsearch.span
    case .negate(_, let span), .not(_, let span), .and(_, let span), .or(_, let span), .xor(_, let span),
      .membership(_, _, let span), .invalid(let span):
      span
    }
  }
}

/// A number with its text as written, so that `1.0` stays `1.0`.
package struct EvalNumberSyntax: Hashable, Sendable {
  package let text: String
  package let span: SourceSpan
}

package struct EvalConstantSyntax: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    case `true`, `false`, null
  }

  package let kind: Kind
  /// The word as written, which may also be a field's name.
  package let text: String
  package let span: SourceSpan
}

/// `name(argument, …)`.
package struct EvalCallSyntax: Hashable, Sendable {
  package let name: String
  package let nameSpan: SourceSpan
  package let arguments: [EvalExpressionSyntax]
  package let span: SourceSpan
}

/// Two operands and the sign between them.
package struct EvalBinarySyntax: Hashable, Sendable {
  package enum Operator: String, Hashable, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case modulo = "%"
    case concatenate = "."
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case like = "LIKE"
  }

  package let operation: Operator
  package let operationSpan: SourceSpan
  package let left: EvalExpressionSyntax
  package let right: EvalExpressionSyntax
  package var span: SourceSpan { left.span.union(right.span) }
}
