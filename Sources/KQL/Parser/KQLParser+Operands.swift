import Diagnostics

/// Operands: names, calls, paths, parentheses.
extension KQLParser {
  /// An operand with its paths and indexes.
  func postfixExpression() -> ExpressionSyntax {
    guard enter() else { return .error(currentSpan) }
    defer { leave() }
    let start = currentSpan
    let base = operand()
    return mark == .dot || mark == .leftBracket ? postfixes(of: base, from: start) : base
  }

  private func postfixes(of operand: ExpressionSyntax, from start: SourceSpan) -> ExpressionSyntax {
    var base = operand
    while true {
      if at(.dot) {
        cursor.advance()
        if at(.leftBracket) {
          base = indexed(base, from: start)
        } else {
          base = member(of: base, from: start)
        }
      } else if at(.leftBracket), Self.takesIndex(base) {
        base = indexed(base, from: start)
      } else {
        return base
      }
      guard grow(above: height, at: base.span) else { return .error(base.span) }
    }
  }

  private static func takesIndex(_ base: ExpressionSyntax) -> Bool {
    switch base {
    case .name, .path, .index, .call, .memberCall, .dynamic, .subquery, .binary: true
    case .literal, .star, .pattern, .unary, .logical, .membership, .between, .typeof, .error: false
    }
  }

  private func member(of base: ExpressionSyntax, from start: SourceSpan) -> ExpressionSyntax {
    if let digits = digitName() {
      return .path(PathSyntax(base: base, member: digits, span: span(from: start)))
    }
    let name = self.name("a property", after: ".")
    if at(.leftParenthesis), !name.isBracketed, !name.text.isEmpty {
      let call = self.call(name)
      return .memberCall(MemberCallSyntax(base: base, call: call, span: span(from: start)))
    }
    check(name, as: .use)
    return .path(PathSyntax(base: base, member: name, span: span(from: start)))
  }

  /// `a.5` isn't KQL, but `a.1b` is read as a number and letters.
  private func digitName() -> NameSyntax? {
    guard case .timespan = current.kind else { return nil }
    let token = cursor.advance()
    return NameSyntax(source[token.span], token.span)
  }

  private func indexed(_ base: ExpressionSyntax, from start: SourceSpan) -> ExpressionSyntax {
    let opening = cursor.advance().span
    let baseHeight = height
    let index = withoutAssignAsEqual { $0.expression() }
    height = max(baseHeight, height)
    close(.rightBracket, opening: opening)
    return .index(IndexSyntax(base: base, index: index, span: span(from: start)))
  }

  private enum OperandStart {
    case word, call, dynamic, typeof, literal, parenthesis, star, none
  }

  private func operandStart() -> OperandStart {
    switch current.kind {
    case .word(let word):
      if at(.leftParenthesis, ahead: 1) {
        if word == "dynamic" { return .dynamic }
        if word == "typeof" { return .typeof }
        return Self.infixWords.contains(word) ? .none : .call
      }
      return Self.infixWords.contains(word) && !isPlainName(word) ? .none : .word
    case .string, .long, .real, .timespan, .bool, .guid, .typedLiteral: return .literal
    case .punctuation(.leftParenthesis): return .parenthesis
    case .punctuation(.leftBracket) where nameLength() > 0: return .word
    case .punctuation(.star): return .star
    case .punctuation, .unknown, .endOfFile: return .none
    }
  }

  private func operand() -> ExpressionSyntax {
    height = 1
    switch operandStart() {
    case .word: return .name(name(as: .use))
    case .call: return .call(call(name()))
    case .dynamic: return .dynamic(dynamicLiteral())
    case .typeof: return typeof()
    case .literal: return literal()
    case .parenthesis: return parenthesized()
    case .star: return .star(cursor.advance().span)
    case .none: return missingOperand()
    }
  }

  private func missingOperand() -> ExpressionSyntax {
    reportExpected("an expression")
    return .error(.at(currentSpan.lowerBound))
  }

  private static let marksAfterNames: Set<KQLPunctuation> = [
    .comma, .rightParenthesis, .equal, .notEqual, .pipe, .semicolon, .dot,
  ]

  /// Whether an operator's word is used as a column's name: what follows can't be its operand.
  private func isPlainName(_ word: String) -> Bool {
    if word == "and" || word == "or" || word == "by" { return false }
    switch cursor.peek().kind {
    case .punctuation(let mark): return Self.marksAfterNames.contains(mark)
    case .endOfFile: return true
    case .word, .string, .long, .real, .timespan, .bool, .guid, .typedLiteral, .unknown: return false
    }
  }

  /// `( expression )` or `( pipeline )`.
  private func parenthesized() -> ExpressionSyntax {
    let opening = cursor.advance().span
    guard enter() else { return .error(opening) }
    defer { leave() }
    let inner = pipelineOrExpression()
    if at(.comma), !isRecovering { report(syntax: KQLMessages.listHere(at: current.span, opening: opening)) }
    close(.rightParenthesis, opening: opening)
    return inner
  }

  // MARK: - Calls

  /// The arguments of a function whose name was taken.
  func call(_ function: NameSyntax) -> CallSyntax {
    let opening = cursor.advance().span
    var highest = height
    guard enter() else { return CallSyntax(function: function, arguments: [], span: function.span) }
    defer { leave() }
    let arguments = withoutAssignAsEqual { parser in
      parser.list(until: .rightParenthesis) { parser in
        let argument = parser.argument()
        highest = max(highest, parser.height)
        return argument
      }
    }
    height = highest
    close(.rightParenthesis, opening: opening)
    _ = grow(above: height, at: function.span)
    return CallSyntax(function: function, arguments: arguments, span: span(from: function.span))
  }

  private func argument() -> ArgumentSyntax {
    ArgumentSyntax(name: assignedName(), value: pipelineOrExpression(endsAtComma: true))
  }

  /// `typeof(long)`, `typeof(a:int, b:string)`, `typeof(*, b:string)`.
  private func typeof() -> ExpressionSyntax {
    let start = cursor.advance().span
    if at(.leftParenthesis), at(.star, ahead: 1) {
      let columns = evaluateSchema().columns
      return .typeof(TypeOfSyntax(content: .columns(columns), span: span(from: start)))
    }
    let isSchema = at(.colon, ahead: 2) || at(.colon, ahead: 4)
    if isSchema {
      let columns = columnDeclarations()
      return .typeof(TypeOfSyntax(content: .columns(columns), span: span(from: start)))
    }
    return .typeof(typeOfType(from: start))
  }

  /// The rest of `typeof(type)`, after the word.
  func typeOfType(from start: SourceSpan) -> TypeOfSyntax {
    let opening = currentSpan
    expect(.leftParenthesis, after: "typeof")
    let type = typeName()
    close(.rightParenthesis, opening: opening)
    return TypeOfSyntax(content: .type(type), span: span(from: start))
  }

  /// `to typeof(type)`, as in `mv-expand`.
  func optionalTypeOf() -> TypeNameSyntax? {
    guard at("to"), at("typeof", ahead: 1) else { return nil }
    cursor.advance()
    let start = cursor.advance().span
    if case .type(let type) = typeOfType(from: start).content { return type }
    return nil
  }
}
