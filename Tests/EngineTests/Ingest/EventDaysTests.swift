import Testing

@testable import Engine

@Suite struct EventDaysTests {
  private static func days(_ counts: [(day: Int64, count: Int)]) -> EventDays {
    var days = EventDays()
    for (day, count) in counts {
      for number in 0..<count { days.add(day * Ticks.perDay + Int64(number)) }
    }
    return days
  }

  @Test(
    arguments: [
      ([(100, 10)], nil), ([(100, 5), (101, 5)], nil), ([(100, 9), (200, 1)], (1, 9, 100)),
      ([(100, 9), (106, 1)], nil), ([(100, 3), (200, 1)], nil),
      ([(1, 500), (300, 500), (400, 1)], (1, 1000, 300)),
      ([(1, 50), (300, 50), (400, 9)], nil), ([(200, 1), (100, 50), (201, 2), (100, 5)], (3, 55, 100)),
    ] as [([(day: Int64, count: Int)], (Int, Int, Int64)?)])
  func `few events far behind all others are noticed`(
    counts: [(day: Int64, count: Int)], expected: (count: Int, others: Int, day: Int64)?
  ) {
    let found = Self.days(counts).outlying
    #expect(
      found
        == expected.map {
          EventDays.Outlying(count: $0.count, others: $0.others, othersEnd: $0.day * Ticks.perDay)
        })
    var split = EventDays()
    for part in counts { split.add(Self.days([part])) }
    #expect(split.outlying == found)
  }
}
