internal import Diagnostics

/// Aggregates and `by` lists of the `stats` family.
extension SPLParser {
  /// Reads aggregates with options among them, up to one of the keywords or the stage's end.
  mutating func parseAggregates(
    _ command: SPLToken, _ rules: [String: OptionKind], into options: inout CommandOptions,
    until stops: Set<String>
  ) -> [AggregateSyntax] {
    var aggregates: [AggregateSyntax] = []
    while !isAtStageEnd {
      if peek().kind == .word, stops.contains(peek().text.lowercased()) { break }
      if parseOption(command, rules, into: &options) || takeComma() { continue }
      guard let aggregate = parseAggregate(command, after: aggregates.last?.alias) else { break }
      aggregates.append(aggregate)
    }
    if aggregates.isEmpty, !isRecovering {
      report(SPLMessages.missingArgument("an aggregate such as `count`", of: command, at: peek()))
    }
    return aggregates
  }

  private mutating func parseAggregate(
    _ command: SPLToken, after alias: FieldNameSyntax?
  ) -> AggregateSyntax? {
    let name = peek()
    guard name.kind == .word else {
      unexpected("an aggregate such as `count` or `values(field)`")
      return nil
    }
    take()
    if name.isKeyword("eval") { return parseFormula(name, command) }
    if name.isKeyword("sparkline") { return parseSparkline(name, after: alias) }
    var argument: AggregateSyntax.Argument?
    var text = name.text
    if let open = take(.leftParenthesis) {
      argument = parseAggregateArgument(name)
      if take(.rightParenthesis) == nil {
        if peek().kind == .symbol || peek().kind == .leftParenthesis {
          syntaxError(SPLMessages.expressionInAggregate(name, at: peek().span))
        } else {
          syntaxError(SPLMessages.unclosedParenthesis(at: open.span, peek()))
        }
      }
      text = aggregateText(name, argument, from: open.range.upperBound)
    } else if !["count", "c"].contains(name.text.lowercased()) {
      syntaxError(SPLMessages.aggregateNeedsField(name, after: alias))
    }
    var aggregate = AggregateSyntax(
      function: name.text, functionSpan: name.span, argument: argument, alias: nil, text: text,
      span: span(from: name.range.lowerBound))
    if let keyword = takeKeyword("as") {
      aggregate.alias = requireField(keyword, "a name")
      aggregate.span = span(from: name.range.lowerBound)
    }
    return aggregate
  }

  /// Reads `eval(sum(bytes)/count) as mean`, behind the first word. Charts alone have it.
  private mutating func parseFormula(_ name: SPLToken, _ command: SPLToken) -> AggregateSyntax? {
    guard ["chart", "timechart"].contains(command.text.lowercased()), let open = take(.leftParenthesis) else {
      syntaxError(SPLMessages.formulaOutsideChart(name, of: command))
      return nil
    }
    let expression = parseEvalExpression()
    if take(.rightParenthesis, .eval) == nil {
      syntaxError(SPLMessages.unclosedParenthesis(at: open.span, peek(.eval)))
    }
    let argument = AggregateSyntax.Argument.expression(expression)
    var aggregate = AggregateSyntax(
      function: name.text, functionSpan: name.span, argument: argument, alias: nil,
      text: aggregateText(name, argument, from: open.range.upperBound),
      span: span(from: name.range.lowerBound)
    )
    if let keyword = takeKeyword("as") {
      aggregate.alias = requireField(keyword, "a name")
      aggregate.span = span(from: name.range.lowerBound)
    }
    return aggregate
  }

  /// Reads `sparkline`, `sparkline(count)` and `sparkline(avg(size), 1h)`, behind the first word.
  private mutating func parseSparkline(
    _ name: SPLToken, after alias: FieldNameSyntax?
  ) -> AggregateSyntax? {
    var timeSpan: TimeSpanSyntax?
    var inner = AggregateSyntax(
      function: "count", functionSpan: name.span, argument: nil, alias: nil, text: name.text, span: name.span)
    var text = name.text
    if let open = take(.leftParenthesis) {
      if peek().isKeyword("sparkline") {
        syntaxError(SPLMessages.sparklineOfSparkline(at: peek().span))
        return nil
      }
      guard let found = parseAggregate(name, after: alias) else { return nil }
      if let name = found.alias { syntaxError(SPLMessages.sparklineOfSparkline(at: name.span)) }
      inner = found
      if takeComma() {
        let word = peek()
        timeSpan = parseText().flatMap { TimeSpanSyntax($0) }
        if timeSpan == nil { syntaxError(SPLMessages.badSpan(word.text, at: word.span)) }
      }
      if take(.rightParenthesis) == nil {
        syntaxError(SPLMessages.unclosedParenthesis(at: open.span, peek()))
      }
      text += String(
        decoding: self.text.bytes[open.range.lowerBound..<max(open.range.lowerBound, previous.upperBound)],
        as: UTF8.self)
    }
    var aggregate = AggregateSyntax(
      function: inner.function, functionSpan: inner.functionSpan, argument: inner.argument, alias: nil,
      text: text, span: span(from: name.range.lowerBound))
    aggregate.sparkline = SparklineSyntax(timeSpan: timeSpan, span: name.span)
    if let keyword = takeKeyword("as") {
      aggregate.alias = requireField(keyword, "a name")
      aggregate.span = span(from: name.range.lowerBound)
    }
    return aggregate
  }

