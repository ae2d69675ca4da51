/// SPL's `count(x)`: the values of a field that are there, each one of a multivalue.
final class ElementCountState: AggregateState {
  private var elements: ElementEncoder
  private var counts: [Int64] = []

  init(_ arguments: AggregateArguments) {
    elements = ElementEncoder(type: arguments.type(at: 0), dialect: arguments.dialect, flattens: true)
  }

  func update(groups: UnsafeBufferPointer<UInt32>, groupCount: Int, arguments: [Column]) {
    counts.grow(to: groupCount, filling: 0)
    counts.withUnsafeMutableBufferPointer { counts in
      elements.forEach(arguments[0], groups: groups) { group, code in
        if code != KeyColumnEncoder.null { counts[Int(group)] &+= 1 }
      }
    }
  }

  func merge(_ other: any AggregateState, mapping: [UInt32], groupCount: Int) {
    let other = Self.same(other)
    counts.grow(to: groupCount, filling: 0)
    for (group, count) in other.counts.enumerated() { counts[Int(mapping[group])] &+= count }
  }

  func partial(groupCount: Int) -> PartialRows {
    counts.grow(to: groupCount, filling: 0)
    return PartialRows(ofEach: groupCount, [.int64(.long, counts)])
  }

  func absorb(_ rows: PartialRows, groupCount: Int) {
    counts.grow(to: groupCount, filling: 0)
    for (group, count) in zip(rows.groups, rows.longs(0)) { counts[Int(group)] &+= count }
  }

  func finish(groupCount: Int) -> [Column] {
    counts.grow(to: groupCount, filling: 0)
    return [.int64(.long, counts)]
  }
}
