/// Loops over pairs of numeric columns, one of which may be a constant.
enum NumberKernels {
  /// A numeric argument: its elements, or one for all rows.
  enum Operand<Element: Sendable> {
    case constant(Element)
    case column(Vector<Element>)

    @inline(__always)
    static func combine<Result>(
      _ left: Operand, _ right: Operand, count: Int, _ operation: (Element, Element) -> Result
    ) -> [Result] {
      switch (left, right) {
      case (.constant(let first), .constant(let second)):
        return [Result](repeating: operation(first, second), count: count)
      case (.column(let first), .constant(let second)):
        return first.withBuffer { first in
          [Result](unsafeUninitializedCapacity: count) { target, initialized in
            for row in 0..<count { target.initializeElement(at: row, to: operation(first[row], second)) }
            initialized = count
          }
        }
      case (.constant(let first), .column(let second)):
        return second.withBuffer { second in
          [Result](unsafeUninitializedCapacity: count) { target, initialized in
            for row in 0..<count { target.initializeElement(at: row, to: operation(first, second[row])) }
            initialized = count
          }
        }
      case (.column(let first), .column(let second)):
        return first.withBuffer { first in
          second.withBuffer { second in
            [Result](unsafeUninitializedCapacity: count) { target, initialized in
              for row in 0..<count {
                target.initializeElement(at: row, to: operation(first[row], second[row]))
              }
              initialized = count
            }
          }
        }
      }
    }
  }

  /// Integers, datetimes and timespans as they are; nil for other layouts.
  static func integers(_ column: Column) -> Operand<Int64>? {
    switch column {
    case .constant(let constant):
      switch constant.value {
      case .long(let value), .datetime(let value), .timespan(let value): return .constant(value)
      case .bool(let value): return .constant(value ? 1 : 0)
      case .null: return .constant(0)
      case .real, .decimal, .guid, .string, .dynamic: return nil
      }
    case .int64(let integers): return .column(integers.values)
    case .bool(let bools): return .column(Vector(bools.values.withBuffer { $0.map { $0 ? 1 : 0 } }))
    case .real, .string, .values: return nil
    }
  }

  /// Numbers as reals; nil for what is no number.
  static func reals(_ column: Column) -> Operand<Double>? {
    switch column {
    case .constant(let constant):
      if constant.value.isNull { return .constant(0) }
      if case .timespan(let ticks) = constant.value { return .constant(Double(ticks)) }
      return constant.value.number.map { .constant($0) }
    case .int64(let integers): return .column(Vector(integers.values.withBuffer { $0.map { Double($0) } }))
    case .real(let reals): return .column(reals.values)
    case .values(let values): return .column(Vector(values.values.array.map { $0.number ?? 0 }))
    case .bool, .string: return nil
    }
  }

  /// Valid where both are; nil if all rows are.
  static func validity(_ left: Column, _ right: Column) -> [Bool]? {
    switch (left.validity, right.validity) {
    case (nil, nil): return nil
    case (let one?, nil), (nil, let one?): return one.array
    case (let first?, let second?):
      return first.withBuffer { first in
        second.withBuffer { second in first.indices.map { first[$0] && second[$0] } }
      }
    }
  }
}
