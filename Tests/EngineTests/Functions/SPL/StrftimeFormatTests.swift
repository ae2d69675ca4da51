import Testing

@testable import Engine

struct StrftimeFormatTests {
  @Test(arguments: [
    ("%Y-%m-%dT%H:%M:%S", "2024-01-02T15:04:05"), ("%y|%C|%j|%e|%k", "24|20|002| 2|15"),
    ("%I:%M %p|%l", "03:04 PM| 3"), ("%a %A %b %B %h", "Tue Tuesday Jan January Jan"),
    ("%w %u %V %G %U %W", "2 2 01 2024 00 01"), ("%F %T|%D|%R", "2024-01-02 15:04:05|01/02/24|15:04"),
    ("%s", "1704207845"), ("%Q|%3Q|%6N|%N|%3N", "250|250|250000|250000000|250"),
    ("%z %:z %Ez %Z", "+0000 +00:00 +00:00 UTC"), ("%%|%n", "%|\n"), ("%é %", "%é %"),
    ("%m/%d/%Y %H:%M:%S", "01/02/2024 15:04:05"), ("%c", "Tue Jan  2 15:04:05 2024"),
  ])
  func `directives write their part`(format: String, expected: String) {
    #expect(StrftimeFormat(format).format(seconds: 1_704_207_845.25) == expected)
  }

  @Test func `weeks of the year's edges`() {
    #expect(StrftimeFormat("%G-%V").format(seconds: 1_483_228_800) == "2016-52")
    #expect(StrftimeFormat("%G-%V").format(seconds: 1_735_603_200) == "2025-01")
    #expect(StrftimeFormat("%s").format(seconds: -1.5) == "-2")
  }

  @Test(
    arguments: [
      ("2024-01-02T15:04:05Z", "%Y-%m-%dT%H:%M:%SZ", 1_704_207_845), ("1970-01-02", "%F", 86_400),
      ("1970-01-01 01:00 +0100", "%Y-%m-%d %H:%M %z", 0), ("1970-01-01T00:00:00-05:30", "%FT%T%z", 19_800),
      ("Jan 2, 1970", "%b %d, %Y", 86_400), ("2 January 70", "%d %B %y", 86_400),
      ("01/01/1970 12:00 AM", "%m/%d/%Y %I:%M %p", 0), ("01/01/1970 12:30 PM", "%m/%d/%Y %I:%M %p", 45_000),
      ("1970-01-01T00:00:01.250Z", "%Y-%m-%dT%H:%M:%S.%QZ", 1.25), ("1704207845", "%s", 1_704_207_845),
      ("1970-01-01T00:00:00Z", "%Y-%m-%d", 0), ("1970-002", "%Y-%j", 86_400),
      ("1970-01-01 00:00 EST", "%F %H:%M %Z", 18_000),
    ] as [(String, String, Double)])
  func `times are read`(text: String, format: String, expected: Double) {
    #expect(StrftimeFormat(format).parse(text, now: Ticks.unixEpoch) == expected)
  }

  @Test(arguments: [
    ("x", "%Y"), ("2024-13-01", "%Y-%m-%d"), ("2024-02-30", "%Y-%m-%d"), ("2024-01", "%Y-%m"), ("", "%s"),
    ("25:00", "%H:%M"), ("1970-01-01 00:00 XYZ", "%F %H:%M %Z"), ("2024/01/01", "%Y-%m-%d"),
    ("13 PM", "%I %p"),
  ])
  func `what does not fit is nil`(text: String, format: String) {
    #expect(StrftimeFormat(format).parse(text, now: Ticks.unixEpoch) == nil)
  }

  @Test func `a clock alone is of today`() {
    let now = Ticks.unixEpoch + 5 * Ticks.perDay + 7
    #expect(StrftimeFormat("%H:%M").parse("01:00", now: now) == 435_600.0)
  }
}
