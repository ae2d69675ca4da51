import Engine

/// An axis of time: marks at round times, with a short text, and the date where it begins or changes.
package struct TimeScale: Hashable, Sendable {
  package struct Mark: Hashable, Sendable {
    /// Ticks.
    package var time: Int64
    /// `14:30`, `03-02`, `2026-03`.
    package var text: String
    /// What the text leaves out, where it is another than at the mark before: `2026-03-02`, `2026`.
    package var context: String?
  }

  package let marks: [Mark]

  private static let steps: [Int64] = {
    let minute = Ticks.perMinute
    return [
      Ticks.perSecond, 5 * Ticks.perSecond, 15 * Ticks.perSecond, 30 * Ticks.perSecond, minute, 2 * minute,
      5 * minute, 10 * minute, 15 * minute, 30 * minute, 60 * minute, 120 * minute, 180 * minute,
      360 * minute,
      720 * minute, Ticks.perDay, 2 * Ticks.perDay, 7 * Ticks.perDay, 14 * Ticks.perDay,
    ]
  }()

  /// - Parameter count: no more marks than this.
  package init(from first: Int64, to last: Int64, marks count: Int) {
    let first = max(0, min(first, Ticks.maximum))
    let last = max(first, min(last, Ticks.maximum))
    let range = last - first
    let most = Int64(max(1, count))
    guard let step = TimeScale.steps.first(where: { range / $0 < most }) else {
      marks = TimeScale.months(from: first, to: last, most: Int(most))
      return
    }
    var made: [Mark] = []
    var context = ""
    // The first round time at or behind the begin.
    var time = first % step == 0 ? first : (first / step + 1) * step
    while time <= last {
      let full = Ticks.datetimeText(time)
      let day = String(full.prefix(10))
      let isDays = step >= Ticks.perDay
      let text =
        isDays
        ? String(day.suffix(5)) : String(full.dropFirst(11).prefix(step < Ticks.perMinute ? 8 : 5))
      let around = isDays ? String(day.prefix(4)) : day
      made.append(Mark(time: time, text: text, context: around == context ? nil : around))
      context = around
      time += step
    }
    marks = made.isEmpty ? [TimeScale.whole(first)] : made
  }

  private static func whole(_ time: Int64) -> Mark {
    Mark(time: time, text: Ticks.shortText(time), context: nil)
  }

  private static func months(from first: Int64, to last: Int64, most: Int) -> [Mark] {
    let begin = Ticks.parts(of: first)
    let end = Ticks.parts(of: last)
    let span = (end.year - begin.year) * 12 + end.month - begin.month + 1
    let step = [1, 2, 3, 6, 12, 24, 60, 120, 600, 1200, 6000].first { span / $0 <= most } ?? 12_000
    var marks: [Mark] = []
    var month = (begin.year * 12 + begin.month - 1 + step - 1) / step * step
    while marks.count <= most {
      guard let time = Ticks.make(year: month / 12, month: month % 12 + 1, day: 1), time <= last else {
        break
      }
      if time >= first {
        marks.append(Mark(time: time, text: String(Ticks.datetimeText(time).prefix(7)), context: nil))
      }
      month += step
    }
    return marks.isEmpty ? [whole(first)] : marks
  }
}
