internal import Diagnostics

/// Search expressions: `()` before NOT before OR before AND, which may be left out.
extension SPLParser {
  /// Reads a whole text as a search; its places are the span that it came from.
  static func search(_ text: String, at span: SourceSpan) -> (SearchExpressionSyntax?, [Diagnostic]) {
    var expanded = ExpandedText(sourceLength: span.upperBound)
    expanded.append(Array(text.utf8), from: span, isVerbatim: false)
    var parser = SPLParser(expanded)
    let expression = parser.parseSearchExpression()
    if parser.peek(.search).kind != .endOfText { parser.unexpected("the end of the search", .search) }
    return (expression, parser.sink.sorted)
  }

  /// Reads an expression up to the stage's end or one of the keywords; nil if there is none.
  mutating func parseSearchExpression(until stops: Set<String> = []) -> SearchExpressionSyntax? {
    if endsSearch(stops) { return nil }
    var parts: [SearchExpressionSyntax] = []
    let begin = start
    while true {
      while peek(.search).kind == .comma { take(.search) }
      if endsSearch(stops) { break }
      if !parts.isEmpty, isOperator("AND") {
        let keyword = take(.search)
        if endsSearch(stops) {
          report(SPLMessages.missingOperand(keyword))
          break
        }
      }
      let before = previous
      parts.append(parseSearchAlternatives(stops))
      if previous == before { break }
    }
    if parts.count == 1, let only = parts.first { return only }
    return parts.isEmpty ? nil : .and(parts, span(from: begin))
  }

  private func endsSearch(_ stops: Set<String>) -> Bool {
    let token = peek(.search)
    if Self.endsStage(token.kind) || token.kind == .rightParenthesis { return true }
    return token.kind == .word && stops.contains(token.text.lowercased())
      && peekSecond(.search).kind != .symbol
  }

  private func isOperator(_ name: String) -> Bool {
    let token = peek(.search)
    return token.kind == .word && token.text == name
  }

  private mutating func parseSearchAlternatives(_ stops: Set<String>) -> SearchExpressionSyntax {
    let begin = start
    var parts = [parseSearchNegation(stops)]
    while isOperator("OR") {
      let keyword = take(.search)
      if endsSearch(stops) || isOperator("AND") || isOperator("OR") {
        syntaxError(SPLMessages.missingOperand(keyword))
        break
      }
      parts.append(parseSearchNegation(stops))
    }
    if parts.count == 1, let only = parts.first { return only }
    return .or(parts, span(from: begin))
  }

  private mutating func parseSearchNegation(_ stops: Set<String>) -> SearchExpressionSyntax {
    guard isOperator("NOT") else { return parseSearchPrimary(stops) }
    let keyword = take(.search)
    if endsSearch(stops) || isOperator("AND") || isOperator("OR") {
      syntaxError(SPLMessages.missingOperand(keyword))
      return .invalid(keyword.span)
    }
    let operand = nested(.invalid(keyword.span)) { $0.parseSearchNegation(stops) }
    return .not(operand, span(from: keyword.range.lowerBound))
  }

  private mutating func parseSearchPrimary(_ stops: Set<String>) -> SearchExpressionSyntax {
    let token = peek(.search)
    switch token.kind {
    case .leftParenthesis: return parseSearchGroup(stops)
    case .leftBracket: return .subsearch(parseSubsearch())
    case .word, .string: return parseSearchWord(token)
    case .symbol:
      syntaxError(SPLMessages.missingFieldName(token))
    case .comma, .pipe, .rightParenthesis, .rightBracket, .quotedField, .number, .unexpected, .endOfText:
      unexpected("a search term", .search)
    }
    return .invalid(token.span)
  }

  private mutating func parseSearchGroup(_ stops: Set<String>) -> SearchExpressionSyntax {
    let open = take(.search)
    let inner = nested(SearchExpressionSyntax.invalid(open.span)) { parser in
      parser.parseSearchExpression() ?? .invalid(open.span)
    }
    guard let close = take(.rightParenthesis, .search) else {
      syntaxError(SPLMessages.unclosedParenthesis(at: open.span, peek(.search)))
      return inner
    }
    if case .invalid(open.span) = inner, !isRecovering {
      syntaxError(SPLMessages.emptyParentheses(at: open.span.union(close.span)))
    }
    return inner
  }

