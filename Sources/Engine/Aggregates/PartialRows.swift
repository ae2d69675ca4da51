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

  /// Whole numbers of a column that a state wrote.
  func longs(_ place: Int) -> [Int64] {
    (0..<groups.count).map { row in
      switch columns[place].value(at: row) {
      case .long(let number), .datetime(let number), .timespan(let number): number
      case .null, .bool, .real, .decimal, .guid, .string, .dynamic: 0
      }
    }
  }

  func reals(_ place: Int) -> [Double] {
    (0..<groups.count).map { row in
      if case .real(let number) = columns[place].value(at: row) { number } else { 0 }
    }
  }
}

extension AggregateState {
  /// For states whose partial rows are rows as they might have seen them.
  func absorb(_ rows: PartialRows, groupCount: Int) {
    rows.groups.withUnsafeBufferPointer {
      update(groups: $0, groupCount: groupCount, arguments: rows.columns)
    }
  }
}

/// Sums of which each group has some, and a count, as columns.
struct PartialSums {
  /// - Parameter sums: those of each group, as many for all.
  static func columns(_ sums: [[CompensatedSum]], counts: [Int64], each count: Int) -> [Column] {
    var columns: [Column] = []
    for place in 0..<count {
      let parts = sums.map { $0[place].parts }
      for part in 0..<CompensatedSum.partCount { columns.append(.reals(parts.map { $0[part] })) }
    }
    return columns + [.int64(.long, counts)]
  }

  /// The sums of each row, and its count.
  static func rows(_ rows: PartialRows, each count: Int) -> [(sums: [CompensatedSum], count: Int64)] {
    let size = CompensatedSum.partCount
    let parts = (0..<count * size).map { rows.reals($0) }
    let counts = rows.longs(count * size)
    return rows.groups.indices.map { row in
      let sums = (0..<count).map { place in
        CompensatedSum(parts: (0..<size).map { parts[place * size + $0][row] })
      }
      return (sums, counts[row])
    }
  }
}
