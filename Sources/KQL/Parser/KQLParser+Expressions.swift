import Diagnostics

/// Expressions with operators, by precedence climbing.
extension KQLParser {
  /// What stands between two operands.
  private enum Infix {
    case binary(BinaryOperator)
    case logical(LogicalSyntax.Operator)
    case membership(MembershipSyntax.Operator)
    case between(isNegated: Bool)

    var precedence: BinaryOperator.Precedence {
      switch self {
      case .binary(let op): op.precedence
      case .logical(.or): .or
      case .logical(.and): .and
      case .membership, .between: .equality
      }
    }

    /// `a < b < c` and `a == b == c` are no KQL.
    var chains: Bool {
      switch precedence {
      case .equality, .relation: false
      case .or, .and, .sum, .product, .string: true
      }
    }
  }

  /// Words that stand between operands, and so begin none.
  static let infixWords: Set<String> = Set(BinaryOperator.words.keys)
    .union(MembershipSyntax.Operator.allCases.map(\.rawValue))
    .union(["and", "or", "between", "!between", "!has_any", "!has_all", "matches", "by"])

  func expression() -> ExpressionSyntax {
    binaryExpression(from: .or)
  }

  /// A predicate, in which a single `=` is reported and read as `==`.
  func predicate() -> ExpressionSyntax {
    let saved = readsAssignAsEqual
    readsAssignAsEqual = true
    defer { readsAssignAsEqual = saved }
    return expression()
  }

  private func binaryExpression(from minimum: BinaryOperator.Precedence) -> ExpressionSyntax {
    let left = unaryExpression()
    return atInfix(minimum) ? infixes(after: left, from: minimum) : left
  }

  private func atInfix(_ minimum: BinaryOperator.Precedence) -> Bool {
    peekInfix().map { $0.precedence >= minimum } ?? false
  }

  private func infixes(
    after first: ExpressionSyntax, from minimum: BinaryOperator.Precedence
  ) -> ExpressionSyntax {
    guard enter() else { return first }
    defer { leave() }
    var left = first
    var unchained: BinaryOperator.Precedence?
    while let infix = peekInfix(), infix.precedence >= minimum {
      if infix.precedence == unchained { reportChain() }
      let leftHeight = height
      left = infixExpression(infix, left)
      unchained = infix.chains ? nil : infix.precedence
      guard grow(above: max(leftHeight, height), at: left.span) else { return .error(left.span) }
    }
    return left
  }

  private func reportChain() {
    report(KQLMessages.chainedComparison(source[current.span], at: current.span))
  }

  private func infixExpression(_ infix: Infix, _ left: ExpressionSyntax) -> ExpressionSyntax {
    switch infix {
    case .logical(let op): return logicalExpression(op, left)
    case .membership(let op): return membershipExpression(op, left)
    case .between(let isNegated): return betweenExpression(left, isNegated: isNegated)
    case .binary(let op):
      if reportComment() { return left }
      let operatorSpan = takeOperator(op)
      return binary(op, operatorSpan, left, rightOperand(of: op.precedence))
    }
  }

  private func binary(
    _ op: BinaryOperator, _ operatorSpan: SourceSpan, _ left: ExpressionSyntax, _ right: ExpressionSyntax
  ) -> ExpressionSyntax {
    if op == .add { reportStringAddition(left, right, at: operatorSpan) }
    return .binary(
      BinarySyntax(
        op: op, left: left, right: right, operatorSpan: operatorSpan, span: left.span.union(right.span)))
  }

  private func rightOperand(of precedence: BinaryOperator.Precedence) -> ExpressionSyntax {
    guard let next = BinaryOperator.Precedence(rawValue: precedence.rawValue + 1) else {
      return unaryExpression()
    }
    return binaryExpression(from: next)
  }

  /// `a and b and c` in one node, so that a long chain is no deep tree.
  private func logicalExpression(_ op: LogicalSyntax.Operator, _ first: ExpressionSyntax) -> ExpressionSyntax
  {
    var operands = [first]
    var highest = height
    while case .logical(op)? = peekInfix() {
      takeLogical()
      operands.append(rightOperand(of: op == .or ? .or : .and))
      highest = max(highest, height)
    }
    height = highest
    let span = first.span.union(operands[operands.count - 1].span)
    return .logical(LogicalSyntax(op: op, operands: operands, span: span))
  }

  private func takeLogical() {
    let token = cursor.advance()
    if case .punctuation(let mark) = token.kind { report(KQLMessages.foreignLogical(mark, at: token.span)) }
  }

  /// Takes the operator's tokens, and reports a spelling that is not KQL.
  private func takeOperator(_ op: BinaryOperator) -> SourceSpan {
    let token = cursor.advance()
    if token.kind == .punctuation(.assign) { report(KQLMessages.singleEquals(at: token.span)) }
    if op == .equal || op == .notEqual, at(.assign), isAdjacent(ahead: 0) {
      let whole = token.span.union(cursor.advance().span)
      report(KQLMessages.tripleEquals(source[whole], meant: op.rawValue, at: whole))
      return whole
    }
    guard op == .matchesRegex else { return token.span }
    guard let regex = take("regex") else {
      report(
        syntax: KQLMessages.expected("`regex`", after: "matches", found: describeCurrent, at: current.span))
      return token.span
    }
    return token.span.union(regex)
  }

  private func reportStringAddition(_ left: ExpressionSyntax, _ right: ExpressionSyntax) -> Bool {
    for side in [left, right] {
      if case .literal(let literal) = side, literal.string != nil { return true }
    }
    return false
  }

