/// Runs another aggregate over the rows for which one argument is true: `sumif(x, p)` is `sum(x)` of those.
final class ConditionalState: AggregateState {
  private let inner: any AggregateState
  private let condition: Int

  init(_ arguments: AggregateArguments, condition: Int, _ make: (AggregateArguments) -> any AggregateState) {
    self.condition = condition
    var rest = arguments
    if condition < rest.types.count { rest.types.remove(at: condition) }
    if condition < rest.constants.count { rest.constants.remove(at: condition) }
    inner = make(rest)
  }

  func update(groups: UnsafeBufferPointer<UInt32>, groupCount: Int, arguments: [Column]) {
    var rest = arguments
    let test = rest.remove(at: condition)
    guard let rows = BoolKernels.selection(test) else {
      return inner.update(groups: groups, groupCount: groupCount, arguments: rest)
    }
    let kept = rows.withBuffer { $0.map { groups[Int($0)] } }
    let gathered = rest.map { $0.gather(rows) }
    kept.withUnsafeBufferPointer { inner.update(groups: $0, groupCount: groupCount, arguments: gathered) }
  }

  func merge(_ other: any AggregateState, mapping: [UInt32], groupCount: Int) {
    let other = Self.same(other)
    inner.merge(other.inner, mapping: mapping, groupCount: groupCount)
  }

  func finish(groupCount: Int) -> [Column] { inner.finish(groupCount: groupCount) }

  func partial(groupCount: Int) -> PartialRows { inner.partial(groupCount: groupCount) }

  func absorb(_ rows: PartialRows, groupCount: Int) { inner.absorb(rows, groupCount: groupCount) }
}

extension AggregateFunction {
  /// The state maker of the form of an aggregate that takes a condition as its argument at an index.
  static func conditional(
    at index: Int, _ make: @escaping @Sendable (AggregateArguments) -> any AggregateState
  ) -> @Sendable (AggregateArguments) -> any AggregateState {
    { ConditionalState($0, condition: index, make) }
  }
}
