/// How a zone goes to summer time and back each year, as POSIX writes it.
///
/// ```
///   GMT0BST,M3.5.0/1,M10.5.0     from the last Sunday of March, 1:00, to the last of October, 2:00
///   <-03>3                       three hours behind UTC all year
/// ```
struct RepeatedTimeChange: Sendable {
  private enum Day: Sendable {
    /// The n-th weekday (0 is Sunday) of a month; 5 is the last.
    case weekday(month: Int, week: Int, day: Int)
    /// 1 to 365; February 29 is never counted.
    case julian(Int)
    /// 0 to 365.
    case ordinal(Int)
  }

  private struct Change: Sendable {
    var day: Day
    /// Seconds after the midnight before, by the clock until then.
    var time: Int
  }

  /// Seconds east of UTC.
  private let standard: Int
  private var summer = 0
  private var start: Change?
  private var end: Change?

  /// Nil for a text that is none.
  init?(_ text: String) {
    var reader = Reader(rest: Array(text.utf8)[...])
    guard reader.name(), let west = reader.time() else { return nil }
    standard = -west
    if reader.rest.isEmpty { return }
    guard reader.name() else { return nil }
    summer = standard + 3600
    if reader.rest.first != 0x2C {
      guard let west = reader.time() else { return nil }
      summer = -west
    }
    guard let first = reader.change(), let second = reader.change(), reader.rest.isEmpty else { return nil }
    (start, end) = (first, second)
  }

  /// Seconds east of UTC.
  func offset(at time: Int64) -> Int {
    guard let start, let end else { return standard }
    let local = Ticks.unixEpoch / Ticks.perSecond + time + Int64(standard)
    guard let ticks = Ticks.inRange(local.multipliedReportingOverflow(by: Ticks.perSecond).partialValue)
    else {
      return standard
    }
    let year = Ticks.parts(of: ticks).year
    let from = RepeatedTimeChange.moment(start, year) - Int64(standard)
    let to = RepeatedTimeChange.moment(end, year) - Int64(summer)
    let isSummer = from < to ? from <= time && time < to : !(to <= time && time < from)
    return isSummer ? summer : standard
  }

  /// Unix seconds of a change, by the clock that holds until then.
  private static func moment(_ change: Change, _ year: Int) -> Int64 {
    let newYear = Ticks.days(year: year, month: 1, day: 1)
    let day: Int
    switch change.day {
    case .julian(let number): day = newYear + number - 1 + (Ticks.isLeap(year) && number > 59 ? 1 : 0)
    case .ordinal(let number): day = newYear + number
    case .weekday(let month, let week, let weekday):
      let first = Ticks.days(year: year, month: month, day: 1)
      // 0001-01-01 is a Monday.
      let ahead = (weekday - (first + 1) % 7 + 7) % 7
      let last = first + Ticks.daysInMonth(year: year, month: month) - 1
      var found = first + ahead + (week - 1) * 7
      while found > last { found -= 7 }
      day = found
    }
    return Int64(day) * 86_400 - Ticks.unixEpoch / Ticks.perSecond + Int64(change.time)
  }

  private struct Reader {
    var rest: ArraySlice<UInt8>

    mutating func take(_ byte: UInt8) -> Bool {
      guard rest.first == byte else { return false }
      rest.removeFirst()
      return true
    }

    /// `BST`, or `<+03>`.
    mutating func name() -> Bool {
      if take(0x3C) {
        guard let end = rest.firstIndex(of: 0x3E) else { return false }
        rest = rest[(end + 1)...]
        return true
      }
      let letters = rest.prefix { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }
      rest = rest.dropFirst(letters.count)
      return letters.count >= 3
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int? {
      let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }.prefix(4)
      guard !digits.isEmpty else { return nil }
      rest = rest.dropFirst(digits.count)
      let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
      return range.contains(value) ? value : nil
    }

    /// `[-]h[:m[:s]]` in seconds.
    mutating func time() -> Int? {
      let isNegative = take(0x2D)
      if !isNegative { _ = take(0x2B) }
      guard var seconds = number(0...167).map({ $0 * 3600 }) else { return nil }
      for unit in [60, 1] where take(0x3A) {
        guard let part = number(0...59) else { return nil }
        seconds += part * unit
      }
      return isNegative ? -seconds : seconds
    }

    /// `,M3.5.0/1`.
    mutating func change() -> Change? {
      guard take(0x2C) else { return nil }
      let day: Day
      if take(0x4D) {
        guard let month = number(1...12), take(0x2E), let week = number(1...5), take(0x2E),
          let weekday = number(0...6)
        else { return nil }
        day = .weekday(month: month, week: week, day: weekday)
      } else if take(0x4A) {
        guard let number = number(1...365) else { return nil }
        day = .julian(number)
      } else {
        guard let number = number(0...365) else { return nil }
        day = .ordinal(number)
      }
      var seconds = 7200
      if take(0x2F) {
        guard let given = time() else { return nil }
        seconds = given
      }
      return Change(day: day, time: seconds)
    }
  }
}
