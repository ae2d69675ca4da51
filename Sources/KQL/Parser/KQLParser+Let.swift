import Diagnostics

/// `let` statements and the functions that they define.
extension KQLParser {
  func letStatement() -> StatementSyntax {
    let start = cursor.advance().span
    let name = self.name("a name", after: "let", as: .binding)
    if mark == .leftParenthesis {
      report(syntax: KQLMessages.functionDefinition(name.text, at: currentSpan))
    }
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

  private func function() -> FunctionSyntax {
    let start = currentSpan
    let isView = take("view") != nil
    let parameters = parameterList()
    let body = functionBody()
    return FunctionSyntax(isView: isView, parameters: parameters, body: body, span: span(from: start))
  }

  /// `{ statements }`.
  private func functionBody() -> QuerySyntax {
    let opening = currentSpan
    var body: [StatementSyntax] = []
    if expect(.leftBrace, after: "the parameters"), enter(levels: 2) {
      body = statements()
      if body.isEmpty { reportExpected("a query", after: "{") }
      leave(levels: 2)
      close(.rightBrace, opening: opening)
    }
    return QuerySyntax(statements: body, span: span(from: opening))
  }

  /// `(a:string, n:long = 5, T:(*))`.
  func parameterList() -> [ParameterSyntax] {
    let opening = currentSpan
    guard expect(.leftParenthesis) else { return [] }
    let parameters = list(until: .rightParenthesis) { $0.parameter() }
    close(.rightParenthesis, opening: opening)
    return parameters
  }

  private func parameter() -> ParameterSyntax {
    let start = currentSpan
    let name = self.name("a parameter", as: .newColumn)
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
