/// Loops over truth values with nulls: three-valued and, or, not.
enum BoolKernels {
  /// 0 false, 1 true, 2 null.
  static func states(of column: Column) -> [UInt8] {
    switch column {
    case .constant(let constant):
      let state: UInt8 =
        switch constant.value {
        case .bool(let value): value ? 1 : 0
        case .null, .long, .real, .decimal, .datetime, .timespan, .guid, .string, .dynamic: 2
        }
      return [UInt8](repeating: state, count: constant.count)
    case .bool(let bools):
      var states = bools.values.withBuffer { $0.map { $0 ? 1 : 0 as UInt8 } }
      if let validity = bools.validity {
        validity.withBuffer { valid in
          for row in 0..<valid.count where !valid[row] { states[row] = 2 }
        }
      }
      return states
    case .int64, .real, .string, .values: return [UInt8](repeating: 2, count: column.count)
    }
  }

  static func column(fromStates states: [UInt8]) -> Column {
    let values = states.map { $0 == 1 }
    return .bools(values, validity: states.contains(2) ? states.map { $0 != 2 } : nil)
  }

  static func and(_ left: Column, _ right: Column, count: Int) -> Column {
    if case .bool(let first) = left, case .bool(let second) = right, first.validity == nil,
      second.validity == nil
    {
      return .bools(zipMap(first.values, second.values) { $0 && $1 })
    }
    let first = states(of: left)
    let second = states(of: right)
    return column(
      fromStates: (0..<count).map { row in
        first[row] == 0 || second[row] == 0 ? 0 : first[row] == 2 || second[row] == 2 ? 2 : 1
      })
  }

  static func or(_ left: Column, _ right: Column, count: Int) -> Column {
    if case .bool(let first) = left, case .bool(let second) = right, first.validity == nil,
      second.validity == nil
    {
      return .bools(zipMap(first.values, second.values) { $0 || $1 })
    }
    let first = states(of: left)
    let second = states(of: right)
    return column(
      fromStates: (0..<count).map { row in
        first[row] == 1 || second[row] == 1 ? 1 : first[row] == 2 || second[row] == 2 ? 2 : 0
      })
  }

  static func not(_ operand: Column) -> Column {
    column(fromStates: states(of: operand).map { $0 == 2 ? 2 : 1 - $0 })
  }

  /// The rows that are true: neither false nor null.
  static func forEachTrue(_ column: Column, _ body: (Int) -> Void) {
    switch column {
    case .constant(let constant):
      if case .bool(true) = constant.value { for row in 0..<constant.count { body(row) } }
    case .bool(let bools):
      bools.values.withBuffer { values in
        if let validity = bools.validity {
          validity.withBuffer { valid in
            for row in 0..<values.count where values[row] && valid[row] { body(row) }
          }
        } else {
          for row in 0..<values.count where values[row] { body(row) }
        }
      }
    case .int64, .real, .string, .values: break
    }
  }

  /// The rows that are true, as indexes; nil if all are.
  static func selection(_ column: Column) -> Vector<UInt32>? {
    if case .constant(let constant) = column {
      return constant.value == .bool(true) ? nil : Vector([])
    }
    guard case .bool(let bools) = column else { return Vector([]) }
    let count = bools.values.count
    let rows = bools.values.withBuffer { values in
      [UInt32](unsafeUninitializedCapacity: count) { target, initialized in
        var kept = 0
        if let validity = bools.validity {
          validity.withBuffer { valid in
            for row in 0..<count {
              target[kept] = UInt32(truncatingIfNeeded: row)
              kept += values[row] && valid[row] ? 1 : 0
            }
          }
        } else {
          for row in 0..<count {
            target[kept] = UInt32(truncatingIfNeeded: row)
            kept += values[row] ? 1 : 0
          }
        }
        initialized = kept
      }
    }
    return rows.count == count ? nil : Vector(rows)
  }

  @inline(__always)
  private static func zipMap(
    _ left: Vector<Bool>, _ right: Vector<Bool>, _ combine: (Bool, Bool) -> Bool
  ) -> [Bool] {
    left.withBuffer { left in
      right.withBuffer { right in
        [Bool](unsafeUninitializedCapacity: left.count) { target, initialized in
          for row in 0..<left.count { target.initializeElement(at: row, to: combine(left[row], right[row])) }
          initialized = left.count
        }
      }
    }
  }
}
