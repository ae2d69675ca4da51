/// Percentiles by the nearest rank: the least value with at least P percent of all values at or below it.
/// In SPL what lies between two values is worked out by their distance.
///
/// All values are kept, so the answer is exact. With weights a value counts as often as its weight says.
final class PercentileState: AggregateState {
  enum Result {
    /// A column for each percentile.
    case columns
    /// One column of arrays.
    case array
    /// A column, with percentiles between two values worked out by their distance.
    case interpolated
    /// The middle value, or the mean of two in as many digits as they have.
    case median
    /// Greatest minus least.
    case range
  }

  private struct Entry: Comparable {
    var key: Int64
    var weight: Int64

    static func < (left: Entry, right: Entry) -> Bool { left.key < right.key }
  }

  private let result: Result
  private let percentiles: [Double]
  private let isWeighted: Bool
  private let arguments: AggregateArguments
  private var reader: NumberReader
  private var groups: [UInt32] = []
  private var entries: [Entry] = []

  /// `percentilesFrom` is the index of the first constant that is a percentile.
  init(_ result: Result, _ arguments: AggregateArguments, percentilesFrom first: Int) {
    self.result = result
    self.arguments = arguments
    isWeighted = first == 2
    percentiles = arguments.constants.dropFirst(first).flatMap { PercentileState.numbers($0) }
    reader = NumberReader(type: arguments.type(at: 0), dialect: arguments.dialect)
  }

  private static func numbers(_ constant: Value?) -> [Double] {
    guard case .dynamic(.array(let elements))? = constant else {
      return [constant.flatMap { NumberReader.number($0) } ?? .nan]
    }
    return elements.map { $0.scalar.flatMap { NumberReader.number($0) } ?? .nan }
  }

  /// The type in which keys are kept.
  private var keyType: DataType {
    let type = arguments.type(at: 0)
    return SortableKey.fits(type) ? type : .real
  }

  func update(groups: UnsafeBufferPointer<UInt32>, groupCount: Int, arguments: [Column]) {
    let column = arguments[0]
    guard SortableKey.fits(column.type), let keys = SortableKey.keys(column, nan: Int64.min) else {
      reader.forEach(column, groups: groups) { group, number in
        append(UInt32(group), SortableKey.key(number, nan: Int64.min), weight: 1)
      }
      return
    }
    let validity = column.validity
    for row in 0..<keys.count where validity?[row] ?? true {
      var weight: Int64 = 1
      if isWeighted {
        guard let number = arguments[1].value(at: row).number else { continue }
        weight = Int64(saturating: number)
      }
      if weight > 0 { append(groups[row], keys[row], weight: weight) }
    }
  }

  private func append(_ group: UInt32, _ key: Int64, weight: Int64) {
    groups.append(group)
    entries.append(Entry(key: key, weight: weight))
  }

  func merge(_ other: any AggregateState, mapping: [UInt32], groupCount: Int) {
    let other = Self.same(other)
    for group in other.groups { groups.append(mapping[Int(group)]) }
    entries.append(contentsOf: other.entries)
  }

  func partial(groupCount: Int) -> PartialRows {
    PartialRows(
      groups: groups,
      columns: [.int64(.long, entries.map(\.key)), .int64(.long, entries.map(\.weight))])
  }

  func absorb(_ rows: PartialRows, groupCount: Int) {
    let (keys, weights) = (rows.longs(0), rows.longs(1))
    for (row, group) in rows.groups.enumerated() { append(group, keys[row], weight: weights[row]) }
  }

  func finish(groupCount: Int) -> [Column] {
    var runs = GroupedRuns(groups: groups, items: entries, groupCount: groupCount)
    runs.sortWithinGroups()
    switch result {
    case .columns:
      return percentiles.enumerated().map { index, percentile in
        column(groupCount) { self.value(runs[$0], percentile) }
      }
    case .interpolated:
      return percentiles.map { percentile in
        column(groupCount) { self.interpolated(runs[$0], percentile) }
      }
    case .array:
      return [
        Column.of(
          .dynamic,
          (0..<groupCount).map { group in
            runs[group].isEmpty
              ? .null : .dynamic(.array(percentiles.map { value(runs[group], $0).json }))
          })
      ]
    case .median:
      return [
        column(groupCount) { self.median(runs[$0]) }
      ]
    case .range: return [column(groupCount) { self.range(runs[$0]) }]
    }
  }

  private func column(_ groupCount: Int, _ value: (Int) -> Value) -> Column {
    Column.of(
      arguments.resultType,
      (0..<groupCount).map { group in
        let value = value(group)
        guard arguments.resultType == .dynamic, !value.isNull else { return value }
        return .dynamic(value.json)
      })
  }

  private func value(_ key: Int64) -> Value {
    let value = SortableKey.value(keyType, key)
    // Decimals are kept as reals here.
    return arguments.resultType == .decimal ? ValueConversion.convert(value, to: .decimal) : value
  }

  private func value(_ run: ArraySlice<Entry>, _ percentile: Double) -> Value {
    guard !run.isEmpty, percentile >= 0, percentile <= 100 else { return .null }
    var total = 0.0
    for entry in run { total += Double(entry.weight) }
    let wanted = total * percentile / 100
    if !isWeighted {
      let rank = max(1, min(run.count, Int(wanted.rounded(.up))))
      return value(run[run.startIndex + rank - 1].key)
    }
    var reached = 0.0
    for entry in run {
      reached += Double(entry.weight)
      if reached >= wanted { return value(entry.key) }
    }
    return run.last.map { value($0.key) } ?? .null
  }

  private func interpolated(_ run: ArraySlice<Entry>, _ percentile: Double) -> Value {
    Quantile.interpolated(percentile, of: run.count) { number(run, $0) }.map { .real($0) } ?? .null
  }

  private func median(_ run: ArraySlice<Entry>) -> Value {
    Quantile.median(of: run.count) { number(run, $0) }.map { .real($0) } ?? .null
  }

  private func number(_ run: ArraySlice<Entry>, _ place: Int) -> Double? {
    guard place >= 0, place < run.count else { return nil }
    return NumberReader.number(value(run[run.startIndex + place].key))
  }

  private func range(_ run: ArraySlice<Entry>) -> Value {
    guard let least = run.first, let greatest = run.last else { return .null }
    switch (value(least.key), value(greatest.key)) {
    case (.real(let low), .real(let high)): return .real(high - low)
    case (.long(let low), .long(let high)): return .long(high &- low)
    case (.datetime(let low), .datetime(let high)), (.timespan(let low), .timespan(let high)):
      return .real(Double(high &- low) / Double(Ticks.perSecond))
    default: return .null
    }
  }
}
