import Engine

/// Times of a schedule: `1h`, `30m`, `14d`, a KQL timespan `1.00:00:00`, or as ISO 8601 writes them, `PT1H`, `P14D`.
package enum ScheduleDuration {
  /// Ticks above zero; nil if the text is no such time.
  package static func ticks(_ text: String) -> Int64? {
    let trimmed = NumberText.trimmed(text)
    let found =
      trimmed.uppercased().hasPrefix("P") ? iso(trimmed.uppercased()) : TimespanParsing.parseKQL(trimmed)
    return found.flatMap { $0 > 0 ? $0 : nil }
  }

  /// Weeks, days, hours, minutes and seconds; months and years have no fixed length.
  private static func iso(_ text: String) -> Int64? {
    var total: Int64 = 0
    var digits = ""
    var isTime = false
    var hasPart = false
    for character in text.dropFirst() {
      if ("0"..."9").contains(character) {
        digits.append(character)
        continue
      }
      if character == "T", digits.isEmpty, !isTime {
        isTime = true
        continue
      }
      let unit: Int64
      switch (character, isTime) {
      case ("W", false): unit = 7 * Ticks.perDay
      case ("D", false): unit = Ticks.perDay
      case ("H", true): unit = Ticks.perHour
      case ("M", true): unit = Ticks.perMinute
      case ("S", true): unit = Ticks.perSecond
      default: return nil
      }
      guard let count = Int64(digits) else { return nil }
      let (part, tooLarge) = count.multipliedReportingOverflow(by: unit)
      let (sum, overflow) = total.addingReportingOverflow(part)
      if tooLarge || overflow { return nil }
      total = sum
      digits = ""
      hasPart = true
    }
    return digits.isEmpty && hasPart ? total : nil
  }

  /// As people write it: `1d`, `90m`, `1h 30m`.
  package static func text(_ ticks: Int64) -> String {
    if ticks < Ticks.perSecond { return ticks == 0 ? "0s" : Ticks.timespanText(ticks) }
    var rest = ticks
    var parts: [String] = []
    let units: [(Int64, String)] = [
      (Ticks.perDay, "d"), (Ticks.perHour, "h"), (Ticks.perMinute, "m"), (Ticks.perSecond, "s"),
    ]
    for (size, unit) in units where rest >= size {
      parts.append("\(rest / size)\(unit)")
      rest %= size
    }
    return parts.joined(separator: " ")
  }
}

/// When a rule runs, and over how much time.
package struct ReplaySchedule: Hashable, Sendable {
  /// Ticks.
  package var every: Int64
  package var period: Int64
  /// Somebody said what the period is; else the rule's own conditions on time tell it.
  package var hasPeriod: Bool

  package init(every: Int64, period: Int64, hasPeriod: Bool = true) {
    self.every = every
    self.period = period
    self.hasPeriod = hasPeriod
  }

  /// The times at which the rule runs over some logs: full multiples of `every`, from the first that is not before the
  /// earliest event to the first that is not before the latest.
  package func times(from earliest: Int64, to latest: Int64) -> StrideThrough<Int64>? {
    guard let first = ceiling(earliest), let last = ceiling(latest) else { return nil }
    return stride(from: first, through: last, by: Int(every))
  }

  private func ceiling(_ ticks: Int64) -> Int64? {
    guard let floor = Ticks.floor(ticks, to: every) else { return nil }
    return floor == ticks ? ticks : Ticks.inRange(floor &+ every)
  }
}
