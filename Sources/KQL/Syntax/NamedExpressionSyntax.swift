package import Diagnostics

/// An element of `extend`, `project`, `summarize` and their like.
///
/// Example: `count()` has no name, `n = count()` has one, `(a, b) = f()` is a tuple of two.
package struct NamedExpressionSyntax: Hashable, Sendable {
  package var names: [NameSyntax]
  /// Whether the names stand in parentheses; `(a) = f()` is a tuple of one.
  package var isTuple: Bool
  package var value: ExpressionSyntax
  package var span: SourceSpan

  /// The name of `name = value`; nil for a tuple and where there is no name.
  package var name: NameSyntax? { isTuple ? nil : names.first }
}

/// An option of an operator: `kind=inner`, `hint.strategy=broadcast`, `isfuzzy=true`.
package struct OptionSyntax: Hashable, Sendable {
  package var name: NameSyntax
  /// A name for a bare word (`inner`), else a literal.
  package var value: ExpressionSyntax
  package var span: SourceSpan
  /// Further names of a value that is a list: `ycolumns = a, b`.
  package var more: [String] = []

  /// The value if it is a bare word, a string or a bool: `inner`, `"inner"`, `true`.
  package var word: String? {
    switch value {
    case .name(let name): name.text
    case .literal(let literal):
      switch literal.value {
      case .string(let string): string.value
      case .bool(let value): value ? "true" : "false"
      case .int, .long, .real, .decimal, .datetime, .now, .timespan, .guid, .null: nil
      }
    case .dynamic, .star, .pattern, .path, .index, .call, .memberCall, .unary, .binary, .logical, .membership,
      .between, .typeof, .subquery, .error:
      nil
    }
  }
}

extension Array where Element == OptionSyntax {
  /// The last option of a name.
  package subscript(named name: String) -> OptionSyntax? { last { $0.name.text == name } }
}

/// A key of `sort`, `top`, `top-nested`: `x desc nulls last`.
package struct OrderKeySyntax: Hashable, Sendable {
  package enum Direction: String, Hashable, Sendable {
    case asc, desc
  }

  package enum Nulls: String, Hashable, Sendable {
    case first, last
  }

  package var expression: NamedExpressionSyntax
  /// Nil where none is written; the default is `desc`.
  package var direction: Direction?
  /// Nil where none is written; the default is first for `asc`, last for `desc`.
  package var nulls: Nulls?
  package var span: SourceSpan
}
