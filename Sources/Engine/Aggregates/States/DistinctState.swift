/// The distinct values of each group, in the order in which they first appear.
///
/// One set holds all pairs of a group and a value code, each as one word:
///
///     group 0 sees a, b; group 1 sees a   ->   0<<32|1    0<<32|2    1<<32|1
final class DistinctState: AggregateState {
  /// What is made of the values at the end.
  enum Result {
    case count
    /// An array, at most `limit` long.
    case array
    /// SPL: the texts in order; one alone stands for itself.
    case sortedTexts
    case least
    case greatest
    case mostFrequent
    /// Bags merged into one, of at most `limit` keys; the first value of a key stays.
    case bag
    case schema
  }

  private let result: Result
  let arguments: AggregateArguments
  let limit: Int?
  private(set) var elements: ElementEncoder
  private var pairs = PairSet()
  /// For `mostFrequent`, in place of `pairs`: the pairs and how often each occurs.
  private var counted = CodeTable()
  private var tallies: [Int64] = []

  init(_ result: Result, _ arguments: AggregateArguments, flattens: Bool, limit: Int? = nil) {
    self.result = result
    self.arguments = arguments
    self.limit = limit
    elements = ElementEncoder(
      type: arguments.type(at: 0), dialect: arguments.dialect, flattens: flattens)
  }

  func update(groups: UnsafeBufferPointer<UInt32>, groupCount: Int, arguments: [Column]) {
    if result == .mostFrequent {
      elements.forEach(arguments[0], groups: groups) { group, code in
        if code != KeyColumnEncoder.null { tally(UInt64(group) << 32 | UInt64(code), 1) }
      }
      return
    }
    if let codes = elements.plainCodes(arguments[0]) {
      codes.withUnsafeBufferPointer { pairs.insert(groups: groups, codes: $0) }
      return
    }
    elements.forEach(arguments[0], groups: groups) { group, code in
      if code != KeyColumnEncoder.null { pairs.insert(group, code) }
    }
  }

  private func tally(_ pair: UInt64, _ count: Int64) {
    let number = Int(counted.intern(pair))
    tallies.grow(to: number + 1, filling: 0)
    tallies[number] &+= count
  }

  func merge(_ other: any AggregateState, mapping: [UInt32], groupCount: Int) {
    let other = Self.same(other)
    let codes = elements.absorb(other.elements)
    for (number, pair) in other.keys.enumerated() {
      let group = mapping[Int(pair >> 32)]
      let code = codes[Int(pair & 0xFFFF_FFFF)]
      if result == .mostFrequent {
        tally(UInt64(group) << 32 | UInt64(code), other.tallies[number])
      } else {
        pairs.insert(group, code)
      }
    }
  }

  func partial(groupCount: Int) -> PartialRows {
    let keys = keys
    let values = elements.column(of: keys.map { UInt32($0 & 0xFFFF_FFFF) })
    return PartialRows(
      groups: keys.map { UInt32($0 >> 32) },
      columns: result == .mostFrequent ? [values, .int64(.long, tallies)] : [values])
  }

  func absorb(_ rows: PartialRows, groupCount: Int) {
    rows.groups.withUnsafeBufferPointer { groups in
      guard result == .mostFrequent else {
        return update(groups: groups, groupCount: groupCount, arguments: rows.columns)
      }
      // Each row is one value, so that they come as the counts do.
      var counts = rows.longs(1)[...]
      elements.forEach(rows.columns[0], groups: groups) { group, code in
        tally(UInt64(group) << 32 | UInt64(code), counts.popFirst() ?? 0)
      }
    }
  }

  func finish(groupCount: Int) -> [Column] {
    switch result {
    case .count:
      var counts = [Int64](repeating: 0, count: groupCount)
      for pair in keys { counts[Int(pair >> 32)] &+= 1 }
      return [.int64(.long, counts)]
    case .array:
      return [
        JSONArrays.column(values(groupCount), groupCount: groupCount, elements: elements, limit: limit)
      ]
    case .sortedTexts: return [sortedTexts(values(groupCount), groupCount: groupCount)]
    case .least: return [extremes(values(groupCount), groupCount: groupCount, greatest: false)]
    case .greatest: return [extremes(values(groupCount), groupCount: groupCount, greatest: true)]
    case .mostFrequent: return [mostFrequent(groupCount: groupCount)]
    case .bag: return [bags(values(groupCount), groupCount: groupCount)]
    case .schema: return [schemas(values(groupCount), groupCount: groupCount)]
    }
  }

  private var keys: [UInt64] { result == .mostFrequent ? Array(counted.keys) : pairs.keys }

  private func values(_ groupCount: Int) -> GroupedRuns<UInt32> {
    let keys = keys
    return GroupedRuns(
      groups: keys.map { UInt32($0 >> 32) }, items: keys.map { UInt32($0 & 0xFFFF_FFFF) },
      groupCount: groupCount)
  }

  private func mostFrequent(groupCount: Int) -> Column {
    var best = [UInt32](repeating: KeyColumnEncoder.null, count: groupCount)
    var tally = [Int64](repeating: 0, count: groupCount)
    for (number, pair) in keys.enumerated() {
      let group = Int(pair >> 32)
      if tallies[number] > tally[group] {
        tally[group] = tallies[number]
        best[group] = UInt32(pair & 0xFFFF_FFFF)
      }
    }
    return Column.of(arguments.resultType, best.map { resultValue(of: $0) })
  }

  /// The value of a code as the result has it: a dynamic result holds its JSON.
  func resultValue(of code: UInt32) -> Value {
    let value = elements.value(of: code)
    if value.isNull { return arguments.dialect.missingText.value(of: arguments.resultType) }
    return arguments.resultType == .dynamic ? .dynamic(value.json) : value
  }
}
