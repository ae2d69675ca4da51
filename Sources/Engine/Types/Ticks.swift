/// Arithmetic on ticks of 100 ns and the calendar that they count in: proleptic Gregorian, UTC.
package enum Ticks {
  package static let perMicrosecond: Int64 = 10
  package static let perMillisecond: Int64 = 10_000
  package static let perSecond: Int64 = 10_000_000
  package static let perMinute: Int64 = 60 * perSecond
  package static let perHour: Int64 = 60 * perMinute
  package static let perDay: Int64 = 24 * perHour
  /// 9999-12-31T23:59:59.9999999Z.
  package static let maximum: Int64 = 3_155_378_975_999_999_999
  /// 1970-01-01T00:00:00Z.
  package static let unixEpoch: Int64 = 621_355_968_000_000_000

  /// The parts of a point in time.
  package struct Parts: Hashable, Sendable {
    package var year: Int
    package var month: Int
    package var day: Int
    package var hour: Int
    package var minute: Int
    package var second: Int
    /// Ticks within the second.
    package var fraction: Int
  }

  /// Ticks if they lie within years 1 to 9999.
  package static func inRange(_ ticks: Int64) -> Int64? { ticks >= 0 && ticks <= maximum ? ticks : nil }

  /// Days from 0001-01-01 to a date; no check of the day within its month.
  package static func days(year: Int, month: Int, day: Int) -> Int {
    let shifted = month > 2 ? year : year - 1
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 306
  }

  package static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  package static func daysInMonth(year: Int, month: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Ticks of a point in time; nil if a part is out of range.
  package static func make(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, fraction: Int = 0
  ) -> Int64? {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= daysInMonth(year: year, month: month), (0...23).contains(hour), (0...59).contains(minute),
      (0...59).contains(second), (0..<10_000_000).contains(fraction)
    else { return nil }
    let days = Int64(days(year: year, month: month, day: day))
    return days * perDay + Int64(hour) * perHour + Int64(minute) * perMinute + Int64(second) * perSecond
      + Int64(fraction)
  }

  package static func parts(of ticks: Int64) -> Parts {
    let days = Int((ticks >= 0 ? ticks : ticks - (perDay - 1)) / perDay)
    let rest = ticks - Int64(days) * perDay
    let shifted = days + 306
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return Parts(
      year: year, month: month, day: day, hour: Int(rest / perHour), minute: Int(rest % perHour / perMinute),
      second: Int(rest % perMinute / perSecond), fraction: Int(rest % perSecond))
  }

  /// The largest multiple of `size` at or below `ticks`; nil for a size of zero or less.
  package static func floor(_ ticks: Int64, to size: Int64) -> Int64? {
    guard size > 0 else { return nil }
    let remainder = ticks % size
    let (result, overflow) = ticks.subtractingReportingOverflow(remainder < 0 ? remainder + size : remainder)
    return overflow ? nil : result
  }

  /// Seconds since 1970, with their fraction.
  package static func unixSeconds(of ticks: Int64) -> Double {
    let (difference, overflow) = ticks.subtractingReportingOverflow(unixEpoch)
    if overflow { return Double(ticks) / Double(perSecond) }
    return Double(difference / perSecond) + Double(difference % perSecond) / Double(perSecond)
  }

  /// Ticks of seconds since 1970, to the nearest microsecond; nil out of range.
  package static func fromUnix(seconds: Double) -> Int64? {
    guard seconds.isFinite, abs(seconds) < 400_000_000_000 else { return nil }
    let whole = seconds.rounded(.down)
    let micros = ((seconds - whole) * 1_000_000).rounded()
    return inRange(Int64(whole) * perSecond + Int64(micros) * perMicrosecond + unixEpoch)
  }
}
