import Engine

/// The columns by which rows of two results are paired, and how they were chosen.
package struct RowKey: Hashable, Sendable {
  package enum Basis: String, Hashable, Sendable {
    case given
    /// Both rules group by them.
    case groupKeys = "group-keys"
    /// The fewest columns that tell all rows apart.
    case unique
    /// No set of columns tells all rows apart.
    case allColumns = "all-columns"
    /// There is no column in common, or only one row to pair.
    case none
  }

  /// Positions among the pairs of columns.
  package var columns: [Int]
  package var basis: Basis
  /// Keys that stand for several rows of one side.
  package var sharedKeys = 0

  /// So many rows times sets of columns are looked through for a unique key.
  private static let searchLimit = 4_000_000

  /// - Parameters:
  ///   - old: the canonical values of each pair's column, row by row.
  ///   - oldRoles: of the columns of the old result.
  static func find(
    _ pairing: ColumnPairing, given: [Int], old: CanonicalColumns, new: CanonicalColumns,
    oldRoles: [ColumnRole], newRoles: [ColumnRole]
  ) -> RowKey {
    if !given.isEmpty { return RowKey(columns: given, basis: .given).counted(old, new) }
    let roles = pairing.pairs.map { pair in
      [
        oldRoles.indices.contains(pair.old) ? oldRoles[pair.old].kind : .measure,
        newRoles.indices.contains(pair.new) ? newRoles[pair.new].kind : .measure,
      ]
    }
    let groupKeys = pairing.pairs.indices.filter { roles[$0].allSatisfy { $0 == .groupKey } }
    if !groupKeys.isEmpty {
      let key = RowKey(columns: groupKeys, basis: .groupKeys).counted(old, new)
      if key.sharedKeys == 0 { return key }
    }
    let steady = pairing.pairs.indices.filter { position in
      roles[position].allSatisfy { $0 != .measure } && roles[position].contains { $0 != .constant }
    }
    if let key = fewest(groupKeys, among: steady, old, new) { return key }
    if !groupKeys.isEmpty { return RowKey(columns: groupKeys, basis: .groupKeys).counted(old, new) }
    if steady.isEmpty, old.rowCount <= 1, new.rowCount <= 1 { return RowKey(columns: [], basis: .none) }
    let all = Array(pairing.pairs.indices)
    if steady.isEmpty, let key = fewest([], among: all, old, new) { return key }
    return RowKey(columns: steady.isEmpty ? all : steady, basis: all.isEmpty ? .none : .allColumns)
      .counted(old, new)
  }

  /// The fewest columns with which no two rows of a side are alike; of several, those that pair the most rows.
  private static func fewest(
    _ base: [Int], among candidates: [Int], _ old: CanonicalColumns, _ new: CanonicalColumns
  ) -> RowKey? {
    let more = candidates.filter { !base.contains($0) }
    var work = 0
    for size in 1...3 where size <= more.count {
      var best: (key: RowKey, pairs: Int)?
      for set in sets(of: size, from: more) {
        work += old.rowCount + new.rowCount
        if work > searchLimit { return best?.key }
        let columns = (base + set).sorted()
        guard let first = old.distinctKeys(columns), let second = new.distinctKeys(columns) else { continue }
        let pairs = first.intersection(second).count
        if best.map({ pairs > $0.pairs }) ?? true {
          best = (RowKey(columns: columns, basis: .unique), pairs)
        }
      }
      if let best { return best.key }
    }
    return nil
  }

  private static func sets(of size: Int, from candidates: [Int]) -> [[Int]] {
    guard size > 0 else { return [[]] }
    return candidates.indices.flatMap { index in
      sets(of: size - 1, from: Array(candidates[(index + 1)...])).map { [candidates[index]] + $0 }
    }
  }

  private func counted(_ old: CanonicalColumns, _ new: CanonicalColumns) -> RowKey {
    var result = self
    result.sharedKeys = old.sharedKeys(columns).union(new.sharedKeys(columns)).count
    return result
  }
}

/// The compared columns of a result as canonical values.
struct CanonicalColumns {
  let rowCount: Int
  private let columns: [[CanonicalValue]]

  init(_ table: Table, columns positions: [Int], comparisons: [ValueComparison]) {
    rowCount = table.rowCount
    columns = zip(positions, comparisons).map { position, comparison in
      let column = table.columns[position]
      return (0..<table.rowCount).map { comparison.canonical(column.value(at: $0)) }
    }
  }

  func key(_ row: Int, _ positions: [Int]) -> [CanonicalValue] { positions.map { columns[$0][row] } }

  func row(_ row: Int) -> [CanonicalValue] { columns.map { $0[row] } }

  func value(_ row: Int, _ position: Int) -> CanonicalValue { columns[position][row] }

  /// The keys of all rows; nil if two rows have the same.
  func distinctKeys(_ positions: [Int]) -> Set<[CanonicalValue]>? {
    var keys: Set<[CanonicalValue]> = []
    for row in 0..<rowCount where !keys.insert(key(row, positions)).inserted { return nil }
    return keys
  }

  func sharedKeys(_ positions: [Int]) -> Set<[CanonicalValue]> {
    var keys: Set<[CanonicalValue]> = []
    var shared: Set<[CanonicalValue]> = []
    for row in 0..<rowCount {
      let key = key(row, positions)
      if !keys.insert(key).inserted { shared.insert(key) }
    }
    return shared
  }
}
