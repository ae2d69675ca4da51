import Engine

/// Spans of time as steps.
extension SPLLowering {
  /// 1970 began on a Thursday: the Sunday before is four days earlier.
  private static let sunday = Ticks.unixEpoch - 4 * Ticks.perDay

  /// A span as a step; weeks begin on Sunday, or on the day that a snap names. Nil where a snap makes spans that no step
  /// gives, as `5h@d`.
  func step(_ span: TimeSpanSyntax) -> TimeStep? {
    guard let amount = Double(span.amount), amount > 0, amount < 1e9 else { return nil }
    guard let snap = span.snap else { return step(amount, span.unit ?? .whole(.second)) }
    let unit: TimeUnit
    switch snap {
    case .snap(let named): unit = named
    case .snapToWeekday: unit = .week
    case .offset: return nil
    }
    return step(amount, span.unit ?? .whole(unit)).flatMap { step($0, snappedTo: snap) }
  }

  private func step(_ amount: Double, _ unit: TimeSpanSyntax.Unit) -> TimeStep? {
    if let months = unit.months { return TimeStep(.months(max(1, Int(amount * Double(months))))) }
    guard let ticks = unit.ticks else { return nil }
    let width = (amount * Double(ticks)).rounded()
    guard width >= 1, width < 1e18 else { return nil }
    return unit == .whole(.week)
      ? TimeStep(.ticks(Int64(width)), origin: SPLLowering.sunday) : TimeStep(.ticks(Int64(width)))
  }

  /// A step whose spans begin where a snap says.
  private func step(_ step: TimeStep, snappedTo snap: RelativeTime.Step) -> TimeStep? {
    switch (step.width, snap) {
    case (.ticks(let width), .snapToWeekday(let day)): return weeks(width, from: day)
    case (.ticks(let width), .snap(.week)): return weeks(width, from: 0)
    case (.ticks(let width), .snap(let unit)):
      // Every span begins on a multiple of its width: that is a multiple of the snap, or the snap is one of it.
      guard let unit = unit.ticks else { return nil }
      return width % unit == 0 || unit % width == 0 ? step : nil
    case (.months, .snapToWeekday), (.months, .snap(.week)), (_, .offset): return nil
    case (.months(let count), .snap(let unit)):
      guard let months = unit.months else { return step }
      return count % months == 0 || months % count == 0 ? step : nil
    }
  }

  private func weeks(_ width: Int64, from day: Int) -> TimeStep? {
    guard width % (7 * Ticks.perDay) == 0 else { return nil }
    return TimeStep(.ticks(width), origin: SPLLowering.sunday + Int64(day) * Ticks.perDay)
  }

  /// The column in spans, for a field behind `by`.
  func binned(_ column: PlanColumn, by grouping: GroupingSyntax) -> Expression? {
    guard let span = grouping.timeSpan else { return column.reference }
    guard let step = step(span) else { return fail(SPLMessages.badSpan(span.text, at: span.span)) }
    return call(SPLRowFunctions.timeBin, [column.reference] + step.arguments, as: column.type)
  }
}
