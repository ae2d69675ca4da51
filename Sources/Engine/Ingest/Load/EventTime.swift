/// Reads the times that logs write.
///
/// ```
///   2023-07-10T12:07:57Z    2025-01-21 17:49:47.000000000    2024-01-02    2024-01-02T03:04:05+02:00
///   21/04/2025, 09:45:54.000    4/21/2025, 9:45:54.000 AM    21.04.2025, 09:45:54,000    (exports of Sentinel)
///   21-4-2025, 09:45:54    2025. 04. 21. 9:45:54
///   1704067200    1704067200123    (seconds, milliseconds since 1970)
/// ```
/// A time without a zone is UTC.
enum EventTime {
  /// - Parameter order: which comes first where day and month are numbers; nil goes by each time alone.
  static func ticks(_ text: UnsafeBufferPointer<UInt8>, order: DateOrder?) -> Int64? {
    guard let order else { return ticks(text) }
    if text.count >= 19, text[4] == 0x2D, text[7] == 0x2D { return ticks(text) }
    var reader = TimeReader(bytes: text, order: order)
    return reader.ticks() ?? ticks(text)
  }

  static func ticks(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard let start = text.baseAddress else { return nil }
    if text.count >= 19, start[4] == 0x2D, start[7] == 0x2D { return isoTicks(start, text.count) }
    if text.count == 10 || text.count == 13, let ticks = sinceEpoch(text) { return ticks }
    var reader = TimeReader(bytes: text)
    return reader.ticks()
  }

  /// Ten digits are seconds, thirteen are milliseconds; nil for other text.
  private static func sinceEpoch(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    var value: Int64 = 0
    for byte in text {
      guard byte &- 0x30 < 10 else { return nil }
      value = value &* 10 &+ Int64(byte &- 0x30)
    }
    let scale = text.count == 10 ? Ticks.perSecond : Ticks.perSecond / 1000
    return Ticks.inRange(Ticks.unixEpoch + value * scale)
  }

  /// `yyyy-MM-ddTHH:mm:ss`, then perhaps a fraction and a zone.
  private static func isoTicks(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64? {
    guard start[7] == 0x2D, start[10] | 0x20 == 0x74 || start[10] == 0x20, start[13] == 0x3A,
      start[16] == 0x3A
    else { return nil }
    var bad: UInt8 = 0
    func two(_ at: Int) -> Int {
      let high = start[at] &- 0x30
      let low = start[at + 1] &- 0x30
      bad |= (high > 9 ? 1 : 0) | (low > 9 ? 1 : 0)
      return Int(high) &* 10 &+ Int(low)
    }
    let year = two(0) * 100 + two(2)
    let (month, day, hour, minute, second) = (two(5), two(8), two(11), two(14), two(17))
    guard bad == 0 else { return nil }
    var position = 19
    var fraction = 0
    if position < count, start[position] == 0x2E || start[position] == 0x2C {
      position += 1
      var scale = 1_000_000
      while position < count, start[position] &- 0x30 < 10 {
        fraction += Int(start[position] &- 0x30) * scale
        scale /= 10
        position += 1
      }
    }
    guard let offset = zone(start, position, count) else { return nil }
    let ticks = Ticks.make(
      year: year, month: month, day: day, hour: hour, minute: minute, second: min(second, 59),
      fraction: fraction)
    return ticks.flatMap { second > 60 ? nil : Ticks.inRange($0 - offset) }
  }

  /// The zone at the end of a time, as ticks to take off; nil if there is other text.
  private static func zone(_ start: UnsafePointer<UInt8>, _ at: Int, _ count: Int) -> Int64? {
    var position = at
    if position < count, start[position] == 0x20 { position += 1 }
    if position == count { return 0 }
    if start[position] | 0x20 == 0x7A { return position + 1 == count ? 0 : nil }
    if count - position == 3, start[position] == 0x55, start[position + 1] == 0x54 { return 0 }
    guard start[position] == 0x2B || start[position] == 0x2D else { return nil }
    let digits = UnsafeBufferPointer(start: start + position + 1, count: count - position - 1).filter {
      $0 != 0x3A
    }
    guard digits.count == 4 || digits.count == 2, digits.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
    let values = digits.map { Int64($0 - 0x30) }
    let minutes = (values[0] * 10 + values[1]) * 60 + (values.count == 4 ? values[2] * 10 + values[3] : 0)
    return (start[position] == 0x2D ? -minutes : minutes) * Ticks.perMinute
  }
}

/// The rarer forms: numbers between separators.
private struct TimeReader {
  let bytes: UnsafeBufferPointer<UInt8>
  var order: DateOrder?
  var position = 0