  private func reportStringAddition(_ left: ExpressionSyntax, _ right: ExpressionSyntax, at span: SourceSpan)
  {
    guard reportStringAddition(left, right) else { return }
    report(KQLMessages.stringAddition(left: source[left.span], right: source[right.span], at: span))
  }

  private func peekInfix() -> Infix? {
    switch current.kind {
    case .word(let word):
      if let op = BinaryOperator.words[word] { return .binary(op) }
      if let op = MembershipSyntax.Operator(rawValue: word) { return .membership(op) }
      switch word {
      case "and": return .logical(.and)
      case "or": return .logical(.or)
      case "between": return .between(isNegated: false)
      case "!between": return .between(isNegated: true)
      case "!has_any": return .membership(.hasAny)
      case "!has_all": return .membership(.hasAll)
      case "matches": return .binary(.matchesRegex)
      default: return nil
      }
    case .punctuation(let mark):
      if let op = BinaryOperator.marks[mark] { return .binary(op) }
      if mark == .assign { return readsAssignAsEqual ? .binary(.equal) : nil }
      return mark == .ampersands ? .logical(.and) : mark == .pipes ? .logical(.or) : nil
    case .string, .long, .real, .timespan, .bool, .guid, .typedLiteral, .unknown, .endOfFile: return nil
    }
  }

  // MARK: - Lists and ranges

  private func membershipExpression(
    _ op: MembershipSyntax.Operator, _ left: ExpressionSyntax
  ) -> ExpressionSyntax {
    let token = cursor.advance()
    if let word = token.word, word == "!has_any" || word == "!has_all" {
      report(KQLMessages.negatedOperator(String(word.dropFirst()), at: token.span))
    }
    let opening = currentSpan
    var elements: [ExpressionSyntax] = []
    var highest = height
    if take(.leftParenthesis) != nil {
      if enter() {
        elements = withoutAssignAsEqual { parser in
          parser.list(until: .rightParenthesis) { parser in
            let element = parser.pipelineOrExpression(endsAtComma: true)
            highest = max(highest, parser.height)
            return element
          }
        }
        leave()
      }
      height = highest
      close(.rightParenthesis, opening: opening)
      if elements.isEmpty, !isRecovering {
        report(KQLMessages.emptyList(op.rawValue, at: span(from: opening)))
      }
    } else {
      report(KQLMessages.listWithoutParentheses(op.rawValue, at: opening))
      elements = [rightOperand(of: .equality)]
    }
    return .membership(
      MembershipSyntax(
        operand: left, op: op, elements: elements, operatorSpan: token.span, span: span(from: left.span)))
  }

  private func betweenExpression(_ left: ExpressionSyntax, isNegated: Bool) -> ExpressionSyntax {
    cursor.advance()
    let opening = currentSpan
    var lower = ExpressionSyntax.error(.at(opening.lowerBound))
    var upper = lower
    var highest = height
    if take(.leftParenthesis) == nil {
      report(syntax: KQLMessages.betweenWithoutParentheses(found: describeCurrent, at: opening))
    } else {
      if enter() {
        lower = binaryExpression(from: .equality)
        highest = max(highest, height)
        if at("and") || at(.comma) {
          report(syntax: KQLMessages.betweenWithoutDots(found: describeCurrent, at: current.span))
        } else if expect(.dotDot, after: "the lower bound") {
          upper = expression()
          highest = max(highest, height)
        }
        leave()
      }
      close(.rightParenthesis, opening: opening)
    }
    height = highest
    return .between(
      BetweenSyntax(
        operand: left, isNegated: isNegated, lower: lower, upper: upper, span: span(from: left.span)))
  }

  // MARK: - Signs

  func unaryExpression() -> ExpressionSyntax {
    if mark == .minus { return signed(.minus) }
    if mark == .plus { return signed(.plus) }
    if mark == .bang || atBareNot() { return negation() }
    return postfixExpression()
  }

  /// `not x`, without parentheses.
  private func atBareNot() -> Bool {
    at("not") && !at(.leftParenthesis, ahead: 1) && beginsOperand(cursor.peek())
  }

  private func signed(_ op: UnarySyntax.Operator) -> ExpressionSyntax {
    let start = cursor.advance().span
    guard enter() else { return .error(start) }
    defer { leave() }
    let operand = unaryExpression()
    guard grow(above: height, at: start) else { return .error(start) }
    return .unary(UnarySyntax(op: op, operand: operand, span: span(from: start)))
  }

  /// `!x` and `not x`, which KQL writes `not(x)`.
  private func negation() -> ExpressionSyntax {
    let isMark = mark == .bang
    let start = currentSpan
    cursor.advance()
    guard enter() else { return .error(start) }
    defer { leave() }
    return negated(isMark ? unaryExpression() : rightOperand(of: .and), from: start)
  }

  /// The call that was meant; reports how it was written.
  private func negated(_ operand: ExpressionSyntax, from start: SourceSpan) -> ExpressionSyntax {
    let whole = span(from: start)
    report(KQLMessages.negation(source[start], operand: source[operand.span], at: whole))
    let argument = ArgumentSyntax(name: nil, value: operand)
    return .call(CallSyntax(function: NameSyntax("not", start), arguments: [argument], span: whole))
  }

  private func beginsOperand(_ token: KQLToken) -> Bool {
    switch token.kind {
    case .word(let word): !Self.infixWords.contains(word)
    case .string, .long, .real, .timespan, .bool, .guid, .typedLiteral: true
    case .punctuation, .unknown, .endOfFile: false
    }
  }
}
