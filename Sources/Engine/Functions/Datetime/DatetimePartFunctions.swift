/// Parts of a datetime: `hourofday`, `dayofweek`, `getmonth`, …
package enum DatetimePartFunctions {
  package static let all: [ScalarFunction] = [
    hourOfDay, dayOfWeek, dayOfMonth, dayOfYear, monthOfYear, year, weekOfYear, datetimePart,
  ]

  private static func part(
    _ names: [FunctionName], _ summary: String, notes: [String] = [], type: DataType = .int,
    examples: [FunctionExample], _ compute: @escaping @Sendable (Int64) -> Int64?
  ) -> ScalarFunction {
    ScalarFunction(
      names, Signature([.datetime("date")], returns: .fixed(type)), summary, notes: notes,
      kernel: .vector { call in TickKernels.map(call.arguments[0], to: type, count: call.count, compute) },
      examples: examples)
  }

  package static let hourOfDay = part(
    [.kql("hourofday")], "Gives the hour, 0 to 23.",
    examples: [
      .kql("hourofday(datetime(2015-12-14 18:54))", gives: "int(18)"),
      .kql("hourofday(datetime(null))", gives: "int(null)"),
    ]
  ) { $0 % Ticks.perDay / Ticks.perHour }

  package static let dayOfWeek = part(
    [.kql("dayofweek")], "Gives the whole days since the Sunday before, as a timespan.",
    notes: ["The last day there is, 9999-12-31, gives null, as the real engine does."], type: .timespan,
    examples: [
      .kql("dayofweek(datetime(2024-01-01))", gives: "1d", why: "a Monday"),
      .kql("dayofweek(datetime(2023-12-31 20:00)) / 1d", gives: "0.0"),
      .kql("dayofweek(datetime(null))", gives: "timespan(null)"),
    ]
  ) { ticks in
    let day = ticks / Ticks.perDay
    return day == Ticks.maximum / Ticks.perDay ? nil : (day + 1) % 7 * Ticks.perDay
  }

  package static let dayOfMonth = part(
    [.kql("dayofmonth")], "Gives the day of the month, from 1.",
    examples: [
      .kql("dayofmonth(datetime(2015-12-14))", gives: "int(14)"),
      .kql("dayofmonth(datetime(2024-02-29 23:59:59))", gives: "int(29)"),
    ]
  ) { Int64(Ticks.parts(of: $0).day) }

  package static let dayOfYear = part(
    [.kql("dayofyear")], "Gives the day of the year, from 1.",
    examples: [
      .kql("dayofyear(datetime(2015-12-14))", gives: "int(348)"),
      .kql("dayofyear(datetime(2024-12-31))", gives: "int(366)", why: "a leap year"),
    ]
  ) { dayOfYear(of: $0) }

  package static let monthOfYear = part(
    [.kql("monthofyear"), .kql("getmonth")], "Gives the month, 1 to 12.",
    examples: [
      .kql("monthofyear(datetime(2015-12-14))", gives: "int(12)"),
      .kql("getmonth(datetime(null))", gives: "int(null)"),
    ]
  ) { Int64(Ticks.parts(of: $0).month) }

  package static let year = part(
    [.kql("getyear")], "Gives the year.",
    examples: [
      .kql("getyear(datetime(2015-10-12))", gives: "int(2015)"),
      .kql("getyear(datetime(null))", gives: "int(null)"),
    ]
  ) { Int64(Ticks.parts(of: $0).year) }

  static let weekOfYear = part(
    [.kql("week_of_year"), .kqlAlias("weekofyear")], "Gives the week of the year by ISO 8601, 1 to 53.",
    examples: [
      .kql("week_of_year(datetime(2020-12-31))", gives: "int(53)"),
      .kql("week_of_year(datetime(2000-01-01))", gives: "int(52)", why: "the last week of 1999"),
    ]
  ) { WeekOfYear.number(of: $0) }

  package static let datetimePart = ScalarFunction(
    [.kql("datetime_part"), .kqlAlias("datepart")],
    Signature([.string("part").constant, .datetime("date")], returns: .fixed(.int)),
    "Gives a part of a datetime.",
    notes: [
      "Parts: year, quarter, month, week_of_year, day, dayofyear, hour, minute, second, millisecond, "
        + "microsecond, nanosecond. The last three count within the second."
    ],
    kernel: .prepared { arguments throws(FunctionFailure) in
      guard arguments.constants[0] != nil else { return { _ in .null } }
      let extract = try extractor(arguments.text(0))
      return { values in
        guard case .datetime(let ticks) = values[1] else { return .null }
        return .long(extract(ticks))
      }
    },
    examples: [
      .kql(#"datetime_part("quarter", datetime(2017-10-30 01:02:03.7654321))"#, gives: "int(4)"),
      .kql(#"datetime_part("Millisecond", datetime(2017-10-30 01:02:03.7654321))"#, gives: "int(765)"),
      .kql(#"datetime_part("nanosecond", datetime(2017-10-30 01:02:03.7654321))"#, gives: "int(765432100)"),
      .kql(#"datetime_part("day", datetime(null))"#, gives: "int(null)"),
    ])

  private static func dayOfYear(of ticks: Int64) -> Int64 {
    let year = Ticks.parts(of: ticks).year
    return ticks / Ticks.perDay - Int64(Ticks.days(year: year, month: 1, day: 1)) + 1
  }

  private static func extractor(
    _ name: String?
  ) throws(FunctionFailure) -> @Sendable (Int64) -> Int64 {
    switch name?.lowercased() {
    case "year": return { Int64(Ticks.parts(of: $0).year) }
    case "quarter": return { Int64((Ticks.parts(of: $0).month - 1) / 3 + 1) }
    case "month": return { Int64(Ticks.parts(of: $0).month) }
    case "week_of_year", "weekofyear", "week": return { WeekOfYear.number(of: $0) }
    case "day": return { Int64(Ticks.parts(of: $0).day) }
    case "dayofyear": return { dayOfYear(of: $0) }
    case "hour": return { $0 % Ticks.perDay / Ticks.perHour }
    case "minute": return { $0 % Ticks.perHour / Ticks.perMinute }
    case "second": return { $0 % Ticks.perMinute / Ticks.perSecond }
    case "millisecond": return { $0 % Ticks.perSecond / Ticks.perMillisecond }
    case "microsecond": return { $0 % Ticks.perSecond / Ticks.perMicrosecond }
    case "nanosecond": return { $0 % Ticks.perSecond * 100 }
    default:
      throw FunctionFailure(
        "unknown-unit",
        "`\(name ?? "")` is no part of a datetime; parts are `year`, `quarter`, `month`, `week_of_year`, `day`, "
          + "`dayofyear`, `hour`, `minute`, `second`, `millisecond`, `microsecond`, `nanosecond`",
        argument: 0)
    }
  }
}
