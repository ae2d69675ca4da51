#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Rounding down to multiples of a size: `bin`, `floor`, `bin_at`.
package enum BinFunctions {
  package static let all: [ScalarFunction] = [bin, binAt]

  package static let bin = ScalarFunction(
    [.kql("bin"), .kql("floor")],
    Signature(
      [.any("value"), .any("size")], returns: .computed { types, _ in resultType(types[0], types[1]) }),
    "Rounds down to a multiple of a size. Bins of datetimes are counted from 0001-01-01, a Monday.",
    notes: ["A size of zero or less gives null."], naming: .firstArgument,
    kernel: .vector { call in
      let value = matched(call.arguments[0], to: call.type)
      let size = matched(call.arguments[1], to: call.type == .datetime ? .timespan : call.type)
      switch call.type {
      case .real: return reals(value, size, count: call.count)
      case .decimal: return decimals(value, size, count: call.count)
      case .int, .long, .datetime, .timespan: return integers(value, size, type: call.type, count: call.count)
      case .bool, .guid, .string, .dynamic: return .constant(.null, call.type, count: call.count)
      }
    },
    examples: [
      .kql("bin(4.5, 1)", gives: "4.0"),
      .kql("bin(-3, 2)", gives: "-4", why: "down, not toward zero"),
      .kql("bin(datetime(2024-01-01 10:07), 5m)", gives: "datetime(2024-01-01 10:05)"),
      .kql("bin(26h, 1d)", gives: "1d"),
      .kql("bin(7, -1)", gives: "long(null)"),
      .kql("bin(long(null), 5)", gives: "long(null)"),
    ])

  package static let binAt = ScalarFunction(
    [.kql("bin_at")],
    Signature(
      [.any("value"), .any("size"), .any("fixed_point")],
      returns: .computed { types, _ in
        guard let type = resultType(types[0], types[1]) else { return nil }
        return type == types[2] || (type.isNumeric && types[2].isNumeric)
          ? types[2] == .real && type != .decimal ? .real : type : nil
      }),
    "Rounds down to a multiple of a size, counted from a fixed point.", naming: .firstArgument,
    kernel: .vector { call in
      let type = call.type
      let size = matched(call.arguments[1], to: type == .datetime ? .timespan : type)
      let distance: DataType = type == .datetime ? .timespan : type
      let fixed = matched(call.arguments[2], to: type)
      let offset = ArithmeticKernels.apply(
        .subtract, matched(call.arguments[0], to: type), fixed, type: distance, count: call.count)
      let binned: Column =
        switch type {
        case .real: reals(offset, size, count: call.count)
        case .decimal: decimals(offset, size, count: call.count)
        case .int, .long, .datetime, .timespan: integers(offset, size, type: distance, count: call.count)
        case .bool, .guid, .string, .dynamic: .constant(.null, distance, count: call.count)
        }
      return ArithmeticKernels.apply(.add, fixed, binned, type: type, count: call.count)
    },
    examples: [
      .kql("bin_at(6.5, 2.5, 7)", gives: "4.5"),
      .kql("bin_at(1h, 1d, 12h)", gives: "time(-12:00:00)"),
      .kql(
        "bin_at(datetime(2017-05-15 10:20:00), 1d, datetime(1970-01-01 12:00:00))",
        gives: "datetime(2017-05-14 12:00:00)"),
    ])

  /// Numbers share the wider type; a datetime and a timespan take a timespan.
  private static func resultType(_ value: DataType, _ size: DataType) -> DataType? {
    if value == .dynamic {
      return size.isNumeric || size == .timespan ? (size == .timespan ? .datetime : size) : nil
    }
    if let first = value.numericWidth, let second = size.numericWidth {
      return first >= second ? value : size
    }
    if size == .timespan, value == .datetime || value == .timespan { return value }
    return nil
  }

  private static func matched(_ column: Column, to type: DataType) -> Column {
    if column.type == type || (type == .long && column.type == .int) { return column }
    return ConversionKernels.convert(column, to: type)
  }

  private static func integers(_ value: Column, _ size: Column, type: DataType, count: Int) -> Column {
    // A constant size is the usual case: no check of it per row.
    if case .constant(let constant) = size {
      guard let bin = NumberKernels.integers(size), case .constant(let step) = bin, step > 0,
        !constant.value.isNull
      else { return .constant(.null, type, count: count) }
      if case .int64(let integers) = value, let bins = neighbouringBins(integers.values, step: step) {
        return .int64(Int64Column(type: type, values: bins, validity: integers.validity))
      }
      return TickKernels.map(value, to: type, count: count) { ticks in
        let remainder = ticks % step
        let (result, overflow) = ticks.subtractingReportingOverflow(
          remainder < 0 ? remainder + step : remainder)
        return overflow ? nil : result
      }
    }
    return TickKernels.map(value, size, to: type, count: count) { Ticks.floor($0, to: $1) }
  }

  /// Neighbours are often in one bin: then two comparisons do for a division. Nil if a bin begins below all integers.
  private static func neighbouringBins(_ values: Vector<Int64>, step: Int64) -> Vector<Int64>? {
    var isExact = true
    let bins = values.withBuffer { values in
      [Int64](unsafeUninitializedCapacity: values.count) { target, initialized in
        var start: Int64 = 0
        for row in 0..<values.count {
          let distance = values[row].subtractingReportingOverflow(start)
          if distance.overflow || distance.partialValue < 0 || distance.partialValue >= step {
            let remainder = values[row] % step
            let floor = values[row].subtractingReportingOverflow(remainder < 0 ? remainder + step : remainder)
            if floor.overflow {
              isExact = false
              break
            }
            start = floor.partialValue
          }
          target.initializeElement(at: row, to: start)
        }
        initialized = isExact ? values.count : 0
      }
    }
    return isExact ? Vector(bins) : nil
  }

  private static func reals(_ value: Column, _ size: Column, count: Int) -> Column {
    RealKernels.map(value, size, count: count) { number, step in
      step > 0 ? (number / step).rounded(.down) * step : nil
    }
  }

  private static func decimals(_ value: Column, _ size: Column, count: Int) -> Column {
    var builder = ColumnBuilder(type: .decimal)
    for row in 0..<count {
      guard case .decimal(let number) = value.value(at: row), case .decimal(let step) = size.value(at: row),
        step > 0
      else {
        builder.appendNull()
        continue
      }
      builder.append(.decimal((number / step).rounded(digits: 0, .down) * step))
    }
    return builder.finish()
  }
}
