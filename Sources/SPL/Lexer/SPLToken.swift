package import Diagnostics

/// A token of a search: its kind, its text and where it stands.
///
/// SPL has no single token grammar: `a-b` is one word to `search` and a subtraction to `eval`.
/// The parser says in which mode the next token is read.
package struct SPLToken: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// A bare word: a name, a value, a pattern.
    case word
    /// `"…"`.
    case string
    /// `'…'`, which names a field outside `search`.
    case quotedField
    /// A number in an eval expression.
    case number
    /// `=`, `!=`, `+`, `.`, …
    case symbol
    case pipe, leftParenthesis, rightParenthesis, leftBracket, rightBracket, comma
    /// A byte that means nothing here.
    case unexpected
    case endOfText
  }

  package let kind: Kind
  package let text: String
  package let span: SourceSpan
  /// The range of the expanded text.
  package let range: Range<Int>
  /// False for a quoted text that lacks its closing quote.
  package var isClosed = true
  /// How it was read.
  package internal(set) var mode = SPLLexerMode.arguments

  /// Whether the token is a bare word, whatever its case.
  func isKeyword(_ keyword: String) -> Bool { kind == .word && text.lowercased() == keyword }
  func isSymbol(_ symbol: String) -> Bool { kind == .symbol && text == symbol }
}

/// How the next token is read.
package enum SPLLexerMode: Hashable, Sendable {
  /// Search expressions: only double quotes quote, words hold nearly everything.
  case search
  /// Arguments of commands: as `search`, and `'…'` names a field.
  case arguments
  /// Eval expressions: identifiers, numbers and operators.
  case eval
}
