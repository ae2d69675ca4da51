/// Reads the text forms of a KQL timespan: `d.hh:mm:ss.fffffff`, `hh:mm`, and a number with a unit (`4h`).
///
/// Example: `parseKQL("1.02:00:00")` is a day and two hours, `parseKQL("-2d")` is minus two days.
/// A bare number is no timespan: in a literal `timespan(2)` it means days, in `totimespan("2")` null.
package enum TimespanParsing {
  /// Ticks of 100 ns, or nil.
  package static func parseKQL(_ text: String) -> Int64? {
    var text = text
    return text.withUTF8 { parseKQL($0) }
  }

  package static func parseKQL(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
    var scanner = ByteScanner(bytes)
    scanner.skipBlanks()
    var isNegative = false
    if scanner.take(UInt8(ascii: "-")) { isNegative = true } else { _ = scanner.take(UInt8(ascii: "+")) }
    let start = scanner.offset
    var magnitude = clock(&scanner)
    if magnitude == nil {
      scanner.rewind(to: start)
      magnitude = quantity(&scanner)
    }
    scanner.skipBlanks()
    guard scanner.isAtEnd, let magnitude else { return nil }
    return isNegative ? -magnitude : magnitude
  }

  /// The ticks of `count` units, such as 1.5 and `h`; nil for an unknown unit or a value out of range.
  ///
  /// - Parameter digits: An unsigned decimal number such as `90` or `1.5`.
  package static func ticks(_ digits: String, unit: String) -> Int64? {
    guard let nanoseconds = nanosecondsPerUnit[unit] else { return nil }
    if let whole = Int64(digits) {
      if nanoseconds < 100 { return whole / (100 / nanoseconds) }
      let (ticks, overflowed) = whole.multipliedReportingOverflow(by: nanoseconds / 100)
      return overflowed ? nil : ticks
    }
    guard let count = Double(digits) else { return nil }
    let ticks = (count * Double(nanoseconds) / 100).rounded()
    return Int64(exactly: ticks)
  }

  /// Every unit that may stand behind a number. KQL: there is no week, no `us` and no `ns`.
  package static let nanosecondsPerUnit: [String: Int64] = {
    let units: [(names: [String], nanoseconds: Int64)] = [
      (["d", "day", "days"], 86_400_000_000_000),
      (["h", "hr", "hrs", "hour", "hours"], 3_600_000_000_000),
      (["m", "min", "minute", "minutes"], 60_000_000_000),
      (["s", "sec", "second", "seconds"], 1_000_000_000),
      (["ms", "milli", "millis", "millisec", "millisecond", "milliseconds"], 1_000_000),
      (["micro", "micros", "microsec", "microsecond", "microseconds"], 1000),
      (["tick", "ticks"], 100),
      (["nano", "nanos", "nanosec", "nanosecond", "nanoseconds"], 1),
    ]
    var table: [String: Int64] = [:]
    for unit in units {
      for name in unit.names { table[name] = unit.nanoseconds }
    }
    return table
  }()

  // MARK: -

  /// `[d.]hh:mm[:ss[.fffffff]]`
  private static func clock(_ scanner: inout ByteScanner) -> Int64? {
    var days: Int64 = 0
    guard var hours = scanner.number(digits: 1...8) else { return nil }
    if scanner.take(UInt8(ascii: ".")) {
      days = hours
      guard let value = scanner.number(digits: 1...2) else { return nil }
      hours = value
    }
    guard scanner.take(UInt8(ascii: ":")), let minutes = scanner.number(digits: 1...2) else { return nil }
    var ticks: Int64 = 0
    if scanner.take(UInt8(ascii: ":")) {
      guard let seconds = scanner.number(digits: 1...2), seconds < 60 else { return nil }
      ticks = seconds * DatetimeParsing.ticksPerSecond
      if scanner.take(UInt8(ascii: ".")) {
        guard let fraction = scanner.fractionTicks() else { return nil }
        ticks += fraction
      }
    }
    guard hours < 24, minutes < 60 else { return nil }
    ticks += hours * DatetimeParsing.ticksPerHour + minutes * DatetimeParsing.ticksPerMinute
    let (whole, overflowed) = days.multipliedReportingOverflow(by: DatetimeParsing.ticksPerDay)
    let (sum, overflowedBeyond) = whole.addingReportingOverflow(ticks)
    return overflowed || overflowedBeyond ? nil : sum
  }

  /// A number and its unit: `4h`, `1.5 seconds`.
  private static func quantity(_ scanner: inout ByteScanner) -> Int64? {
    var digits = ""
    while ByteScanner.isDigit(scanner.peek()) || scanner.peek() == UInt8(ascii: ".") {
      digits.unicodeScalars.append(Unicode.Scalar(scanner.peek()))
      scanner.advance()
    }
    scanner.skipBlanks()
    return ticks(digits, unit: scanner.lowercasedWord())
  }
}
