import Diagnostics
import Engine

extension SPLLowering {
  func lower(_ command: BinCommandSyntax, in relation: Relation, at span: SourceSpan) {
    refuse(["aligntime", "end", "minspan", "start"], in: command.options, of: "bin")
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
        let value = isTime ? column.reference : number(column.reference)
        return call(SPLRowFunctions.timeBin(step), [value], as: value.type)
      }
      guard let width = Double(timeSpan.amount), width > 0 else {
        return fail(SPLMessages.badSpan(timeSpan.text, timeSpan.span))
      }
      return call(SPLRowFunctions.numberBin(span: width), [number(column.reference)], as: .string)
    }
    return dividedBins(column, count: command.bins ?? 100, in: relation, at: span)
  }

  /// Without a span its width comes of the least and the greatest value.
  private func dividedBins(
    _ column: PlanColumn, count: Int, in relation: Relation, at span: SourceSpan
  ) -> Expression? {
    let isTime = column.type == .datetime
    let value = isTime ? plain(column.reference) : number(column.reference)
    guard let range = extremes(of: value, in: relation, at: span) else { return nil }
    if isTime {
      let step = TimeStep.dividing(range.upperBound - range.lowerBound, into: count)
      return call(SPLRowFunctions.timeBin(step), [column.reference], as: .datetime)
    }
    let width = SPLLowering.niceWidth(range.upperBound - range.lowerBound, count: count)
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
  static func badSpan(_ text: String, _ span: SourceSpan) -> Diagnostic {
    .error("invalid-span", "`\(text)` is no span", at: span)
  }
}
