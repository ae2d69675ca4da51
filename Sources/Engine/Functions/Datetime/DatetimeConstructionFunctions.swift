/// Datetimes and timespans from numbers: `make_datetime`, `make_timespan`, `unixtime_…_todatetime`.
package enum DatetimeConstructionFunctions {
  package static let all: [ScalarFunction] = [
    makeDatetime, makeTimespan, unixSeconds, unixMilliseconds, unixMicroseconds, unixNanoseconds,
  ]

  static let makeDatetime = ScalarFunction(
    [.kql("make_datetime")],
    Signature(
      [
        .any("year"), .number("month").optional, .number("day").optional, .number("hour").optional,
        .number("minute").optional, .real("second").optional,
      ], returns: .computed { types, _ in types.count == 1 || types[0].isNumeric ? .datetime : nil }),
    "Makes a datetime of its parts; null if one is out of range. A single argument is converted.",
    naming: .onlyArgument,
    kernel: .scalar { values in
      if values.count == 1 { return ValueConversion.convert(values[0], to: .datetime) }
      guard let year = part(values, 0, default: 1), let month = part(values, 1, default: 1),
        let day = part(values, 2, default: 1), let hour = part(values, 3, default: 0),
        let minute = part(values, 4, default: 0), let second = secondTicks(values, 5),
        let start = Ticks.make(year: year, month: month, day: day, hour: hour, minute: minute)
      else { return .null }
      return .datetime(start + second)
    },
    examples: [
      .kql("make_datetime(2017, 10, 1, 12, 10)", gives: "datetime(2017-10-01 12:10:00)"),
      .kql("make_datetime(2017, 10, 1, 12, 11, 0.1234567)", gives: "datetime(2017-10-01 12:11:00.1234567)"),
      .kql("make_datetime(2017, 13, 1)", gives: "datetime(null)"),
    ])

  static let makeTimespan = ScalarFunction(
    [.kql("make_timespan")],
    Signature(
      [.any("day"), .number("hour").optional, .number("minute").optional, .real("second").optional],
      returns: .computed { types, _ in types.count == 1 || types[0].isNumeric ? .timespan : nil }),
    "Makes a timespan of hours and minutes, of hours, minutes and seconds, or of these after days.",
    notes: ["A part out of range gives null. A single argument is converted."], naming: .onlyArgument,
    kernel: .scalar { values in
      if values.count == 1 { return ValueConversion.convert(values[0], to: .timespan) }
      let parts: [Value] = values.count == 4 ? values : [.long(0)] + values
      guard let day = part(parts, 0, default: 0), (0...10_675_198).contains(day),
        let hour = part(parts, 1, default: 0), (0...23).contains(hour),
        let minute = part(parts, 2, default: 0),
        (0...59).contains(minute), let second = secondTicks(parts, 3)
      else { return .null }
      let span = Int64(hour) * Ticks.perHour + Int64(minute) * Ticks.perMinute + second
      let (ticks, overflow) = (Int64(day) * Ticks.perDay).addingReportingOverflow(span)
      return overflow ? .null : .timespan(ticks)
    },
    examples: [
      .kql("make_timespan(12, 30, 55.123)", gives: "time(12:30:55.123)"),
      .kql("make_timespan(1, 12, 30, 55.123)", gives: "time(1.12:30:55.123)"),
      .kql("make_timespan(25, 0)", gives: "timespan(null)"),
    ])

  private static func part(_ values: [Value], _ index: Int, default missing: Int) -> Int? {
    guard index < values.count else { return missing }
    guard case .long(let number) = ValueConversion.convert(values[index], to: .long) else { return nil }
    return Int(exactly: number)
  }

  /// Seconds with their fraction, to the tick; nil outside 0 to 60.
  private static func secondTicks(_ values: [Value], _ index: Int) -> Int64? {
    guard index < values.count else { return 0 }
    guard let seconds = ValueConversion.convert(values[index], to: .real).number, seconds >= 0, seconds < 60
    else {
      return nil
    }
    return min(Int64((seconds * 10_000_000).rounded()), Ticks.perMinute - 1)
  }

  static let unixSeconds = unix(
    "seconds", ticks: 10_000_000,
    examples: [
      .kql("unixtime_seconds_todatetime(1546300800)", gives: "datetime(2019-01-01)"),
      .kql("unixtime_seconds_todatetime(-1.5)", gives: "datetime(1969-12-31 23:59:58.5)"),
      .kql("unixtime_seconds_todatetime(9223372036854775807)", gives: "datetime(null)"),
    ])
  static let unixMilliseconds = unix(
    "milliseconds", ticks: 10_000,
    examples: [
      .kql("unixtime_milliseconds_todatetime(1546300800000)", gives: "datetime(2019-01-01)"),
      .kql("unixtime_milliseconds_todatetime(long(null))", gives: "datetime(null)"),
    ])
  static let unixMicroseconds = unix(
    "microseconds", ticks: 10,
    examples: [
      .kql("unixtime_microseconds_todatetime(1546300800000000)", gives: "datetime(2019-01-01)"),
      .kql("unixtime_microseconds_todatetime(0)", gives: "datetime(1970-01-01)"),
    ])
  static let unixNanoseconds = unix(
    "nanoseconds", ticks: 0.01,
    examples: [
      .kql("unixtime_nanoseconds_todatetime(1546300800000000000)", gives: "datetime(2019-01-01)"),
      .kql("unixtime_nanoseconds_todatetime(-100)", gives: "datetime(1969-12-31 23:59:59.9999999)"),
    ])

  private static func unix(_ unit: String, ticks perUnit: Double, examples: [FunctionExample])
    -> ScalarFunction
  {
    ScalarFunction(
      [.kql("unixtime_\(unit)_todatetime")],
      Signature([.number("time")], returns: .fixed(.datetime)),
      "Gives the datetime some \(unit) after 1970; fractions and negative numbers count too.",
      kernel: .scalar { values in
        let ticks: Int64
        if case .long(let whole) = values[0] {
          if perUnit < 1 {
            ticks = whole / 100
          } else {
            let (product, overflow) = whole.multipliedReportingOverflow(by: Int64(perUnit))
            if overflow { return .null }
            ticks = product
          }
        } else {
          guard let number = values[0].number, number.isFinite else { return .null }
          ticks = Int64(saturating: (number * perUnit).rounded())
        }
        let (sum, overflow) = ticks.addingReportingOverflow(Ticks.unixEpoch)
        return overflow ? .null : Ticks.inRange(sum).map { .datetime($0) } ?? .null
      }, examples: examples)
  }
}