  private mutating func parseSearchWord(_ token: SPLToken) -> SearchExpressionSyntax {
    take(.search)
    let next = peek(.search)
    if next.kind == .symbol { return parseSearchComparison(token) }
    if next.isKeyword("in"), peekSecond(.search).kind == .leftParenthesis {
      return parseSearchMembership(token)
    }
    if token.kind == .string {
      return .term(SearchTermSyntax(kind: .phrase, text: value(token).text, span: token.span))
    }
    if next.kind == .leftParenthesis, isAdjacent(token, next) { return parseSearchCall(token) }
    if ["AND", "OR"].contains(token.text) {
      syntaxError(SPLMessages.missingOperand(token))
      return .invalid(token.span)
    }
    if let comparison = indexedField(token) { return .comparison(comparison) }
    warn(about: token, next)
    return .term(SearchTermSyntax(kind: .word, text: token.text, span: token.span))
  }

  /// `sourcetype::aws:cloudtrail` is `sourcetype=aws:cloudtrail`.
  private func indexedField(_ token: SPLToken) -> SearchComparisonSyntax? {
    let names = ["host", "index", "source", "sourcetype"]
    guard let name = names.first(where: { token.text.lowercased().hasPrefix($0 + "::") }) else { return nil }
    let begin = token.range.lowerBound
    let middle = begin + name.utf8.count
    func word(_ range: Range<Int>) -> SPLToken {
      SPLToken(
        kind: .word, text: String(decoding: text.bytes[range], as: UTF8.self), span: text.span(range),
        range: range)
    }
    guard middle + 2 < token.range.upperBound else { return nil }
    return SearchComparisonSyntax(
      field: fieldName(word(begin..<middle)), comparison: .equal,
      value: value(word((middle + 2)..<token.range.upperBound)))
  }

  /// Words that mean something in other places, and are plain terms here.
  private mutating func warn(about token: SPLToken, _ next: SPLToken) {
    if ["and", "or", "not", "And", "Or", "Not"].contains(token.text) {
      report(SPLMessages.lowerCaseOperator(token))
    } else if token.text == "XOR" {
      report(SPLMessages.exclusiveOrInSearch(at: token.span))
    } else if next.kind == .string, KQLWords.searchOperators[token.text.lowercased()] != nil {
      report(SPLMessages.kqlOperatorInSearch(token))
    }
  }

  private mutating func warnAboutSingleQuotes(_ token: SPLToken) {
    guard token.kind == .word, token.text.hasPrefix("'"), token.text.hasSuffix("'"), token.text.utf8.count > 2
    else { return }
    report(SPLMessages.singleQuotes(token))
  }

  /// `TERM(…)` and `CASE(…)`; any other call belongs into `where`.
  private mutating func parseSearchCall(_ name: SPLToken) -> SearchExpressionSyntax {
    guard name.text == "TERM" || name.text == "CASE" else {
      // `NOT(…)`, `OR(…)` and terms such as `a.b(` are no calls.
      guard name.text.utf8.allSatisfy(SPLLexer.isWordByte), name.text.lowercased() != "not" else {
        return .term(SearchTermSyntax(kind: .word, text: name.text, span: name.span))
      }
      syntaxError(SPLMessages.functionInSearch(name))
      return .invalid(name.span)
    }
    let open = take(.search)
    let inner = take(.search)
    guard inner.kind == .word || inner.kind == .string, take(.rightParenthesis, .search) != nil else {
      syntaxError(SPLMessages.unclosedParenthesis(at: open.span, peek(.search)))
      return .invalid(name.span)
    }
    return .term(
      SearchTermSyntax(
        kind: name.text == "TERM" ? .exactTerm : .caseSensitive, text: value(inner).text,
        span: span(from: name.range.lowerBound)))
  }

