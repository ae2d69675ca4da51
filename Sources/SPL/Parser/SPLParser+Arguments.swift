internal import Diagnostics

/// What most commands share: options, field names and lists of them.
extension SPLParser {
  /// Whether a `name=value` option comes next.
  var isAtOption: Bool { peek().kind == .word && peekSecond().isSymbol("=") }

  /// Reads one option if one comes next.
  mutating func parseOption(
    _ command: SPLToken, _ rules: [String: OptionKind], into options: inout CommandOptions
  ) -> Bool {
    guard isAtOption else { return false }
    let name = take()
    let sign = take()
    let lowered = name.text.lowercased()
    let value =
      rules[lowered] == .expression ? parseConditionText() : parseOptionValue(after: sign)
    guard let value else {
      syntaxError(SPLMessages.missingOptionValue(name, peek()))
      return true
    }
    guard let kind = rules[lowered] else {
      report(SPLMessages.unknownOption(name, of: command, known: rules.keys.sorted()))
      return true
    }
    if let expectation = kind.expectation(for: value) {
      report(SPLMessages.invalidOptionValue(lowered, value, expectation))
      return true
    }
    options.entries.append(CommandOptions.Option(name: lowered, nameSpan: name.span, value: value))
    return true
  }

  /// Reads every option that comes next.
  mutating func parseOptions(
    _ command: SPLToken, _ rules: [String: OptionKind], into options: inout CommandOptions
  ) {
    while parseOption(command, rules, into: &options) { _ = take(.comma) }
  }

  /// Reads the text of a condition: `"a=1"`, `(a=1)` or `"("a=1")"`.
  private mutating func parseConditionText() -> StringLiteralSyntax? {
    let first = peek()
    let closing: String
    if first.kind == .string, first.text == "\"(\"" {
      closing = "\")\""
    } else if first.kind == .leftParenthesis {
      closing = ")"
    } else {
      return parseText()
    }
    take()
    let begin = first.range.upperBound
    var depth = 1
    var end = begin
    while end < text.bytes.count, text.bytes[end] != UInt8(ascii: "|") {
      if text.bytes[end...].starts(with: closing.utf8) {
        depth -= 1
        if depth == 0 || closing.count > 1 { break }
      } else if text.bytes[end] == UInt8(ascii: "(") {
        depth += 1
      }
      end += 1
    }
    guard end < text.bytes.count, text.bytes[end] != UInt8(ascii: "|") else {
      syntaxError(SPLMessages.unclosedParenthesis(at: first.span, peek()))
      return nil
    }
    move(to: end + closing.utf8.count)
    let words = String(decoding: text.bytes[begin..<end], as: UTF8.self)
    let token = SPLToken(
      kind: .word,
      text: words.split(separator: "\\\"", omittingEmptySubsequences: false).joined(separator: "\""),
      span: text.span(begin..<end), range: begin..<end)
    return StringLiteralSyntax(token, in: text, escapes: .quotesOnly)
  }

  private mutating func parseOptionValue(after sign: SPLToken) -> StringLiteralSyntax? {
    let token = peek()
    switch token.kind {
    case .word, .string, .quotedField:
      take()
      return StringLiteralSyntax(token, in: text, escapes: .quotesOnly)
    case .comma where isAdjacent(sign, token):
      // `delim=,` means the comma itself.
      take()
      return StringLiteralSyntax(token, in: text, escapes: .quotesOnly)
    case .comma, .number, .symbol, .pipe, .leftParenthesis, .rightParenthesis, .leftBracket, .rightBracket,
      .unexpected, .endOfText:
      return nil
    }
  }

  /// Reads a field name if one comes next.
  mutating func parseField() -> FieldNameSyntax? {
    let token = peek()
    guard let field = parsePlainField() else { return nil }
    // A column that an aggregate made may go by its text: `rename values(src) as src`.
    guard token.kind == .word, let end = callEnd(after: token) else { return field }
    while previous.upperBound < end { take() }
    let range = token.range.lowerBound..<end
    return FieldNameSyntax(
      name: String(decoding: text.bytes[range], as: UTF8.self), span: text.span(range), isQuoted: false)
  }

