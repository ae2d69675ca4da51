internal import Diagnostics

/// Eval expressions, by precedence climbing.
extension SPLParser {
  /// Reads a whole text as an expression; its places are the span that it came from.
  static func expression(_ text: String, at span: SourceSpan) -> (EvalExpressionSyntax, [Diagnostic]) {
    var expanded = ExpandedText(sourceLength: span.upperBound)
    expanded.append(Array(text.utf8), from: span, isVerbatim: false)
    var parser = SPLParser(expanded)
    let expression = parser.parseEvalExpression()
    parser.requireEvalEnd()
    return (expression, parser.sink.sorted)
  }

  mutating func parseEvalExpression() -> EvalExpressionSyntax {
    nested(.invalid(peek(.eval).span)) { $0.parseEvalLogic(.xor) }
  }

  /// The operators that combine truths, loosest first.
  private enum Logic: String {
    case xor, or, and

    var tighter: Logic? {
      switch self {
      case .xor: .or
      case .or: .and
      case .and: nil
      }
    }
  }

  private mutating func parseEvalLogic(_ level: Logic) -> EvalExpressionSyntax {
    let begin = peek(.eval).range.lowerBound
    var parts = [parseTighter(than: level)]
    while true {
      if level == .and, peek(.eval).isSymbol("&&") {
        report(SPLMessages.doubleAmpersand(at: peek(.eval).span))
      }
      guard peek(.eval).isKeyword(level.rawValue) || (level == .and && peek(.eval).isSymbol("&&")) else {
        break
      }
      take(.eval)
      parts.append(parseTighter(than: level))
    }
    if parts.count == 1, let only = parts.first { return only }
    switch level {
    case .xor: return .xor(parts, span(from: begin))
    case .or: return .or(parts, span(from: begin))
    case .and: return .and(parts, span(from: begin))
    }
  }

  private mutating func parseTighter(than level: Logic) -> EvalExpressionSyntax {
    level.tighter.map { parseEvalLogic($0) } ?? parseEvalNegation()
  }

  private mutating func parseEvalNegation() -> EvalExpressionSyntax {
    guard peek(.eval).isKeyword("not") || peek(.eval).isSymbol("!") else { return parseEvalComparison() }
    let keyword = take(.eval)
    let operand = nested(EvalExpressionSyntax.invalid(keyword.span)) { $0.parseEvalNegation() }
    return .not(operand, span(from: keyword.range.lowerBound))
  }

  // MARK: - Comparisons

  private mutating func parseEvalComparison() -> EvalExpressionSyntax {
    let begin = peek(.eval).range.lowerBound
    var left = parseEvalConcatenation()
    var links = 0
    while links < Self.chainLimit {
      let token = peek(.eval)
      let isNegated = token.isKeyword("not") && (["in", "like"].contains { peekSecond(.eval).isKeyword($0) })
      if isNegated { take(.eval) }
      if peek(.eval).isKeyword("in") {
        take(.eval)
        left = parseEvalMembership(left, from: begin)
      } else if let operation = comparison(peek(.eval)) {
        let sign = take(.eval)
        let right = parseEvalConcatenation()
        warnAboutWildcards(operation, left, right)
        left = .binary(
          EvalBinarySyntax(operation: operation, operationSpan: sign.span, left: left, right: right))
      } else {
        return left
      }
      if isNegated { left = .not(left, span(from: begin)) }
      links += 1
    }
    syntaxError(SPLMessages.tooDeep(at: peek(.eval).span))
    return left
  }

  /// A lone `*` and `s3:*` are what policies hold, and may well be meant.
  private mutating func warnAboutWildcards(
    _ operation: EvalBinarySyntax.Operator, _ left: EvalExpressionSyntax, _ right: EvalExpressionSyntax
  ) {
    guard operation == .equal || operation == .notEqual, case .field = left,
      case .string(let literal) = right,
      literal.value.utf8.contains(UInt8(ascii: "*")), literal.value != "*", !literal.value.hasSuffix(":*")
    else { return }
    report(SPLMessages.wildcardInComparison(literal))
  }

  /// The comparison a token means; signs of other languages are reported and read as the nearest one.
  private mutating func comparison(_ token: SPLToken) -> EvalBinarySyntax.Operator? {
    if token.isKeyword("like") { return .like }
    guard token.kind == .symbol else { return nil }
    switch token.text {
    case "==": return .equal
    case "=~", "!~":
      syntaxError(SPLMessages.kqlEqualsTilde(token, in: "where"))
      return nil
    case "<>":
      report(SPLMessages.angleBrackets(at: token.span))
      return .notEqual
    case "=", "!=", "<", "<=", ">", ">=": return EvalBinarySyntax.Operator(rawValue: token.text)
    default: return nil
    }
  }

