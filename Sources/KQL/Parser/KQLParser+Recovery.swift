import Diagnostics

/// Reporting, and finding the way back after an error.
extension KQLParser {
  /// A message that leaves the parser in step.
  func report(_ diagnostic: Diagnostic) {
    // Refusals that a lenient run passes over must not crowd out an error that it can't.
    let ofItsKind = sink.diagnostics.count { $0.yieldsToLenience == diagnostic.yieldsToLenience }
    if ofItsKind < Self.diagnosticLimit { sink.report(diagnostic) }
  }

  /// A message after which the parser is out of step: those that follow are silenced until it recovers.
  func report(syntax diagnostic: Diagnostic) {
    if !isRecovering { report(diagnostic) }
    isRecovering = true
  }

  func reportExpected(_ what: String, after context: String = "") {
    // An unknown character was reported by the lexer.
    if current.kind == .unknown { isRecovering = true }
    if reportComment() { return }
    if let word = current.word, let meant = KQLParser.lowerCaseOperators[word] {
      return report(syntax: KQLMessages.capitalOperator(word, meant: meant, at: current.span))
    }
    report(syntax: KQLMessages.expected(what, after: context, found: describeCurrent, at: current.span))
  }

  /// Operators that other languages write in capitals.
  private static let lowerCaseOperators = [
    "AND": "and", "And": "and", "OR": "or", "Or": "or", "NOT": "not", "Not": "not", "IN": "in",
    "BETWEEN": "between",
  ]

  /// `/*` and `--`, with which other languages begin a comment.
  func reportComment() -> Bool {
    guard isAdjacent(ahead: 1) else { return false }
    let isBlock = at(.slash) && at(.star, ahead: 1)
    guard isBlock || (at(.minus) && at(.minus, ahead: 1)) else { return false }
    report(syntax: KQLMessages.otherComment(isBlock ? "/*" : "--", at: currentSpan.union(cursor.peek().span)))
    return true
  }

  /// The current token as a message names it.
  var describeCurrent: String { Self.describe(current, in: source) }

  static func describe(_ token: KQLToken, in source: SourceText) -> String {
    switch token.kind {
    case .endOfFile: return "the end of the query"
    case .string: return "a string"
    case .word, .long, .real, .timespan, .bool, .guid, .typedLiteral, .punctuation, .unknown:
      let text = source[token.span]
      return text.utf8.count > 40 ? "`\(text.prefix(30))…`" : "`\(text)`"
    }
  }

  /// Skips to the next `|`, `;` or closing bracket of the present level, and is in step again there.
  func synchronize() {
    var level = 0
    while !isAtEnd {
      if case .punctuation(let mark) = current.kind {
        if mark == .semicolon || mark == .pipe && level == 0 { return recovered() }
        if mark.opensBracket { level += 1 }
        if mark.closesBracket {
          if level > 0 {
            level -= 1
          } else if bracketDepths[cursor.index] <= pipelineDepth {
            return recovered()
          }
        }
      }
      cursor.advance()
    }
    recovered()
  }

  /// Skips to the `;` that ends the statement, or to the brace that closes its function.
  func synchronizeToStatement() {
    var level = 0
    while !isAtEnd {
      if at(.leftBrace) { level += 1 }
      if at(.rightBrace) {
        if level == 0 { return recovered() }
        level -= 1
      }
      if at(.semicolon), level == 0 { return recovered() }
      cursor.advance()
    }
    recovered()
  }

  private func recovered() { isRecovering = false }
}