  mutating func ticks() -> Int64? {
    guard let first = number() else { return nil }
    guard position < bytes.count else { return nil }
    let separator = bytes[position]
    guard separator == 0x2F || separator == 0x2D || separator == 0x2E, let second = number(after: separator),
      let third = number(after: separator)
    else { return nil }
    var hour = 0
    var minute = 0
    var secondOfMinute = 0
    var fraction = 0
    let between: [UInt8] = separator == 0x2E ? [0x2E, 0x2C, 0x20] : [0x2C, 0x20, 0x54]
    while position < bytes.count, between.contains(bytes[position]) { position += 1 }
    if position < bytes.count {
      guard let hours = number(), let minutes = number(after: 0x3A) else { return nil }
      (hour, minute) = (hours, minutes)
      if position < bytes.count, bytes[position] == 0x3A {
        guard let seconds = number(after: 0x3A) else { return nil }
        secondOfMinute = seconds
      }
      fraction = fractionTicks()
    }
    let half = meridiem()
    guard position == bytes.count else { return nil }
    if let half {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + half
    }
    if first > 31 || (separator == 0x2D && third <= 31) {
      return Ticks.make(
        year: first, month: second, day: third, hour: hour, minute: minute, second: secondOfMinute,
        fraction: fraction)
    }
    // Month first where the clock has AM and PM, else day first; a number above 12 is the day in any case.
    let monthIsFirst = order.map { $0 == .monthFirst } ?? (second > 12 || (half != nil && first <= 12))
    return Ticks.make(
      year: third, month: monthIsFirst ? first : second, day: monthIsFirst ? second : first, hour: hour,
      minute: minute, second: secondOfMinute, fraction: fraction)
  }

  private mutating func number(after separator: UInt8) -> Int? {
    guard position < bytes.count, bytes[position] == separator else { return nil }
    position += 1
    if separator == 0x2E { while position < bytes.count, bytes[position] == 0x20 { position += 1 } }
    return number()
  }

  private mutating func number() -> Int? {
    let start = position
    var value = 0
    while position < bytes.count, bytes[position] &- 0x30 < 10, position - start < 4 {
      value = value * 10 + Int(bytes[position] &- 0x30)
      position += 1
    }
    return position > start ? value : nil
  }

  private mutating func fractionTicks() -> Int {
    guard position < bytes.count, bytes[position] == 0x2E || bytes[position] == 0x2C else { return 0 }
    position += 1
    var scale = 1_000_000
    var value = 0
    while position < bytes.count, bytes[position] &- 0x30 < 10 {
      value += Int(bytes[position] &- 0x30) * scale
      scale /= 10
      position += 1
    }
    return value
  }

  /// 0 for AM, 12 for PM.
  private mutating func meridiem() -> Int? {
    var rest = bytes[position...]
    while rest.first == 0x20 { rest = rest.dropFirst() }
    guard rest.count == 2, rest[rest.startIndex + 1] | 0x20 == 0x6D else {
      if rest.first == 0x5A, rest.count == 1 { position = bytes.count }
      return nil
    }
    let letter = rest[rest.startIndex] | 0x20
    guard letter == 0x61 || letter == 0x70 else { return nil }
    position = bytes.count
    return letter == 0x61 ? 0 : 12
  }
}
