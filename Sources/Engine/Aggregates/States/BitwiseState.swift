/// Bits of whole numbers folded with and, or, exclusive or; null without values.
final class BitwiseState: AggregateState {
  enum Fold {
    case and
    case or
    case xor
  }

  private let fold: Fold
  private let type: DataType
  private var bits: [Int64?] = []

  init(_ fold: Fold, _ arguments: AggregateArguments) {
    self.fold = fold
    type = arguments.resultType
  }

  func update(groups: UnsafeBufferPointer<UInt32>, groupCount: Int, arguments: [Column]) {
    bits.grow(to: groupCount, filling: nil)
    for row in 0..<groups.count {
      if case .long(let value) = arguments[0].value(at: row) { add(value, to: Int(groups[row])) }
    }
  }

  private func add(_ value: Int64, to group: Int) {
    guard let known = bits[group] else {
      bits[group] = value
      return
    }
    switch fold {
    case .and: bits[group] = known & value
    case .or: bits[group] = known | value
    case .xor: bits[group] = known ^ value
    }
  }

  func merge(_ other: any AggregateState, mapping: [UInt32], groupCount: Int) {
    let other = Self.same(other)
    bits.grow(to: groupCount, filling: nil)
    for (group, value) in other.bits.enumerated() {
      if let value { add(value, to: Int(mapping[group])) }
    }
  }

  func partial(groupCount: Int) -> PartialRows {
    bits.grow(to: groupCount, filling: nil)
    return PartialRows(where: bits.map { $0 != nil }, [.int64(.long, bits.map { $0 ?? 0 })])
  }

  func finish(groupCount: Int) -> [Column] {
    bits.grow(to: groupCount, filling: nil)
    return [Column.of(type, bits.map { $0.map { .long($0) } ?? .null })]
  }
}
