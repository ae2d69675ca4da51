/// What the bounds of a column say of a test: whether no row of a row group can satisfy it.
struct ParquetStatistics {
  private let file: ParquetFile
  private let plan: LoadPlan
  /// The leaves that give a field its value; nil if that is not certain.
  private let leaves: ([FieldPath.Component]) -> [Int]?
  /// Fields may also come from columns of any name.
  private let hasRest: Bool

  init(
    _ file: ParquetFile, _ plan: LoadPlan, hasRest: Bool = false,
    leaves: @escaping ([FieldPath.Component]) -> [Int]?
  ) {
    (self.file, self.plan, self.hasRest, self.leaves) = (file, plan, hasRest, leaves)
  }

  /// Whether no row of the group can be wanted by any of the requests, which are bits.
  func dropsGroup(_ group: Int, requests: UInt64) -> Bool {
    for (number, request) in plan.requests.enumerated() where requests & (1 << UInt64(number)) != 0 {
      guard let tree = request.predicate else { return false }
      let certainty = tree.certainty { leaf in
        let test = tree.leaves[leaf]
        guard request.columns[test.column].fallback == .none else { return .unknown }
        return isRuledOut(test, group) ? .isFalse : .unknown
      }
      guard certainty == .isFalse else { return false }
    }
    return true
  }

  private func isRuledOut(_ leaf: FilterTree.Leaf, _ group: Int) -> Bool {
    var hasValues = false
    var mayBeMissing = true
    for slot in leaf.slots {
      guard let columns = leaves(plan.paths[slot]) else { return false }
      for column in columns {
        guard let chunk = try? file.chunk(group, column), let known = chunk.statistics else { return false }
        if known.nulls == 0 { mayBeMissing = false }
        // Nothing but nulls.
        if known.nulls == chunk.values { continue }
        hasValues = true
        guard rulesOut(leaf.test, known, file.schema.leaves[column].type) else { return false }
      }
    }
    guard mayBeMissing else { return hasValues }
    if hasRest { return false }
    return switch leaf.test {
    // A field without a value is no time.
    case .time: hasValues
    case .equalsAny, .contains, .startsWith, .isEmpty, .isNotEmpty:
      leaf.test.certainty(UnsafeBufferPointer(start: nil, count: 0)) == .isFalse
    }
  }

  private func rulesOut(
    _ test: FieldTest, _ known: ParquetMetadata.Statistics, _ type: ParquetType
  ) -> Bool {
    switch test {
    case .time(let range):
      guard let bounds = ParquetStatistics.times(known, type) else { return false }
      return bounds.upperBound < range.lowerBound || bounds.lowerBound > range.upperBound
    case .equalsAny(let texts, let ignoringCase):
      guard type.physical == .bytes, type.logical == .text || type.logical == nil, !known.hasOldBounds,
        let low = known.minimum, let high = known.maximum
      else { return false }
      if low == high, known.isExact, low.count < 32 {
        return low.withUnsafeBufferPointer { test.certainty($0) } == .isFalse
      }
      if ignoringCase { return false }
      return texts.allSatisfy { text in
        let bytes = Array(text.utf8)
        return bytes.lexicographicallyPrecedes(low) || high.lexicographicallyPrecedes(bytes)
      }
    case .contains, .startsWith, .isEmpty, .isNotEmpty: return false
    }
  }

  /// The first and the last time of a column in ticks.
  static func times(_ known: ParquetMetadata.Statistics, _ type: ParquetType) -> ClosedRange<Int64>? {
    guard let low = known.minimum, let high = known.maximum else { return nil }
    let bounds: (Int64?, Int64?)
    switch type.physical {
    case .int32, .int64:
      guard let first = word(low, type), let last = word(high, type) else { return nil }
      if case .timestamp = type.logical {
        bounds = (ParquetCell.ticks(first, type), ParquetCell.ticks(last, type))
      } else {
        bounds = (text(String(first)), text(String(last)))
      }
    case .bytes:
      // Only texts of one form are in the order of their times.
      guard !known.hasOldBounds, known.isExact, low.count == 20, high.count == 20, low.last == 0x5A,
        high.last == 0x5A
      else { return nil }
      bounds = (text(String(decoding: low, as: UTF8.self)), text(String(decoding: high, as: UTF8.self)))
    case .boolean, .int96, .float, .double, .fixed: return nil
    }
    guard let first = bounds.0, let last = bounds.1, first <= last else { return nil }
    // What is finer than a tick was cut.
    return first...last
  }

  private static func word(_ bytes: [UInt8], _ type: ParquetType) -> Int64? {
    let width = type.physical == .int32 ? 4 : 8
    guard bytes.count == width else { return nil }
    let bits = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return width == 4 ? Int64(Int32(truncatingIfNeeded: bits)) : Int64(bitPattern: bits)
  }

  private static func text(_ text: String) -> Int64? {
    let buffer = PaddedBuffer(Array(text.utf8))
    return withExtendedLifetime(buffer) { EventTime.ticks(buffer.bytes) }
  }
}
