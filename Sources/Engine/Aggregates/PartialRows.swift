/// What an aggregate has seen so far, as rows: some for each group, in an order that matters.
///
/// ```
///   count   groups 0 1       counts 7 2
///   values  groups 0 0 1     values "a" "b" "a"
/// ```
/// They travel from one machine to another, where a state of the same aggregate takes them in.
package struct PartialRows: Sendable {
  package var groups: [UInt32]
  /// One element for each of `groups`.
  package var columns: [Column]

  package init(groups: [UInt32], columns: [Column]) {
    self.groups = groups
    self.columns = columns
  }

  /// A row for each group.
  init(ofEach count: Int, _ columns: [Column]) {
    self.init(groups: Array(0..<UInt32(count)), columns: columns)
  }

  /// A row for each group that has something.
  init(where isThere: [Bool], _ columns: [Column]) {
    let groups = isThere.indices.filter { isThere[$0] }.map { UInt32($0) }
    let rows = Vector(groups)
    self.init(groups: groups, columns: columns.map { $0.gather(rows) })
  }

  /// Whole numbers of a column that a state wrote; zeros for what none can have written.
  func longs(_ place: Int) -> [Int64] {
    guard case .int64(let column) = columns[place].materialized else {
      return [Int64](repeating: 0, count: groups.count)
    }
    return column.values.array
  }

  func reals(_ place: Int) -> [Double] {
    guard case .real(let column) = columns[place].materialized else {
      return [Double](repeating: 0, count: groups.count)
    }
    return column.values.array
  }

  /// A sum of each row, which has as many columns as it has parts, from a place on.
  func sums(from place: Int) -> [CompensatedSum] {
    let (high, low, rest) = (reals(place), reals(place + 1), reals(place + 2))
    return groups.indices.map { CompensatedSum(high: high[$0], low: low[$0], rest: rest[$0]) }
  }
}

extension [CompensatedSum] {
  /// Columns of a sum.
  static let partCount = 3

  /// The parts of sums, a column for each.
  var partColumns: [Column] { [.reals(map(\.high)), .reals(map(\.low)), .reals(map(\.rest))] }
}

extension AggregateState {
  /// For states whose partial rows are rows as they might have seen them.
  func absorb(_ rows: PartialRows, groupCount: Int) {
    rows.groups.withUnsafeBufferPointer {
      update(groups: $0, groupCount: groupCount, arguments: rows.columns)
    }
  }
}
