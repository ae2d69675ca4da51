/// How many events each day has.
package struct EventDays: Sendable {
  /// Events behind a gap in time.
  package struct Outlying: Hashable, Sendable {
    package var count: Int
    package var others: Int
    /// Ticks; the start of the last day that has others.
    package var othersEnd: Int64
  }

  /// A gap that is worth a word, in days.
  private static let gap: Int64 = 7

  private var counts: [Int64: Int] = [:]
  // Events of one day mostly follow each other, and are counted together.
  private var day = Int64.min
  private var pending = 0

  @inline(__always)
  mutating func add(_ ticks: Int64) {
    let next = ticks / Ticks.perDay
    if next != day { flush(next) }
    pending &+= 1
  }

  /// Events of one day.
  mutating func add(_ ticks: Int64, count: Int) { counts[ticks / Ticks.perDay, default: 0] += count }

  mutating func add(day: Int64, count: Int) { counts[day, default: 0] += count }

  /// Days since 0001-01-01 and their events, in order.
  var byDay: [(day: Int64, count: Int)] {
    var whole = EventDays()
    whole.add(self)
    return whole.counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  mutating func add(_ other: EventDays) {
    for (day, count) in other.counts { counts[day, default: 0] += count }
    if other.pending > 0 { counts[other.day, default: 0] += other.pending }
  }

  private mutating func flush(_ next: Int64) {
    if pending > 0 { counts[day, default: 0] += pending }
    (day, pending) = (next, 0)
  }

  /// The newest events, if they are few, and more days behind the others than these span.
  var outlying: Outlying? {
    var whole = EventDays()
    whole.add(self)
    let days = whole.counts.sorted { $0.key < $1.key }
    guard let first = days.first else { return nil }
    let total = days.reduce(0) { $0 + $1.value }
    var count = 0
    for index in days.indices.dropFirst().reversed() {
      count += days[index].value
      if count * 5 > total { return nil }
      let before = days[index - 1].key
      let gap = days[index].key - before
      if gap > EventDays.gap, gap > before - first.key || count * 100 <= total {
        return Outlying(count: count, others: total - count, othersEnd: before * Ticks.perDay)
      }
    }
    return nil
  }
}
