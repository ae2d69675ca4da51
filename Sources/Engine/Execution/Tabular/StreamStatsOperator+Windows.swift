/// Windows of rows and of time.
extension StreamStatsOperator {
  func windowed(_ rows: Rows) throws(ExecutionFailure) -> [[Value]] {
    let times = rows.times.map(Self.moments)
    // A window over all rows is looked through for those of the group, and rows that are not in the order of
    // time may leave it anywhere.
    let slides = (window == 0 || !isGlobal || rows.groupCount <= 1) && (times.map(Self.isOrdered) ?? true)
    return slides ? try sliding(rows, times) : try searched(rows, times)
  }

  private func sliding(_ rows: Rows, _ times: [Int64?]?) throws(ExecutionFailure) -> [[Value]] {
    var recent: [Int: SlidingAggregates] = [:]
    var results = rows.noResults
    var previous: Int?
    for row in 0..<rows.count {
      if row % 1024 == 0 { try rows.context.checkpoint() }
      guard let group = rows.groups[row] else { continue }
      if resetsOnChange && previous != group || rows.isReset(before: row) { recent = [:] }
      previous = group
      var window = recent.removeValue(forKey: group) ?? SlidingAggregates(rows.items)
      if current { window.append(UInt32(row)) }
      if self.window > 0, window.count > self.window { window.dropFirst(window.count - self.window) }
      if let times {
        while let first = window.first, isFar(times[Int(first)], times[row]) { window.dropFirst() }
      }
      for (index, value) in window.values.enumerated() { results[index][row] = value }
      if !current { window.append(UInt32(row)) }
      recent[group] = window
      if try rows.isReset(after: row, results) { recent = [:] }
    }
    return results
  }

  private func searched(_ rows: Rows, _ times: [Int64?]?) throws(ExecutionFailure) -> [[Value]] {
    var recent: [Int: [Int]] = [:]
    var results = rows.noResults
    var previous: Int?
    for row in 0..<rows.count {
      if row % 256 == 0 { try rows.context.checkpoint() }
      guard let group = rows.groups[row] else { continue }
      if resetsOnChange && previous != group || rows.isReset(before: row) { recent = [:] }
      previous = group
      let key = isGlobal && window > 0 ? -1 : group
      var near = recent.removeValue(forKey: key) ?? []
      if current { near.append(row) }
      if window > 0, near.count > window { near.removeFirst(near.count - window) }
      if let times { near.removeAll { isFar(times[$0], times[row]) } }
      let counted = near.filter { rows.groups[$0] == group }.map { UInt32($0) }
      for (index, item) in rows.items.enumerated() {
        let state = item.makeState()
        item.update(state, with: counted)
        results[index][row] = item.value(of: state)
      }
      if !current { near.append(row) }
      recent[key] = near
      if try rows.isReset(after: row, results) { recent = [:] }
    }
    return results
  }

  private static func moments(_ column: Column) -> [Int64?] {
    (0..<column.count).map { row in
      guard case .datetime(let ticks) = column.value(at: row) else { return nil }
      return ticks
    }
  }

  /// Whether all rows have a time, and no two stand in another order than all the rest.
  private static func isOrdered(_ times: [Int64?]) -> Bool {
    var (rises, falls) = (false, false)
    for (time, next) in zip(times, times.dropFirst()) {
      guard let time, let next else { return false }
      rises = rises || next > time
      falls = falls || next < time
      if rises && falls { return false }
    }
    return true
  }

  /// A row exactly one window away is out of it.
  private func isFar(_ time: Int64?, _ other: Int64?) -> Bool {
    guard let time, let other, let timeWindow else { return true }
    return abs(time - other) >= timeWindow.ticks
  }
}
