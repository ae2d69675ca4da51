import Diagnostics

/// `let` statements and the functions that they define.
extension KQLParser {
  mutating func letStatement() -> StatementSyntax {
    let start = cursor.advance().span
    let name = self.name("a name", after: "let")
    guard expect(.assign, after: "the name") else {
      synchronizeToStatement()
      return .error(span(from: start))
    }
    let value: LetStatementSyntax.Value
    if startsFunction() {
      value = .function(function())
    } else {
      value = .expression(pipelineOrExpression())
    }
    return .let(LetStatementSyntax(name: name, value: value, span: span(from: start)))
  }

  /// `view (`, `() {`, `(name:`.
  private func startsFunction() -> Bool {
    if at("view"), at(.leftParenthesis, ahead: 1) { return true }
    guard at(.leftParenthesis) else { return false }
    if at(.rightParenthesis, ahead: 1) { return at(.leftBrace, ahead: 2) }
    if cursor.peek().word != nil { return at(.colon, ahead: 2) && !atString(ahead: 3) }
    return at(.leftBracket, ahead: 1) && atString(ahead: 2) && at(.colon, ahead: 4)
  }

  private mutating func function() -> FunctionSyntax {
    let start = current.span
    let isView = take("view") != nil
    let parameters = parameterList()
    guard enter() else {
      return FunctionSyntax(
        isView: isView, parameters: parameters, body: QuerySyntax(statements: [], span: current.span),
        span: span(from: start))
    }
    defer { leave() }
    let opening = current.span
    var body: [StatementSyntax] = []
    if expect(.leftBrace, after: "the parameters") {
      body = statements()
      if body.isEmpty, !isRecovering {
        report(syntax: KQLMessages.expected("a query", after: "{", found: describeCurrent, at: current.span))
      }
      close(.rightBrace, opening: opening)
    }
    let bodySpan = span(from: opening)
    return FunctionSyntax(
      isView: isView, parameters: parameters, body: QuerySyntax(statements: body, span: bodySpan),
      span: span(from: start))
  }

  /// `(a:string, n:long = 5, T:(*))`.
  mutating func parameterList() -> [ParameterSyntax] {
    let opening = current.span
    guard expect(.leftParenthesis) else { return [] }
    let parameters = list(until: .rightParenthesis) { $0.parameter() }
    close(.rightParenthesis, opening: opening)
    return parameters
  }

  private mutating func parameter() -> ParameterSyntax {
    let start = current.span
    let name = self.name("a parameter")
    expect(.colon, after: "the parameter's name")
    let kind: ParameterSyntax.Kind
    if at(.leftParenthesis) {
      if at(.star, ahead: 1) {
        let opening = cursor.advance().span
        cursor.advance()
        close(.rightParenthesis, opening: opening)
        kind = .anyTable
      } else {
        kind = .table(columnDeclarations())
      }
    } else {
      kind = .scalar(typeName())
    }
    var defaultValue: ExpressionSyntax?
    if take(.assign) != nil { defaultValue = expression() }
    return ParameterSyntax(name: name, kind: kind, defaultValue: defaultValue, span: span(from: start))
  }
}
