@testable import Engine

/// A pattern, a text, and what the leftmost match captures: group 0 first, nil for a group that took no part.
struct RegexCase: Sendable, CustomStringConvertible {
  var pattern: String
  var text: String
  /// Nil where nothing matches.
  var groups: [String?]?
  /// UTF-8 offset of the match, where the text alone does not tell.
  var offset: Int?
  var dialect: RegularExpression.Dialect

  var description: String { "\(dialect) \(pattern.debugDescription) on \(text.debugDescription)" }

  static func rust(_ pattern: String, _ text: String, _ groups: [String?]?, at offset: Int? = nil)
    -> RegexCase
  {
    RegexCase(pattern: pattern, text: text, groups: groups, offset: offset, dialect: .rust)
  }

  static func perl(_ pattern: String, _ text: String, _ groups: [String?]?, at offset: Int? = nil)
    -> RegexCase
  {
    RegexCase(pattern: pattern, text: text, groups: groups, offset: offset, dialect: .perl)
  }

  static let all = [
    literals, alternations, repetitions, classes, anchors, groups, flags, unicode, perlSyntax,
    lookAround,
  ].flatMap(\.self)
}
