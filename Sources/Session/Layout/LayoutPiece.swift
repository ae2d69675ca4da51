package import Diagnostics

/// A token or a comment of a query, as far as a layout has to know it.
///
/// Example: `| where a == 1` is a pipe, `where`, `a`, `==` and `1`, each behind a space.
package struct LayoutPiece: Hashable, Sendable {
  package enum Role: Hashable, Sendable {
    case word
    /// Begins what is done to each group of rows: `by`.
    case clause
    /// Stands between two operands.
    case link(Link)
    case pipe, comma
    /// The end of a statement.
    case end
    case open, close
    /// Stands on lines of its own, or behind the code of its line.
    case comment(ownLine: Bool)
    /// As `comment`, and runs to the end of its line.
    case lineComment(ownLine: Bool)
  }

  /// Where a long expression may be broken; the first one holds the least.
  package enum Link: Int, Hashable, Sendable, CaseIterable {
    case or, and, sum
  }

  /// Where words can be broken at any space: which of its neighbours stays on its line.
  package enum Binding: Hashable, Sendable {
    case none, next, both
  }

  package var role: Role
  package var text: String
  package var span: SourceSpan
  /// A space stands before it.
  package var isSpaced: Bool
  /// A blank line stands before it.
  package var followsBlankLine = false
  /// Of an opening bracket: how many of its items stand on one line where not all do: `case(condition, value, …)`.
  package var itemsPerLine = 1
  /// Of an opening bracket: what it holds stays as it is.
  package var isFixed = false
  /// Of an opening bracket: it holds statements.
  package var opensBlock = false
  package var binding = Binding.none

  package init(_ role: Role, _ text: String, _ span: SourceSpan, isSpaced: Bool) {
    self.role = role
    self.text = text
    self.span = span
    self.isSpaced = isSpaced
  }

  var isComment: Bool {
    switch role {
    case .comment, .lineComment: true
    case .word, .clause, .link, .pipe, .comma, .end, .open, .close: false
    }
  }

  /// Whether it is a comment on lines of its own.
  var isOwnLine: Bool {
    switch role {
    case .comment(let ownLine), .lineComment(let ownLine): ownLine
    case .word, .clause, .link, .pipe, .comma, .end, .open, .close: false
    }
  }
}
