import Engine

/// Spans of time as steps.
extension SPLLowering {
  /// 1970 began on a Thursday: the Sunday before is four days earlier.
  private static let sunday = Ticks.unixEpoch - 4 * Ticks.perDay

  /// A span as a step; weeks begin on Sunday, or on the day that a snap names. Nil where a snap makes spans that no step
  /// gives, as `5h@d`.
  func step(_ span: TimeSpanSyntax) -> TimeStep? {
    guard let amount = Double(span.amount), amount > 0, amount < 1e9 else { return nil }
    let snap = span.snap.flatMap { TimeSnap($0) }
    if span.snap != nil, snap == nil { return nil }
    guard let plain = step(amount, span.unit ?? snap?.unit ?? .second) else { return nil }
    guard let snap else { return plain }
    return step(plain, snappedTo: snap)
  }

  private func step(_ amount: Double, _ unit: TimeSpanSyntax.Unit) -> TimeStep? {
    func ticks(_ unit: Int64) -> TimeStep? {
      let width = (amount * Double(unit)).rounded()
      return width >= 1 && width < 1e18 ? TimeStep(.ticks(Int64(width))) : nil
    }
    switch unit {
    case .microsecond, .millisecond, .centisecond, .decisecond, .second, .minute, .hour, .day:
      return unit.ticks.flatMap { ticks($0) }
    case .week: return ticks(7 * Ticks.perDay).map { TimeStep($0.width, origin: SPLLowering.sunday) }
    case .month, .quarter, .year: return TimeStep(.months(max(1, Int(amount * Double(unit.months ?? 1)))))
    }
  }

  /// A step whose spans begin where a snap says.
  private func step(_ step: TimeStep, snappedTo snap: TimeSnap) -> TimeStep? {
    switch step.width {
    case .ticks(let width):
      if snap.unit == .week {
        let isWhole = width % (7 * Ticks.perDay) == 0
        return isWhole
          ? TimeStep(step.width, origin: SPLLowering.sunday + Int64(snap.day) * Ticks.perDay) : nil
      }
      // Every span begins on a multiple of its width: that is a multiple of the snap, or the snap is one of it.
      guard let unit = snap.unit.ticks else { return nil }
      return width % unit == 0 || unit % width == 0 ? step : nil
    case .months(let count):
      guard let months = snap.unit.months else { return snap.unit.ticks == nil ? nil : step }
      return count % months == 0 || months % count == 0 ? step : nil
    }
  }
}

/// What stands behind the `@` of a span: `d`, `h`, `w1`.
private struct TimeSnap {
  let unit: TimeSpanSyntax.Unit
  /// The day that weeks begin on: 0 and 7 are Sunday.
  let day: Int

  init?(_ text: String) {
    let letters = text.prefix { !$0.isNumber }
    let digits = text.dropFirst(letters.count)
    guard let unit = TimeSpanSyntax.unit(String(letters)) else { return nil }
    self.unit = unit
    if digits.isEmpty {
      day = 0
    } else {
      guard unit == .week, let number = Int(digits), (0...7).contains(number) else { return nil }
      day = number % 7
    }
  }
}

extension TimeSpanSyntax.Unit {
  /// The width of a unit that always has the same; nil for weeks, which have a first day, and for months.
  fileprivate var ticks: Int64? {
    switch self {
    case .microsecond: Ticks.perMicrosecond
    case .millisecond: Ticks.perMillisecond
    case .centisecond: 10 * Ticks.perMillisecond
    case .decisecond: 100 * Ticks.perMillisecond
    case .second: Ticks.perSecond
    case .minute: Ticks.perMinute
    case .hour: Ticks.perHour
    case .day: Ticks.perDay
    case .week, .month, .quarter, .year: nil
    }
  }

  fileprivate var months: Int? {
    switch self {
    case .month: 1
    case .quarter: 3
    case .year: 12
    case .microsecond, .millisecond, .centisecond, .decisecond, .second, .minute, .hour, .day, .week: nil
    }
  }
}
