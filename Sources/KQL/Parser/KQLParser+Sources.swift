import Diagnostics

/// Operators that begin a pipeline.
extension KQLParser {
  /// Whether a tabular source of more than a name stands here, such as `print 1` or `range x from …`.
  func startsTabularSource() -> Bool {
    guard let word = current.word else { return false }
    let next = cursor.peek()
    let nextIsName = next.word != nil || next.kind == .punctuation(.leftBracket)
    switch word {
    case "print":
      switch next.kind {
      case .punctuation(.leftParenthesis), .punctuation(.leftBracket), .punctuation(.minus): return true
      case .punctuation, .endOfFile, .unknown: return false
      case .word(let text): return !Self.infixWords.contains(text)
      case .string, .long, .real, .timespan, .bool, .guid, .typedLiteral: return true
      }
    case "range": return nextIsName && (at("from", ahead: 2) || at("from", ahead: 4))
    case "datatable", "externaldata", "external_data": return next.kind == .punctuation(.leftParenthesis)
    case "union":
      return nextIsName && next.word.map { !Self.infixWords.contains($0) } ?? true
        || next.kind == .punctuation(.leftParenthesis)
    case "search":
      if next.kind == .punctuation(.star) { return true }
      if next.word == "in" { return at(.leftParenthesis, ahead: 2) }
      return atString(ahead: 1) || next.kind == .punctuation(.leftParenthesis)
        || nextIsName
          && next.word.map { !Self.infixWords.contains($0) } ?? true
    case "find":
      if next.word == "in" { return at(.leftParenthesis, ahead: 2) }
      return next.word == "where" || next.word == "withsource" || atString(ahead: 1)
    case "evaluate": return next.word != nil && at(.leftParenthesis, ahead: 2)
    case "macro", "entity", "graph":
      return operatorWord()?.isUnsupported ?? false
    default: return false
    }
  }

  /// The source that begins with an operator's word, or nil where an expression stands.
  func tabularSource() -> TabularSourceSyntax? {
    guard startsTabularSource(), let word = operatorWord() else { return nil }
    let start = word.span
    if word.isUnsupported { return .unsupported(unsupportedOperator(word)) }
    cursor.advance()
    switch word.text {
    case "print": return .print(parsePrint(start))
    case "range": return .range(parseRange(start))
    case "datatable": return .datatable(parseDatatable(start))
    case "externaldata", "external_data": return .externaldata(parseExternalData(start))
    case "union": return .union(parseUnion(start))
    case "search": return .search(parseSearch(start))
    case "find": return .find(parseFind(start))
    case "evaluate": return .evaluate(parseEvaluate(start))
    default: return .expression(.error(start))
    }
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
