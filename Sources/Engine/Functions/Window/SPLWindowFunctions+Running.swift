extension SPLWindowFunctions {
  /// The sum of the numbers so far; null where a row has none.
  package static let runningSum = make("The sum of the numbers so far.", .real) { call in
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

  /// The value so many rows before.
  package static func previous(_ distance: Int) -> WindowFunction {
    make("The value of an earlier row.", .dynamic) { call in
      guard let column = call.arguments.first else { return .constant(.null, call.type, count: call.count) }
      return Column.of(
        column.type,
        (0..<call.count).map { row in row >= distance ? column.value(at: row - distance) : .null })
    }
  }

  /// The difference to so many rows before; null where one of the two is no number.
  package static func difference(_ distance: Int) -> WindowFunction {
    make("The difference to an earlier row.", .real) { call in
      guard let column = call.arguments.first else { return .constant(.null, .real, count: call.count) }
      return Column.of(
        .real,
        (0..<call.count).map { row -> Value in
          guard row >= distance, let here = NumberReader.number(column.value(at: row)),
            let there = NumberReader.number(column.value(at: row - distance))
          else { return .null }
          return .real(here - there)
        })
    }
  }

  /// The last value so far.
  package static let lastSeen = make("The last value so far.", .dynamic) { call in
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