  private mutating func parseAggregateArgument(_ function: SPLToken) -> AggregateSyntax.Argument? {
    if peek().kind == .rightParenthesis { return nil }
    if peek().isKeyword("eval"), peekSecond().kind == .leftParenthesis {
      take()
      let open = take()
      let expression = parseEvalExpression()
      if take(.rightParenthesis, .eval) == nil {
        syntaxError(SPLMessages.unclosedParenthesis(at: open.span, peek(.eval)))
      }
      return .expression(expression)
    }
    guard let field = parsePlainField() else {
      unexpected("a field or `eval(…)`")
      return nil
    }
    return .field(field)
  }

  /// The name of an aggregate's column: `dc( user )` is `dc(user)`, an expression stands as written.
  private func aggregateText(
    _ name: SPLToken, _ argument: AggregateSyntax.Argument?, from open: Int
  ) -> String {
    switch argument {
    case nil: name.text
    case .field(let field): "\(name.text)(\(field.name))"
    case .expression:
      name.text + "("
        + String(decoding: text.bytes[open..<max(open, previous.upperBound)], as: UTF8.self)
    }
  }

  /// Reads the fields after `by`; a `span=` belongs to the field before it, other options to the command.
  mutating func parseGroupings(
    _ command: SPLToken, options rules: [String: OptionKind], into options: inout CommandOptions,
    until stops: Set<String> = []
  ) -> [GroupingSyntax] {
    var groupings: [GroupingSyntax] = []
    let keyword = take()
    while !isAtStageEnd {
      if peek().kind == .word, stops.contains(peek().text.lowercased()) { break }
      if takeComma() { continue }
      if isAtOption {
        parseGroupingOption(command, rules, into: &options, &groupings)
        continue
      }
      guard let field = parseField() else {
        unexpected("a field name")
        break
      }
      if !field.isQuoted, ["having", "where"].contains(field.name.lowercased()), !groupings.isEmpty,
        !isAtStageEnd
      {
        syntaxError(SPLMessages.whereNeedsPipe(field))
        break
      }
      if field.hasWildcard { report(SPLMessages.wildcardInBy(field)) }
      if !field.isQuoted, field.name.hasSuffix(";") { report(SPLMessages.semicolon(field)) }
      groupings.append(GroupingSyntax(field: field, timeSpan: nil))
    }
    if groupings.isEmpty, !isRecovering {
      report(SPLMessages.missingArgument("a field", of: keyword, at: peek()))
    }
    return groupings
  }

  private mutating func parseGroupingOption(
    _ command: SPLToken, _ rules: [String: OptionKind], into options: inout CommandOptions,
    _ groupings: inout [GroupingSyntax]
  ) {
    guard peek().isKeyword("span"), rules["span"] == nil, !groupings.isEmpty else {
      _ = parseOption(command, rules, into: &options)
      return
    }
    var own = CommandOptions()
    _ = parseOption(command, ["span": .timeSpan], into: &own)
    // It is the span of `_time`, wherever it stands.
    let time = groupings.lastIndex { $0.field.name == "_time" } ?? groupings.count - 1
    groupings[time].timeSpan = own.timeSpan("span")
  }
}

extension SPLMessages {
  static func wildcardInBy(_ field: FieldNameSyntax) -> Diagnostic {
    .error(
      "wildcard-in-by", "`\(field.name)` names no one field, and rows are grouped by fields", at: field.span,
      suggestions: [.init("write out the fields")])
  }
}

extension SPLMessages {
  static func formulaOutsideChart(_ token: SPLToken, of command: SPLToken) -> Diagnostic {
    .error(
      "unexpected-token", "`\(command.text)` takes `eval` only inside an aggregate", at: token.span,
      notes: ["`chart` and `timechart` alone take an expression over aggregates"],
      suggestions: [
        .init(
          "`\(command.text) avg(x) as y | eval y=y*2` works on the aggregate, `avg(eval(x*2))` on its values")
      ])
  }
}
