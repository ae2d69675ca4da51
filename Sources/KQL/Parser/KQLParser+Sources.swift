import Diagnostics

/// Operators that begin a pipeline.
extension KQLParser {
  /// Whether a tabular source of more than a name stands here, such as `print 1` or `range x from …`.
  func startsTabularSource() -> Bool {
    guard let word = current.word else { return false }
    if let source = KQLOperatorTable.sources[word] { return source.begins(self) }
    return operatorWord()?.isUnsupportedSource ?? false
  }

  /// The source that begins with an operator's word, or nil where an expression stands.
  func tabularSource() -> TabularSourceSyntax? {
    guard startsTabularSource(), let word = operatorWord() else { return nil }
    if word.isUnsupportedSource { return .unsupported(unsupportedOperator(word)) }
    guard let source = KQLOperatorTable.sources[word.text] else { return nil }
    cursor.advance()
    return source.parse(self, word.span)
  }

  /// Whether a name follows the current word, and no operator such as `has`.
  func nameOrBracketFollows() -> Bool {
    let next = cursor.peek()
    return next.word.map { !Self.infixWords.contains($0) } ?? (next.kind == .punctuation(.leftBracket))
  }

  /// A source without pipes: a name, a call, or a pipeline in parentheses, as on the right of `join`.
  func operandPipeline() -> PipelineSyntax {
    let start = currentSpan
    if at(.leftParenthesis) {
      let pipeline = parenthesizedPipeline()
      return pipeline
    }
    let expression = withoutAssignAsEqual { $0.postfixExpression() }
    return PipelineSyntax(source: .expression(expression), operators: [], span: span(from: start))
  }

  /// An element of the tables of `union`, `find` and `search`: also `T*`.
  func tableReference() -> ExpressionSyntax {
    if at(.leftParenthesis) { return withoutAssignAsEqual { $0.postfixExpression() } }
    let isPattern = at(.star) || (current.word != nil && at(.star, ahead: 1) && isAdjacent(ahead: 1))
    if isPattern { return .pattern(namePattern()) }
    return withoutAssignAsEqual { $0.postfixExpression() }
  }
}
