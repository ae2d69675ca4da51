/// How a call of a function is written. A name goes before its arguments in parentheses; operators have other places.
package enum Notation: Hashable, Sendable {
  /// `f(a, b)`
  case call
  /// `a + b`
  case infix(BindingStrength)
  /// A sign before its operand: `-a`.
  case prefix(String)
  /// `a in (b, c)`
  case list
  /// `a between (b .. c)`
  case range
  /// `a[b]`
  case subscripted

  /// How strongly it holds its operands together.
  package var strength: BindingStrength {
    switch self {
    case .call, .subscripted: .primary
    case .infix(let strength): strength
    case .prefix: .sign
    case .list, .range: .comparison
    }
  }
}

/// Which of two operators takes an operand between them: `a or b and c` is `a or (b and c)`.
package enum BindingStrength: Int, Hashable, Sendable, Comparable {
  /// A whole expression.
  case none
  case or
  case and
  /// Does not go on: `a == b == c` is nothing.
  case comparison
  case sum
  case product
  case sign
  case primary

  package static func < (left: BindingStrength, right: BindingStrength) -> Bool {
    left.rawValue < right.rawValue
  }

  /// What an operand on the right must have at least, and on the left where the operator does not go on.
  var next: BindingStrength { BindingStrength(rawValue: rawValue + 1) ?? .primary }
}
