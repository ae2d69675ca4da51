import Testing

@testable import Engine

struct RelativeTimeTests {
  /// Wednesday.
  private let now = DatetimeParsing.parseKQL("2024-05-15T13:47:12Z") ?? 0

  @Test(arguments: [
    ("now", "2024-05-15T13:47:12"), ("now()", "2024-05-15T13:47:12"), ("-24h@h", "2024-05-14T13:00:00"),
    ("-h@h", "2024-05-15T12:00:00"), ("@d", "2024-05-15T00:00:00"), ("@w", "2024-05-12T00:00:00"),
    ("@w0", "2024-05-12T00:00:00"), ("@w1", "2024-05-13T00:00:00"), ("@w3", "2024-05-15T00:00:00"),
    ("@w4", "2024-05-09T00:00:00"), ("@w7", "2024-05-12T00:00:00"), ("+1mon@mon", "2024-06-01T00:00:00"),
    ("@mon-1d", "2024-04-30T00:00:00"), ("@q", "2024-04-01T00:00:00"), ("-1y@y", "2023-01-01T00:00:00"),
    ("-70m@m", "2024-05-15T12:37:00"), ("now-1d", "2024-05-14T13:47:12"), ("+5", "2024-05-15T13:47:17"),
    ("-2weeks", "2024-05-01T13:47:12"), ("@d-2h+30m", "2024-05-14T22:30:00"),
    ("86400", "1970-01-02T00:00:00"),
    ("1.5", "1970-01-01T00:00:01.5"), ("-1qtr", "2024-02-15T13:47:12"),
  ])
  func `offsets and snaps go from left to right`(text: String, expected: String) throws {
    let modifier = try #require(RelativeTime(text))
    #expect(modifier.evaluate(from: now) == DatetimeParsing.parseKQL(expected + "Z"), "\(text)")
  }

  @Test func `a day that the month lacks becomes its last`() throws {
    let end = try #require(DatetimeParsing.parseKQL("2024-03-31T10:00:00Z"))
    #expect(RelativeTime("-1mon")?.evaluate(from: end) == DatetimeParsing.parseKQL("2024-02-29T10:00:00Z"))
  }

  @Test(arguments: ["", "yesterday", "-", "@", "-5x", "@w8", "-24h@", "5h-", "-9999999999d", "now+"])
  func `what is no modifier is refused`(text: String) { #expect(RelativeTime(text) == nil) }

  @Test func `times out of range are nil`() {
    #expect(RelativeTime("-9999y")?.evaluate(from: now) == nil)
    #expect(RelativeTime("-999999999w")?.evaluate(from: now) == nil)
    #expect(RelativeTime("+999999999y")?.evaluate(from: now) == nil)
  }

  @Test func `the function fails on a bad constant`() {
    #expect(throws: (any Error).self) {
      try FunctionCheck.call("relative_time", [.real(0), .string("-5x")], dialect: .spl)
    }
  }

  @Test(
    arguments: [
      ("-70m@m", -70 * Ticks.perMinute), ("now", 0), ("@d", 0), ("-1d@d+2h", -22 * Ticks.perHour),
      ("-w", -7 * Ticks.perDay), ("-90", -90 * Ticks.perSecond),
      ("-999999999s", -999_999_999 * Ticks.perSecond),
    ] as [(String, Int64)]) func `a modifier has a distance from now`(_ text: String, _ ticks: Int64)
  {
    #expect(RelativeTime(text)?.distance == ticks)
  }

  @Test(arguments: ["-1mon@mon", "-1y", "0", "1700000000", "-999999999w"])
  func `a fixed time and one of months have none`(_ text: String) {
    #expect(RelativeTime(text)?.distance == nil)
  }
}
