/// First and last ticks of days, weeks, months and years: `startofday`, `endofmonth`, …
package enum PeriodFunctions {
  package static let all: [ScalarFunction] = [
    startOfDay, startOfWeek, startOfMonth, startOfYear, endOfDay, endOfWeek, endOfMonth, endOfYear,
  ]

  package static let startOfDay = start(
    "startofday", "day", naming: .firstArgument, dayStart,
    examples: [
      .kql("startofday(datetime(2017-01-01 10:10:17))", gives: "datetime(2017-01-01)"),
      .kql("startofday(datetime(2017-01-01 10:10:17), -1)", gives: "datetime(2016-12-31)"),
      .kql("startofday(datetime(null))", gives: "datetime(null)"),
    ])
  package static let startOfWeek = start(
    "startofweek", "week, which is a Sunday", dayOfWeekStart,
    examples: [
      .kql("startofweek(datetime(2017-01-03 10:10:17))", gives: "datetime(2017-01-01)"),
      .kql("startofweek(datetime(2017-01-03), 1)", gives: "datetime(2017-01-08)"),
    ])
  package static let startOfMonth = start(
    "startofmonth", "month", monthStart,
    examples: [
      .kql("startofmonth(datetime(2017-01-15 10:10:17))", gives: "datetime(2017-01-01)"),
      .kql("startofmonth(datetime(2017-01-15), -1)", gives: "datetime(2016-12-01)"),
    ])
  package static let startOfYear = start(
    "startofyear", "year", yearStart,
    examples: [
      .kql("startofyear(datetime(2017-05-15 10:10:17))", gives: "datetime(2017-01-01)"),
      .kql("startofyear(datetime(2017-05-15), 1)", gives: "datetime(2018-01-01)"),
    ])
  static let endOfDay = end(
    "endofday", "day", dayStart,
    examples: [
      .kql("endofday(datetime(2017-01-01 10:10:17))", gives: "datetime(2017-01-01 23:59:59.9999999)"),
      .kql("endofday(datetime(2017-01-01), -1)", gives: "datetime(2016-12-31 23:59:59.9999999)"),
    ])
  static let endOfWeek = end(
    "endofweek", "week, which is a Saturday", dayOfWeekStart,
    examples: [
      .kql("endofweek(datetime(2017-01-01 10:10:17))", gives: "datetime(2017-01-07 23:59:59.9999999)"),
      .kql("endofweek(datetime(null))", gives: "datetime(null)"),
    ])
  static let endOfMonth = end(
    "endofmonth", "month", monthStart,
    examples: [
      .kql("endofmonth(datetime(2016-02-03))", gives: "datetime(2016-02-29 23:59:59.9999999)"),
      .kql("endofmonth(datetime(9999-12-31))", gives: "datetime(9999-12-31 23:59:59.9999999)"),
    ])
  static let endOfYear = end(
    "endofyear", "year", yearStart,
    examples: [
      .kql("endofyear(datetime(2017-05-15))", gives: "datetime(2017-12-31 23:59:59.9999999)"),
      .kql("endofyear(datetime(2017-05-15), -1)", gives: "datetime(2016-12-31 23:59:59.9999999)"),
    ])

  /// The first tick of the period that a datetime lies in, or of one some periods away; may lie just outside
  /// the range of datetimes.
  private typealias Period = @Sendable (_ ticks: Int64, _ offset: Int64) -> Int64

  private static let dayStart: Period = { ticks, offset in
    ticks - ticks % Ticks.perDay + offset * Ticks.perDay
  }
  private static let dayOfWeekStart: Period = { ticks, offset in
    let day = ticks / Ticks.perDay
    return (day - (day + 1) % 7 + offset * 7) * Ticks.perDay
  }
  private static let monthStart: Period = { ticks, offset in
    let parts = Ticks.parts(of: ticks)
    return firstOfMonth(Int64(parts.year * 12 + parts.month - 1) + offset)
  }
  private static let yearStart: Period = { ticks, offset in
    firstOfMonth((Int64(Ticks.parts(of: ticks).year) + offset) * 12)
  }

  private static func firstOfMonth(_ total: Int64) -> Int64 {
    guard total >= 0, total <= 120_000 else { return -1 }
    return Int64(Ticks.days(year: Int(total / 12), month: Int(total % 12) + 1, day: 1)) * Ticks.perDay
  }

  private static func start(
    _ name: String, _ unit: String, naming: NamingRule = .none, _ period: @escaping Period,
    examples: [FunctionExample]
  ) -> ScalarFunction {
    function(name, "Gives the first moment of the \(unit).", naming: naming, examples: examples) {
      ticks, offset in
      Ticks.inRange(period(ticks, offset))
    }
  }

  private static func end(
    _ name: String, _ unit: String, _ period: @escaping Period, examples: [FunctionExample]
  ) -> ScalarFunction {
    function(name, "Gives the last tick of the \(unit).", naming: .none, examples: examples) {
      ticks, offset in
      Ticks.inRange(period(ticks, offset + 1) - 1)
    }
  }

  private static func function(
    _ name: String, _ summary: String, naming: NamingRule, examples: [FunctionExample],
    _ compute: @escaping @Sendable (Int64, Int64) -> Int64?
  ) -> ScalarFunction {
    ScalarFunction(
      [.kql(name)],
      Signature([.datetime("date"), .long("offset").optional], returns: .fixed(.datetime)), summary,
      notes: ["The offset counts whole periods, back if negative."], naming: naming,
      kernel: .vector { call in
        guard call.arguments.count > 1 else {
          return TickKernels.map(call.arguments[0], to: .datetime, count: call.count) { compute($0, 0) }
        }
        return TickKernels.map(call.arguments[0], call.arguments[1], to: .datetime, count: call.count) {
          ticks, offset in
          // More than all days there are: out of range for every period.
          offset.magnitude < 3_700_000 ? compute(ticks, offset) : nil
        }
      }, examples: examples)
  }
}
