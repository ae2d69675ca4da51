package import Engine

/// What became of the rows of a result: which are gone, which are new, which have other values.
///
/// ```
///   key User     old: a 5 | b 7 | c 9     new: b 7 | c 8 | d 1
///   lost a, gained d, changed c (5→ is 9, now 8), same b
/// ```
/// The order of rows is not compared.
package struct RowDifference: Sendable {
  package struct Changed: Hashable, Sendable {
    package var old: Int
    package var new: Int
    /// Positions among the pairs of columns.
    package var columns: [Int]
  }

  /// The name of a result beside others.
  package var name: String?
  package var old: Table
  package var new: Table
  package var pairing: ColumnPairing
  package var key: RowKey
  /// Rows of the old result.
  package private(set) var lost: [Int] = []
  /// Rows of the new result.
  package private(set) var gained: [Int] = []
  package private(set) var changed: [Changed] = []
  package private(set) var sameCount = 0

  /// Rows, or columns, are not the same.
  package var isDifferent: Bool {
    !lost.isEmpty || !gained.isEmpty || !changed.isEmpty || !pairing.onlyOld.isEmpty
      || !pairing.onlyNew.isEmpty || !pairing.typeChanges.isEmpty
  }

  /// Rows with one key are paired by what they have in common only up to so many.
  private static let closestLimit = 64

  package init(
    name: String? = nil, old: Table, new: Table, oldRoles: [ColumnRole], newRoles: [ColumnRole],
    isAcrossLanguages: Bool, request: DifferenceRequest
  ) {
    self.name = name
    self.old = old
    self.new = new
    let pairing = ColumnPairing(
      old: old.fields, new: new.fields, isAcrossLanguages: isAcrossLanguages, request: request)
    let comparisons = pairing.pairs.map(\.comparison)
    let first = CanonicalColumns(old, columns: pairing.pairs.map(\.old), comparisons: comparisons)
    let second = CanonicalColumns(new, columns: pairing.pairs.map(\.new), comparisons: comparisons)
    let given = request.key.compactMap { name in
      pairing.pairs.firstIndex {
        $0.name == name || old.fields[$0.old].name == name || new.fields[$0.new].name == name
      }
    }
    self.pairing = pairing
    key = RowKey.find(
      pairing, given: given.count == request.key.count ? given : [], old: first, new: second,
      oldRoles: oldRoles, newRoles: newRoles)
    pairRows(first, second)
  }

  private mutating func pairRows(_ first: CanonicalColumns, _ second: CanonicalColumns) {
    var partners: [[CanonicalValue]: [Int]] = [:]
    for row in 0..<second.rowCount { partners[second.key(row, key.columns), default: []].append(row) }
    var waiting: [[CanonicalValue]: [Int]] = [:]
    for row in 0..<first.rowCount { waiting[first.key(row, key.columns), default: []].append(row) }
    for (value, rows) in waiting {
      var oldRows = rows
      var newRows = partners.removeValue(forKey: value) ?? []
      takeEqual(&oldRows, &newRows, first, second)
      takeClosest(&oldRows, &newRows, first, second)
      lost += oldRows
      gained += newRows
    }
    for rows in partners.values { gained += rows }
    lost.sort()
    gained.sort()
    changed.sort { $0.old < $1.old }
  }

  private mutating func takeEqual(
    _ oldRows: inout [Int], _ newRows: inout [Int], _ first: CanonicalColumns, _ second: CanonicalColumns
  ) {
    if oldRows.isEmpty || newRows.isEmpty { return }
    var equal: [[CanonicalValue]: [Int]] = [:]
    for row in newRows.reversed() { equal[second.row(row), default: []].append(row) }
    var taken: Set<Int> = []
    oldRows.removeAll { row in
      guard let partner = equal[first.row(row)]?.popLast() else { return false }
      taken.insert(partner)
      return true
    }
    sameCount += taken.count
    newRows.removeAll { taken.contains($0) }
  }

  /// Pairs the rows of one key that differ the least, and calls them changed.
  private mutating func takeClosest(
    _ oldRows: inout [Int], _ newRows: inout [Int], _ first: CanonicalColumns, _ second: CanonicalColumns
  ) {
    func difference(_ old: Int, _ new: Int) -> [Int] {
      pairing.pairs.indices.filter { first.value(old, $0) != second.value(new, $0) }
    }
    // Without another column there is nothing that could have changed.
    if key.columns.count == pairing.pairs.count { return }
    while let old = oldRows.first, !newRows.isEmpty {
      let isShort = newRows.count <= RowDifference.closestLimit
      let candidates = isShort ? newRows[...] : newRows[..<1]
      let best = candidates.map { ($0, difference(old, $0)) }.min { $0.1.count < $1.1.count }
      guard let (partner, columns) = best else { return }
      changed.append(Changed(old: old, new: partner, columns: columns))
      oldRows.removeFirst()
      newRows.removeAll { $0 == partner }
    }
  }
}
