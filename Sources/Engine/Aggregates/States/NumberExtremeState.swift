/// The least or the greatest of numbers, truth values or times. NaN wins over all.
final class NumberExtremeState: AggregateState {
  private let type: DataType
  /// All ones for the least: `key ^ flip` is then greatest where the key is least.
  private let flip: Int64
  private var best: [Int64] = []
  private var isKnown: [Bool] = []

  init(greatest: Bool, _ arguments: AggregateArguments) {
    type = arguments.resultType
    flip = greatest ? 0 : -1
  }

  func update(groups: UnsafeBufferPointer<UInt32>, groupCount: Int, arguments: [Column]) {
    grow(to: groupCount)
    guard let keys = SortableKey.keys(arguments[0], nan: Int64.max ^ flip) else { return }
    let validity = arguments[0].validity
    let flip = flip
    best.withUnsafeMutableBufferPointer { best in
      isKnown.withUnsafeMutableBufferPointer { isKnown in
        keys.withBuffer { keys in
          guard let validity else {
            for row in 0..<keys.count {
              let group = Int(groups[row])
              best[group] = max(best[group], keys[row] ^ flip)
              isKnown[group] = true
            }
            return
          }
          validity.withBuffer { valid in
            for row in 0..<keys.count where valid[row] {
              let group = Int(groups[row])
              best[group] = max(best[group], keys[row] ^ flip)
              isKnown[group] = true
            }
          }
        }
      }
    }
  }

  func merge(_ other: any AggregateState, mapping: [UInt32], groupCount: Int) {
    let other = Self.same(other)
    grow(to: groupCount)
    for group in other.best.indices where other.isKnown[group] {
      let target = Int(mapping[group])
      best[target] = max(best[target], other.best[group])
      isKnown[target] = true
    }
  }

  func partial(groupCount: Int) -> PartialRows {
    grow(to: groupCount)
    return PartialRows(where: isKnown, [SortableKey.column(type, best.map { $0 ^ flip }, validity: nil)])
  }

  func finish(groupCount: Int) -> [Column] {
    grow(to: groupCount)
    let validity = isKnown.contains(false) ? isKnown : nil
    return [SortableKey.column(type, best.map { $0 ^ flip }, validity: validity)]
  }

  private func grow(to count: Int) {
    best.grow(to: count, filling: Int64.min)
    isKnown.grow(to: count, filling: false)
  }
}
