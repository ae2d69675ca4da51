import Diagnostics

/// Names, lists and the small parts that many operators share.
extension KQLParser {
  /// Elements separated by commas, up to a closing mark that is not taken.
  func list<Element>(
    until closing: KQLPunctuation, allowsTrailingComma: Bool = false,
    _ element: (KQLParser) -> Element
  ) -> [Element] {
    if at(closing) { return [] }
    var elements: [Element] = []
    repeat {
      if allowsTrailingComma, at(closing) { break }
      elements.append(element(self))
    } while take(.comma) != nil
    return elements
  }

  /// At least one element, separated by commas.
  func commaSeparated<Element>(_ element: (KQLParser) -> Element) -> [Element] {
    var elements: [Element] = []
    repeat { elements.append(element(self)) } while take(.comma) != nil
    return elements
  }

  // MARK: - Names

  /// Whether a name can begin here.
  func atName() -> Bool { nameLength() > 0 }

  /// The number of tokens of the name that stands `distance` ahead, 0 if none does.
  func nameLength(ahead distance: Int = 0) -> Int {
    switch cursor.peek(distance).kind {
    case .word, .bool: return 1
    case .punctuation(.leftBracket):
      return atString(ahead: distance + 1) && at(.rightBracket, ahead: distance + 2) ? 3 : 0
    case .string, .long, .real, .timespan, .guid, .typedLiteral, .punctuation, .unknown, .endOfFile: return 0
    }
  }

  /// A name; where there is none, that is reported and the name is empty.
  func name(_ what: String = "a name", after context: String = "") -> NameSyntax {
    let token = current
    switch token.kind {
    case .word(let text):
      cursor.advance()
      return NameSyntax(text, token.span)
    case .bool, .timespan:
      // `true`, or `1d` where only a name can stand.
      cursor.advance()
      return NameSyntax(source[token.span], token.span)
    case .punctuation(.leftBracket):
      if case .string(let literal) = cursor.peek().kind {
        cursor.advance()
        cursor.advance()
        close(.rightBracket, opening: token.span)
        return NameSyntax(literal.value, span(from: token.span), isBracketed: true)
      }
    case .string, .long, .real, .guid, .typedLiteral, .punctuation, .unknown, .endOfFile: break
    }
    reportExpected(what, after: context)
    return NameSyntax("", .at(token.span.lowerBound))
  }

  /// A name with wildcards: words and stars that touch.
  func namePattern() -> NamePatternSyntax {
    let start = currentSpan
    if at(.leftBracket) {
      let name = self.name()
      return NamePatternSyntax(name.text, name.span, isBracketed: true)
    }
    var text = ""
    while true {
      if !text.isEmpty, !isAdjacent(ahead: 0, after: cursor.previousSpan) { break }
      if take(.star) != nil {
        text += "*"
      } else if let word = current.word {
        cursor.advance()
        text += word
      } else if case .long(.some(let digits)) = current.kind, !text.isEmpty {
        cursor.advance()
        text += String(digits)
      } else {
        break
      }
    }
    if text.isEmpty { reportExpected("a column's name") }
    if !text.isEmpty { check(NameSyntax(text, span(from: start)), as: .use) }
    return NamePatternSyntax(text, text.isEmpty ? .at(start.lowerBound) : span(from: start))
  }

  private func isAdjacent(ahead distance: Int, after previous: SourceSpan) -> Bool {
    cursor.peek(distance).span.lowerBound == previous.upperBound
  }

  func typeName() -> TypeNameSyntax {
    let token = current
    guard let word = token.word else {
      reportExpected("a type")
      return TypeNameSyntax(text: "", span: .at(token.span.lowerBound))
    }
    cursor.advance()
    let type = TypeNameSyntax(text: word, span: token.span)
    if type.dataType == nil { report(KQLMessages.unknownType(word, at: token.span)) }
    return type
  }

  /// `(a:string, ['b c']:long)`.
  func columnDeclarations() -> [ColumnDeclarationSyntax] {
    let opening = currentSpan
    guard expect(.leftParenthesis) else { return [] }
    let columns = list(until: .rightParenthesis, allowsTrailingComma: true) { parser in
      let name = parser.name("a column", as: .newColumn)
      parser.expect(.colon, after: "the column's name")
      return ColumnDeclarationSyntax(name: name, type: parser.typeName())
    }
    close(.rightParenthesis, opening: opening)
    return columns
  }

  // MARK: - Named expressions

  /// `expr`, `name = expr`, `(a, b) = expr`.
  func namedExpression() -> NamedExpressionSyntax {
    let start = currentSpan
    let name = assignedName()
    let tuple = name == nil ? tupleNames() : nil
    for new in tuple ?? name.map({ [$0] }) ?? [] { check(new, as: .newColumn) }
    let value = withoutAssignAsEqual { $0.expression() }
    return NamedExpressionSyntax(
      names: tuple ?? name.map { [$0] } ?? [], isTuple: tuple != nil, value: value, span: span(from: start))
  }

  /// `name =`, or nothing taken.
  func assignedName() -> NameSyntax? {
    let length = nameLength()
    guard length > 0, at(.assign, ahead: length) else { return nil }
    let name = self.name()
    cursor.advance()
    return name
  }

  /// `(a, b) =`, or nothing taken.
  private func tupleNames() -> [NameSyntax]? {
    guard at(.leftParenthesis) else { return nil }
    var distance = 1
    while true {
      let length = nameLength(ahead: distance)
      if length == 0 { return nil }
      distance += length
      if at(.rightParenthesis, ahead: distance) { break }
      guard at(.comma, ahead: distance) else { return nil }
      distance += 1
    }
    guard at(.assign, ahead: distance + 1) else { return nil }
    cursor.advance()
    let names = commaSeparated { $0.name() }
    expect(.rightParenthesis)
    expect(.assign)
    return names
  }

  /// Reads with `=` as what it is, an assignment.
  func withoutAssignAsEqual<Result>(_ read: (KQLParser) -> Result) -> Result {
    let saved = readsAssignAsEqual
    readsAssignAsEqual = false
    defer { readsAssignAsEqual = saved }
    return read(self)
  }

  // MARK: - Options

  /// `kind=inner hint.strategy=broadcast`: options of an operator, as long as their names are known.
  func options(_ names: Set<String>) -> [OptionSyntax] {
    var options: [OptionSyntax] = []
    while let word = current.word {
      let start = currentSpan
      if word == "hint", at(.dot, ahead: 1), at(.assign, ahead: 3) {
        cursor.advance()
        cursor.advance()
        let last = cursor.advance()
        let name = NameSyntax("hint." + (last.word ?? ""), start.union(last.span))
        cursor.advance()
        options.append(OptionSyntax(name: name, value: optionValue(), span: span(from: start)))
      } else if names.contains(word), at(.assign, ahead: 1) {
        let name = self.name()
        cursor.advance()
        options.append(OptionSyntax(name: name, value: optionValue(), span: span(from: start)))
      } else {
        break
      }
    }
    return options
  }

  /// A word or a literal.
  private func optionValue() -> ExpressionSyntax {
    if current.word != nil { return .name(name()) }
    return withoutAssignAsEqual { $0.unaryExpression() }
  }
}
