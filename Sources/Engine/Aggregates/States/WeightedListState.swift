/// All values of each group with how often each counts: `[value, weight]`, in the order of the rows.
final class WeightedListState: AggregateState {
  private let inner: ListState

  init(_ arguments: AggregateArguments) {
    var pairs = arguments
    pairs.types = [.dynamic]
    pairs.constants = [nil]
    inner = ListState(.dropped, pairs, flattens: false, limit: nil)
  }

  func update(groups: UnsafeBufferPointer<UInt32>, groupCount: Int, arguments: [Column]) {
    var kept: [UInt32] = []
    var pairs: [Value] = []
    for row in 0..<groups.count {
      let value = arguments[0].value(at: row)
      guard !value.isNull, let weight = arguments[1].value(at: row).number, weight > 0 else { continue }
      kept.append(groups[row])
      pairs.append(.dynamic(.array([value.json, .long(Int64(saturating: weight))])))
    }
    let column = Column.of(.dynamic, pairs)
    kept.withUnsafeBufferPointer { inner.update(groups: $0, groupCount: groupCount, arguments: [column]) }
  }

  func merge(_ other: any AggregateState, mapping: [UInt32], groupCount: Int) {
    inner.merge(Self.same(other).inner, mapping: mapping, groupCount: groupCount)
  }

  func finish(groupCount: Int) -> [Column] { inner.finish(groupCount: groupCount) }

  func partial(groupCount: Int) -> PartialRows { inner.partial(groupCount: groupCount) }

  func absorb(_ rows: PartialRows, groupCount: Int) { inner.absorb(rows, groupCount: groupCount) }
}
