/// The mean of datetimes or timespans. Sums are wide: sixteen datetimes of today overflow 64 bits.
final class TimeMeanState: AggregateState {
  private let type: DataType
  private var sums: [Int128] = []
  private var counts: [Int128] = []

  init(_ arguments: AggregateArguments) { type = arguments.resultType }

  func update(groups: UnsafeBufferPointer<UInt32>, groupCount: Int, arguments: [Column]) {
    grow(to: groupCount)
    guard let values = SortableKey.keys(arguments[0], nan: 0) else { return }
    let validity = arguments[0].validity
    for row in 0..<values.count where validity?[row] ?? true {
      sums[Int(groups[row])] &+= Int128(values[row])
      counts[Int(groups[row])] &+= 1
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
    // Wide sums as their upper and lower halves.
    return PartialRows(
      ofEach: groupCount,
      [
        .int64(.long, sums.map { Int64(truncatingIfNeeded: $0 >> 64) }),
        .int64(.long, sums.map { Int64(truncatingIfNeeded: $0) }),
        .int64(.long, counts.map { Int64(truncatingIfNeeded: $0) }),
      ])
  }

  func absorb(_ rows: PartialRows, groupCount: Int) {
    grow(to: groupCount)
    let (upper, lower, times) = (rows.longs(0), rows.longs(1), rows.longs(2))
    for (row, group) in rows.groups.enumerated() {
      sums[Int(group)] &+= Int128(upper[row]) << 64 | Int128(UInt64(bitPattern: lower[row]))
      counts[Int(group)] &+= Int128(times[row])
    }
  }

  func finish(groupCount: Int) -> [Column] {
    grow(to: groupCount)
    let means = zip(sums, counts).map { $1 == 0 ? 0 : Int64(truncatingIfNeeded: $0 / $1) }
    return [.int64(type, means, validity: counts.contains(0) ? counts.map { $0 > 0 } : nil)]
  }

  private func grow(to count: Int) {
    sums.grow(to: count, filling: 0)
    counts.grow(to: count, filling: 0)
  }
}
