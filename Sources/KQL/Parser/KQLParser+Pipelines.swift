import Diagnostics

/// Pipelines: a source, and operators behind pipes.
extension KQLParser {
  /// A pipeline as a statement or in the parentheses of an operator.
  func pipeline() -> PipelineSyntax {
    let start = currentSpan
    guard enter(levels: 2) else {
      synchronize()
      return PipelineSyntax(source: .expression(.error(start)), operators: [], span: span(from: start))
    }
    defer { leave(levels: 2) }
    return withoutAssignAsEqual { parser in
      let enclosing = parser.enterPipeline()
      defer { parser.pipelineDepth = enclosing }
      if parser.at(.pipe) {
        parser.report(KQLMessages.pipeWithoutTable(beginsText: parser.cursor.index == 0, at: start))
        return parser.operators(after: .expression(.error(start)), from: start, endsAtComma: false)
      }
      let source = parser.tabularSource() ?? .expression(parser.expression())
      return parser.operators(after: source, from: start, endsAtComma: false)
    }
  }

  /// The subquery of `mv-apply`, `partition`, `fork` and `facet`, which may begin with an operator.
  func innerPipeline() -> PipelineSyntax {
    let start = currentSpan
    guard let word = operatorWord(), KQLOperatorTable.stages[word.text] != nil || word.isUnsupported else {
      return pipeline()
    }
    guard enter(levels: 2) else {
      synchronize()
      return PipelineSyntax(source: .expression(.error(start)), operators: [], span: span(from: start))
    }
    defer { leave(levels: 2) }
    return withoutAssignAsEqual { parser in
      let enclosing = parser.enterPipeline()
      defer { parser.pipelineDepth = enclosing }
      let first = parser.pipelineOperator()
      parser.finishOperator(endsAtComma: false)
      let source = TabularSourceSyntax.implicit(.at(start.lowerBound))
      return parser.operators(after: source, [first], from: start, endsAtComma: false)
    }
  }

  /// `( pipeline )`, with an empty one where the parentheses are missing.
  func parenthesizedPipeline(isInner: Bool = false) -> PipelineSyntax {
    let opening = currentSpan
    guard expect(.leftParenthesis) else {
      return PipelineSyntax(
        source: .expression(.error(opening)), operators: [], span: .at(opening.lowerBound))
    }
    let pipeline = isInner ? innerPipeline() : self.pipeline()
    close(.rightParenthesis, opening: opening)
    return pipeline
  }

  /// An argument or an element: a scalar, or a pipeline without parentheses of its own.
  func pipelineOrExpression(endsAtComma: Bool = false) -> ExpressionSyntax {
    let start = currentSpan
    let enclosing = enterPipeline()
    defer { pipelineDepth = enclosing }
    if startsTabularSource() { return tabularSubquery(endsAtComma: endsAtComma) }
    let expression = self.expression()
    return mark == .pipe ? piped(expression, from: start, endsAtComma: endsAtComma) : expression
  }

  private func tabularSubquery(endsAtComma: Bool) -> ExpressionSyntax {
    let start = currentSpan
    guard enter(levels: 2) else { return .error(start) }
    defer { leave(levels: 2) }
    guard let source = tabularSource() else { return .error(start) }
    return piped(source, from: start, endsAtComma: endsAtComma)
  }

  private func piped(
    _ expression: ExpressionSyntax, from start: SourceSpan, endsAtComma: Bool
  ) -> ExpressionSyntax {
    piped(TabularSourceSyntax.expression(expression), from: start, endsAtComma: endsAtComma)
  }

  /// A subquery whose source was read.
  private func piped(
    _ source: TabularSourceSyntax, from start: SourceSpan, endsAtComma: Bool
  ) -> ExpressionSyntax {
    guard enter(levels: 2) else { return .error(start) }
    defer { leave(levels: 2) }
    let sourceHeight = height
    let pipeline = withoutAssignAsEqual { $0.operators(after: source, from: start, endsAtComma: endsAtComma) }
    height = max(sourceHeight, height)
    return .subquery(pipeline)
  }

  /// Notes the brackets around a pipeline that begins here; gives what was noted before.
  private func enterPipeline() -> Int {
    let enclosing = pipelineDepth
    pipelineDepth = bracketDepths[cursor.index]
    return enclosing
  }

