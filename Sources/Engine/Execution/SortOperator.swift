/// Orders rows by several keys; equal rows keep their order.
///
/// Each key becomes one unsigned word a row whose order is the wanted order, so that comparing is comparing words:
/// numbers by their bits, texts by the rank of their dictionary entry.
struct SortOperator: Sendable {
  struct Key: Sendable {
    var expression: PhysicalExpression
    var descending: Bool
    var nullsFirst: Bool
  }

  let keys: [Key]
  let limit: Int?

  func run(_ table: Table, columns: [PlanColumn]) throws(ExecutionFailure) -> Table {
    let chunk = Chunk(columns: table.columns, count: table.rowCount)
    var words: [[UInt64]] = []
    for key in keys {
      let column = try key.expression.evaluate(chunk)
      if case .constant = column { continue }
      words.append(SortOperator.words(of: column, descending: key.descending, nullsFirst: key.nullsFirst))
    }
    let order = SortOperator.order(words, count: table.rowCount, limit: limit.map { max(0, $0) })
    return table.gather(Vector(order))
  }

  /// The row indexes in order, the first `limit` of them.
  static func order(_ words: [[UInt64]], count: Int, limit: Int?) -> [UInt32] {
    var rows = (0..<UInt32(count)).map { $0 }
    if let limit, limit < count / 8, let first = words.first {
      rows = candidates(first, limit: limit)
    }
    if rows.count >= RadixSort.threshold {
      // Stable, so the last key goes first.
      for key in words.reversed() { RadixSort.sort(&rows, by: key) }
      return limit.map { Array(rows.prefix($0)) } ?? rows
    }
    switch words.count {
    case 0: break
    case 1:
      words[0].withUnsafeBufferPointer { key in
        rows.sort { left, right in
          let leftKey = key[Int(left)]
          let rightKey = key[Int(right)]
          return leftKey == rightKey ? left < right : leftKey < rightKey
        }
      }
    default:
      rows.sort { left, right in
        for key in words where key[Int(left)] != key[Int(right)] {
          return key[Int(left)] < key[Int(right)]
        }
        return left < right
      }
    }
    return limit.map { Array(rows.prefix($0)) } ?? rows
  }

  /// The rows that can be among the first `limit` by their first key.
  private static func candidates(_ key: [UInt64], limit: Int) -> [UInt32] {
    guard limit > 0 else { return [] }
    // A sample gives a bound that most rows are above; exact, as it only has to be high enough.
    var kept: [UInt64] = []
    kept.reserveCapacity(limit * 4 + 64)
    var bound = UInt64.max
    for word in key where word <= bound {
      kept.append(word)
      if kept.count >= limit * 4 + 64 {
        kept.sort()
        kept.removeSubrange(limit...)
        bound = kept[limit - 1]
      }
    }
    kept.sort()
    if kept.count >= limit { bound = min(bound, kept[limit - 1]) }
    return key.indices.compactMap { key[$0] <= bound ? UInt32($0) : nil }
  }

  static func words(of column: Column, descending: Bool, nullsFirst: Bool) -> [UInt64] {
    var words = ascendingWords(of: column)
    if descending {
      for row in words.indices { words[row] = ~words[row] }
    }
    // Words leave room at both ends: see `ascendingWords`.
    if let validity = column.validity {
      for row in words.indices where !validity[row] { words[row] = nullsFirst ? 0 : UInt64.max }
    }
    if case .real(let reals) = column {
      // NaN stands beside null.
      reals.values.withBuffer { values in
        for row in words.indices where values[row].isNaN && words[row] != 0 && words[row] != UInt64.max {
          words[row] = nullsFirst ? 1 : UInt64.max - 1
        }
      }
    }
    return words
  }

  /// Words in ascending order of the values. The extremes of 64-bit integers give way to null and NaN by
  /// saturating two steps in, which no tick, count or id of a log reaches.
  private static func ascendingWords(of column: Column) -> [UInt64] {
    func inner(_ word: UInt64) -> UInt64 { min(max(word, 2), UInt64.max - 2) }
    switch column {
    case .constant(let constant): return [UInt64](repeating: 2, count: constant.count)
    case .bool(let bools): return bools.values.withBuffer { $0.map { $0 ? 3 : 2 } }
    case .int64(let integers):
      return integers.values.withBuffer { $0.map { inner(UInt64(bitPattern: $0) ^ (1 << 63)) } }
    case .real(let reals):
      return reals.values.withBuffer { values in
        values.map { value in
          let bits = (value == 0 ? 0.0 : value).bitPattern
          return inner(bits >> 63 == 1 ? ~bits : bits | (1 << 63))
        }
      }
    case .string(let strings):
      let ranks = textRanks(strings)
      return strings.codes.withBuffer { codes in codes.map { UInt64(ranks[Int($0)]) + 2 } }
    case .values(let values):
      let ranked = values.values.array.enumerated().sorted { ValueOrder.isBefore($0.element, $1.element) }
      var words = [UInt64](repeating: 2, count: values.values.count)
      var rank: UInt64 = 2
      for (position, entry) in ranked.enumerated() {
        if position > 0, ValueOrder.isBefore(ranked[position - 1].element, entry.element) { rank += 1 }
        words[entry.offset] = rank
      }
      return words
    }
  }

  /// The rank of each dictionary entry that the column uses; equal texts share one.
  private static func textRanks(_ column: StringColumn) -> [UInt32] {
    let dictionary = column.dictionary
    var isUsed = [Bool](repeating: false, count: dictionary.count)
    column.codes.withBuffer { for code in $0 { isUsed[Int(code)] = true } }
    let order = (0..<UInt32(dictionary.count)).filter { isUsed[Int($0)] }.sorted {
      StringDictionary.compare(dictionary[$0], dictionary[$1]) < 0
    }
    var ranks = [UInt32](repeating: 0, count: dictionary.count)
    var rank: UInt32 = 0
    for (position, code) in order.enumerated() {
      if position > 0, StringDictionary.compare(dictionary[order[position - 1]], dictionary[code]) != 0 {
        rank += 1
      }
      ranks[Int(code)] = rank
    }
    return ranks
  }
}
