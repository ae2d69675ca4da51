/// Counting rows: `count`, `countif`.
package enum CountAggregates {
  package static let all: [AggregateFunction] = [count, countIf]

  package static let count = AggregateFunction(
    [.kql("count")], Signature([Parameter.any("value").optional], returns: .fixed(.long)),
    "Counts rows, those with a null value included.", prefix: "count_",
    makeState: { _ in CountState(counts: .rows) })

  package static let countIf = AggregateFunction(
    [.kql("countif")], Signature([.bool("condition")], returns: .fixed(.long)),
    "Counts the rows for which a condition is true.", prefix: "countif_",
    makeState: { _ in CountState(counts: .trueRows) })
}

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
      case .trueRows: BoolKernels.forEachTrue(arguments[0]) { counts[Int(groups[$0])] &+= 1 }
      case .nonNullRows:
        for row in 0..<groups.count where !arguments[0].isNull(at: row) { counts[Int(groups[row])] &+= 1 }
      }
    }
  }

  func merge(_ other: any AggregateState, mapping: [UInt32], groupCount: Int) {
    guard let other = other as? CountState else { return }
    grow(to: groupCount)
    for (group, count) in other.counts.enumerated() { counts[Int(mapping[group])] &+= count }
  }

  func finish(groupCount: Int) -> [Column] {
    grow(to: groupCount)
    return [.int64(.long, counts)]
  }

  private func grow(to count: Int) {
    if counts.count < count { counts.append(contentsOf: repeatElement(0, count: count - counts.count)) }
  }
}
