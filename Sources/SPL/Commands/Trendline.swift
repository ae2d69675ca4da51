import Diagnostics
package import Engine

/// `trendline sma5(count) as mean`: moving averages of fields.
package struct TrendlineCommandSyntax: Hashable, Sendable {
  package struct Item: Hashable, Sendable {
    package let kind: TrendKind
    package let period: Int
    package let field: FieldNameSyntax
    /// `sma5(count)` unless another name is given.
    package let name: String
  }

  package let items: [Item]

  static let record = CommandRecord(
    "trendline",
    syntax: "trendline sma|ema|wmaROWS(FIELD) [as NAME] …",
    summary: "Makes moving averages of fields.",
    examples: [
      .splQuery(
        "| makeresults count=3 | streamstats count as n | trendline sma2(n) as mean | where "
          + "isnotnull(mean) | table mean",
        gives: #"mvappend("1.5", "2.5")"#)
    ]
  ) { parser, command in
    var items: [Item] = []
    while !parser.isAtStageEnd {
      if parser.takeComma() { continue }
      guard let item = parser.parseTrend() else { break }
      items.append(item)
    }
    parser.requireArguments(items, command, "an average such as `sma5(field)`")
    return .trendline(TrendlineCommandSyntax(items: items))
  }
}

extension SPLParser {
  fileprivate mutating func parseTrend() -> TrendlineCommandSyntax.Item? {
    let name = peek()
    let letters = name.text.prefix { !$0.isNumber }
    guard name.kind == .word, peekSecond().kind == .leftParenthesis,
      let kind = TrendKind(rawValue: letters.lowercased()),
      let period = Int(name.text.dropFirst(letters.count)),
      (2...10_000).contains(period)
    else {
      unexpected("`sma`, `ema` or `wma` with a number from 2 to 10000 and a field, as in `sma5(count)`")
      return nil
    }
    take()
    let open = take()
    guard let field = parsePlainField(), take(.rightParenthesis) != nil else {
      syntaxError(SPLMessages.unclosedParenthesis(at: open.span, peek()))
      return nil
    }
    let alias = takeKeyword("as").flatMap { requireField($0, "a name") }
    return TrendlineCommandSyntax.Item(
      kind: kind, period: period, field: field, name: alias?.name ?? "\(name.text)(\(field.name))")
  }
}

extension SPLLowering {
  func lower(_ command: TrendlineCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    for item in command.items {
      guard let column = read(item.field, in: &relation) else { continue }
      let average = [plain(column.reference), literal(item.kind.rawValue), literal(item.period)]
      let made = window([(SPLWindowFunctions.trend, average, .real)], in: &relation, at: span)
      moveWindows(made, to: [item.name], in: &relation, at: span)
    }
  }
}
