extension StrftimeFormat {
  /// The text of a time in seconds since 1970; nil outside years 1 to 9999.
  package func format(seconds: Double) -> String? {
    Ticks.fromUnix(seconds: seconds).map { format(ticks: $0) }
  }

  /// The text of a time in ticks.
  package func format(ticks: Int64) -> String {
    let parts = Ticks.parts(of: ticks)
    let dayNumber = Ticks.days(year: parts.year, month: parts.month, day: parts.day)
    let dayOfYear = dayNumber - Ticks.days(year: parts.year, month: 1, day: 1)
    let weekday = (dayNumber + 1) % 7
    var result: [UInt8] = []
    for piece in pieces {
      switch piece {
      case .text(let bytes): result += bytes
      case .year: StrftimeFormat.pad(parts.year, 4, to: &result)
      case .shortYear: StrftimeFormat.pad(parts.year % 100, 2, to: &result)
      case .century: StrftimeFormat.pad(parts.year / 100, 2, to: &result)
      case .month: StrftimeFormat.pad(parts.month, 2, to: &result)
      case .day: StrftimeFormat.pad(parts.day, 2, to: &result)
      case .blankDay: StrftimeFormat.pad(parts.day, 2, with: 0x20, to: &result)
      case .dayOfYear: StrftimeFormat.pad(dayOfYear + 1, 3, to: &result)
      case .hour: StrftimeFormat.pad(parts.hour, 2, to: &result)
      case .blankHour: StrftimeFormat.pad(parts.hour, 2, with: 0x20, to: &result)
      case .hour12: StrftimeFormat.pad((parts.hour + 11) % 12 + 1, 2, to: &result)
      case .blankHour12: StrftimeFormat.pad((parts.hour + 11) % 12 + 1, 2, with: 0x20, to: &result)
      case .minute: StrftimeFormat.pad(parts.minute, 2, to: &result)
      case .second: StrftimeFormat.pad(parts.second, 2, to: &result)
      case .halfDay: result += (parts.hour < 12 ? "AM" : "PM").utf8
      case .lowerHalfDay: result += (parts.hour < 12 ? "am" : "pm").utf8
      case .fraction(let digits):
        var number: [UInt8] = []
        StrftimeFormat.pad(parts.fraction, 7, to: &number)
        number += [0x30, 0x30]
        result += number.prefix(digits)
      case .shortMonthName: result += StrftimeFormat.monthNames[parts.month - 1].utf8.prefix(3)
      case .monthName: result += StrftimeFormat.monthNames[parts.month - 1].utf8
      case .shortDayName: result += StrftimeFormat.dayNames[weekday].utf8.prefix(3)
      case .dayName: result += StrftimeFormat.dayNames[weekday].utf8
      case .weekday: StrftimeFormat.pad(weekday, 1, to: &result)
      case .isoWeekday: StrftimeFormat.pad(weekday == 0 ? 7 : weekday, 1, to: &result)
      case .isoWeek: StrftimeFormat.pad(StrftimeFormat.isoWeek(of: dayNumber).week, 2, to: &result)
      case .isoYear: StrftimeFormat.pad(StrftimeFormat.isoWeek(of: dayNumber).year, 4, to: &result)
      case .weekFromSunday: StrftimeFormat.pad((dayOfYear + 7 - weekday) / 7, 2, to: &result)
      case .weekFromMonday: StrftimeFormat.pad((dayOfYear + 7 - (weekday + 6) % 7) / 7, 2, to: &result)
      case .seconds:
        let seconds = Ticks.floor(ticks - Ticks.unixEpoch, to: Ticks.perSecond) ?? 0
        result += String(seconds / Ticks.perSecond).utf8
      case .zoneName: result += "UTC".utf8
      case .zoneOffset(let colons):
        result += (colons == 0 ? "+0000" : colons == 1 ? "+00:00" : "+00:00:00").utf8
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func pad(_ number: Int, _ width: Int, with blank: UInt8 = 0x30, to result: inout [UInt8]) {
    let digits = Array(String(number).utf8)
    if digits.count < width { result += [UInt8](repeating: blank, count: width - digits.count) }
    result += digits
  }

  /// The ISO week of a day, which belongs to the year of its Thursday.
  static func isoWeek(of dayNumber: Int) -> (year: Int, week: Int) {
    let thursday = dayNumber - dayNumber % 7 + 3
    let year = Ticks.parts(of: Int64(thursday) * Ticks.perDay).year
    return (year, (thursday - Ticks.days(year: year, month: 1, day: 1)) / 7 + 1)
  }
}
