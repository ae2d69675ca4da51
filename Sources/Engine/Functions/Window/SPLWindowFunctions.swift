/// Window functions without a name that SPL's commands are made of.
package enum SPLWindowFunctions {
  static func make(
    _ summary: String, _ type: DataType, _ compute: @escaping @Sendable (VectorCall) -> Column
  ) -> WindowFunction {
    WindowFunction(
      [], Signature([Parameter.any("value").repeated], returns: .fixed(type)), summary, compute: compute)
  }

  /// The place of a row, from 0.
  package static let place = make("The place of a row.", .long) { call in
    .int64(.long, (0..<Int64(call.count)).map { $0 })
  }

  /// The how-manieth row of its key this is, from 1; 0 where a key is null.
  package static let occurrence = make("The how-manieth row of its key.", .long) { call in
    let (groups, count) = grouping(call.arguments, count: call.count)
    var seen = [Int64](repeating: 0, count: count)
    return .int64(
      .long,
      groups.map { group in
        guard let group else { return 0 }
        seen[group] += 1
        return seen[group]
      })
  }

  /// The how-manieth row of an unbroken run of one key, from 1; 0 where a key is null.
  package static let runPlace = make("The how-manieth row of a run.", .long) { call in
    let (groups, _) = grouping(call.arguments, count: call.count)
    var place: Int64 = 0
    var previous: Int?
    return .int64(
      .long,
      groups.map { group in
        guard let group else {
          previous = nil
          return 0
        }
        place = group == previous ? place + 1 : 1
        previous = group
        return place
      })
  }

  /// Whether any row of the whole column has a value.
  package static let hasAny = make("Whether any row has a value.", .bool) { call in
    guard let column = call.arguments.first else { return .constant(.bool(false), .bool, count: call.count) }
    let hasAny = (0..<call.count).contains { !column.isNull(at: $0) }
    return .constant(.bool(hasAny), .bool, count: call.count)
  }

  /// True up to the first row whose condition fails.
  package static func unbroken(keepLast: Bool, keepNull: Bool) -> WindowFunction {
    make("True up to the first row that fails.", .bool) { call in
      guard let column = call.arguments.first else { return .constant(.bool(true), .bool, count: call.count) }
      var isOpen = true
      return .bools(
        (0..<call.count).map { row in
          guard isOpen else { return false }
          let value = column.value(at: row)
          if value == .bool(true) || (keepNull && value.isNull) { return true }
          isOpen = false
          return keepLast
        })
    }
  }

  /// The sum of the first argument over all rows of the keys behind it.
  package static let groupTotal = make("The sum over a group.", .real) { call in
    let (groups, count) = grouping(Array(call.arguments.dropFirst()), count: call.count)
    guard let column = call.arguments.first else { return .constant(.null, .real, count: call.count) }
    var sums = [Double](repeating: 0, count: count)
    for row in 0..<call.count {
      if let group = groups[row] { sums[group] += column.value(at: row).number ?? 0 }
    }
    return .reals(groups.map { $0.map { sums[$0] } ?? 0 })
  }

  /// The group of each row, nil where a key is null.
  static func grouping(_ keys: [Column], count: Int) -> (groups: [Int?], count: Int) {
    var table = GroupTable(types: keys.map(\.type))
    let groups = table.groups(of: keys, count: count)
    let result = (0..<count).map { row in
      keys.contains { $0.isNull(at: row) } ? nil : Int(groups[row])
    }
    return (result, table.count)
  }
}
