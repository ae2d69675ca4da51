/// The marks of KQL, and those of other languages that a query may hold by mistake.
package enum KQLPunctuation: String, Hashable, Sendable, CaseIterable {
  case leftParenthesis = "("
  case rightParenthesis = ")"
  case leftBracket = "["
  case rightBracket = "]"
  case leftBrace = "{"
  case rightBrace = "}"
  case pipe = "|"
  case semicolon = ";"
  case comma = ","
  case dot = "."
  case dotDot = ".."
  case colon = ":"
  case assign = "="
  case equal = "=="
  case notEqual = "!="
  case lessGreater = "<>"
  case less = "<"
  case greater = ">"
  case lessOrEqual = "<="
  case greaterOrEqual = ">="
  case equalTilde = "=~"
  case notTilde = "!~"
  case arrow = "=>"
  case plus = "+"
  case minus = "-"
  case star = "*"
  case slash = "/"
  case percent = "%"
  /// Not KQL: negation is `not(x)`.
  case bang = "!"
  /// Not KQL: `and`.
  case ampersands = "&&"
  /// Not KQL: `or`.
  case pipes = "||"
  case ampersand = "&"
  case tilde = "~"
  case at = "@"
  case question = "?"
  case hash = "#"
  case caret = "^"

  package var opensBracket: Bool { self == .leftParenthesis || self == .leftBracket || self == .leftBrace }
  package var closesBracket: Bool {
    self == .rightParenthesis || self == .rightBracket || self == .rightBrace
  }
}
