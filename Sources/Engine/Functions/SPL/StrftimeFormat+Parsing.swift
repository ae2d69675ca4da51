extension StrftimeFormat {
  /// Seconds since 1970 of a time written in this format; nil if the text does not fit. Text behind it is
  /// passed over; a date that is not in the format is that of `now` (ticks); a month without a day does not fit.
  package func parse(_ text: String, now: Int64) -> Double? {
    var reader = TimeReader(text: Array(text.utf8)[...])
    for piece in pieces { guard reader.read(piece) else { return nil } }
    return reader.seconds(now: now)
  }
}

/// Reads the parts of a time from a text, piece by piece.
private struct TimeReader {
  var text: ArraySlice<UInt8>
  var year: Int?
  var month: Int?
  var day: Int?
  var dayOfYear: Int?
  var hour: Int?
  var isAfternoon: Bool?
  var usesHalfDays = false
  var minute = 0
  var second = 0
  var fraction = 0
  var offsetMinutes = 0
  var epoch: Double?

  init(text: ArraySlice<UInt8>) { self.text = text }

  mutating func read(_ piece: StrftimeFormat.Piece) -> Bool {
    switch piece {
    case .text(let bytes): return skip(bytes)
    case .year, .isoYear:
      year = number(4)
      return year != nil
    case .shortYear:
      year = number(2).map { $0 < 69 ? 2000 + $0 : 1900 + $0 }
      return year != nil
    case .century: return number(2) != nil
    case .month:
      month = number(2)
      return month != nil
    case .day, .blankDay:
      day = number(2)
      return day != nil
    case .dayOfYear:
      dayOfYear = number(3)
      return dayOfYear != nil
    case .hour, .blankHour:
      hour = number(2)
      return hour != nil
    case .hour12, .blankHour12:
      hour = number(2)
      usesHalfDays = true
      return hour.map { (1...12).contains($0) } ?? false
    case .minute: return number(2).map { minute = $0 } != nil
    case .second: return number(2).map { second = $0 } != nil
    case .fraction: return readFraction()
    case .halfDay, .lowerHalfDay:
      guard let index = name(among: ["AM", "PM"], shortest: 2) else { return false }
      isAfternoon = index == 1
      return true
    case .shortMonthName, .monthName:
      month = name(among: StrftimeFormat.monthNames, shortest: 3).map { $0 + 1 }
      return month != nil
    case .shortDayName, .dayName: return name(among: StrftimeFormat.dayNames, shortest: 3) != nil
    case .weekday, .isoWeekday: return number(1) != nil
    case .isoWeek, .weekFromSunday, .weekFromMonday: return number(2) != nil
    case .seconds:
      let isNegative = text.first == UInt8(ascii: "-")
      if isNegative { text = text.dropFirst() }
      guard let count = number(12) else { return false }
      epoch = Double(isNegative ? -count : count)
      return true
    case .zoneName: return readZoneName()
    case .zoneOffset: return readZoneOffset()
    }
  }

  /// A blank in the format stands for any run of blanks.
  private mutating func skip(_ bytes: [UInt8]) -> Bool {
    for byte in bytes {
      if byte == 0x20 {
        text = text.drop { $0 == 0x20 || $0 == 0x09 }
      } else {
        guard text.popFirst() == byte else { return false }
      }
    }
    return true
  }

  private mutating func number(_ digits: Int) -> Int? {
    text = text.drop { $0 == 0x20 }
    let found = text.prefix(digits).prefix { $0 &- 0x30 < 10 }
    if found.isEmpty { return nil }
    text = text.dropFirst(found.count)
    return found.reduce(0) { $0 * 10 + Int($1 &- 0x30) }
  }

  private mutating func readFraction() -> Bool {
    let digits = text.prefix { $0 &- 0x30 < 10 }
    if digits.isEmpty { return false }
    text = text.dropFirst(digits.count)
    let seven = Array(digits.prefix(7)) + [UInt8](repeating: 0x30, count: max(0, 7 - digits.count))
    fraction = seven.reduce(0) { $0 * 10 + Int($1 &- 0x30) }
    return true
  }

  /// The index of the name that stands here, in full or by its first letters, in any case.
  private mutating func name(among names: [String], shortest: Int) -> Int? {
    for length in [Int.max, shortest] {
      for (index, name) in names.enumerated() {
        let wanted = name.utf8.prefix(length).map { SimpleCaseFold.fold(ascii: $0) }
        guard text.prefix(wanted.count).map({ SimpleCaseFold.fold(ascii: $0) }) == wanted else { continue }
        text = text.dropFirst(wanted.count)
        return index
      }
    }
    return nil
  }

  private static let zones: [String: Int] = [
    "UTC": 0, "GMT": 0, "Z": 0, "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360,
    "PST": -480, "PDT": -420, "CET": 60, "CEST": 120, "BST": 60,
  ]

  private mutating func readZoneName() -> Bool {
    let letters = text.prefix { ($0 | 0x20) &- 0x61 < 26 }
    if letters.isEmpty { return readZoneOffset() }
    guard let offset = TimeReader.zones[String(decoding: letters, as: UTF8.self).uppercased()] else {
      return false
    }
    text = text.dropFirst(letters.count)
    offsetMinutes = offset
    return true
  }

  private mutating func readZoneOffset() -> Bool {
    guard let sign = text.popFirst() else { return false }
    if sign == UInt8(ascii: "Z") || sign == UInt8(ascii: "z") { return true }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), let hours = number(2) else { return false }
    if text.first == UInt8(ascii: ":") { text = text.dropFirst() }
    let minutes = hours * 60 + (number(2) ?? 0)
    offsetMinutes = sign == UInt8(ascii: "-") ? -minutes : minutes
    return hours <= 24
  }

  func seconds(now: Int64) -> Double? {
    if let epoch { return epoch + Double(fraction) / Double(Ticks.perSecond) }
    let today = Ticks.parts(of: Ticks.inRange(now) ?? Ticks.unixEpoch)
    var wanted = (year: year ?? today.year, month: month ?? today.month, day: day ?? today.day)
    if let dayOfYear {
      guard (1...366).contains(dayOfYear) else { return nil }
      let days = Ticks.days(year: wanted.year, month: 1, day: 1) + dayOfYear - 1
      let parts = Ticks.parts(of: Int64(days) * Ticks.perDay)
      wanted = (parts.year, parts.month, parts.day)
    } else if day == nil, year != nil || month != nil {
      return nil
    }
    var hour = hour ?? 0
    if usesHalfDays || isAfternoon != nil, hour <= 12 {
      hour = hour % 12 + (isAfternoon == true ? 12 : 0)
    }
    guard
      let ticks = Ticks.make(
        year: wanted.year, month: wanted.month, day: wanted.day, hour: hour, minute: minute,
        second: min(second, 59), fraction: fraction), second <= 60
    else { return nil }
    let leap: Int64 = second == 60 ? Ticks.perSecond : 0
    return Ticks.inRange(ticks + leap - Int64(offsetMinutes) * Ticks.perMinute).map {
      Ticks.unixSeconds(of: $0)
    }
  }
}
