/// Whether the day or the month comes first in dates such as `3/4/2026`: it goes by where they were written, and is
/// decided for a whole file.
enum DateOrder: Hashable, Sendable {
  case dayFirst, monthFirst

  /// What the dates of a file say.
  struct Evidence {
    private(set) var hasAny = false
    private var forDay = false
    private var forMonth = false
    private var hasHalves = false

    mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
      let numbers = text.prefix(10).split { $0 &- 0x30 > 9 }
      guard numbers.count > 1, numbers[0].count <= 2, numbers[1].count <= 2,
        let first = Evidence.number(numbers[0]),
        let second = Evidence.number(numbers[1])
      else { return }
      hasAny = true
      if first > 12 { forDay = true }
      if second > 12 { forMonth = true }
      if text.last.map({ $0 | 0x20 == 0x6D }) ?? false { hasHalves = true }
    }

    private static func number(_ digits: Slice<UnsafeBufferPointer<UInt8>>.SubSequence) -> Int? {
      Int(String(decoding: digits, as: UTF8.self))
    }

    /// The order, and what is to be said of it; no order if each date tells its own.
    var outcome: (order: DateOrder?, note: String)? {
      guard hasAny else { return nil }
      switch (forDay, forMonth) {
      case (true, false): return (.dayFirst, "dates are read as day/month/year, as some of them show")
      case (false, true): return (.monthFirst, "dates are read as month/day/year, as some of them show")
      case (true, true):
        return (
          nil,
          "some dates have the day first and some the month; those that may be either are read "
            + (hasHalves ? "as month/day/year" : "as day/month/year")
        )
      case (false, false):
        return hasHalves
          ? (
            .monthFirst,
            "no date tells day from month: they are read as month/day/year, since times have AM and PM"
          )
          : (.dayFirst, "no date tells day from month: they are read as day/month/year")
      }
    }
  }
}
