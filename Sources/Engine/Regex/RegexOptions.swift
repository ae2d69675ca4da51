extension RegularExpression {
  /// Which family of syntax a pattern is written in.
  package enum Dialect: Sendable, Hashable {
    /// Nested classes with set operations, Unicode-aware `\d \w \s \b`, strict braces.
    case rust
    /// The regular subset of Perl's patterns: ASCII classes, lenient braces, `\Q…\E`, `$` before a last newline.
    case perl
  }

  /// How a pattern is read; the flags are those a pattern can also set itself, as in `(?i)`.
  ///
  ///     var options = RegularExpression.Options(dialect: .perl)
  ///     options.caseInsensitive = true
  package struct Options: Sendable, Hashable {
    package var dialect: Dialect
    package var caseInsensitive = false
    package var multiLine = false
    package var dotMatchesNewline = false
    /// `a*` is lazy and `a*?` greedy.
    package var swapGreed = false
    /// White space and comments in the pattern are skipped.
    package var extended = false
    /// `\r\n` ends a line as `\n` does.
    package var carriageReturnLines = false
    /// Whether `\d \w \s \b` and POSIX classes reach beyond ASCII.
    package var unicode: Bool

    package init(dialect: Dialect = .rust) {
      self.dialect = dialect
      unicode = dialect == .rust
    }
  }
}
