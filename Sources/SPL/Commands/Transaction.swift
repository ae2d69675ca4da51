import Diagnostics
import Engine

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
    "maxevents": .countLimit, "maxopenevents": .countLimit, "maxopentxn": .countLimit, "maxpause": .spanLimit,
    "maxspan": .spanLimit, "mvlist": .text, "mvraw": .boolean, "name": .text, "nullstr": .text,
    "unifyends": .boolean,
  ]

  static let record = CommandRecord(
    "transaction", "transam",
    syntax: "transaction FIELD … [maxspan=SPAN] [maxpause=SPAN] [maxevents=COUNT] "
      + "[startswith=TEXT|eval(CONDITION)] [endswith=…] [mvlist=BOOL|FIELDS] [mvraw=BOOL] [delim=TEXT] "
      + "[keepevicted=BOOL] [keeporphans=BOOL]",
    summary: "Joins events that belong together.",
    notes: [
      "`_raw` is the text of all events, one a line in the order of time; with `mvraw=t` each is a value of its own.",
      "`keeporphans=t` also gives the events that belong to no transaction, since they lack all fields or come before "
        + "any start; they have `_txn_orphan=1`. Those of a transaction that is not shown are none of them.",
      "A limit below 0 is none. Every event shares a field with its transaction, as `unifyends=t` asks.",
    ],
    differs: [
      "All transactions stay open at once: `maxopentxn` and `maxopenevents`, which bound Splunk's memory, change nothing."
    ],
    examples: [
      .splQuery(
        #"| makeresults count=3 | streamstats count as n | eval _time=n, user="ann" | transaction "#
          + "user maxspan=1h | table eventcount",
        gives: #""3""#)
    ]
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
      if take(.rightParenthesis) == nil {
        syntaxError(SPLMessages.unclosedParenthesis(at: open.span, peek()))
      }
      return expression.map { .search($0) }
    }
    guard let literal = parseText() else {
      syntaxError(SPLMessages.missingOptionValue(name, peek()))
      return nil
    }
    // A text in quotes is a search, `("…")` is the text itself.
    let (expression, diagnostics) = SPLParser.search(literal.value, at: literal.span)
    for diagnostic in diagnostics { report(diagnostic) }
    return expression.map { .search($0) }
  }
}

extension SPLLowering {
  func lower(_ command: TransactionCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    fetchFollowing(in: &relation)
    guard let time = column("_time", in: &relation) else {
      report(SPLMessages.needsTime("transaction", at: span))
      return
    }
    refuse(
      ["name"], in: command.options, of: "transaction", instead: "write out what the transaction type defines"
    )
    for limit in [command.maximumSpan, command.maximumPause].compactMap({ $0 }) where ticks(limit) == nil {
      return report(SPLMessages.needsFixedSpan(limit))
    }
    let keys = command.fields.compactMap { read($0, in: &relation) }
    var limits = TransactionOperator.Limits()
    limits.span = command.maximumSpan.flatMap { ticks($0) }
    limits.pause = command.maximumPause.flatMap { ticks($0) }
    limits.events = command.maximumEvents
    limits.keepsEvicted = command.options.boolean("keepevicted") ?? false
    if let text = command.options.text("nullstr") { limits.missingText = text }
    limits.isConnected = command.options.boolean("connected") ?? true
    limits.hasStart = command.startsWith != nil
    limits.hasEnd = command.endsWith != nil
    let start = boundary(command.startsWith, in: &relation)
    let end = boundary(command.endsWith, in: &relation)
    guard let start, let end else { return }
    let raw = relation.existing("_raw")
    let visible = relation.columns.filter {
      $0.id != time.id && (!$0.name.hasPrefix("_") || $0.id == raw?.id)
    }
    let first = Assignment(column: makeColumn("_time", .datetime), expression: time.reference)
    let outputs = visible.map { column in
      let isRaw = column.id == raw?.id
      let gathering: TransactionOperator.Gathering =
        isRaw
        ? (command.options.boolean("mvraw") == true ? .list : .lines)
        : (command.lists(column.name) ? .list : .distinct)
      return TransactionOperator.Output(
        values: Assignment(column: makeColumn(column.name, .dynamic), expression: column.reference),
        gathering: gathering)
    }
    if let delimiter = command.options.text("delim") {
      for output in outputs { delimiters[output.values.column.id] = delimiter }
    }
    let figures = TransactionOperator.Figures(
      duration: makeColumn("duration", .real), eventCount: makeColumn("eventcount", .long),
      isClosed: makeColumn("closed_txn", .long),
      isOrphan: command.options.boolean("keeporphans") == true ? makeColumn("_txn_orphan", .long) : nil)
    relation.close(
      .tabular(
        TabularCall(
          inputs: [relation.plan],
          operator: TransactionOperator(
            keys: keys.map { text(plain($0.reference)) }, time: first, start: start, end: end,
            outputs: outputs, figures: figures, limits: limits),
          origin: origin(span))))
  }

  /// The length of a limit; nil for one that has no fixed length.
  private func ticks(_ span: TimeSpanSyntax) -> Int64? {
    guard span.snap == nil, let amount = Double(span.amount),
      let unit = (span.unit ?? .whole(.second)).ticks
    else { return nil }
    let ticks = (amount * Double(unit)).rounded()
    return ticks < 1e18 ? Int64(ticks) : nil
  }

  private func boundary(_ boundary: TransactionCommandSyntax.Boundary?, in relation: inout Relation)
    -> Expression?

  {
    switch boundary {
    case nil: .literal(.bool(false), .bool)
    case .search(let search)?: lower(search, in: &relation)
    case .condition(let expression)?: condition(expression, in: &relation)
    }
  }
}

extension SPLMessages {
  static func needsFixedSpan(_ span: TimeSpanSyntax) -> Diagnostic {
    var notes: [Advice] = []
    if span.snap != nil { notes.append("`@` says where spans begin, and a limit is a length") }
    if span.unit?.months != nil { notes.append("months and years have no fixed length") }
    return .error(
      "invalid-span", "`\(span.text)` is no limit of time", at: span.span, notes: notes,
      suggestions: [.init("`30d`")])
  }
}
