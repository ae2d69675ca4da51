/// A unit of SPL's time modifiers and spans, under any of its names.
///
///     TimeUnit(name: "hrs")  // .hour
package enum TimeUnit: String, Hashable, Sendable, CaseIterable {
  case second, minute, hour, day, week, month, quarter, year

  package init?(name: some StringProtocol) {
    switch name.lowercased() {
    case "s", "sec", "secs", "second", "seconds": self = .second
    case "m", "min", "mins", "minute", "minutes": self = .minute
    case "h", "hr", "hrs", "hour", "hours": self = .hour
    case "d", "day", "days": self = .day
    case "w", "week", "weeks": self = .week
    case "mon", "month", "months": self = .month
    case "q", "qtr", "qtrs", "quarter", "quarters": self = .quarter
    case "y", "yr", "yrs", "year", "years": self = .year
    default: return nil
    }
  }

  /// The fixed length in ticks; nil for months and longer.
  package var ticks: Int64? {
    switch self {
    case .second: Ticks.perSecond
    case .minute: Ticks.perMinute
    case .hour: Ticks.perHour
    case .day: Ticks.perDay
    case .week: 7 * Ticks.perDay
    case .month, .quarter, .year: nil
    }
  }

  /// The length in months, for months and longer.
  package var months: Int? {
    switch self {
    case .month: 1
    case .quarter: 3
    case .year: 12
    case .second, .minute, .hour, .day, .week: nil
    }
  }

  /// A time some units later; a day that its new month lacks becomes the month's last. nil out of range.
  package func adding(_ count: Int, to time: Int64) -> Int64? {
    if let ticks {
      let (distance, overflow) = ticks.multipliedReportingOverflow(by: Int64(count))
      let (result, overflowed) = time.addingReportingOverflow(distance)
      return overflow || overflowed ? nil : Ticks.inRange(result)
    }
    guard let months, abs(count) <= 120_000, Ticks.inRange(time) != nil else { return nil }
    let parts = Ticks.parts(of: time)
    let total = parts.year * 12 + parts.month - 1 + count * months
    let year = total / 12
    let month = total % 12 + 1
    guard total >= 12, year <= 9999 else { return nil }
    return Ticks.make(
      year: year, month: month, day: min(parts.day, Ticks.daysInMonth(year: year, month: month)),
      hour: parts.hour, minute: parts.minute, second: parts.second, fraction: parts.fraction)
  }

  /// The start of the unit that a time lies in; weeks start on Sundays.
  package func start(of time: Int64) -> Int64? {
    guard Ticks.inRange(time) != nil else { return nil }
    if self == .week { return TimeUnit.start(ofWeekFrom: 0, before: time) }
    if let ticks { return Ticks.floor(time, to: ticks) }
    let parts = Ticks.parts(of: time)
    switch self {
    case .month: return Ticks.make(year: parts.year, month: parts.month, day: 1)
    case .quarter: return Ticks.make(year: parts.year, month: (parts.month - 1) / 3 * 3 + 1, day: 1)
    case .year: return Ticks.make(year: parts.year, month: 1, day: 1)
    case .second, .minute, .hour, .day, .week: return nil
    }
  }

  /// Midnight of the last given weekday (0 is Sunday) at or before a time.
  package static func start(ofWeekFrom weekday: Int, before time: Int64) -> Int64? {
    let days = time / Ticks.perDay
    // Day 0, the first of January of the year 1, was a Monday.
    let today = Int((days + 1) % 7)
    return Ticks.inRange((days - Int64((today - weekday + 7) % 7)) * Ticks.perDay)
  }
}