  private mutating func parseSearchMembership(_ field: SPLToken) -> SearchExpressionSyntax {
    take(.search)
    let open = take(.search)
    if peek(.search).kind == .leftBracket {
      let paste = SearchPasteSyntax(field: fieldName(field), sign: "IN", subsearch: parseSubsearch())
      if take(.rightParenthesis, .search) == nil {
        syntaxError(SPLMessages.unclosedParenthesis(at: open.span, peek(.search)))
      }
      return .pasted(paste)
    }
    var values: [SearchValueSyntax] = []
    repeat {
      if let token = take(.word, .search) ?? take(.string, .search) {
        values.append(value(token))
      } else if peek(.search).kind == .comma {
        report(SPLMessages.extraComma(.warning, at: peek(.search).span))
      }
    } while take(.comma, .search) != nil || [.word, .string].contains(peek(.search).kind)
    if take(.rightParenthesis, .search) == nil {
      syntaxError(SPLMessages.unclosedParenthesis(at: open.span, peek(.search)))
    } else if values.isEmpty {
      syntaxError(SPLMessages.emptyParentheses(at: open.span.union(text.span(previous))))
    }
    return .membership(
      SearchMembershipSyntax(
        field: fieldName(field), values: values, span: span(from: field.range.lowerBound)))
  }

  private func value(_ token: SPLToken) -> SearchValueSyntax {
    SearchValueSyntax(
      literal: StringLiteralSyntax(token, in: text, escapes: .quotesOnly), isQuoted: token.kind == .string)
  }

  private mutating func parseSearchComparison(_ field: SPLToken) -> SearchExpressionSyntax {
    let sign = take(.search)
    warnAboutSingleQuotes(field)
    if sign.text == "==" { report(SPLMessages.doubleEquals(at: sign.span)) }
    if sign.text == "=~" { report(SPLMessages.kqlEqualsTilde(sign, in: "search")) }
    let operation = SearchComparisonSyntax.Operator(rawValue: sign.text) ?? .equal
    let token = peek(.search)
    if token.kind == .leftBracket {
      return .pasted(
        SearchPasteSyntax(field: fieldName(field), sign: operation.rawValue, subsearch: parseSubsearch()))
    }
    guard token.kind == .word || token.kind == .string else {
      syntaxError(SPLMessages.missingValue(field, sign, token))
      return .invalid(field.span.union(sign.span))
    }
    take(.search)
    warnAboutSingleQuotes(token)
    let kind = operation == .equal ? SearchTimeModifierSyntax.Kind(rawValue: field.text.lowercased()) : nil
    if kind != nil, token.isKeyword("now"), peek(.search).kind == .leftParenthesis,
      peekSecond(.search).kind == .rightParenthesis
    {
      // `latest=now()` is the same as `latest=now`.
      take(.search)
      take(.search)
    }
    if operation == .equal, kind == nil, token.text == "CASE" || token.text == "TERM",
      let open = take(.leftParenthesis, .search)
    {
      let inner = take(.search)
      guard inner.kind == .word || inner.kind == .string, take(.rightParenthesis, .search) != nil else {
        syntaxError(SPLMessages.unclosedParenthesis(at: open.span, peek(.search)))
        return .invalid(token.span)
      }
      var value = value(inner)
      value.isCaseSensitive = token.text == "CASE"
      return .comparison(
        SearchComparisonSyntax(field: fieldName(field), comparison: operation, value: value))
    }
    if token.kind == .word, peek(.search).kind == .leftParenthesis, isAdjacent(token, peek(.search)),
      token.text.utf8.allSatisfy(SPLLexer.isWordByte)
    {
      syntaxError(SPLMessages.functionInSearch(token))
      return .invalid(token.span)
    }
    if let kind {
      return .timeModifier(
        SearchTimeModifierSyntax(kind: kind, value: value(token), span: span(from: field.range.lowerBound)))
    }
    return .comparison(
      SearchComparisonSyntax(field: fieldName(field), comparison: operation, value: value(token)))
  }
}