  /// The operators that follow a source.
  private func operators(
    after source: TabularSourceSyntax, _ first: [OperatorSyntax] = [], from start: SourceSpan,
    endsAtComma: Bool
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
      let next = pipelineOperator()
      operators.append(next)
      finishOperator(endsAtComma: endsAtComma, endsWithList: next.endsWithList)
    }
    return PipelineSyntax(source: source, operators: operators, span: span(from: start))
  }

  /// An operator's word where a pipe should stand, as in `T where x`.
  private func missedOperator() -> OperatorWord? {
    guard !isRecovering, let word = operatorWord(), KQLOperatorTable.stages[word.text] != nil else {
      return nil
    }
    if word.text == "count", at(.leftParenthesis, ahead: 1) { return nil }
    if word.text == "as" { return nil }
    return at(.assign, ahead: word.tokenCount) ? nil : word
  }

  /// After an operator only a pipe or the end of the pipeline may follow.
  private func finishOperator(endsAtComma: Bool, endsWithList: Bool = false) {
    if isRecovering {
      if !endsPipeline(endsAtComma: endsAtComma) { synchronize() }
      return
    }
    if endsPipeline(endsAtComma: endsAtComma) || missedOperator() != nil { return }
    if startsBlock(cursor.index) { return reportSeveralQueries() }
    if let hint = foreignPredicate() {
      report(syntax: hint)
    } else {
      reportExpected(endsWithList ? "`,`, `|` or the end of the query" : "`|` or the end of the query")
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

  /// `x not in (…)`, `x is null`, `count by x`, which other languages have.
  private func foreignPredicate() -> Diagnostic? {
    if at("is") { return KQLMessages.isNull(at: current.span) }
    if at("as") { return KQLMessages.asBehindValue(at: current.span) }
    if at("by") { return KQLMessages.byAlone(at: current.span) }
    if at("group"), at("by", ahead: 1) {
      return KQLMessages.groupBy(at: current.span.union(cursor.peek().span))
    }
    if at("count"), at(.leftParenthesis, ahead: 1) { return KQLMessages.aggregateBehindBy(at: current.span) }
    guard at("not"), let word = cursor.peek().word else { return nil }
    let known = ["in", "in~", "has", "contains", "startswith", "endswith", "between", "like"]
    guard known.contains(word) else { return nil }
    return KQLMessages.negatedOperator(word, at: current.span.union(cursor.peek().span))
  }

  // MARK: - Operators

  /// The operator at the cursor; one that is unknown is reported and stepped over.
  private func pipelineOperator() -> OperatorSyntax {
    let start = currentSpan
    guard let parse = takeOperatorWord() else { return unknownOperator() }
    return parse(self, SourceSpan(start.lowerBound, cursor.previousSpan.upperBound))
  }

  /// Takes the word of a known operator.
  private func takeOperatorWord() -> KQLOperatorRecord.Parse<OperatorSyntax>? {
    guard let word = operatorWord(), let parse = KQLOperatorTable.stages[word.text] else { return nil }
    cursor.rewind(to: cursor.index + word.tokenCount)
    height = 0
    return parse
  }

  private func unknownOperator() -> OperatorSyntax {
    let start = currentSpan
    guard let word = operatorWord() else {
      if at(.pipe) {
        report(KQLMessages.emptyStage(at: current.span))
      } else {
        reportExpected("an operator", after: "|")
        synchronize()
      }
      return .error(span(from: start))
    }
    if word.isUnsupported { return .unsupported(unsupportedOperator(word)) }
    report(syntax: KQLMessages.unknownOperator(word.text, at: word.span))
    cursor.advance()
    synchronize()
    return .error(span(from: start))
  }

  func unsupportedOperator(_ word: OperatorWord) -> UnsupportedOperatorSyntax {
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
    var isUnsupportedSource: Bool { KQLOperatorTable.unsupportedSources.contains(text) }
  }

  /// All that hangs together with hyphens, so that `project-awy` is a misspelt operator and no `project`.
  func operatorWord() -> OperatorWord? {
    guard let first = current.word else { return nil }
    var candidate = OperatorWord(text: first, span: current.span, tokenCount: 1)
    var distance = 1
    while distance < 8, at(.minus, ahead: distance), let next = cursor.peek(distance + 1).word,
      isAdjacent(ahead: distance), isAdjacent(ahead: distance + 1)
    {
      candidate = OperatorWord(
        text: candidate.text + "-" + next, span: candidate.span.union(cursor.peek(distance + 1).span),
        tokenCount: distance + 2)
      distance += 2
    }
    return candidate
  }
}
