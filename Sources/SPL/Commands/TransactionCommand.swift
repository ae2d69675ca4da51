/// `transaction user maxspan=5m startswith="login" endswith=eval(status=1)`:
/// joins events that belong together.
package struct TransactionCommandSyntax: Hashable, Sendable {
  package enum Boundary: Hashable, Sendable {
    case search(SearchExpressionSyntax)
    case condition(EvalExpressionSyntax)
  }

  package let fields: [FieldNameSyntax]
  package let startsWith: Boundary?
  package let endsWith: Boundary?
  package let options: CommandOptions

  package var maximumSpan: TimeSpanSyntax? { options.timeSpan("maxspan") }
  package var maximumPause: TimeSpanSyntax? { options.timeSpan("maxpause") }
  package var maximumEvents: Int { options.integer("maxevents") ?? 1000 }

  /// Whether a field lists every event's value: `mvlist=t`, or `mvlist="a,b"` for some fields.
  package func lists(_ name: String) -> Bool {
    guard let text = options.text("mvlist") else { return false }
    if let all = options.boolean("mvlist") { return all }
    return text.split(whereSeparator: { $0 == "," || $0 == " " }).contains { $0 == name }
  }

  private static let rules: [String: OptionKind] = [
    "connected": .boolean, "delim": .text, "keepevicted": .boolean, "keeporphans": .boolean,
    "maxevents": .integer, "maxopenevents": .integer, "maxopentxn": .integer, "maxpause": .timeSpan,
    "maxspan": .timeSpan, "mvlist": .text, "mvraw": .boolean, "name": .text, "nullstr": .text,
    "unifyends": .boolean,
  ]

  static let record = CommandRecord(
    "transaction", "transam", summary: "Joins events that belong together.",
    example: #"transaction user, src maxspan=5m startswith="login" endswith=eval(status=1)"#
  ) { parser, command in
    var options = CommandOptions()
    var fields: [FieldNameSyntax] = []
    var starts: Boundary?
    var ends: Boundary?
    while !parser.isAtStageEnd {
      if parser.isAtOption, parser.peek().isKeyword("startswith") {
        starts = parser.parseBoundary()
      } else if parser.isAtOption, parser.peek().isKeyword("endswith") {
        ends = parser.parseBoundary()
      } else if !parser.parseOption(command, rules, into: &options), !parser.takeComma() {
        guard let field = parser.parseField() else {
          parser.unexpected("a field name or an option")
          break
        }
        fields.append(field)
      }
    }
    return .transaction(
      TransactionCommandSyntax(fields: fields, startsWith: starts, endsWith: ends, options: options))
  }
}

extension SPLParser {
  /// Reads `startswith="text"`, `startswith=(search)` or `startswith=eval(condition)`.
  fileprivate mutating func parseBoundary() -> TransactionCommandSyntax.Boundary? {
    let name = take()
    take()
    if peek().isKeyword("eval"), peekSecond().kind == .leftParenthesis {
      take()
      let open = take()
      let condition = parseEvalExpression()
      if take(.rightParenthesis, .eval) == nil { syntaxError(closeError(open, peek(.eval))) }
      return .condition(condition)
    }
    if let open = take(.leftParenthesis) {
      let expression = parseSearchExpression()
      if take(.rightParenthesis) == nil { syntaxError(SPLMessages.unclosedParenthesis(open.span, peek())) }
      return expression.map { .search($0) }
    }
    guard let literal = parseText() else {
      syntaxError(SPLMessages.missingOptionValue(name, peek()))
      return nil
    }
    return .search(.term(SearchTermSyntax(kind: .phrase, text: literal.value, span: literal.span)))
  }
}
