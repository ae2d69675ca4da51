/// All lints, in the order of their names.
package enum LintCatalog {
  package static let all: [LintRule] = [
    .backtrackingRegex, .dcountByOwnKey, .dottedName, .fieldNeverFilled, .groupByUnknown, .hasWithSeparator,
    .joinWithoutKind, .joinedLiterals, .literalNamesAColumn, .literalNeverSeen, .neverTrue,
    .timeOutsidePeriod,
    .unknownEntityColumn, .unusedLet, .unusedRename,
  ]

  /// What is said of an allowance that suppresses nothing; it cannot be allowed itself.
  package static let unusedAllow = "unused-allow"

  /// What is said of a rule that has the query of another one.
  package static let sameQuery = "same-query"

  package static func lint(_ slug: String) -> LintRule? { all.first { $0.slug == slug } }
}
