import Engine
import Session

extension LintRule {
  static let hasWithSeparator = LintRule(
    "has-with-separator", "KQL's `has` with a term whose separators do not do what they look like.",
    why: """
      `has` looks for whole words: `*` is no wildcard there but a plain separator, a term that ends with a blank \
      asks for that blank, and an empty one is true of every text. `_` ends a word as well, so `has "user"` is true of `user_name`. Write \
      `hasprefix`, `startswith`, `contains` or `matches regex` for parts of words.
      """,
    triggers: [
      .kql("AWSCloudTrail | where EventName has 'Create*'"),
      .kql("AWSCloudTrail | where UserAgent has ''"),
      .kql("AWSCloudTrail | where UserAgent has_any ('aws-cli ', 'Boto3')"),
    ],
    quiet: [
      .kql("AWSCloudTrail | where EventName hasprefix 'Create'"),
      .kql("AWSCloudTrail | where RequestParameters has '\"Action\":\"*\"'"),
      .kql("AWSCloudTrail | where EventSource has 'ses.amazonaws.com'"),
    ]
  ) { subject in
    subject.calls.compactMap { call, node in
      guard let predicate = Predicate(.call(call)), predicate.meaning.test == .term,
        !predicate.meaning.hasWildcards
      else { return nil }
      for literal in predicate.knownTexts {
        if let what = HasTerm.surprise(in: literal) {
          return Finding(
            "has-with-separator", "`\(call.name)` with \(ValueCounts.quoted(literal)): \(what)",
            at: subject.place(call, in: node), of: subject)
        }
      }
      return nil
    }
  }
}

private enum HasTerm {
  /// What a term does not do that it looks like.
  static func surprise(in literal: String) -> String? {
    if literal.isEmpty { return "it is true of every text" }
    let letters = literal.filter { $0.isLetter || $0.isNumber }
    if letters.isEmpty { return nil }
    // `Create*` and `*Create`; a `*` within quotes or between separators is meant as it is.
    if let last = literal.last, last == "*", let before = literal.dropLast().last,
      before.isLetter || before.isNumber
    {
      return "`*` is no wildcard here; `hasprefix` takes the beginning of a word"
    }
    if literal.first == "*", let next = literal.dropFirst().first, next.isLetter || next.isNumber {
      return "`*` is no wildcard here; `hassuffix` takes the end of a word"
    }
    if literal.last == " " && literal.dropLast().last?.isLetter == true {
      return "the blank at its end must stand in the text; `has` looks for whole words without it"
    }
    return nil
  }
}
