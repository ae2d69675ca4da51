/// A counter for each group.
final class CountState: AggregateState {
  enum Counted {
    case rows
    case trueRows
    case nonNullRows
  }

  private let counted: Counted
  private var counts: [Int64] = []

  init(counts counted: Counted) { self.counted = counted }

  func update(groups: UnsafeBufferPointer<UInt32>, groupCount: Int, arguments: [Column]) {
    grow(to: groupCount)
    counts.withUnsafeMutableBufferPointer { counts in
      switch counted {
      case .rows: for group in groups { counts[Int(group)] &+= 1 }
      case .trueRows:
        if case .bool(let bools) = arguments[0], bools.validity == nil {
          // Without a branch, as truth values are hard to foretell.
          bools.values.withBuffer { values in
            for row in 0..<values.count { counts[Int(groups[row])] &+= values[row] ? 1 : 0 }
          }
        } else {
          BoolKernels.forEachTrue(arguments[0]) { counts[Int(groups[$0])] &+= 1 }
        }
      case .nonNullRows:
        guard let validity = arguments[0].validity else {
          for group in groups { counts[Int(group)] &+= 1 }
          return
        }
        validity.withBuffer { valid in
          for row in 0..<valid.count where valid[row] { counts[Int(groups[row])] &+= 1 }
        }
      }
    }
  }

  func merge(_ other: any AggregateState, mapping: [UInt32], groupCount: Int) {
    let other = Self.same(other)
    grow(to: groupCount)
    for (group, count) in other.counts.enumerated() { counts[Int(mapping[group])] &+= count }
  }

  func partial(groupCount: Int) -> PartialRows {
    grow(to: groupCount)
    return PartialRows(ofEach: groupCount, [.int64(.long, counts)])
  }

  func absorb(_ rows: PartialRows, groupCount: Int) {
    grow(to: groupCount)
    for (group, count) in zip(rows.groups, rows.longs(0)) { counts[Int(group)] &+= count }
  }

  func finish(groupCount: Int) -> [Column] {
    grow(to: groupCount)
    return [.int64(.long, counts)]
  }

  private func grow(to count: Int) {
    counts.grow(to: count, filling: 0)
  }
}
