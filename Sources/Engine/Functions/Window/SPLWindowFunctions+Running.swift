extension SPLWindowFunctions {
  /// The sum of the numbers so far; null where a row has none.
  package static let runningSum = make(
    "running sum", "The sum of the numbers so far.", .fixed(.real), [.any("value")]
  ) { call in
    guard let column = call.arguments.first else { return .constant(.null, .real, count: call.count) }
    var sum = 0.0
    return Column.of(
      .real,
      (0..<call.count).map { row -> Value in
        guard let number = NumberReader.number(column.value(at: row)) else { return .null }
        sum += number
        return .real(sum)
      })
  }

  private static let distance = Parameter.long("rows").constant

  /// The value so many rows before.
  package static let previous = make(
    "previous", "The value of an earlier row.", .argument(0), [.any("value"), distance]
  ) { call in
    guard let column = call.arguments.first else { return .constant(.null, call.type, count: call.count) }
    let distance = rows(call)
    return Column.of(
      column.type,
      (0..<call.count).map { row in row >= distance ? column.value(at: row - distance) : .null })
  }

  /// The difference to so many rows before; null where one of the two is no number.
  package static let difference = make(
    "difference", "The difference to an earlier row.", .fixed(.real), [.any("value"), distance]
  ) { call in
    guard let column = call.arguments.first else { return .constant(.null, .real, count: call.count) }
    let distance = rows(call)
    return Column.of(
      .real,
      (0..<call.count).map { row -> Value in
        guard row >= distance, let here = NumberReader.number(column.value(at: row)),
          let there = NumberReader.number(column.value(at: row - distance))
        else { return .null }
        return .real(here - there)
      })
  }

  private static func rows(_ call: VectorCall) -> Int { Int(max(0, call.integer(1) ?? 0)) }

  /// The last value so far.
  package static let lastSeen = make(
    "last seen", "The last value so far.", .argument(0), [.any("value")]
  ) { call in
    guard let column = call.arguments.first else { return .constant(.null, call.type, count: call.count) }
    var last: Value = .null
    return Column.of(
      column.type,
      (0..<call.count).map { row in
        let value = column.value(at: row)
        if !value.isNull { last = value }
        return last
      })
  }
}