  private mutating func parseEvalMembership(_ value: EvalExpressionSyntax, from begin: Int)
    -> EvalExpressionSyntax
  {
    if peek(.eval).kind == .leftBracket {
      let subsearch = EvalExpressionSyntax.subsearch(parseSubsearch())
      return .membership(value, [subsearch], span(from: begin))
    }
    guard let open = take(.leftParenthesis, .eval) else {
      unexpected("`(` and a list of values", .eval)
      return .invalid(value.span)
    }
    let values = parseEvalList(closing: open)
    if values.isEmpty, !isRecovering {
      syntaxError(SPLMessages.emptyParentheses(at: open.span.union(text.span(previous))))
    }
    return .membership(value, values, span(from: begin))
  }

  /// Reads expressions up to the closing parenthesis, which is taken too.
  private mutating func parseEvalList(closing open: SPLToken) -> [EvalExpressionSyntax] {
    var values: [EvalExpressionSyntax] = []
    if take(.rightParenthesis, .eval) != nil { return values }
    repeat {
      if peek(.eval).kind == .comma {
        syntaxError(SPLMessages.extraComma(.error, at: peek(.eval).span))
        return values
      }
      values.append(parseEvalExpression())
    } while take(.comma, .eval) != nil
    if take(.rightParenthesis, .eval) == nil {
      syntaxError(closeError(open, peek(.eval)))
    }
    return values
  }

  func closeError(_ open: SPLToken, _ found: SPLToken) -> Diagnostic {
    Self.endsStage(found.kind)
      ? SPLMessages.unclosedParenthesis(at: open.span, found)
      : SPLMessages.unexpectedToken(found, expected: "an operator, `,` or `)`")
  }

  // MARK: - Arithmetic

  private mutating func parseEvalConcatenation() -> EvalExpressionSyntax {
    let first = peek(.eval)
    var left = parseEvalArithmetic(0)
    var names = DottedNameRun(left, first)
    var links = 0
    while let dot = takeDot(), links < Self.chainLimit {
      let next = peek(.eval)
      let right = parseEvalArithmetic(0)
      if let run = names.take(right, dot, next) {
        report(SPLMessages.dottedName(at: text.span(run), name(run)))
      }
      left = .binary(
        EvalBinarySyntax(operation: .concatenate, operationSpan: dot.span, left: left, right: right))
      links += 1
    }
    if links == Self.chainLimit { syntaxError(SPLMessages.tooDeep(at: peek(.eval).span)) }
    if let run = names.finished { report(SPLMessages.dottedName(at: text.span(run), name(run))) }
    return left
  }

  /// The dot that joins; behind an operand `.5` is a dot and a number.
  private mutating func takeDot() -> SPLToken? {
    let token = peek(.eval)
    if token.isSymbol(".") { return take(.eval) }
    guard token.kind == .number, token.text.hasPrefix(".") else { return nil }
    let range = token.range.lowerBound..<(token.range.lowerBound + 1)
    move(to: range.upperBound)
    return SPLToken(kind: .symbol, text: ".", span: text.span(range), range: range)
  }

  private func name(_ range: Range<Int>) -> String { String(decoding: text.bytes[range], as: UTF8.self) }

  /// Levels: 0 is `+ -`, 1 is `* / %`.
  private mutating func parseEvalArithmetic(_ level: Int) -> EvalExpressionSyntax {
    var left = level == 0 ? parseEvalArithmetic(1) : parseEvalSign()
    let signs = level == 0 ? ["+", "-"] : ["*", "/", "%"]
    var links = 0
    while peek(.eval).kind == .symbol, signs.contains(peek(.eval).text) {
      let sign = take(.eval)
      guard let operation = EvalBinarySyntax.Operator(rawValue: sign.text), links < Self.chainLimit else {
        syntaxError(SPLMessages.tooDeep(at: sign.span))
        return left
      }
      let right = level == 0 ? parseEvalArithmetic(1) : parseEvalSign()
      left = .binary(
        EvalBinarySyntax(operation: operation, operationSpan: sign.span, left: left, right: right))
      links += 1
    }
    return left
  }

  private mutating func parseEvalSign() -> EvalExpressionSyntax {
    let token = peek(.eval)
    if token.isSymbol("-") {
      take(.eval)
      let operand = nested(EvalExpressionSyntax.invalid(token.span)) { $0.parseEvalSign() }
      return .negate(operand, span(from: token.range.lowerBound))
    }
    if token.isSymbol("+") {
      take(.eval)
      return nested(.invalid(token.span)) { $0.parseEvalSign() }
    }
    return parseEvalPrimary()
  }

