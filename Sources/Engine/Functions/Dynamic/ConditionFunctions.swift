#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Choices among values: `coalesce`, `min_of`, `max_of`, and `assert`.
package enum ConditionFunctions {
  package static let all: [ScalarFunction] = [coalesce, minOf, maxOf, assert]

  package static let coalesce = ScalarFunction(
    [.kql("coalesce")],
    Signature([.any("value"), .any("second"), .any("next").repeated], returns: .common(from: 0)),
    "Gives the first value that is not null, of texts the first that is not empty.",
    nulls: .ignoresNulls,
    kernel: .vector { call in
      let first = matched(call.arguments[0], to: call.type).materialized
      if !emptiness(first).contains(true) { return first }
      let parts = [first] + call.arguments.dropFirst().map { matched($0, to: call.type).materialized }
      var choice = [UInt32](repeating: 0, count: call.count)
      var isOpen = [Bool](repeating: true, count: call.count)
      for (index, part) in parts.enumerated() {
        let isLast = index == parts.count - 1
        let isEmpty = emptiness(part)
        for row in 0..<call.count where isOpen[row] && (isLast || !isEmpty[row]) {
          choice[row] = UInt32(truncatingIfNeeded: index * call.count + row)
          isOpen[row] = false
        }
      }
      return Column.concatenating(parts, type: call.type).gather(Vector(choice))
    },
    examples: [
      .kql("coalesce(long(null), 41)", gives: "41"),
      .kql(#"coalesce("", "a", "b")"#, gives: #""a""#),
      .kql("coalesce(int(null), int(null))", gives: "int(null)"),
    ])

  package static let minOf = extreme(
    "min_of", "smallest", isBetter: { $0 < $1 },
    examples: [
      .kql("min_of(10, 1, -3, 17)", gives: "-3"),
      .kql("min_of(long(null), 5)", gives: "5"),
      .kql("isnan(min_of(real(nan), 5.0))", gives: "true"),
    ])

  package static let maxOf = extreme(
    "max_of", "largest", isBetter: { $0 > $1 },
    examples: [
      .kql("max_of(10, 1, -3, 17)", gives: "17"),
      .kql("max_of(1, 2.5)", gives: "2.5"),
      .kql("max_of(long(null), long(null))", gives: "long(null)"),
    ])

  static let assert = ScalarFunction(
    [.kql("assert")],
    Signature([.bool("condition").constant, .string("message").constant], returns: .fixed(.bool)),
    "Stops the query with a message unless a constant condition is true.", nulls: .handlesNulls,
    kernel: .prepared { arguments throws(FunctionFailure) in
      // Nil: worked out only when the query runs.
      if let condition = arguments.constants[0], condition != .bool(true) {
        throw FunctionFailure(
          "assertion-failed", arguments.text(1) ?? "the condition does not hold", argument: 0)
      }
      return { _ in .bool(true) }
    },
    examples: [
      .kql(#"assert(1 < 2, "one is less than two")"#, gives: "true"),
      .kql(#"assert(strlen("ab") == 2, "two letters")"#, gives: "true"),
    ])

  private static func matched(_ column: Column, to type: DataType) -> Column {
    switch (column.type, type) {
    case (.int, .int), (.long, .long), (.int, .long), (.long, .int): retyped(column, to: type)
    default: column.type == type ? column : ConversionKernels.convert(column, to: type)
    }
  }

  private static func retyped(_ column: Column, to type: DataType) -> Column {
    switch column {
    case .constant(let constant): return .constant(constant.value, type, count: constant.count)
    case .int64(var integers):
      integers.type = type
      return .int64(integers)
    case .bool, .real, .string, .values: return column
    }
  }

  /// Whether each row is null or, in a column of texts, empty.
  private static func emptiness(_ column: Column) -> [Bool] {
    let count = column.count
    if case .string(let strings) = column, strings.type == .string {
      return (0..<count).map { row in
        !(strings.validity?[row] ?? true) || strings.dictionary[strings.codes[row]].isEmpty
      }
    }
    guard let validity = column.validity else { return [Bool](repeating: false, count: count) }
    return validity.array.map { !$0 }
  }

  /// Texts, numbers, times and truth values have an order; what is in a bag has none until it is converted.
  private static func commonOrderedType(_ types: [DataType]) -> DataType? {
    types.contains { $0 == .dynamic || $0 == .guid } ? nil : Coercion.commonType(types)
  }

  private static func extreme(
    _ name: String, _ adjective: String, isBetter: @escaping @Sendable (Double, Double) -> Bool,
    examples: [FunctionExample]
  ) -> ScalarFunction {
    let prefersLess = isBetter(0, 1)
    return ScalarFunction(
      [.kql(name)],
      Signature(
        [.any("value"), .any("second"), .any("next").repeated],
        returns: .computed { types, _ in commonOrderedType(types) }),
      "Gives the \(adjective) of its arguments; nulls are passed over, any NaN gives NaN.",
      nulls: .ignoresNulls,
      kernel: .prepared { arguments in
        let type = arguments.type
        return { values in
          var best = Value.null
          for value in values where !value.isNull {
            let candidate = type == .dynamic ? value : ValueConversion.convert(value, to: type)
            if case .real(let number) = candidate, number.isNaN { return candidate }
            if best.isNull {
              best = candidate
            } else if prefersLess
              ? ValueOrder.isBefore(candidate, best) : ValueOrder.isBefore(best, candidate)
            {
              best = candidate
            }
          }
          return best
        }
      }, examples: examples)
  }
}
