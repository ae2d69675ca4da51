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
    "aligntime": .text, "bins": .integer, "end": .number, "minspan": .timeSpan, "span": .timeSpan,
    "start": .number,
  ]

  static let record = CommandRecord(
    "bin", "bucket", "discretize",
    syntax: "bin [span=SPAN] [bins=COUNT] [minspan=SPAN] [aligntime=SECONDS] FIELD [as NAME]",
    summary: "Rounds values down to a multiple of a span.",
    notes: [
      "Without `span` the width follows from the least and the greatest value of the data.",
      "Weeks begin on Sunday.",
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
  func lower(_ command: BinCommandSyntax, in relation: Relation, at span: SourceSpan) {
    guard let field = command.field, let column = read(field, in: relation) else { return }
    let target = command.alias?.name ?? field.name
    guard let binned = binned(column, command, at: span, in: relation) else { return }
    assign(target, binned, in: relation, at: span)
  }

  private func binned(
    _ column: PlanColumn, _ command: BinCommandSyntax, at span: SourceSpan, in relation: Relation
  ) -> Expression? {
    if let timeSpan = command.timeSpan {
      let isTime = column.type == .datetime
      if timeSpan.unit != nil || timeSpan.snap != nil || isTime {
        guard let step = step(timeSpan) else {
          return fail(SPLMessages.badSpan(timeSpan.text, timeSpan.span))
        }
        guard let step = aligned(step, command.options) else { return nil }
        let value = isTime ? column.reference : number(column.reference)
        return call(SPLRowFunctions.timeBin(step), [value], as: value.type)
      }
      guard let width = Double(timeSpan.amount), width > 0 else {
        return fail(SPLMessages.badSpan(timeSpan.text, timeSpan.span))
      }
      return call(SPLRowFunctions.numberBin(span: width), [number(column.reference)], as: .string)
    }
    return dividedBins(column, command.options, in: relation, at: span)
  }

  /// A step whose spans begin at the `aligntime` of some options; those of days and longer keep their begin.
  func aligned(_ step: TimeStep, _ options: CommandOptions) -> TimeStep? {
    guard let option = options["aligntime"] else { return step }
    guard let seconds = Double(option.value.value), let moment = Ticks.fromUnix(seconds: seconds) else {
      return fail(SPLMessages.alignNeedsSeconds(option.span))
    }
    guard case .ticks(let width) = step.width, width < Ticks.perDay else { return step }
    return TimeStep(step.width, origin: moment)
  }

  /// The step of time that options ask for, or that divides the rows' times into so many bins.
  func timeStep(
    _ column: PlanColumn, _ options: CommandOptions, in relation: Relation, at span: SourceSpan
  ) -> TimeStep? {
    if let wanted = options.timeSpan("span") {
      guard let step = step(wanted) else { return fail(SPLMessages.badSpan(wanted.text, wanted.span)) }
      return aligned(step, options)
    }
    guard let range = extremes(of: plain(column.reference), in: relation, at: span) else { return nil }
    var step = TimeStep.dividing(
      range.upperBound - range.lowerBound, into: options.integer("bins") ?? 100)
    if let least = options.timeSpan("minspan").flatMap({ self.step($0) }), least.isWider(than: step) {
      step = least
    }
    return aligned(step, options)
  }

  /// Without a span its width comes of the least and the greatest value.
  private func dividedBins(
    _ column: PlanColumn, _ options: CommandOptions, in relation: Relation, at span: SourceSpan
  ) -> Expression? {
    if column.type == .datetime {
      guard let step = timeStep(column, options, in: relation, at: span) else { return nil }
      return call(SPLRowFunctions.timeBin(step), [column.reference], as: .datetime)
    }
    let value = number(column.reference)
    guard let range = extremes(of: value, in: relation, at: span) else { return nil }
    // The bounds that are asked for may only widen those of the data.
    let lower = min(range.lowerBound, options.number("start") ?? range.lowerBound)
    let upper = max(range.upperBound, options.number("end") ?? range.upperBound)
    var width = SPLLowering.niceWidth(upper - lower, count: options.integer("bins") ?? 100)
    if let least = options.timeSpan("minspan").flatMap({ Double($0.amount) }) { width = max(width, least) }
    return call(SPLRowFunctions.numberBin(span: width), [value], as: .string)
  }

  /// The least and the greatest of a number over all rows, if there is data.
  func extremes(of value: Expression, in relation: Relation, at span: SourceSpan) -> ClosedRange<Double>? {
    guard let least = AggregateCatalog.function("min", in: .spl),
      let most = AggregateCatalog.function("max", in: .spl)
    else { return nil }
    let items = [least, most].map { function in
      Aggregate.Item(
        outputs: [makeColumn("", function.resultTypes(of: [.real], constants: [nil])?.first ?? .real)],
        call: AggregateCall(function: function, arguments: [value], types: [.real], language: .spl))
    }
    let plan = LogicalPlan.aggregate(
      Aggregate(input: relation.plan, keys: [], items: items, origin: origin(span)))
    guard let table = evaluate(plan, "the width of the bins", at: span), table.rowCount == 1,
      let lower = Double(table.value(row: 0, column: 0).splText),
      let upper = Double(table.value(row: 0, column: 1).splText), lower <= upper
    else { return 0...1 }
    return lower...upper
  }

  /// The least power of ten that needs no more than so many bins.
  static func niceWidth(_ width: Double, count: Int) -> Double {
    var result = 1.0
    let most = Double(max(1, count))
    while width / result > most, result < 1e300 { result *= 10 }
    while width > 0, width / (result / 10) <= most, result > 1e-9 { result /= 10 }
    return result
  }

  /// A span as a step; weeks begin on Sunday.
  func step(_ span: TimeSpanSyntax) -> TimeStep? {
    guard let amount = Double(span.amount), amount > 0, amount < 1e9 else { return nil }
    func ticks(_ unit: Int64) -> TimeStep? {
      let width = (amount * Double(unit)).rounded()
      return width >= 1 && width < 1e18 ? TimeStep(.ticks(Int64(width))) : nil
    }
    // 1970 began on a Thursday: the Sunday before is four days earlier.
    let sunday = Ticks.unixEpoch - 4 * Ticks.perDay
    switch span.unit {
    case .microsecond: return ticks(Ticks.perMicrosecond)
    case .millisecond: return ticks(Ticks.perMillisecond)
    case .centisecond: return ticks(10 * Ticks.perMillisecond)
    case .decisecond: return ticks(100 * Ticks.perMillisecond)
    case .second, nil: return ticks(Ticks.perSecond)
    case .minute: return ticks(Ticks.perMinute)
    case .hour: return ticks(Ticks.perHour)
    case .day: return ticks(Ticks.perDay)
    case .week: return ticks(7 * Ticks.perDay).map { TimeStep($0.width, origin: sunday) }
    case .month: return TimeStep(.months(max(1, Int(amount))))
    case .quarter: return TimeStep(.months(max(1, Int(amount) * 3)))
    case .year: return TimeStep(.months(max(1, Int(amount) * 12)))
    }
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
  static func alignNeedsSeconds(_ span: SourceSpan) -> Diagnostic {
    .error(
      "unsupported-option", "`aligntime` is read as seconds since 1970 only", at: span,
      notes: ["a time relative to now would move the spans with each run"])
  }

  static func badSpan(_ text: String, _ span: SourceSpan) -> Diagnostic {
    .error("invalid-span", "`\(text)` is no span", at: span)
  }
}