  // MARK: - Primaries

  private mutating func parseEvalPrimary() -> EvalExpressionSyntax {
    let token = peek(.eval)
    switch token.kind {
    case .leftParenthesis:
      take(.eval)
      let inner = parseEvalExpression()
      if take(.rightParenthesis, .eval) == nil { syntaxError(closeError(token, peek(.eval))) }
      return inner
    case .string:
      take(.eval)
      return .string(StringLiteralSyntax(token, in: text, escapes: .eval))
    case .quotedField:
      take(.eval)
      return .field(fieldName(token))
    case .number: return parseEvalNumber(token)
    case .word: return parseEvalWord(token)
    case .leftBracket: return .subsearch(parseSubsearch())
    case .symbol, .comma, .pipe, .rightParenthesis, .rightBracket, .unexpected, .endOfText:
      syntaxError(SPLMessages.missingExpression(token, after: consumed.last))
      return .invalid(token.span)
    }
  }

  private mutating func parseEvalNumber(_ token: SPLToken) -> EvalExpressionSyntax {
    take(.eval)
    let next = peek(.eval)
    if next.kind == .word, isAdjacent(token, next) {
      syntaxError(SPLMessages.numberWithLetters(token.text + next.text, at: token.span.union(next.span)))
    }
    return .number(EvalNumberSyntax(text: token.text, span: token.span))
  }

  private mutating func parseEvalWord(_ token: SPLToken) -> EvalExpressionSyntax {
    take(.eval)
    let next = peek(.eval)
    if next.kind == .leftParenthesis {
      let open = take(.eval)
      let arguments = parseEvalList(closing: open)
      return .call(
        EvalCallSyntax(
          name: token.text, nameSpan: token.span, arguments: arguments,
          span: span(from: token.range.lowerBound)))
    }
    let lowered = token.text.lowercased()
    if ["and", "or", "xor", "like"].contains(lowered) {
      syntaxError(SPLMessages.missingOperand(token))
      return .invalid(token.span)
    }
    if next.isSymbol("{"), isAdjacent(token, next) { return parseUnquotedPath(from: token) }
    if KQLWords.evalOperators[next.text.lowercased()] != nil, next.kind == .word {
      syntaxError(SPLMessages.kqlOperatorInEval(next))
    }
    if let kind = EvalConstantSyntax.Kind(rawValue: lowered) {
      return .constant(EvalConstantSyntax(kind: kind, text: token.text, span: token.span))
    }
    return .field(FieldNameSyntax(name: token.text, span: token.span, isQuoted: false))
  }

  /// `a{}.b` without quotes: an error that names the quoted field, read as that field.
  private mutating func parseUnquotedPath(from token: SPLToken) -> EvalExpressionSyntax {
    var last = token
    while true {
      let next = peek(.eval)
      let isPart = next.kind == .word || next.kind == .number || ["{", "}", "."].contains(next.text)
      guard isPart, isAdjacent(last, next) else { break }
      last = take(.eval)
    }
    let range = token.range.lowerBound..<last.range.upperBound
    report(SPLMessages.unquotedPath(at: text.span(range), name(range)))
    return .field(FieldNameSyntax(name: name(range), span: text.span(range), isQuoted: false))
  }
}

/// Notices fields joined by dots without blanks, which look like one name and are several.
///
/// Example: in `userIdentity.arn` the run covers the whole text; in `user . ":"` there is none.
private struct DottedNameRun {
  private var range: Range<Int>?
  private var count = 0

  init(_ first: EvalExpressionSyntax, _ token: SPLToken) { begin(first, token) }

  /// Adds an operand; gives back the run that ended before it, if it had two names or more.
  mutating func take(_ operand: EvalExpressionSyntax, _ dot: SPLToken, _ token: SPLToken) -> Range<Int>? {
    if let current = range, Self.isBareField(operand, token), current.upperBound == dot.range.lowerBound,
      dot.range.upperBound == token.range.lowerBound
    {
      range = current.lowerBound..<token.range.upperBound
      count += 1
      return nil
    }
    let ended = finished
    begin(operand, token)
    return ended
  }

  /// The current run, if it has two names or more.
  var finished: Range<Int>? { count > 1 ? range : nil }

  private mutating func begin(_ operand: EvalExpressionSyntax, _ token: SPLToken) {
    let isField = Self.isBareField(operand, token)
    range = isField ? token.range : nil
    count = isField ? 1 : 0
  }

  private static func isBareField(_ operand: EvalExpressionSyntax, _ token: SPLToken) -> Bool {
    guard case .field(let field) = operand else { return false }
    return !field.isQuoted && field.name == token.text && !field.name.contains("<<")
  }
}
