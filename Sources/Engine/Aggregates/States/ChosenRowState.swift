/// Keeps one row of each group by a key of integers: `arg_max`, `take_any`, `latest`.
///
/// A row with a null key is kept only until one with a key comes. Equal keys: the first row stays, or with
/// `lastWins` the last one.
final class ChosenRowState: AggregateState {
  /// The keys of rows, greatest wanted; no keys means that all are equal.
  struct Keys {
    var keys: Vector<Int64>?
    var validity: Vector<Bool>?
  }

  private enum Standing: UInt8 {
    case none
    case nullKey
    case keyed
  }

  private let outputs: [Int]
  private let missingText: MissingText
  private let lastWins: Bool
  private let makeKeys: ([Column]) -> Keys
  private var best: [Int64] = []
  private var standings: [Standing] = []
  /// The retained row of each group.
  private var rows: [UInt32] = []
  private var retained: RetainedRows
  /// The row within the chunk that is being read; `UInt32.max` if the chunk has none better.
  private var local: [UInt32] = []

  init(
    _ arguments: AggregateArguments, outputs: [Int]? = nil, lastWins: Bool = false,
    keys: @escaping ([Column]) -> Keys
  ) {
    self.outputs = outputs ?? Array(arguments.types.indices)
    missingText = arguments.dialect.missingText
    self.lastWins = lastWins
    makeKeys = keys
    retained = RetainedRows(types: self.outputs.map { arguments.types[$0] })
  }

  func update(groups: UnsafeBufferPointer<UInt32>, groupCount: Int, arguments: [Column]) {
    grow(to: groupCount)
    let found = makeKeys(arguments)
    let keys = found.keys ?? Vector(repeating: 0, count: groups.count)
    var touched: [UInt32] = []
    // Where later rows win ties, a key need not be greater than the best one, only as great.
    let margin: Int64 = lastWins ? 1 : 0
    keys.withBuffer { keys in
      best.withUnsafeMutableBufferPointer { best in
        standings.withUnsafeMutableBufferPointer { standings in
          local.withUnsafeMutableBufferPointer { local in
            func take(_ row: Int, _ group: Int) {
              if local[group] == UInt32.max { touched.append(UInt32(truncatingIfNeeded: group)) }
              local[group] = UInt32(truncatingIfNeeded: row)
            }
            func consider(_ row: Int, _ group: Int, _ key: Int64) {
              if standings[group] == .keyed, key < best[group] || (key == best[group] && margin == 0) {
                return
              }
              standings[group] = .keyed
              best[group] = key
              take(row, group)
            }
            guard let validity = found.validity else {
              for row in 0..<keys.count { consider(row, Int(groups[row]), keys[row]) }
              return
            }
            validity.withBuffer { valid in
              for row in 0..<keys.count {
                let group = Int(groups[row])
                if valid[row] {
                  consider(row, group, keys[row])
                } else if standings[group] == .none {
                  standings[group] = .nullKey
                  take(row, group)
                }
              }
            }
          }
        }
      }
    }
    retain(touched, of: arguments)
  }

  private func retain(_ touched: [UInt32], of arguments: [Column]) {
    if touched.isEmpty { return }
    let first = retained.append(
      outputs.map { arguments[$0] }, rows: Vector(touched.map { local[Int($0)] }))
    for (position, group) in touched.enumerated() {
      rows[Int(group)] = first + UInt32(truncatingIfNeeded: position)
      local[Int(group)] = UInt32.max
    }
    compactIfSparse()
  }

  func merge(_ other: any AggregateState, mapping: [UInt32], groupCount: Int) {
    let other = Self.same(other)
    grow(to: groupCount)
    let first = retained.append(other.retained)
    for group in other.rows.indices where other.standings[group] != .none {
      adopt(
        first + other.rows[group], key: other.best[group], other.standings[group], for: Int(mapping[group]))
    }
    compactIfSparse()
  }

  func partial(groupCount: Int) -> PartialRows {
    grow(to: groupCount)
    let isKeyed = Column.bools(standings.map { $0 == .keyed })
    return PartialRows(
      where: standings.map { $0 != .none },
      [.int64(.long, best), isKeyed] + retained.columns(rows: rows, missingText: missingText))
  }

  func absorb(_ partial: PartialRows, groupCount: Int) {
    grow(to: groupCount)
    let keys = partial.longs(0)
    let first = retained.append(
      Array(partial.columns.dropFirst(2)), rows: Vector(Array(0..<UInt32(partial.groups.count))))
    for (row, group) in partial.groups.enumerated() {
      let standing: Standing = partial.columns[1].value(at: row) == .bool(true) ? .keyed : .nullKey
      adopt(first + UInt32(row), key: keys[row], standing, for: Int(group))
    }
    compactIfSparse()
  }

  /// Takes a retained row for a group if it is better than the one that the group has.
  private func adopt(_ row: UInt32, key: Int64, _ standing: Standing, for group: Int) {
    let isBetter: Bool
    switch (standings[group], standing) {
    case (.none, _): isBetter = true
    case (.nullKey, let theirs): isBetter = theirs == .keyed
    case (.keyed, let theirs):
      isBetter = theirs == .keyed && (key > best[group] || (lastWins && key == best[group]))
    }
    guard isBetter else { return }
    standings[group] = standing
    best[group] = key
    rows[group] = row
  }

  func finish(groupCount: Int) -> [Column] {
    grow(to: groupCount)
    return retained.columns(rows: rows, missingText: missingText)
  }

  private func compactIfSparse() {
    guard retained.count > rows.count * 2 + 16 else { return }
    let groups = rows.indices.filter { rows[$0] != UInt32.max }
    retained.keep(groups.map { rows[$0] })
    for (position, group) in groups.enumerated() { rows[group] = UInt32(truncatingIfNeeded: position) }
  }

  private func grow(to count: Int) {
    best.grow(to: count, filling: 0)
    standings.grow(to: count, filling: .none)
    rows.grow(to: count, filling: UInt32.max)
    local.grow(to: count, filling: UInt32.max)
  }
}
