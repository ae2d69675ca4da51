import Diagnostics

/// Reporting, and finding the way back after an error.
extension KQLParser {
  /// A message that leaves the parser in step.
  func report(_ diagnostic: Diagnostic) {
    if sink.diagnostics.count < Self.diagnosticLimit { sink.report(diagnostic) }
  }

  /// A message after which the parser is out of step: those that follow are silenced until it recovers.
  func report(syntax diagnostic: Diagnostic) {
    if !isRecovering { report(diagnostic) }
    isRecovering = true
  }

  func reportExpected(_ what: String, after context: String = "") {
    // An unknown character was reported by the lexer.
    if current.kind == .unknown { isRecovering = true }
    report(syntax: KQLMessages.expected(what, after: context, found: describeCurrent, at: current.span))
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
