import Diagnostics

/// Whether a running `list` or `values` has another value than before.
final class ListGrowth {
  private let isDistinct: Bool
  private var seen: Set<String> = []
  /// At first too: no list is a version of its own.
  var hasGrown = true
  /// The place of the list among those that there are.
  var version: UInt32 = 0

  /// Nil for what makes no list.
  init?(_ item: RowAggregate) {
    guard item.makesTexts else { return nil }
    isDistinct = item.function === CollectionAggregates.splValues
  }

  /// Whether a value changes the list.
  func takes(_ value: Value) -> Bool {
    let texts = SPLValue.texts(value)
    var isNew = !texts.isEmpty && !isDistinct
    if isDistinct {
      for text in texts where seen.insert(text).inserted { isNew = true }
    }
    if isNew { hasGrown = true }
    return isNew
  }

  /// How many values there are, where they are counted by this.
  var count: Int { seen.count }
}

extension RowAggregate {
  /// Whether the result is a list that grows with each row: `list` and `values`.
  var makesTexts: Bool {
    function === CollectionAggregates.splValues || function === CollectionAggregates.splList
  }
}

/// The lists that a running aggregate went through, and which of them each row has.
struct ListVersions {
  private var lists: [Value] = [.null]
  /// 0 for none.
  var codes: [UInt32] = []

  init(of item: RowAggregate, rows: Int) {
    if item.makesTexts { codes = [UInt32](repeating: 0, count: rows) }
  }

  mutating func add(_ list: Value) -> UInt32 {
    lists.append(list)
    return UInt32(lists.count - 1)
  }

  func value(_ version: UInt32) -> Value { lists[Int(version)] }

  /// Each list is written once; nil for an aggregate that makes none.
  func column(of item: RowAggregate) -> Column? {
    item.makesTexts ? item.column(lists).gather(Vector(codes)) : nil
  }
}

extension StreamStatsOperator {
  /// So many values may stand in the lists of all rows together.
  static let valueLimit = 20_000_000

  /// Lists that grow from row to row hold the square of the rows: more than there is room for is said before the work.
  func checkLists(_ rows: Rows) throws(ExecutionFailure) {
    for item in rows.items where item.makesTexts {
      guard let argument = item.arguments.first else { continue }
      let isDistinct = item.function === CollectionAggregates.splValues
      var growths: [Int: (growth: ListGrowth, count: Int)] = [:]
      var previous: Int?
      var total = 0
      for row in 0..<rows.count {
        if row % 1024 == 0 { try rows.context.checkpoint() }
        guard let group = rows.groups[row] else { continue }
        if resetsOnChange && previous != group || rows.isReset(before: row) { growths = [:] }
        previous = group
        guard var own = growths[group] ?? ListGrowth(item).map({ ($0, 0) }) else { continue }
        let value = argument.value(at: row)
        if own.growth.takes(value) {
          own.count = isDistinct ? own.growth.count : own.count + SPLValue.elements(value).count
          total += own.count
        }
        growths[group] = own
        if total > Self.valueLimit, resetAfter == nil {
          throw ExecutionFailure.limit(
            "list-limit",
            "the lists that `streamstats` makes would hold more than \(Self.valueLimit) values in all",
            suggestion:
              "`window=100` keeps the last rows, `dc` counts the values, `stats list` makes one list")
        }
      }
    }
  }
}
