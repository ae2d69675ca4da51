package import Diagnostics

/// Two operands and an operator other than `and`, `or`, `in` and `between`.
package struct BinarySyntax: Hashable, Sendable {
  package var op: BinaryOperator
  package var left: ExpressionSyntax
  package var right: ExpressionSyntax
  package var operatorSpan: SourceSpan
  package var span: SourceSpan
}

/// The operators of `BinarySyntax`, as they are written.
package enum BinaryOperator: String, Hashable, Sendable, CaseIterable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case modulo = "%"
  case equal = "=="
  /// Also written `<>`.
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case equalTilde = "=~"
  case notEqualTilde = "!~"
  case has = "has"
  case notHas = "!has"
  case hasCS = "has_cs"
  case notHasCS = "!has_cs"
  case hasPrefix = "hasprefix"
  case notHasPrefix = "!hasprefix"
  case hasPrefixCS = "hasprefix_cs"
  case notHasPrefixCS = "!hasprefix_cs"
  case hasSuffix = "hassuffix"
  case notHasSuffix = "!hassuffix"
  case hasSuffixCS = "hassuffix_cs"
  case notHasSuffixCS = "!hassuffix_cs"
  case contains = "contains"
  case notContains = "!contains"
  case containsCS = "contains_cs"
  case notContainsCS = "!contains_cs"
  case startsWith = "startswith"
  case notStartsWith = "!startswith"
  case startsWithCS = "startswith_cs"
  case notStartsWithCS = "!startswith_cs"
  case endsWith = "endswith"
  case notEndsWith = "!endswith"
  case endsWithCS = "endswith_cs"
  case notEndsWithCS = "!endswith_cs"
  case matchesRegex = "matches regex"
  case like = "like"
  case notLike = "notlike"
  case likeCS = "likecs"
  case notLikeCS = "notlikecs"
  /// `column : "term"`, as in `search`; the same as `has`.
  case colon = ":"

  /// How tightly the operator binds; higher is tighter.
  package enum Precedence: Int, Comparable, Sendable {
    case or = 1
    case and
    case equality
    case relation
    case sum
    case product
    case string

    package static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }
  }

  package var precedence: Precedence {
    switch self {
    case .add, .subtract: .sum
    case .multiply, .divide, .modulo: .product
    case .equal, .notEqual: .equality
    case .less, .lessOrEqual, .greater, .greaterOrEqual: .relation
    case .equalTilde, .notEqualTilde, .has, .notHas, .hasCS, .notHasCS, .hasPrefix, .notHasPrefix,
      .hasPrefixCS, .notHasPrefixCS, .hasSuffix, .notHasSuffix, .hasSuffixCS, .notHasSuffixCS, .contains,
      .notContains, .containsCS, .notContainsCS, .startsWith, .notStartsWith, .startsWithCS,
      .notStartsWithCS, .endsWith, .notEndsWith, .endsWithCS, .notEndsWithCS, .matchesRegex, .like, .notLike,
      .likeCS, .notLikeCS, .colon:
      .string
    }
  }

  /// Operators written as one word, and old spellings.
  static let words: [String: BinaryOperator] = {
    var table: [String: BinaryOperator] = [
      "notcontains": .notContains, "containscs": .containsCS, "notcontainscs": .notContainsCS,
    ]
    for op in allCases where op != .matchesRegex {
      if op.rawValue.utf8.contains(where: { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }) {
        table[op.rawValue] = op
      }
    }
    return table
  }()

  /// Operators written as a mark.
  static let marks: [KQLPunctuation: BinaryOperator] = [
    .plus: .add, .minus: .subtract, .star: .multiply, .slash: .divide, .percent: .modulo, .equal: .equal,
    .notEqual: .notEqual, .lessGreater: .notEqual, .less: .less, .lessOrEqual: .lessOrEqual,
    .greater: .greater, .greaterOrEqual: .greaterOrEqual, .equalTilde: .equalTilde,
    .notTilde: .notEqualTilde, .colon: .colon,
  ]
}
