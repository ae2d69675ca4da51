import Diagnostics

/// Pipelines: a source, and operators behind pipes.
extension KQLParser {
  /// A pipeline as a statement or in the parentheses of an operator.
  mutating func pipeline() -> PipelineSyntax {
    let start = current.span
    guard enter() else {
      synchronize()
      return PipelineSyntax(source: .expression(.error(start)), operators: [], span: span(from: start))
    }
    defer { leave() }
    return withoutAssignAsEqual { parser in
      let source = parser.tabularSource() ?? .expression(parser.expression())
      return parser.operators(after: source, from: start, endsAtComma: false)
    }
  }

  /// The subquery of `mv-apply`, `partition`, `fork` and `facet`, which may begin with an operator.
  mutating func innerPipeline() -> PipelineSyntax {
    let start = current.span
    guard let word = operatorWord(), KQLOperatorTable.parsers[word.text] != nil || word.isUnsupported else {
      return pipeline()
    }
    guard enter() else {
      synchronize()
      return PipelineSyntax(source: .expression(.error(start)), operators: [], span: span(from: start))
    }
    defer { leave() }
    return withoutAssignAsEqual { parser in
      let first = parser.pipelineOperator()
      parser.finishOperator(endsAtComma: false)
      let source = TabularSourceSyntax.implicit(.at(start.lowerBound))
      return parser.operators(after: source, [first], from: start, endsAtComma: false)
    }
  }

  /// `( pipeline )`, with an empty one where the parentheses are missing.
  mutating func parenthesizedPipeline(isInner: Bool = false) -> PipelineSyntax {
    let opening = current.span
    guard expect(.leftParenthesis) else {
      return PipelineSyntax(source: .expression(.error(opening)), operators: [], span: .at(opening.lowerBound))
    }
    let pipeline = isInner ? innerPipeline() : self.pipeline()
    close(.rightParenthesis, opening: opening)
    return pipeline
  }

  /// An argument or an element: a scalar, or a pipeline without parentheses of its own.
  mutating func pipelineOrExpression(endsAtComma: Bool = false) -> ExpressionSyntax {
    let start = current.span
    if startsTabularSource() {
      guard enter() else { return .error(start) }
      defer { leave() }
      guard let source = tabularSource() else { return .error(start) }
      let pipeline = operators(after: source, from: start, endsAtComma: endsAtComma)
      height = 1
      return .subquery(pipeline)
    }
    let expression = self.expression()
    guard at(.pipe) else { return expression }
    let pipeline = withoutAssignAsEqual {
      $0.operators(after: .expression(expression), from: start, endsAtComma: endsAtComma)
    }
    return .subquery(pipeline)
  }

  /// The operators that follow a source.
  private mutating func operators(
    after source: TabularSourceSyntax, _ first: [OperatorSyntax] = [], from start: SourceSpan, endsAtComma: Bool
  ) -> PipelineSyntax {
    var operators = first
    if first.isEmpty { finishOperator(endsAtComma: endsAtComma) }
    while true {
      if take(.pipe) != nil {
        isRecovering = false
      } else if let word = missedOperator() {
        report(KQLMessages.missingPipe(before: word.text, at: word.span))
      } else {
        break
      }
      operators.append(pipelineOperator())
      finishOperator(endsAtComma: endsAtComma)
    }
    return PipelineSyntax(source: source, operators: operators, span: span(from: start))
  }

  /// An operator's word where a pipe should stand, as in `T where x`.
  private func missedOperator() -> OperatorWord? {
    guard !isRecovering, let word = operatorWord(), KQLOperatorTable.parsers[word.text] != nil else { return nil }
    return at(.assign, ahead: word.tokenCount) ? nil : word
  }

  /// After an operator only a pipe or the end of the pipeline may follow.
  private mutating func finishOperator(endsAtComma: Bool) {
    if isRecovering {
      if !endsPipeline(endsAtComma: endsAtComma) { synchronize() }
      return
    }
    if endsPipeline(endsAtComma: endsAtComma) || missedOperator() != nil { return }
    if let hint = wrongNegation() {
      report(syntax: hint)
    } else {
      reportExpected("`|` or the end of the query")
    }
    synchronize()
  }

  private func endsPipeline(endsAtComma: Bool) -> Bool {
    switch current.kind {
    case .endOfFile: true
    case .punctuation(.pipe), .punctuation(.semicolon), .punctuation(.rightParenthesis),
      .punctuation(.rightBracket), .punctuation(.rightBrace):
      true
    case .punctuation(.comma): endsAtComma
    case .word, .string, .long, .real, .timespan, .bool, .guid, .typedLiteral, .punctuation, .unknown: false
    }
  }

  /// `x not in (…)`, `x not contains "a"`, which other languages have.
  private func wrongNegation() -> Diagnostic? {
    guard at("not"), let word = cursor.peek().word else { return nil }
    let known = ["in", "in~", "has", "contains", "startswith", "endswith", "between", "like"]
    guard known.contains(word) else { return nil }
    return KQLMessages.negatedOperator(word, at: current.span.union(cursor.peek().span))
  }

  // MARK: - Operators

  /// The operator at the cursor; one that is unknown is reported and stepped over.
  private mutating func pipelineOperator() -> OperatorSyntax {
    let start = current.span
    guard let word = operatorWord() else {
      if at(.pipe) {
        report(KQLMessages.emptyStage(at: current.span))
      } else {
        reportExpected("an operator", after: "|")
        synchronize()
      }
      return .error(span(from: start))
    }
    if let parse = KQLOperatorTable.parsers[word.text] {
      cursor.rewind(to: cursor.index + word.tokenCount)
      height = 0
      return parse(&self, word.span)
    }
    if word.isUnsupported { return .unsupported(unsupportedOperator(word)) }
    report(syntax: KQLMessages.unknownOperator(word.text, at: word.span))
    cursor.advance()
    synchronize()
    return .error(span(from: start))
  }

  mutating func unsupportedOperator(_ word: OperatorWord) -> UnsupportedOperatorSyntax {
    report(KQLMessages.unsupportedOperator(word.text, at: word.span))
    cursor.rewind(to: cursor.index + word.tokenCount)
    let wasRecovering = isRecovering
    synchronize()
    isRecovering = wasRecovering
    return UnsupportedOperatorSyntax(
      name: NameSyntax(word.text, word.span), span: span(from: word.span))
  }

  /// The word, with hyphens, that stands where an operator may.
  struct OperatorWord {
    var text: String
    var span: SourceSpan
    var tokenCount: Int
    var isUnsupported: Bool { KQLOperatorTable.unsupported.contains(text) }
  }

  /// The longest known operator at the cursor, else all that hangs together with hyphens.
  func operatorWord() -> OperatorWord? {
    guard let first = current.word else { return nil }
    var candidate = OperatorWord(text: first, span: current.span, tokenCount: 1)
    var best = KQLOperatorTable.isKnown(first) ? candidate : nil
    var distance = 1
    while distance < 8, at(.minus, ahead: distance), let next = cursor.peek(distance + 1).word,
      isAdjacent(ahead: distance), isAdjacent(ahead: distance + 1)
    {
      candidate = OperatorWord(
        text: candidate.text + "-" + next, span: candidate.span.union(cursor.peek(distance + 1).span),
        tokenCount: distance + 2)
      if KQLOperatorTable.isKnown(candidate.text) { best = candidate }
      distance += 2
    }
    return best ?? candidate
  }
}
