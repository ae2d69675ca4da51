import Diagnostics

/// Texts that hold several queries with blank lines between, as collections of queries are kept.
extension KQLParser {
  /// Says how many queries there are and where, and steps over the rest.
  func reportSeveralQueries() {
    let second = currentSpan
    var lines = [source.position(of: cursor.tokens[0].span.lowerBound).line]
    while !isAtEnd {
      if startsBlock(cursor.index) { lines.append(source.position(of: currentSpan.lowerBound).line) }
      cursor.advance()
    }
    report(KQLMessages.severalQueries(lines: lines, second: second))
  }

  /// Whether a token begins a query: outside all brackets, behind a blank line, and going on with nothing.
  func startsBlock(_ index: Int) -> Bool {
    guard index > 0, index < bracketDepths.count, bracketDepths[index] == 0 else { return false }
    let token = cursor.tokens[index]
    guard let word = token.word ?? (token.kind == .punctuation(.leftParenthesis) ? "(" : nil),
      !Self.goingOn.contains(word)
    else { return false }
    let previous = cursor.tokens[index - 1]
    if case .punctuation(let mark) = previous.kind, !mark.closesBracket { return false }
    if let word = previous.word, Self.goingOn.contains(word) { return false }
    return hasBlankLine(in: SourceSpan(previous.span.upperBound, token.span.lowerBound))
  }

  /// Words that tie what stands before them to what stands behind.
  private static let goingOn: Set<String> = [
    "and", "or", "by", "on", "with", "in", "has", "contains", "has_any", "has_all", "between", "of", "step",
    "to",
    "from", "asc", "desc", "nulls",
  ]

  private func hasBlankLine(in span: SourceSpan) -> Bool {
    // By bytes: the two characters that end a line of Windows are one to Swift, and no line feed.
    let lines = source[span].utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    return lines.dropFirst().dropLast().contains { Substring($0).allSatisfy(\.isWhitespace) }
  }
}
