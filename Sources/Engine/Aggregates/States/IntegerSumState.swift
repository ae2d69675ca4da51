/// Wrapping sums of int, long and timespan, or their mean as a real.
final class IntegerSumState: AggregateState {
  enum Result {
    case sum
    case mean
  }

  private let result: Result
  private let type: DataType
  private let dialect: Dialect
  private var sums: [Int64] = []
  private var counts: [Int64] = []

  init(_ result: Result, _ arguments: AggregateArguments) {
    self.result = result
    type = arguments.resultType
    dialect = arguments.dialect
  }

  func update(groups: UnsafeBufferPointer<UInt32>, groupCount: Int, arguments: [Column]) {
    grow(to: groupCount)
    let validity = arguments[0].validity
    guard let values = SortableKey.keys(arguments[0], nan: 0) else { return }
    sums.withUnsafeMutableBufferPointer { sums in
      counts.withUnsafeMutableBufferPointer { counts in
        values.withBuffer { values in
          guard let validity else {
            for row in 0..<values.count {
              let group = Int(groups[row])
              sums[group] &+= values[row]
              counts[group] &+= 1
            }
            return
          }
          validity.withBuffer { valid in
            for row in 0..<values.count where valid[row] {
              let group = Int(groups[row])
              sums[group] &+= values[row]
              counts[group] &+= 1
            }
          }
        }
      }
    }
  }

  func merge(_ other: any AggregateState, mapping: [UInt32], groupCount: Int) {
    let other = Self.same(other)
    grow(to: groupCount)
    for group in other.sums.indices {
      sums[Int(mapping[group])] &+= other.sums[group]
      counts[Int(mapping[group])] &+= other.counts[group]
    }
  }

  func partial(groupCount: Int) -> PartialRows {
    grow(to: groupCount)
    return PartialRows(ofEach: groupCount, [.int64(.long, sums), .int64(.long, counts)])
  }

  func absorb(_ rows: PartialRows, groupCount: Int) {
    grow(to: groupCount)
    let (more, times) = (rows.longs(0), rows.longs(1))
    for (row, group) in rows.groups.enumerated() {
      sums[Int(group)] &+= more[row]
      counts[Int(group)] &+= times[row]
    }
  }

  func finish(groupCount: Int) -> [Column] {
    grow(to: groupCount)
    let validity = dialect.emptyTotalIsNull && counts.contains(0) ? counts.map { $0 > 0 } : nil
    switch result {
    case .sum: return [.int64(type, sums, validity: validity)]
    case .mean:
      // 0 / 0 is NaN, the mean of no values where it is not null.
      return [.reals(zip(sums, counts).map { Double($0) / Double($1) }, validity: validity)]
    }
  }

  private func grow(to count: Int) {
    sums.grow(to: count, filling: 0)
    counts.grow(to: count, filling: 0)
  }
}
