/// Reads the text forms of a KQL datetime: literals, `todatetime` and typed captures share it.
///
/// Example: `parseKQL("2014-05-25T08:20:03.123456Z")` gives ticks of 100 ns since 0001-01-01T00:00:00Z.
/// Without a zone the text is UTC. Ambiguous `02/03/2016` is month first.
package enum DatetimeParsing {
  /// Ticks of 9999-12-31T23:59:59.9999999, the last datetime there is.
  package static let maximumTicks: Int64 = 3_155_378_975_999_999_999

  static let ticksPerSecond: Int64 = 10_000_000
  static let ticksPerMinute: Int64 = 600_000_000
  static let ticksPerHour: Int64 = 36_000_000_000
  static let ticksPerDay: Int64 = 864_000_000_000

  /// Nil for a text that is no datetime, or one outside the years 1 to 9999.
  package static func parseKQL(_ text: String) -> Int64? {
    var text = text
    return text.withUTF8 { parseKQL($0) }
  }

  package static func parseKQL(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
    var scanner = ByteScanner(bytes)
    scanner.skipBlanks()
    guard let date = date(&scanner) else { return nil }
    guard let days = dayNumber(year: date.year, month: date.month, day: date.day) else { return nil }
    guard let time = time(&scanner), let offset = zone(&scanner) else { return nil }
    scanner.skipBlanks()
    guard scanner.isAtEnd else { return nil }
    let ticks = days * ticksPerDay + time - offset
    return ticks >= 0 && ticks <= maximumTicks ? ticks : nil
  }

  /// Days since 0001-01-01 of a date of the proleptic Gregorian calendar; nil for one that doesn't exist.
  package static func dayNumber(year: Int64, month: Int64, day: Int64) -> Int64? {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
    guard day <= daysInMonth(month, of: year) else { return nil }
    // Years are counted from March, so that the leap day is the last of its year.
    let shiftedYear = month <= 2 ? year - 1 : year
    let shiftedMonth = month <= 2 ? month + 9 : month - 3
    let dayOfYear = (153 * shiftedMonth + 2) / 5 + day - 1
    return shiftedYear * 365 + shiftedYear / 4 - shiftedYear / 100 + shiftedYear / 400 + dayOfYear - 306
  }

  package static func daysInMonth(_ month: Int64, of year: Int64) -> Int64 {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  // MARK: - Dates

  private struct CalendarDate {
    var year: Int64
    var month: Int64
    var day: Int64
  }

  private static func date(_ scanner: inout ByteScanner) -> CalendarDate? {
    if ByteScanner.isLetter(scanner.peek()) {
      // RFC 822 and 850: the day of the week, a comma.
      let weekday = scanner.lowercasedWord()
      guard weekday.count >= 3, weekdays.contains(where: { $0.hasPrefix(weekday) }) else { return nil }
      _ = scanner.take(UInt8(ascii: ","))
      scanner.skipBlanks()
    }
    let start = scanner.offset
    if let year = scanner.number(digits: 4...4) { return yearFirst(year, &scanner) }
    scanner.rewind(to: start)
    guard let first = scanner.number(digits: 1...2) else { return nil }
    let separator = scanner.peek()
    guard separator == 0x20 || separator == UInt8(ascii: "-") || separator == UInt8(ascii: "/") else {
      return nil
    }
    scanner.advance()
    if separator == 0x20 { scanner.skipBlanks() }
    if ByteScanner.isLetter(scanner.peek()) {
      guard let month = monthNumber(scanner.lowercasedWord()) else { return nil }
      guard scanner.take(separator) else { return nil }
      return year(&scanner).map { CalendarDate(year: $0, month: month, day: first) }
    }
    guard separator != 0x20, let day = scanner.number(digits: 1...2), scanner.take(separator) else {
      return nil
    }
    return scanner.number(digits: 4...4).map { CalendarDate(year: $0, month: first, day: day) }
  }

  private static func yearFirst(_ year: Int64, _ scanner: inout ByteScanner) -> CalendarDate? {
    scanner.skipBlanks()
    if scanner.isAtEnd { return CalendarDate(year: year, month: 1, day: 1) }
    let separator = scanner.peek()
    let separators = [UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: ",")]
    guard separators.contains(separator) else { return nil }
    scanner.advance()
    scanner.skipBlanks()
    guard let month = scanner.number(digits: 1...2) else { return nil }
    scanner.skipBlanks()
    if scanner.isAtEnd { return CalendarDate(year: year, month: month, day: 1) }
    guard scanner.take(separator) else { return nil }
    scanner.skipBlanks()
    return scanner.number(digits: 1...2).map { CalendarDate(year: year, month: month, day: $0) }
  }

  /// A year of four digits, or of two: 00 to 49 are 2000 to 2049, 50 to 99 are 1950 to 1999.
  private static func year(_ scanner: inout ByteScanner) -> Int64? {
    let start = scanner.offset
    if let year = scanner.number(digits: 4...4) { return year }
    scanner.rewind(to: start)
    guard let short = scanner.number(digits: 2...2) else { return nil }
    return short < 50 ? 2000 + short : 1900 + short
  }

  private static let weekdays = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]
  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
  ]

  private static func monthNumber(_ word: String) -> Int64? {
    guard word.count >= 3, let index = months.firstIndex(where: { $0.hasPrefix(word) }) else { return nil }
    return Int64(index) + 1
  }

  // MARK: - Times

  /// The time of day in ticks; 0 where the text has none, nil where it is malformed.
  private static func time(_ scanner: inout ByteScanner) -> Int64? {
    let start = scanner.offset
    if scanner.peek() == UInt8(ascii: "T") || scanner.peek() == UInt8(ascii: "t") {
      scanner.advance()
    } else {
      scanner.skipBlanks()
      guard scanner.offset > start, ByteScanner.isDigit(scanner.peek()) else {
        scanner.rewind(to: start)
        return 0
      }
    }
    guard var hour = scanner.number(digits: 1...2) else { return nil }
    var minute: Int64 = 0
    var ticks: Int64 = 0
    if scanner.take(UInt8(ascii: ":")) {
      guard let value = scanner.number(digits: 1...2) else { return nil }
      minute = value
      if scanner.take(UInt8(ascii: ":")) {
        guard let second = scanner.number(digits: 1...2), second < 60 else { return nil }
        ticks = second * ticksPerSecond
        if scanner.take(UInt8(ascii: ".")) {
          guard let fraction = scanner.fractionTicks() else { return nil }
          ticks += fraction
        }
      }
    }
    guard halfDay(&scanner, &hour), hour < 24, minute < 60 else { return nil }
    return hour * ticksPerHour + minute * ticksPerMinute + ticks
  }

  /// Applies a trailing `AM` or `PM`; false where the hour doesn't fit one.
  private static func halfDay(_ scanner: inout ByteScanner, _ hour: inout Int64) -> Bool {
    let start = scanner.offset
    scanner.skipBlanks()
    let word = scanner.lowercasedWord()
    guard word == "am" || word == "pm" else {
      scanner.rewind(to: start)
      return true
    }
    guard (1...12).contains(hour) else { return false }
    hour = hour % 12 + (word == "pm" ? 12 : 0)
    return true
  }

  // MARK: - Zones

  /// The zone's distance from UTC in ticks; 0 where the text has none, nil where it is malformed.
  private static func zone(_ scanner: inout ByteScanner) -> Int64? {
    scanner.skipBlanks()
    let sign = scanner.peek()
    if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
      scanner.advance()
      return numericZone(&scanner).map { sign == UInt8(ascii: "-") ? -$0 : $0 }
    }
    guard ByteScanner.isLetter(sign) else { return 0 }
    return zoneHours[scanner.lowercasedWord()].map { $0 * ticksPerHour }
  }

  private static func numericZone(_ scanner: inout ByteScanner) -> Int64? {
    let start = scanner.offset
    var hours: Int64
    var minutes: Int64 = 0
    if let packed = scanner.number(digits: 4...4) {
      hours = packed / 100
      minutes = packed % 100
    } else {
      scanner.rewind(to: start)
      guard let value = scanner.number(digits: 1...2) else { return nil }
      hours = value
      if scanner.take(UInt8(ascii: ":")) {
        guard let value = scanner.number(digits: 2...2) else { return nil }
        minutes = value
      }
    }
    guard hours <= 14, minutes < 60 else { return nil }
    return hours * ticksPerHour + minutes * ticksPerMinute
  }

  /// The zones that RFC 822 names.
  private static let zoneHours: [String: Int64] = [
    "z": 0, "utc": 0, "gmt": 0, "ut": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6,
    "pst": -8, "pdt": -7,
  ]
}