  /// The end of the parentheses that begin right behind a word; nil if there are none.
  private func callEnd(after word: SPLToken) -> Int? {
    var token = SPLLexer.token(in: text, at: word.range.upperBound, mode: .arguments)
    guard token.kind == .leftParenthesis, isAdjacent(word, token) else { return nil }
    var depth = 0
    while !Self.endsStage(token.kind) {
      if token.kind == .leftParenthesis { depth += 1 }
      if token.kind == .rightParenthesis { depth -= 1 }
      if depth == 0 { return token.range.upperBound }
      token = SPLLexer.token(in: text, at: token.range.upperBound, mode: .arguments)
    }
    return nil
  }

  /// Reads a field name that has no parentheses.
  mutating func parsePlainField() -> FieldNameSyntax? {
    let token = peek()
    guard token.kind == .word || token.kind == .string || token.kind == .quotedField else { return nil }
    take()
    return fieldName(token)
  }

  func fieldName(_ token: SPLToken) -> FieldNameSyntax {
    FieldNameSyntax(
      name: StringLiteralSyntax(token, in: text, escapes: .quotesOnly).value, span: token.span,
      isQuoted: token.kind != .word)
  }

  mutating func requireField(_ command: SPLToken, _ what: String = "a field") -> FieldNameSyntax? {
    if let field = parseField() { return field }
    syntaxError(SPLMessages.missingArgument(what, of: command, at: peek()))
    return nil
  }

  /// Reads fields, separated by blanks or commas, with options among them, up to a keyword or a bracket.
  mutating func parseFields(
    _ command: SPLToken, _ rules: [String: OptionKind], into options: inout CommandOptions,
    until stops: Set<String> = []
  ) -> [FieldNameSyntax] {
    var fields: [FieldNameSyntax] = []
    while !isAtStageEnd, peek().kind != .leftBracket {
      if peek().kind == .word, stops.contains(peek().text.lowercased()) { break }
      if parseOption(command, rules, into: &options) || takeComma() { continue }
      guard let field = parseField() else {
        unexpected("a field name")
        break
      }
      if !field.isQuoted, field.name.hasSuffix(";") { report(SPLMessages.semicolon(field)) }
      fields.append(field)
    }
    return fields
  }

  /// Takes a comma between list items; a second one in a row means nothing, and is pointed out.
  mutating func takeComma() -> Bool {
    guard take(.comma) != nil else { return false }
    while let extra = take(.comma) { report(SPLMessages.extraComma(.warning, at: extra.span)) }
    return true
  }

  /// Reads `name [as alias]`.
  mutating func parseFieldAlias() -> FieldAliasSyntax? {
    guard let field = parseField() else { return nil }
    guard let keyword = takeKeyword("as") else { return FieldAliasSyntax(field: field, alias: nil) }
    guard let alias = parseField() else {
      syntaxError(SPLMessages.missingArgument("a name", of: keyword, at: peek()))
      return FieldAliasSyntax(field: field, alias: nil)
    }
    return FieldAliasSyntax(field: field, alias: alias)
  }

  /// Reads a quoted or bare text, such as a pattern.
  mutating func parseText(_ escapes: StringLiteralSyntax.Escapes = .quotesOnly) -> StringLiteralSyntax? {
    let token = peek()
    guard token.kind == .string || token.kind == .word else { return nil }
    take()
    return StringLiteralSyntax(token, in: text, escapes: escapes)
  }

  /// Reads a whole number if a word that is one comes next.
  mutating func parseInteger() -> Int? {
    guard peek().kind == .word, let number = Int(peek().text) else { return nil }
    take()
    return number
  }

  /// Reads a single field with options around it.
  mutating func parseOneField(
    _ command: SPLToken, _ rules: [String: OptionKind]
  ) -> (field: FieldNameSyntax?, options: CommandOptions) {
    var options = CommandOptions()
    parseOptions(command, rules, into: &options)
    let field = isRecovering ? nil : requireField(command)
    parseOptions(command, rules, into: &options)
    return (field, options)
  }
}
