import Diagnostics
import Engine

/// `bin _time span=5m as slot`: rounds values down to a multiple of a span.
package struct BinCommandSyntax: Hashable, Sendable {
  package let field: FieldNameSyntax?
  package let alias: FieldNameSyntax?
  package let options: CommandOptions

  package var timeSpan: TimeSpanSyntax? { options.timeSpan("span") }
  package var bins: Int? { options.integer("bins") }

  private static let rules: [String: OptionKind] = [
    "aligntime": .text, "bins": .integer, "end": .number, "minspan": .timeSpan, "span": .binSpan,
    "start": .number,
  ]

  static let record = CommandRecord(
    "bin", "bucket", "discretize",
    syntax: "bin [span=SPAN] [bins=COUNT] [minspan=SPAN] [aligntime=SECONDS] FIELD [as NAME]",
    summary: "Rounds values down to a multiple of a span.",
    notes: [
      "Without `span` the width follows from the least and the greatest value of the data.",
      "Weeks begin on Sunday, with `span=1w@w1` on Monday.",
    ],
    examples: [
      .splQuery(
        "| makeresults | eval n=17 | bin n span=10 | table n",
        gives: #""10-20""#)
    ]
  ) { parser, command in
    var options = CommandOptions()
    parser.parseOptions(command, rules, into: &options)
    let field = parser.isRecovering ? nil : parser.requireField(command)
    parser.parseOptions(command, rules, into: &options)
    let alias = parser.takeKeyword("as").flatMap { parser.requireField($0, "a name") }
    parser.parseOptions(command, rules, into: &options)
    return .bin(BinCommandSyntax(field: field, alias: alias, options: options))
  }
}

extension SPLLowering {
  func lower(_ command: BinCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    guard let field = command.field, let column = read(field, in: &relation) else { return }
    let target = command.alias?.name ?? field.name
    guard let binned = binned(column, command, at: span, in: &relation) else { return }
    assign(target, binned, in: &relation, at: span)
  }

  private func binned(
    _ column: PlanColumn, _ command: BinCommandSyntax, at span: SourceSpan, in relation: inout Relation
  ) -> Expression? {
    if let powers = command.options["span"].flatMap({ LogarithmicSpan($0.value.value) }) {
      return call(
        SPLRowFunctions.powerBin,
        [number(column.reference), literal(powers.base), literal(powers.factor)], as: .string)
    }
    if let timeSpan = command.timeSpan {
      let isTime = column.type == .datetime
      if timeSpan.unit != nil || timeSpan.snap != nil || isTime {
        guard let step = step(timeSpan) else {
          return fail(SPLMessages.badSpan(timeSpan.text, at: timeSpan.span))
        }
        return timeBin(isTime ? column.reference : number(column.reference), step, command.options)
      }
      guard let width = Double(timeSpan.amount), width > 0 else {
        return fail(SPLMessages.badSpan(timeSpan.text, at: timeSpan.span))
      }
      return call(SPLRowFunctions.numberBin, [number(column.reference), literal(width)], as: .string)
    }
    return dividedBins(column, command.options, in: &relation, at: span)
  }

  /// The span of a time. Spans begin at the `aligntime` of some options; those of days and longer keep their begin.
  func timeBin(_ value: Expression, _ step: TimeStep, _ options: CommandOptions) -> Expression? {
    let plainBin = call(SPLRowFunctions.timeBin, [value] + step.arguments, as: value.type)
    guard let option = options["aligntime"], case .ticks(let width) = step.width, width < Ticks.perDay else {
      return plainBin
    }
    let origin: Expression
    switch option.value.value.lowercased() {
    case "earliest", "latest":
      let bounds = timeBounds
      guard let bound = option.value.value.lowercased() == "earliest" ? bounds.earliest : bounds.latest else {
        return plainBin
      }
      origin = bound
    case let text:
      guard let bound = moment(text, at: option.span) else {
        return fail(SPLMessages.badTimeModifier(text, at: option.span))
      }
      origin = bound
    }
    if case .literal(.real(let seconds), _) = origin, let ticks = Ticks.fromUnix(seconds: seconds) {
      let aligned = TimeStep(step.width, origin: ticks)
      return call(SPLRowFunctions.timeBin, [value] + aligned.arguments, as: value.type)
    }
    // How far the time is from the origin, in whole spans, from the origin on.
    let seconds = Double(width) / Double(Ticks.perSecond)
    guard let offset = bind("-", [number(plain(value)), origin], spans: [], at: option.span),
      let spans = bind("/", [offset, .literal(.real(seconds), .real)], spans: [], at: option.span),
      let whole = bind("floor", [spans], spans: [], at: option.span),
      let length = bind("*", [whole, .literal(.real(seconds), .real)], spans: [], at: option.span),
      let begin = bind("+", [length, origin], spans: [], at: option.span)
    else { return nil }
    return value.type == .datetime ? call(SPLRowFunctions.moment, [begin], as: .datetime) : begin
  }

  /// The step of time that options ask for, or that divides the rows' times into so many bins.
  func timeStep(
    _ column: PlanColumn, _ options: CommandOptions, over bounds: SearchRange = SearchRange(),
    in relation: inout Relation, at span: SourceSpan
  ) -> TimeStep? {
    if let wanted = options.timeSpan("span") {
      return step(wanted) ?? fail(SPLMessages.badSpan(wanted.text, at: wanted.span))
    }
    guard let range = extremes(of: plain(column.reference), in: &relation, at: span) else { return nil }
    let lower = bounds.earliest.map { Ticks.unixSeconds(of: $0) } ?? range.lowerBound
    let upper = bounds.latest.map { Ticks.unixSeconds(of: $0) } ?? range.upperBound
    var step = TimeStep.dividing(
      max(0, upper - lower), into: options.integer("bins") ?? 100)
    if let least = options.timeSpan("minspan").flatMap({ self.step($0) }), least.isWider(than: step) {
      step = least
    }
    return step
  }

  /// Without a span its width comes of the least and the greatest value.
  private func dividedBins(
    _ column: PlanColumn, _ options: CommandOptions, in relation: inout Relation, at span: SourceSpan
  ) -> Expression? {
    if column.type == .datetime {
      guard let step = timeStep(column, options, in: &relation, at: span) else { return nil }
      return timeBin(column.reference, step, options)
    }
    let value = Coercion.cast(number(column.reference), to: .real, dialect: .spl)
    guard let range = extremes(of: value, in: &relation, at: span) else { return nil }
    // The bounds that are asked for may only widen those of the data.
    let lower = min(range.lowerBound, options.number("start") ?? range.lowerBound)
    let upper = max(range.upperBound, options.number("end") ?? range.upperBound)
    var width = SPLLowering.niceWidth(upper - lower, count: options.integer("bins") ?? 100, over: range)
    while let least = options.timeSpan("minspan").flatMap({ Double($0.amount) }), width < least, width < 1e300
    {
      width *= 10
    }
    // The spans of whole numbers are whole.
    if width < 1, let floor = bind("floor", [value], spans: [], at: span),
      let fraction = bind("-", [value, floor], spans: [], at: span),
      extremes(of: fraction, in: &relation, at: span)?.upperBound == 0
    {
      width = 1
    }
    return call(SPLRowFunctions.numberBin, [value, literal(width)], as: .string)
  }

  /// The least and the greatest of a number over all rows, if there is data.
  func extremes(of value: Expression, in relation: inout Relation, at span: SourceSpan) -> ClosedRange<
    Double
  >? {
    guard let least = AggregateCatalog.function("min", in: .spl),
      let most = AggregateCatalog.function("max", in: .spl)
    else { return nil }
    let items = [least, most].map { function in
      Aggregate.Item(
        outputs: [makeColumn("", function.resultTypes(of: [.real], constants: [nil])?.first ?? .real)],
        call: AggregateCall(
          function: function, arguments: [Coercion.cast(value, to: .real, dialect: .spl)], types: [.real],
          dialect: .spl))
    }
    let plan = LogicalPlan.aggregate(
      Aggregate(input: relation.plan, keys: [], items: items, origin: origin(span)))
    guard let table = ask(plan, "the width of the bins", at: span), table.rowCount == 1,
      let lower = Double(table.value(row: 0, column: 0).splText),
      let upper = Double(table.value(row: 0, column: 1).splText), lower <= upper
    else { return 0...1 }
    return lower...upper
  }

  /// The least power of ten that needs no more than so many bins.
  static func niceWidth(_ width: Double, count: Int, over range: ClosedRange<Double>) -> Double {
    var result = 1.0
    let most = Double(max(1, count))
    while width / result > most, result < 1e300 { result *= 10 }
    while width > 0, width / (result / 10) <= most, result > 1e-9 { result /= 10 }
    // Both ends of the data have a bin.
    while (range.upperBound / result).rounded(.down) - (range.lowerBound / result).rounded(.down) + 1 > most,
      width > 0, result < 1e300
    {
      result *= 10
    }
    return result
  }
}

extension TimeStep {
  func isWider(than other: TimeStep) -> Bool {
    switch (width, other.width) {
    case (.ticks(let left), .ticks(let right)): left > right
    case (.months(let left), .months(let right)): left > right
    case (.months, .ticks): true
    case (.ticks(let left), .months(let right)): left > Int64(right) * 31 * Ticks.perDay
    }
  }

  /// The least of the usual spans that gives no more than so many bins.
  static func dividing(_ seconds: Double, into count: Int) -> TimeStep {
    let second = Ticks.perSecond
    let usual: [Int64] = [
      second, 10 * second, 60 * second, 300 * second, 1800 * second, 3600 * second, 86_400 * second,
    ]
    let most = Double(max(1, count))
    for width in usual where seconds / (Double(width) / Double(second)) <= most {
      return TimeStep(.ticks(width))
    }
    return TimeStep(.months(1))
  }
}

extension SPLMessages {
  static func badSpan(_ text: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "invalid-span", "`\(text)` is no span", at: span,
      notes: text.contains("@") ? ["behind `@` stands where spans begin: a unit that fits their width"] : [],
      suggestions: text.contains("@") ? [.init("`1w@w1` are weeks from Monday on")] : [])
  }
}
