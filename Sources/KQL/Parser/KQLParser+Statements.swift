import Diagnostics

extension KQLParser {
  func query() -> QuerySyntax {
    let start = currentSpan
    var parts: [StatementSyntax] = []
    while true {
      parts += statements()
      if isAtEnd { break }
      // A closing brace that nothing opened.
      reportExpected("a statement")
      cursor.advance()
      isRecovering = false
    }
    if parts.isEmpty, sink.diagnostics.isEmpty { report(KQLMessages.emptyQuery(at: current.span)) }
    return QuerySyntax(statements: parts, span: span(from: start))
  }

  /// The statements up to the end or to a `}`.
  func statements() -> [StatementSyntax] {
    var statements: [StatementSyntax] = []
    while true {
      while let mark = take(.semicolon) {
        if at(.semicolon) { report(KQLMessages.emptyStatement(at: mark.union(currentSpan))) }
      }
      if isAtEnd || at(.rightBrace) { break }
      let index = cursor.index
      // A word that could be read all the same leaves the parser in step.
      let errorCount = sink.diagnostics.count { !$0.yieldsToLenience }
      statements.append(statement())
      if !isAtEnd, !at(.semicolon), !at(.rightBrace) {
        if sink.diagnostics.count(where: { !$0.yieldsToLenience }) == errorCount {
          reportAfterStatement(statements[statements.count - 1])
        }
        if cursor.index == index { cursor.advance() }
        synchronizeToStatement()
      }
      isRecovering = false
    }
    return statements
  }

  private func reportAfterStatement(_ statement: StatementSyntax) {
    if isRecovering { return }
    if case .query = statement, startsBlock(cursor.index) { return reportSeveralQueries() }
    switch statement {
    case .let(let node) where startsStatement():
      report(syntax: KQLMessages.missingSemicolon(after: "let \(node.name.text)", at: cursor.previousSpan))
    case .set(let node) where startsStatement():
      report(syntax: KQLMessages.missingSemicolon(after: "set \(node.name.text)", at: cursor.previousSpan))
    case .let, .set, .queryParameters, .query, .unsupported, .error:
      reportExpected("`|`, `;` or the end of the query")
    }
  }

  /// Whether the current word can begin a statement.
  private func startsStatement() -> Bool { current.word != nil || at(.leftParenthesis) }

  private enum StatementStart {
    case letStatement, set, declare, alias, restrict, other
  }

  private func statementStart() -> StatementStart {
    // A word in front of `|`, `;`, `.` or the end is a table of that name.
    let isKeyword = cursor.peek().word != nil || at(.leftBracket, ahead: 1)
    switch current.word {
    case "let" where isKeyword || at(.assign, ahead: 1): return .letStatement
    case "set" where isKeyword: return .set
    case "declare" where isKeyword: return .declare
    case "alias" where at("database", ahead: 1): return .alias
    case "restrict" where at("access", ahead: 1): return .restrict
    default: return .other
    }
  }

  private func statement() -> StatementSyntax {
    switch statementStart() {
    case .letStatement: return letStatement()
    case .set: return setStatement()
    case .declare: return declareStatement()
    case .alias: return unsupportedStatement("alias database")
    case .restrict: return unsupportedStatement("restrict access")
    case .other: return foreignStatement() ?? .query(pipeline())
    }
  }

  /// Steps over a statement of another language.
  private func foreignStatement() -> StatementSyntax? {
    let start = currentSpan
    guard let message = at(.dot) ? KQLMessages.managementCommand(at: start) : splSearch() else { return nil }
    report(syntax: message)
    synchronizeToStatement()
    return .error(span(from: start))
  }

  /// A statement such as `index=main sourcetype=aws:cloudtrail`, which is SPL.
  private func splSearch() -> Diagnostic? {
    if let word = current.word, at(.assign, ahead: 1) {
      return KQLMessages.assignmentAsStatement(word, value: source[cursor.peek(2).span], at: current.span)
    }
    if let word = current.word?.lowercased(), word == "select",
      cursor.peek().word != nil || at(.star, ahead: 1)
    {
      return KQLMessages.sqlStatement(at: current.span)
    }
    return nil
  }

  private func setStatement() -> StatementSyntax {
    let start = cursor.advance().span
    let name = self.name("the name of an option")
    var value: ExpressionSyntax?
    if take(.assign) != nil { value = expression() }
    return .set(SetStatementSyntax(name: name, value: value, span: span(from: start)))
  }

  private func declareStatement() -> StatementSyntax {
    let start = currentSpan
    if at("pattern", ahead: 1) { return unsupportedStatement("declare pattern") }
    cursor.advance()
    guard expect("query_parameters", after: "declare") else {
      synchronizeToStatement()
      return .error(span(from: start))
    }
    let parameters = parameterList()
    return .queryParameters(QueryParametersSyntax(parameters: parameters, span: span(from: start)))
  }

  /// Steps over a statement of two keywords that lowering refuses by name.
  private func unsupportedStatement(_ keyword: String) -> StatementSyntax {
    let start = cursor.advance().span
    let keywordSpan = start.union(cursor.advance().span)
    let wasRecovering = isRecovering
    synchronizeToStatement()
    isRecovering = wasRecovering
    return .unsupported(
      UnsupportedStatementSyntax(keyword: keyword, keywordSpan: keywordSpan, span: span(from: start)))
  }
}
