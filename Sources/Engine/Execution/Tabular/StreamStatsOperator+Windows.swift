/// Windows of rows and of time.
extension StreamStatsOperator {
  func windowed(
    _ table: Table, _ groups: [Int?], _ groupCount: Int, _ context: ExecutionContext
  ) throws(ExecutionFailure) -> [[Value]] {
    let times = timeWindow.map { moments(of: table, column: $0.column) }
    // A window over all rows is looked through for those of the group, and rows that are not in the order of
    // time may leave it anywhere.
    let slides = (window == 0 || !isGlobal || groupCount <= 1) && (times.map(Self.isOrdered) ?? true)
    return slides
      ? try sliding(table, groups, times, context) : try searched(table, groups, times, context)
  }

  private func sliding(
    _ table: Table, _ groups: [Int?], _ times: [Int64?]?, _ context: ExecutionContext
  ) throws(ExecutionFailure) -> [[Value]] {
    let test = try resetAfter?.compiled(context)
    var recent: [Int: SlidingAggregates] = [:]
    var results = aggregates.items.map { _ in [Value](repeating: .null, count: table.rowCount) }
    var previous: Int?
    for row in 0..<table.rowCount {
      if row % 1024 == 0 { try context.checkpoint() }
      guard let group = groups[row] else { continue }
      if resetsOnChange && previous != group || isReset(before: row, in: table) { recent = [:] }
      previous = group
      var rows = recent.removeValue(forKey: group) ?? SlidingAggregates(aggregates.items)
      if current { rows.append(UInt32(row), of: table) }
      if window > 0, rows.count > window { rows.dropFirst(rows.count - window) }
      if let times { while let first = rows.first, isFar(times[Int(first)], times[row]) { rows.dropFirst() } }
      for (index, value) in rows.values(in: table).enumerated() { results[index][row] = value }
      if !current { rows.append(UInt32(row), of: table) }
      recent[group] = rows
      if try isReset(after: row, in: table, results, test) { recent = [:] }
    }
    return results
  }

  private func searched(
    _ table: Table, _ groups: [Int?], _ times: [Int64?]?, _ context: ExecutionContext
  ) throws(ExecutionFailure) -> [[Value]] {
    let test = try resetAfter?.compiled(context)
    var recent: [Int: [Int]] = [:]
    var results = aggregates.items.map { _ in [Value](repeating: .null, count: table.rowCount) }
    var previous: Int?
    for row in 0..<table.rowCount {
      if row % 256 == 0 { try context.checkpoint() }
      guard let group = groups[row] else { continue }
      if resetsOnChange && previous != group || isReset(before: row, in: table) { recent = [:] }
      previous = group
      let key = isGlobal && window > 0 ? -1 : group
      var rows = recent.removeValue(forKey: key) ?? []
      if current { rows.append(row) }
      if window > 0, rows.count > window { rows.removeFirst(rows.count - window) }
      if let times { rows.removeAll { isFar(times[$0], times[row]) } }
      let counted = rows.filter { groups[$0] == group }.map { UInt32($0) }
      for (index, item) in aggregates.items.enumerated() {
        let state = item.makeState()
        item.update(state, with: table, rows: counted)
        results[index][row] = item.value(of: state)
      }
      if !current { rows.append(row) }
      recent[key] = rows
      if try isReset(after: row, in: table, results, test) { recent = [:] }
    }
    return results
  }

  private func moments(of table: Table, column: Int) -> [Int64?] {
    (0..<table.rowCount).map { row in
      guard case .datetime(let ticks) = table.value(row: row, column: column) else { return nil }
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

  private func isFar(_ time: Int64?, _ other: Int64?) -> Bool {
    guard let time, let other, let timeWindow else { return true }
    return abs(time - other) > timeWindow.ticks
  }
}
