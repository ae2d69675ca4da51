/// A unit that datetimes are counted in: the first argument of `datetime_diff`, `datetime_add`, `datetime_part`.
enum DatetimeUnit: String, CaseIterable, Sendable {
  case year, quarter, month, week, day, hour, minute, second, millisecond, microsecond, nanosecond

  /// The unit that a constant argument names, in any case.
  static func parse(_ name: String?) throws(FunctionFailure) -> DatetimeUnit {
    if let name, let unit = DatetimeUnit(rawValue: name.lowercased()) { return unit }
    let known = allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
    throw FunctionFailure(
      "unknown-unit", "`\(name ?? "")` is no part of a datetime; parts are \(known)", argument: 0)
  }

  /// Ticks of one unit; nil for calendar units and for nanoseconds, which are finer than a tick.
  var ticks: Int64? {
    switch self {
    case .year, .quarter, .month, .nanosecond: nil
    case .week: 7 * Ticks.perDay
    case .day: Ticks.perDay
    case .hour: Ticks.perHour
    case .minute: Ticks.perMinute
    case .second: Ticks.perSecond
    case .millisecond: Ticks.perMillisecond
    case .microsecond: Ticks.perMicrosecond
    }
  }

  /// The units crossed from year 1 to a datetime; the difference of two is `datetime_diff`.
  func ordinal(of ticks: Int64) -> Int64 {
    switch self {
    case .year: return Int64(Ticks.parts(of: ticks).year)
    case .quarter:
      let parts = Ticks.parts(of: ticks)
      return Int64(parts.year * 4 + (parts.month - 1) / 3)
    case .month:
      let parts = Ticks.parts(of: ticks)
      return Int64(parts.year * 12 + parts.month - 1)
    // 0001-01-01 is a Monday; weeks begin on Sundays.
    case .week: return (ticks / Ticks.perDay + 1) / 7
    case .nanosecond: return ticks &* 100
    case .day, .hour, .minute, .second, .millisecond, .microsecond: return ticks / (self.ticks ?? 1)
    }
  }

  /// A datetime some units later; months end at their last day. Nil outside years 1 to 9999.
  func add(_ amount: Int64, to ticks: Int64) -> Int64? {
    switch self {
    case .year: return DatetimeUnit.addMonths(amount.multipliedReportingOverflow(by: 12), to: ticks)
    case .quarter: return DatetimeUnit.addMonths(amount.multipliedReportingOverflow(by: 3), to: ticks)
    case .month: return DatetimeUnit.addMonths((amount, false), to: ticks)
    case .nanosecond:
      let (sum, overflow) = ticks.addingReportingOverflow(amount / 100)
      return overflow ? nil : Ticks.inRange(sum)
    case .week, .day, .hour, .minute, .second, .millisecond, .microsecond:
      let (span, tooLong) = amount.multipliedReportingOverflow(by: self.ticks ?? 1)
      let (sum, overflow) = ticks.addingReportingOverflow(span)
      return tooLong || overflow ? nil : Ticks.inRange(sum)
    }
  }

  private static func addMonths(_ months: (partialValue: Int64, overflow: Bool), to ticks: Int64) -> Int64? {
    guard !months.overflow, months.partialValue.magnitude < 200_000 else { return nil }
    let parts = Ticks.parts(of: ticks)
    let total = parts.year * 12 + parts.month - 1 + Int(months.partialValue)
    guard total >= 12, total < 120_000 else { return nil }
    let day = min(parts.day, Ticks.daysInMonth(year: total / 12, month: total % 12 + 1))
    let date = Ticks.days(year: total / 12, month: total % 12 + 1, day: day)
    return Ticks.inRange(Int64(date) * Ticks.perDay + ticks % Ticks.perDay)
  }
}

/// Weeks of the ISO 8601 calendar.
enum WeekOfYear {
  /// 1 to 53: the week of a year is the one that its Thursday lies in.
  static func number(of ticks: Int64) -> Int64 {
    let day = ticks / Ticks.perDay
    let thursday = day - day % 7 + 3
    let year = Ticks.parts(of: thursday * Ticks.perDay).year
    return (thursday - Int64(Ticks.days(year: year, month: 1, day: 1))) / 7 + 1
  }
}
