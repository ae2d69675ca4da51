import Engine

/// What makes two rows of a rule the same alert, found at different times.
///
/// A row is known by what the rule groups by, by the values of its events, and by the leg of a union that found it.
/// Counts, sets, first and last times change as the window moves and do not count. A rule whose rows hold none of
/// that has one alert: the rule itself.
package struct AlertIdentity: Hashable, Sendable {
  /// Positions in the result.
  package var columns: [Int]
  /// Columns with times of events, as datetimes or epoch seconds.
  package var times: [Int]
  /// Times that are counted or collected; those that a rule groups by are the starts of bins.
  package var measuredTimes: [Int]

  package init(_ roles: [ColumnRole]) {
    func positions(_ kinds: Set<ColumnRole.Kind>) -> [Int] {
      roles.indices.filter { kinds.contains(roles[$0].kind) }
    }
    let direct = positions([.groupKey, .event])
    let known = direct.isEmpty ? positions([.derived]) : direct
    columns = (known + positions([.label])).sorted()
    times = roles.indices.filter { roles[$0].isTime }
    measuredTimes = times.filter { roles[$0].kind == .measure || roles[$0].kind == .event }
  }

  /// The first and the last event time of a row, not after `now`.
  func span(of row: Int, in table: Table, until now: Int64) -> ClosedRange<Int64>? {
    for positions in [measuredTimes, times] {
      let found = positions.compactMap { position in
        position < table.columns.count ? AlertIdentity.ticks(table.value(row: row, column: position)) : nil
      }.filter { $0 <= now }
      if let first = found.min(), let last = found.max() { return first...last }
    }
    return nil
  }

  private static func ticks(_ value: Value) -> Int64? {
    switch value {
    case .datetime(let ticks): ticks
    case .long(let seconds): Ticks.fromUnix(seconds: Double(seconds))
    case .real(let seconds): Ticks.fromUnix(seconds: seconds)
    case .string(let text): NumberText.real(text).flatMap { Ticks.fromUnix(seconds: $0) }
    case .null, .bool, .decimal, .timespan, .guid, .dynamic: nil
    }
  }
}
