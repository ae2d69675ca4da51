#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Arithmetic over pairs of columns. Integers wrap around; division by zero gives null.
enum ArithmeticKernels {
  static func apply(
    _ operation: ArithmeticOperation, _ left: Column, _ right: Column, type: DataType, count: Int
  ) -> Column {
    let left = undynamic(left, against: right.type, type)
    let right = undynamic(right, against: left.type, type)
    let validity = NumberKernels.validity(left, right)
    switch type {
    case .decimal, .dynamic: return boxed(operation, left, right, type: type, count: count)
    case .real: return reals(operation, left, right, validity: validity, count: count)
    case .timespan where left.type.isNumeric || right.type.isNumeric:
      return scaled(operation, left, right, validity: validity, count: count)
    case .int, .long, .datetime, .timespan:
      return integers(operation, left, right, type: type, validity: validity, count: count)
    case .bool, .guid, .string: return .constant(.null, type, count: count)
    }
  }

  static func zero(of type: DataType) -> Value {
    switch type {
    case .real: .real(0)
    case .decimal: .decimal(0)
    case .timespan: .timespan(0)
    case .bool, .int, .long, .datetime, .guid, .string, .dynamic: .long(0)
    }
  }

  private static func undynamic(_ column: Column, against other: DataType, _ result: DataType) -> Column {
    guard column.type == .dynamic, result != .dynamic else { return column }
    let wanted: DataType =
      result == .timespan && other == .datetime ? .datetime : result == .datetime ? .timespan : result
    return ConversionKernels.convert(column, to: wanted)
  }

  private static func reals(
    _ operation: ArithmeticOperation, _ left: Column, _ right: Column, validity: [Bool]?, count: Int
  ) -> Column {
    guard let first = NumberKernels.reals(left), let second = NumberKernels.reals(right) else {
      return .constant(.null, .real, count: count)
    }
    typealias Operand = NumberKernels.Operand<Double>
    let values: [Double] =
      switch operation {
      case .add: Operand.combine(first, second, count: count) { $0 + $1 }
      case .subtract: Operand.combine(first, second, count: count) { $0 - $1 }
      case .multiply: Operand.combine(first, second, count: count) { $0 * $1 }
      case .divide: Operand.combine(first, second, count: count) { $0 / $1 }
      case .modulo:
        Operand.combine(first, second, count: count) { dividend, divisor in
          let remainder = dividend.truncatingRemainder(dividingBy: divisor)
          return remainder < 0 ? remainder + abs(divisor) : remainder
        }
      }
    return .reals(values, validity: validity)
  }

  private static func integers(
    _ operation: ArithmeticOperation, _ left: Column, _ right: Column, type: DataType, validity: [Bool]?,
    count: Int
  ) -> Column {
    guard let first = NumberKernels.integers(left), let second = NumberKernels.integers(right) else {
      return .constant(.null, type, count: count)
    }
    typealias Operand = NumberKernels.Operand<Int64>
    var validity = validity
    func invalidate(_ isInvalid: [Bool]) {
      guard isInvalid.contains(true) else { return }
      var merged = validity ?? [Bool](repeating: true, count: count)
      for row in 0..<count where isInvalid[row] { merged[row] = false }
      validity = merged
    }
    let values: [Int64]
    switch operation {
    case .add: values = Operand.combine(first, second, count: count) { $0 &+ $1 }
    case .subtract: values = Operand.combine(first, second, count: count) { $0 &- $1 }
    case .multiply: values = Operand.combine(first, second, count: count) { $0 &* $1 }
    case .divide:
      values = Operand.combine(first, second, count: count) { dividend, divisor in
        divisor == 0 ? 0 : divisor == -1 ? 0 &- dividend : dividend / divisor
      }
      invalidate(Operand.combine(first, second, count: count) { $1 == 0 })
    case .modulo:
      values = Operand.combine(first, second, count: count) { dividend, divisor in
        if divisor == 0 || divisor == -1 { return 0 }
        let remainder = dividend % divisor
        return remainder < 0 ? remainder &+ Int64(clamping: divisor.magnitude) : remainder
      }
      invalidate(Operand.combine(first, second, count: count) { $1 == 0 })
    }
    if type == .datetime { invalidate(values.map { Ticks.inRange($0) == nil }) }
    return .int64(type, values, validity: validity)
  }

  /// A timespan times or over a number.
  private static func scaled(
    _ operation: ArithmeticOperation, _ left: Column, _ right: Column, validity: [Bool]?, count: Int
  ) -> Column {
    guard let first = NumberKernels.reals(left), let second = NumberKernels.reals(right) else {
      return .constant(.null, .timespan, count: count)
    }
    if operation == .multiply, left.type != .real, right.type != .real,
      let whole = NumberKernels.integers(left), let factor = NumberKernels.integers(right)
    {
      let values = NumberKernels.Operand<Int64>.combine(whole, factor, count: count) { $0 &* $1 }
      return .int64(.timespan, values, validity: validity)
    }
    let values = NumberKernels.Operand<Double>.combine(first, second, count: count) {
      operation == .divide ? $0 / $1 : $0 * $1
    }
    var merged = validity
    if values.contains(where: { !$0.isFinite }) {
      merged = (0..<count).map { (validity?[$0] ?? true) && values[$0].isFinite }
    }
    return .int64(.timespan, values.map { Int64(saturating: $0) }, validity: merged)
  }

  private static func boxed(
    _ operation: ArithmeticOperation, _ left: Column, _ right: Column, type: DataType, count: Int
  ) -> Column {
    var builder = ColumnBuilder(type: type)
    for row in 0..<count {
      let first = left.value(at: row)
      let second = right.value(at: row)
      if first.isNull || second.isNull {
        builder.appendNull()
      } else if type == .decimal {
        builder.append(decimal(operation, first, second))
      } else {
        builder.append(dynamic(operation, first, second))
      }
    }
    return builder.finish()
  }

  private static func decimal(_ operation: ArithmeticOperation, _ left: Value, _ right: Value) -> Value {
    guard case .decimal(let first) = ValueConversion.decimal(left),
      case .decimal(let second) = ValueConversion.decimal(right)
    else { return .null }
    switch operation {
    case .add: return .decimal(first + second)
    case .subtract: return .decimal(first - second)
    case .multiply: return .decimal(first * second)
    case .divide: return second == 0 ? .null : .decimal(first / second)
    case .modulo:
      guard second != 0, let quotient = Double((first / second).description) else { return .null }
      return .decimal(first - Decimal(quotient.rounded(.down)) * second)
    }
  }

  private static func dynamic(_ operation: ArithmeticOperation, _ left: Value, _ right: Value) -> Value {
    guard let first = left.json.scalar, let second = right.json.scalar else { return .null }
    let isWhole = if case (.long, .long) = (first, second) { true } else { false }
    let type: DataType = isWhole ? .long : .real
    let result = apply(
      operation, .constant(ValueConversion.convert(first, to: type), type, count: 1),
      .constant(ValueConversion.convert(second, to: type), type, count: 1), type: type, count: 1)
    let value = result.value(at: 0)
    return value.isNull ? .null : .dynamic(value.json)
  }
}
