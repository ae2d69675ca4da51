/// A span of time as `bin` and `timechart` take it: so many ticks, or so many months.
package struct TimeStep: Hashable, Sendable {
  package enum Width: Hashable, Sendable {
    case ticks(Int64)
    case months(Int)
  }

  package var width: Width
  /// Where the spans of a fixed width begin: 1970, or a Sunday for weeks.
  package var origin: Int64 = Ticks.unixEpoch

  package init(_ width: Width, origin: Int64 = Ticks.unixEpoch) {
    self.width = width
    self.origin = origin
  }

  /// The arguments of `[bin time]` behind the value.
  package var arguments: [Expression] {
    let span: Expression =
      switch width {
      case .ticks(let size): .literal(.timespan(size), .timespan)
      case .months(let count): .literal(.long(Int64(count)), .long)
      }
    return [span, .literal(.datetime(origin), .datetime)]
  }

  init?(span: Value?, origin: Value?) {
    guard case .datetime(let start)? = origin else { return nil }
    switch span {
    case .timespan(let size)?: self.init(.ticks(size), origin: start)
    case .long(let count)?: self.init(.months(Int(count)), origin: start)
    case nil, .null, .bool, .real, .decimal, .datetime, .guid, .string, .dynamic: return nil
    }
  }

  /// The start of the span that a moment is in.
  package func floor(_ ticks: Int64) -> Int64 {
    switch width {
    case .ticks(let size):
      guard size > 0 else { return ticks }
      let (offset, overflow) = ticks.subtractingReportingOverflow(origin)
      if overflow { return ticks }
      return (Ticks.floor(offset, to: size) ?? offset) &+ origin
    case .months(let count):
      guard count > 0, Ticks.inRange(ticks) != nil else { return ticks }
      let parts = Ticks.parts(of: ticks)
      let month = (parts.year * 12 + parts.month - 1) / count * count
      return Ticks.make(year: max(1, month / 12), month: month % 12 + 1, day: 1) ?? ticks
    }
  }

  /// The start of the next span.
  package func next(after start: Int64) -> Int64 {
    switch width {
    case .ticks(let size): return start &+ max(1, size)
    case .months(let count):
      let parts = Ticks.parts(of: start)
      let month = parts.year * 12 + parts.month - 1 + max(1, count)
      return Ticks.make(year: month / 12, month: month % 12 + 1, day: 1) ?? start &+ Ticks.perDay
    }
  }
}
