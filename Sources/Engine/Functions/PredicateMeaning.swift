/// What a predicate says of the value that it is about. The loader, the funnel, the lints and the schedule read it:
/// a function's name decides nothing.
///
/// Example: `!startswith` says `.prefix` in any case, and its opposite.
package struct PredicateMeaning: Hashable, Sendable {
  package enum Test: Hashable, Sendable {
    /// The value is one of those that it is compared with.
    case equals
    case prefix
    case suffix
    case contains
    /// Another text stands in it, with the ends of words around it, or at one side.
    case term, termPrefix, termSuffix
    /// It fits a pattern.
    case matches(Pattern)
    /// It is the empty text, or missing.
    case empty
    /// It is there, empty or not.
    case present
    case bound(Bound)
    /// From the first of two others to the second.
    case between
  }

  package enum Pattern: Hashable, Sendable {
    case regularExpression
    /// `%` stands for any characters, `_` for one.
    case like
    case subnet
  }

  package enum Bound: Hashable, Sendable {
    case less, lessOrEqual, greater, greaterOrEqual

    /// `5 < x` is `x > 5`.
    package var flipped: Bound {
      switch self {
      case .less: .greater
      case .lessOrEqual: .greaterOrEqual
      case .greater: .less
      case .greaterOrEqual: .lessOrEqual
      }
    }

    /// `not(x < 5)` is `x >= 5`, where there is a value.
    package var opposite: Bound {
      switch self {
      case .less: .greaterOrEqual
      case .lessOrEqual: .greater
      case .greater: .lessOrEqual
      case .greaterOrEqual: .less
      }
    }

    /// As both languages write it.
    package var sign: String {
      switch self {
      case .less: "<"
      case .lessOrEqual: "<="
      case .greater: ">"
      case .greaterOrEqual: ">="
      }
    }

    package var isLower: Bool { self == .greater || self == .greaterOrEqual }
    package var isIncluded: Bool { self == .lessOrEqual || self == .greaterOrEqual }
  }

  package var test: Test
  package var ignoresCase = false
  package var isNegated = false
  /// All of the others are asked for, not one of them.
  package var asksForAll = false
  /// `*` in the others stands for any characters.
  package var hasWildcards = false
  /// Two texts that look like numbers are compared as numbers.
  package var readsNumbers = false
  /// The argument that it is about.
  package var subject = 0

  package init(
    _ test: Test, ignoresCase: Bool = false, isNegated: Bool = false, asksForAll: Bool = false,
    hasWildcards: Bool = false, readsNumbers: Bool = false, subject: Int = 0
  ) {
    self.test = test
    self.ignoresCase = ignoresCase
    self.isNegated = isNegated
    self.asksForAll = asksForAll
    self.hasWildcards = hasWildcards
    self.readsNumbers = readsNumbers
    self.subject = subject
  }

  /// It compares with texts themselves, not with a pattern or a size.
  package var comparesTexts: Bool {
    switch test {
    case .equals, .prefix, .suffix, .contains, .term, .termPrefix, .termSuffix: true
    case .matches, .empty, .present, .bound, .between: false
    }
  }

  /// The same but for case, whatever that is.
  package func ignoringCase(_ ignoresCase: Bool) -> PredicateMeaning {
    var copy = self
    copy.ignoresCase = ignoresCase
    return copy
  }
}

/// The one case of letters that a function leaves.
package enum LetterCase: Sendable {
  case small, capital

  package func applied(to text: String) -> String { self == .small ? text.lowercased() : text.uppercased() }
}
