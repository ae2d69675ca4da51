#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Sums and means of decimals.
final class DecimalSumState: AggregateState {
  enum Result {
    case sum
    case mean
  }

  private let result: Result
  private var sums: [Decimal] = []
  private var counts: [Int] = []

  init(_ result: Result) { self.result = result }

  func update(groups: UnsafeBufferPointer<UInt32>, groupCount: Int, arguments: [Column]) {
    grow(to: groupCount)
    for row in 0..<groups.count {
      guard case .decimal(let number) = arguments[0].value(at: row) else { continue }
      sums[Int(groups[row])] += number
      counts[Int(groups[row])] += 1
    }
  }

  func merge(_ other: any AggregateState, mapping: [UInt32], groupCount: Int) {
    let other = Self.same(other)
    grow(to: groupCount)
    for group in other.sums.indices {
      sums[Int(mapping[group])] += other.sums[group]
      counts[Int(mapping[group])] += other.counts[group]
    }
  }

  func partial(groupCount: Int) -> PartialRows {
    grow(to: groupCount)
    return PartialRows(
      ofEach: groupCount,
      [Column.of(.decimal, sums.map { .decimal($0) }), .int64(.long, counts.map { Int64($0) })])
  }

  func absorb(_ rows: PartialRows, groupCount: Int) {
    grow(to: groupCount)
    let times = rows.longs(1)
    for (row, group) in rows.groups.enumerated() {
      if case .decimal(let sum) = rows.columns[0].value(at: row) { sums[Int(group)] += sum }
      counts[Int(group)] += Int(times[row])
    }
  }

  func finish(groupCount: Int) -> [Column] {
    grow(to: groupCount)
    let values: [Value] = zip(sums, counts).map { sum, count in
      switch result {
      case .sum: .decimal(sum)
      case .mean: count == 0 ? .null : .decimal(sum / Decimal(count))
      }
    }
    return [Column.of(.decimal, values)]
  }

  private func grow(to count: Int) {
    sums.grow(to: count, filling: 0)
    counts.grow(to: count, filling: 0)
  }
}
