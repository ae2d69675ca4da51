import FoundationEssentials
import Testing

@testable import Engine

@Suite struct DatetimeFunctionTests {
  private func time(_ text: String) throws -> Value {
    .datetime(try #require(DatetimeParsing.parseKQL(text)))
  }

  @Test func `bin rounds down for numbers, datetimes and timespans`() throws {
    #expect(try FunctionCheck.call("bin", [.long(-3), .long(2)]) == .long(-4))
    #expect(try FunctionCheck.call("bin", [.real(4.5), .long(1)]) == .real(4))
    #expect(try FunctionCheck.call("bin", [.long(7), .real(2.5)]) == .real(5))
    #expect(
      try FunctionCheck.call("bin", [try time("2024-01-01 10:07"), .timespan(5 * Ticks.perMinute)])
        == (try time("2024-01-01 10:05")))
    #expect(
      try FunctionCheck.call("floor", [try time("2024-01-03"), .timespan(7 * Ticks.perDay)])
        == (try time("2024-01-01")))
    #expect(try FunctionCheck.call("bin", [.timespan(-1), .timespan(10)]) == .timespan(-10))
    #expect(try FunctionCheck.call("bin", [.decimal(-2.5), .long(1)]) == .decimal(-3))
  }

  @Test func `bin by nothing or less is null`() throws {
    #expect(try FunctionCheck.call("bin", [.long(7), .long(0)]) == .null)
    #expect(try FunctionCheck.call("bin", [.long(7), .long(-1)]) == .null)
    #expect(try FunctionCheck.call("bin", [.real(7), .real(-1)]) == .null)
    #expect(try FunctionCheck.call("bin", [.long(.min), .long(.max)]) == .null)
  }

  @Test func `bin_at counts from its fixed point`() throws {
    #expect(try FunctionCheck.call("bin_at", [.real(6.5), .real(2.5), .long(7)]) == .real(4.5))
    let hour = Ticks.perHour
    #expect(
      try FunctionCheck.call("bin_at", [.timespan(hour), .timespan(24 * hour), .timespan(12 * hour)])
        == .timespan(-12 * hour))
    #expect(
      try FunctionCheck.call(
        "bin_at", [try time("2017-05-15 10:20"), .timespan(24 * hour), try time("1970-01-01 12:00")])
        == (try time("2017-05-14 12:00")))
  }

  @Test(arguments: [
    ("startofday", "2017-01-01 10:10:17", 0, "2017-01-01"),
    ("startofweek", "2017-01-03", 1, "2017-01-08"),
    ("startofmonth", "2017-01-15", -1, "2016-12-01"),
    ("startofyear", "2017-05-15", 1, "2018-01-01"),
    ("endofday", "2017-01-01", -1, "2016-12-31T23:59:59.9999999"),
    ("endofweek", "2017-01-01", 0, "2017-01-07T23:59:59.9999999"),
    ("endofmonth", "2016-01-31", 1, "2016-02-29T23:59:59.9999999"),
    ("endofyear", "9999-05-15", 0, "9999-12-31T23:59:59.9999999"),
  ])
  func `periods begin and end where the calendar says`(
    name: String, date: String, offset: Int, result: String
  ) throws {
    #expect(try FunctionCheck.call(name, [try time(date), .long(Int64(offset))]) == (try time(result)))
    if offset == 0 { #expect(try FunctionCheck.call(name, [try time(date)]) == (try time(result))) }
  }

  @Test func `periods outside the calendar are null`() throws {
    #expect(try FunctionCheck.call("startofday", [.datetime(0), .long(-1)]) == .null)
    #expect(try FunctionCheck.call("startofweek", [.datetime(0)]) == .null)
    #expect(try FunctionCheck.call("startofmonth", [.datetime(0), .long(.max)]) == .null)
    #expect(try FunctionCheck.call("endofyear", [.datetime(0), .long(.min)]) == .null)
  }

  @Test func `parts of datetimes`() throws {
    let date = try time("2017-10-30 18:02:03.7654321")
    let expected: [(String, Int64)] = [
      ("hourofday", 18), ("dayofmonth", 30), ("dayofyear", 303), ("monthofyear", 10), ("getmonth", 10),
      ("getyear", 2017), ("week_of_year", 44),
    ]
    for (name, number) in expected { #expect(try FunctionCheck.call(name, [date]) == .long(number)) }
    #expect(try FunctionCheck.call("dayofweek", [date]) == .timespan(Ticks.perDay))
    #expect(try FunctionCheck.call("weekofyear", [try time("2020-12-31")]) == .long(53))
    #expect(try FunctionCheck.call("week_of_year", [try time("2000-01-01")]) == .long(52))
    for (part, number) in [("Quarter", 4), ("millisecond", 765), ("microsecond", 765_432), ("second", 3)] {
      #expect(try FunctionCheck.call("datetime_part", [.string(part), date]) == .long(Int64(number)))
    }
  }

  @Test(arguments: [
    ("year", "2017-01-01", "2000-12-31", 17), ("hour", "2017-10-31 01:00", "2017-10-30 23:59", 2),
    ("day", "2024-01-01", "2024-01-03", -2), ("quarter", "2017-07-01", "2017-03-31", 2),
    ("MONTH", "2017-01-01", "2015-12-30", 13), ("minute", "2017-10-30 23:05:01", "2017-10-30 23:00:59", 5),
  ])
  func `differences count borders`(unit: String, later: String, earlier: String, count: Int) throws {
    #expect(
      try FunctionCheck.call("datetime_diff", [.string(unit), try time(later), try time(earlier)])
        == .long(Int64(count)))
  }

  @Test func `a difference in weeks is a real`() throws {
    #expect(
      try FunctionCheck.call(
        "datetime_diff", [.string("week"), try time("2017-10-29"), try time("2017-09-30 23:59")])
        == .real(5))
  }

  @Test func `an unknown unit is refused`() {
    #expect(throws: (any Error).self) {
      try FunctionCheck.call("datetime_diff", [.string("fortnight"), .datetime(0), .datetime(0)])
    }
  }

  @Test func `months end at their last day`() throws {
    #expect(
      try FunctionCheck.call("datetime_add", [.string("month"), .long(1), try time("2024-08-31 12:00")])
        == (try time("2024-09-30 12:00")))
    #expect(
      try FunctionCheck.call("datetime_add", [.string("year"), .long(1), try time("2024-02-29")])
        == (try time("2025-02-28")))
    #expect(try FunctionCheck.call("datetime_add", [.string("year"), .long(.max), .datetime(0)]) == .null)
    #expect(try FunctionCheck.call("datetime_add", [.string("day"), .long(.min), .datetime(0)]) == .null)
  }

  @Test func `datetimes are made of parts and of epochs`() throws {
    #expect(
      try FunctionCheck.call(
        "make_datetime", [.long(2017), .long(10), .long(1), .long(12), .long(11), .real(0.1234567)])
        == (try time("2017-10-01 12:11:00.1234567")))
    #expect(try FunctionCheck.call("make_datetime", [.long(2017), .long(2), .long(30)]) == .null)
    #expect(try FunctionCheck.call("make_timespan", [.long(25), .long(0)]) == .null)
    #expect(
      try FunctionCheck.call("make_timespan", [.long(1), .long(12), .long(30), .real(55.123)])
        == .timespan(Ticks.perDay + 12 * Ticks.perHour + 30 * Ticks.perMinute + 551_230_000))
    #expect(
      try FunctionCheck.call("unixtime_milliseconds_todatetime", [.long(1_546_300_800_000)])
        == (try time("2019-01-01")))
    #expect(try FunctionCheck.call("unixtime_seconds_todatetime", [.long(.max)]) == .null)
    #expect(
      try FunctionCheck.call("unixtime_seconds_todatetime", [.real(-1.5)])
        == (try time("1969-12-31 23:59:58.5")))
  }

  @Test(arguments: [
    ("yy-MM-dd [HH:mm:ss]", "24-11-03 [00:30:05]"), ("MMM", "1111"), ("y d H h", "24 3 0 12"),
    ("s.fff", "5.120"), ("s.FFF", "5.12"), ("tt hh", "AM 12"), ("dddd", "0303"), ("yyyy/M", "2024/11"),
  ])
  func `formats of datetimes`(format: String, result: String) throws {
    #expect(
      try FunctionCheck.call("format_datetime", [try time("2024-11-03 00:30:05.12"), .string(format)])
        == .string(result))
  }

  @Test func `a format with other letters is refused`() throws {
    for format in ["yyyyT", "K", "", "z"] {
      #expect(throws: (any Error).self) {
        try FunctionCheck.call("format_datetime", [.datetime(0), .string(format)])
      }
    }
  }

  @Test func `formats of timespans`() throws {
    let span = 29 * Ticks.perDay + 9 * Ticks.perHour + 5 * Ticks.perSecond + 1_234_500
    #expect(
      try FunctionCheck.call("format_timespan", [.timespan(span), .string("ddd.h:mm:ss [fff]")])
        == .string("029.9:00:05 [123]"))
    #expect(
      try FunctionCheck.call("format_timespan", [.timespan(-Ticks.perHour), .string("hh:mm")])
        == .string("-01:00"))
  }

  @Test func `local times follow their zone`() throws {
    let noon = try time("2024-07-01 12:00")
    let one = try time("2024-07-01 13:00")
    #expect(try FunctionCheck.call("datetime_utc_to_local", [noon, .string("Europe/London")]) == one)
    #expect(try FunctionCheck.call("datetime_local_to_utc", [one, .string("Europe/London")]) == noon)
    #expect(try FunctionCheck.call("datetime_local_to_utc", [one, .string("No/Where")]) == .null)
  }

  @Test func `between takes both ends, and a span after a datetime`() throws {
    #expect(try FunctionCheck.call("between", [.long(3), .long(1), .long(3)]) == .bool(true))
    #expect(try FunctionCheck.call("!between", [.long(3), .real(1), .real(2.5)]) == .bool(true))
    let day = Ticks.perDay
    #expect(try FunctionCheck.call("between", [.datetime(day), .datetime(0), .timespan(day)]) == .bool(true))
    #expect(
      try FunctionCheck.call("between", [.null, .long(1), .long(3)], types: [.long, .long, .long]) == .null)
    #expect(
      try FunctionCheck.call("between", [.long(0), .long(1), .null], types: [.long, .long, .long])
        == .bool(false))
    #expect(try FunctionCheck.call("around", [.long(8), .long(10), .long(2)]) == .bool(true))
  }

  @Test func `now is the time of the run`() throws {
    #expect(try FunctionCheck.call("now", []) == .datetime(Ticks.unixEpoch))
    #expect(try FunctionCheck.call("ago", [.timespan(10)]) == .datetime(Ticks.unixEpoch - 10))
    #expect(try FunctionCheck.call("now", [.timespan(.min)]) == .null)
  }
}
