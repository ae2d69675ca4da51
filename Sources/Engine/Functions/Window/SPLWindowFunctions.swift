/// Window functions that SPL's commands are made of, and that no search can call.
package enum SPLWindowFunctions {
  package static let all = [
    place, occurrence, runPlace, hasAny, unbroken, groupTotal, runningSum, previous, difference, lastSeen,
    trend, concurrency,
  ]

  static func make(
    _ name: String, _ summary: String, _ returns: ReturnType,
    _ parameters: [Parameter] = [Parameter.any("value").repeated], keysFrom: Int? = nil,
    _ compute: @escaping @Sendable (VectorCall) -> Column
  ) -> WindowFunction {
    WindowFunction(
      [.spl("[\(name)]")], Signature(parameters, returns: returns), summary, keysFrom: keysFrom,
      compute: compute)
  }

  /// The place of a row, from 0.
  package static let place = make("place", "The place of a row.", .fixed(.long), []) { call in
    .int64(.long, (0..<Int64(call.count)).map { $0 })
  }

  /// The how-manieth row of its key this is, from 1; 0 where a key is null.
  package static let occurrence = make(
    "occurrence", "The how-manieth row of its key.", .fixed(.long), keysFrom: 0
  ) { call in
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
  package static let runPlace = make("run place", "The how-manieth row of a run.", .fixed(.long)) { call in
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
  package static let hasAny = make(
    "has any", "Whether any row has a value.", .fixed(.bool), [.any("value")]
  ) { call in
    guard let column = call.arguments.first else { return .constant(.bool(false), .bool, count: call.count) }
    let hasAny = (0..<call.count).contains { !column.isNull(at: $0) }
    return .constant(.bool(hasAny), .bool, count: call.count)
  }

  /// True up to the first row whose condition fails, this row too or not; a null fails or not.
  package static let unbroken = make(
    "unbroken", "True up to the first row that fails.", .fixed(.bool),
    [.bool("condition"), .bool("keeps last").constant, .bool("keeps null").constant]
  ) { call in
    guard let column = call.arguments.first else { return .constant(.bool(true), .bool, count: call.count) }
    let keepsLast = call.constant(1) == .bool(true)
    let keepsNull = call.constant(2) == .bool(true)
    var isOpen = true
    return .bools(
      (0..<call.count).map { row in
        guard isOpen else { return false }
        let value = column.value(at: row)
        if value == .bool(true) || (keepsNull && value.isNull) { return true }
        isOpen = false
        return keepsLast
      })
  }

  /// The sum of the first argument over all rows of the keys behind it.
  package static let groupTotal = make(
    "group total", "The sum over a group.", .fixed(.real), [.any("number"), .any("key").repeated],
    keysFrom: 1
  ) { call in
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
