/// A time modifier of SPL: offsets and snaps, applied from left to right, or seconds since 1970. Days and longer
/// units snap in UTC.
///
///     RelativeTime("-24h@h")?.evaluate(from: now)  // the start of the hour, a day ago
package struct RelativeTime: Hashable, Sendable {
  package enum Step: Hashable, Sendable {
    case offset(Int, TimeUnit)
    case snap(TimeUnit)
    /// To midnight of a weekday, 0 is Sunday.
    case snapToWeekday(Int)
  }

  package enum Base: Hashable, Sendable {
    case now
    /// Ticks.
    case fixed(Int64)
  }

  package let base: Base
  package let steps: [Step]

  /// nil for what is no time modifier.
  package init?(_ text: String) {
    let body = NumberText.trimmed(text)
    var rest = Array(body.utf8)[...]
    if let first = rest.first, first &- 0x30 < 10, let seconds = NumberText.real(body) {
      guard let ticks = Ticks.fromUnix(seconds: seconds) else { return nil }
      base = .fixed(ticks)
      steps = []
      return
    }
    if body.lowercased().hasPrefix("now") {
      rest = rest.dropFirst(3)
      if rest.starts(with: "()".utf8) { rest = rest.dropFirst(2) }
    } else if rest.isEmpty {
      return nil
    }
    base = .now
    var steps: [Step] = []
    while let sign = rest.popFirst() {
      guard steps.count < 64 else { return nil }
      switch sign {
      case UInt8(ascii: "@"):
        guard let step = RelativeTime.snap(&rest) else { return nil }
        steps.append(step)
      case UInt8(ascii: "+"), UInt8(ascii: "-"):
        guard let (count, unit) = RelativeTime.offset(&rest) else { return nil }
        steps.append(.offset(sign == UInt8(ascii: "-") ? -count : count, unit))
      default: return nil
      }
    }
    self.steps = steps
  }

  private static func offset(_ rest: inout ArraySlice<UInt8>) -> (Int, TimeUnit)? {
    let digits = rest.prefix { $0 &- 0x30 < 10 }
    guard digits.count <= 9 else { return nil }
    rest = rest.dropFirst(digits.count)
    let name = letters(&rest)
    // A count alone is in seconds; a unit alone counts once.
    if digits.isEmpty, name.isEmpty { return nil }
    guard let unit = name.isEmpty ? .second : TimeUnit(name: name) else { return nil }
    return (digits.reduce(0) { $0 * 10 + Int($1 &- 0x30) } + (digits.isEmpty ? 1 : 0), unit)
  }

  private static func snap(_ rest: inout ArraySlice<UInt8>) -> Step? {
    let name = letters(&rest)
    if name.lowercased() == "w", let digit = rest.first, digit &- 0x30 < 8 {
      rest = rest.dropFirst()
      return .snapToWeekday(Int(digit &- 0x30) % 7)
    }
    return TimeUnit(name: name).map { .snap($0) }
  }

  private static func letters(_ rest: inout ArraySlice<UInt8>) -> String {
    let letters = rest.prefix { ($0 | 0x20) &- 0x61 < 26 }
    rest = rest.dropFirst(letters.count)
    return String(decoding: letters, as: UTF8.self)
  }

  /// The time that is meant, in ticks, seen from a time in ticks; nil outside years 1 to 9999.
  package func evaluate(from now: Int64) -> Int64? {
    var time: Int64
    switch base {
    case .now: time = now
    case .fixed(let ticks): time = ticks
    }
    for step in steps {
      let next: Int64? =
        switch step {
        case .offset(let count, let unit): unit.adding(count, to: time)
        case .snap(let unit): unit.start(of: time)
        case .snapToWeekday(let weekday): TimeUnit.start(ofWeekFrom: weekday, before: time)
        }
      guard let next else { return nil }
      time = next
    }
    return Ticks.inRange(time)
  }

  /// How far from now the time is in ticks, but for what snaps take away; nil of a fixed time, and of months and longer
  /// units.
  package var distance: Int64? {
    guard base == .now else { return nil }
    var distance: Int64 = 0
    for step in steps {
      switch step {
      case .snap, .snapToWeekday: continue
      case .offset(let count, let unit):
        guard let ticks = unit.ticks else { return nil }
        let (part, isTooLong) = ticks.multipliedReportingOverflow(by: Int64(count))
        let (sum, isTooFar) = distance.addingReportingOverflow(part)
        if isTooLong || isTooFar { return nil }
        distance = sum
      }
    }
    return distance
  }

  /// The same in seconds since 1970.
  package func evaluate(fromSeconds seconds: Double) -> Double? {
    Ticks.fromUnix(seconds: seconds).flatMap { evaluate(from: $0) }.map { Ticks.unixSeconds(of: $0) }
  }
}
