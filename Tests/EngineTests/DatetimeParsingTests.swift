import Testing

@testable import Engine

@Suite struct DatetimeParsingTests {
  /// Ticks of 2014-05-25T08:20:03.
  static let moment: Int64 = 635_366_028_030_000_000

  @Test(arguments: [
    "2014-05-25T08:20:03", "2014-05-25 08:20:03", "2014-05-25T08:20:03Z", "2014-05-25T08:20:03.0000000Z",
    "2014-05-25T10:20:03+02:00", "2014-05-25T10:20:03+0200", "2014-05-25 03:20:03-05", "2014-5-25 8:20:03",
    "05/25/2014 08:20:03", "5/25/2014 8:20:03 AM", "05-25-2014 08:20:03", "Sun, 25 May 2014 08:20:03 GMT",
    "25 May 2014 08:20:03", "25 May 14 08:20:03 UTC", "Sunday, 25-May-14 08:20:03 UTC",
    "Sun, 25 May 14 04:20:03 EDT", "  2014-05-25T08:20:03Z ",
  ])
  func `many forms name one moment`(_ text: String) {
    #expect(DatetimeParsing.parseKQL(text) == Self.moment)
  }

  @Test(arguments: [
    ("2014-05-25T08:20:03.1Z", 1_000_000), ("2014-05-25T08:20:03.123456Z", 1_234_560),
    ("2014-05-25T08:20:03.123456789Z", 1_234_567),
  ])
  func `a fraction counts to the seventh digit`(_ text: String, _ ticks: Int64) {
    #expect(DatetimeParsing.parseKQL(text) == Self.moment + ticks)
  }

  @Test(arguments: [
    ("0001-01-01", 0), ("2017-01-01", 636_188_256_000_000_000), ("2017", 636_188_256_000_000_000),
    ("2017-01", 636_188_256_000_000_000), ("2000-02-29", 630_873_792_000_000_000),
    ("9999-12-31 23:59:59.9999999", DatetimeParsing.maximumTicks),
    ("12/31/1999 12:00 PM", 630_822_384_000_000_000),
  ])
  func `dates without a time are midnight`(_ text: String, _ ticks: Int64) {
    #expect(DatetimeParsing.parseKQL(text) == ticks)
  }

  @Test(arguments: [
    "", " ", "x", "{{StartTimeISO}}", "2014-02-30", "2014-13-01", "2014-00-01", "1900-02-29", "0000-01-01",
    "10000-01-01", "2014-05-25T24:00:00", "2014-05-25T08:60:00", "2014-05-25T08:20:60",
    "2014-05-25T08:20:03.",
    "2014-05-25T", "2014-05-25 08:20:03 XYZ", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", "12",
    "5", "99999999999999999999", "2014-05-25T08:20:03Zx", "25/12/2014", "Foo, 25 May 2014",
  ])
  func `what is no datetime is null`(_ text: String) {
    #expect(DatetimeParsing.parseKQL(text) == nil)
  }

  @Test(arguments: [
    ("1.02:03:04.5", 937_845_000_000), ("00:00:01", 10_000_000), ("9:15", 333_000_000_000),
    ("-1d", -864_000_000_000), ("4h", 144_000_000_000), ("75s", 750_000_000), ("15 seconds", 150_000_000),
    ("1.5h", 54_000_000_000), ("100ms", 1_000_000), ("3ticks", 3), ("250nanoseconds", 2),
    ("-12:00:00", -432_000_000_000),
    ("0.12:34:56.7", 452_967_000_000),
  ])
  func `timespans have a clock form and a unit form`(_ text: String, _ ticks: Int64) {
    #expect(TimespanParsing.parseKQL(text) == ticks)
  }

  @Test(arguments: [
    "", "5", "1.5", "x", "1w", "1us", "25:00:00", "1:60", "1:2:60", "--1d", "1d2h", "1d x", "99999999999d",
  ])
  func `what is no timespan is null`(_ text: String) {
    #expect(TimespanParsing.parseKQL(text) == nil)
  }
}
