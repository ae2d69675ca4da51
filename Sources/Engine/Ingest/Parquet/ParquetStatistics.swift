/// What the bounds of a column say of a test: whether no row of a row group can satisfy it.
struct ParquetStatistics {
  private let file: ParquetFile
  private let plan: LoadPlan
  /// Of each slot; nil if it is not certain what gives it its value.
  private let origins: [ParquetFieldOrigin?]

  init(
    _ file: ParquetFile, _ plan: LoadPlan, origin: ([FieldPath.Component]) -> ParquetFieldOrigin?
  ) {
    (self.file, self.plan) = (file, plan)
    origins = plan.paths.map(origin)
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

  /// Whether all rows of the group are events of the same sources: what one of them is tells of the others.
  func isUniform(_ group: Int, requests: UInt64) -> Bool {
    for source in plan.sources where source.requests & requests != 0 {
      // Messages of other kinds, which a shape excludes by how a value begins, come in no table of events.
      for shape in source.shapes {
        guard shape.values.isEmpty, shape.presence.allSatisfy({ isSettled($0, group) }) else { return false }
      }
    }
    return true
  }

  /// Whether all rows of the group have a value in the slot, or none has.
  private func isSettled(_ slot: Int, _ group: Int) -> Bool {
    guard let origin = origins[slot] else { return false }
    var mayBeThere = false
    for leaf in origin.leaves {
      guard let chunk = try? file.chunk(group, leaf), let known = chunk.statistics else { return false }
      if isAlwaysThere(known, leaf, origin) { return true }
      if known.nulls != chunk.values { mayBeThere = true }
    }
    return !mayBeThere
  }

  private func isAlwaysThere(
    _ known: ParquetMetadata.Statistics, _ leaf: Int, _ origin: ParquetFieldOrigin
  ) -> Bool {
    guard known.nulls == 0 else { return false }
    let type = file.schema.leaves[leaf].type
    if origin.nullWords.isEmpty { return true }
    switch type.physical {
    case .boolean, .int32, .int64, .float, .double: return true
    case .int96, .fixed: return false
    case .bytes: return ParquetStatistics.areOutside(origin.nullWords, known, type)
    }
  }

  private func isRuledOut(_ leaf: FilterTree.Leaf, _ group: Int) -> Bool {
    var hasValues = false
    var mayBeMissing = true
    for slot in leaf.slots {
      guard let origin = origins[slot], origin.keepsText || leaf.test.isOfTime else { return false }
      for column in origin.leaves {
        guard let chunk = try? file.chunk(group, column), let known = chunk.statistics else { return false }
        if isAlwaysThere(known, column, origin) { mayBeMissing = false }
        // Nothing but nulls.
        if known.nulls == chunk.values { continue }
        hasValues = true
        guard rulesOut(leaf.test, known, file.schema.leaves[column].type) else { return false }
      }
    }
    guard mayBeMissing else { return hasValues }
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
      guard let bounds = ParquetStatistics.times(known, type) ?? ParquetStatistics.textTimes(known, type)
      else { return false }
      return bounds.upperBound < range.lowerBound || bounds.lowerBound > range.upperBound
    case .equalsAny(let texts, let ignoringCase):
      // What is no UTF-8 is told with such characters, wherever it stands in the order.
      guard !texts.contains(where: { $0.unicodeScalars.contains("\u{FFFD}") }) else { return false }
      if let low = known.minimum, low == known.maximum, known.isExact, low.count < 32, type.isText,
        !known.hasOldBounds
      {
        return low.withUnsafeBufferPointer { test.certainty($0) } == .isFalse
      }
      return !ignoringCase && ParquetStatistics.areOutside(texts.map { Array($0.utf8) }, known, type)
    case .contains, .startsWith, .isEmpty, .isNotEmpty: return false
    }
  }

  /// Whether none of the texts is between the bounds of a column of texts.
  private static func areOutside(
    _ texts: [[UInt8]], _ known: ParquetMetadata.Statistics, _ type: ParquetType
  ) -> Bool {
    guard type.isText, !known.hasOldBounds, let low = known.minimum, let high = known.maximum else {
      return false
    }
    return texts.allSatisfy { $0.lexicographicallyPrecedes(low) || high.lexicographicallyPrecedes($0) }
  }

  /// The first and the last time of a column of numbers, in ticks.
  static func times(_ known: ParquetMetadata.Statistics, _ type: ParquetType) -> ClosedRange<Int64>? {
    guard type.physical == .int32 || type.physical == .int64, let low = known.minimum,
      let high = known.maximum, let first = word(low, type), let last = word(high, type)
    else { return nil }
    let bounds: (Int64?, Int64?)
    switch type.logical {
    case .timestamp: bounds = (ParquetCell.ticks(first, type), ParquetCell.ticks(last, type))
    case .signed, .unsigned, nil:
      // Seconds and milliseconds are told by their digits: between bounds of one kind there is no other.
      let (least, most) = (String(first), String(last))
      guard least.utf8.count == most.utf8.count, first > 0 else { return nil }
      bounds = (text(least), text(most))
    case .text, .json, .date, .uuid, .float16, .decimal, .interval, .time: return nil
    }
    guard let first = bounds.0, let last = bounds.1, first <= last else { return nil }
    // What is finer than a tick was cut.
    return first...last
  }

  /// A span that holds all times of a column of texts.
  ///
  /// The order of texts is not that of times: `2026-03-01T11:00:00-09:00` and `2026-03-01 23:00` stand before
  /// `2026-03-01T12:00:00Z`. But whatever stands between two texts that begin with the same day, month or year begins so
  /// too, and no zone is further away than five days.
  private static func textTimes(
    _ known: ParquetMetadata.Statistics, _ type: ParquetType
  ) -> ClosedRange<Int64>? {
    guard type.physical == .bytes, type.logical == .text || type.logical == nil, !known.hasOldBounds,
      let low = known.minimum, let high = known.maximum
    else { return nil }
    let shared = zip(low, high).prefix { $0 == $1 }.count
    // `2026-03-01T`
    let digits = low.prefix(shared).map { $0 &- 0x30 < 10 ? Int($0 - 0x30) : nil }
    func number(_ places: Range<Int>) -> Int? {
      guard places.upperBound <= digits.count else { return nil }
      return places.reduce(into: Optional(0)) { sum, place in
        sum = sum.flatMap { sum in digits[place].map { sum * 10 + $0 } }
      }
    }
    guard shared >= 5, low[4] == 0x2D, let year = number(0..<4), (1...9998).contains(year) else { return nil }
    let month = shared >= 8 && low[7] == 0x2D ? number(5..<7) : nil
    let day = shared >= 11 && low[10] == 0x54 && month != nil ? number(8..<10) : nil
    if let month, !(1...12).contains(month) { return nil }
    if let month, let day, !(1...Ticks.daysInMonth(year: year, month: month)).contains(day) { return nil }
    let first = Ticks.days(year: year, month: month ?? 1, day: day ?? 1)
    let last =
      if day != nil {
        first
      } else if let month {
        first + Ticks.daysInMonth(year: year, month: month) - 1
      } else {
        Ticks.days(year: year, month: 12, day: 31)
      }
    return (Int64(first) - 5) * Ticks.perDay...(Int64(last) + 6) * Ticks.perDay
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

extension ParquetType {
  /// The text of a value is that of its bytes.
  var isText: Bool { physical == .bytes && logical == .text }
}

extension FieldTest {
  fileprivate var isOfTime: Bool {
    switch self {
    case .time: true
    case .equalsAny, .contains, .startsWith, .isEmpty, .isNotEmpty: false
    }
  }
}
