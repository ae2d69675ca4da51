/// Bits of whole numbers in `eval`: `bit_and`, `bit_or`, `bit_xor`, `bit_not`, shifts.
package enum SPLBitFunctions {
  package static let all: [ScalarFunction] = [and, or, exclusiveOr, not, shiftLeft, shiftRight]

  private static let note = "Takes whole numbers from 0 to 2^53 - 1; all else gives null."
  private static let limit = Double(1 << 53)

  private static func bits(_ value: Value) -> UInt64? {
    guard let number = SPLValue.number(value), number >= 0, number < limit, number == number.rounded() else {
      return nil
    }
    return UInt64(number)
  }

  private static func result(_ bits: UInt64) -> Value { .real(Double(bits & ((1 << 53) - 1))) }

  private static func combining(
    _ name: String, _ summary: String, examples: [FunctionExample],
    _ combine: @escaping @Sendable (UInt64, UInt64) -> UInt64
  ) -> ScalarFunction {
    ScalarFunction(
      [.spl(name)],
      Signature([.any("first"), .any("second"), .any("others").repeated], returns: .fixed(.real)), summary,
      notes: [note],
      kernel: .scalar { values in
        let numbers = values.map { bits($0) }
        guard var left = numbers.first ?? nil else { return .null }
        for number in numbers.dropFirst() {
          guard let number else { return .null }
          left = combine(left, number)
        }
        return result(left)
      }, examples: examples)
  }

  static let and = combining(
    "bit_and", "Gives the bits that all numbers have.",
    examples: [.spl("bit_and(6, 3)", gives: "2"), .spl(#"isnull(bit_and(1.5, 1))"#, gives: "true()")]
  ) { $0 & $1 }

  static let or = combining(
    "bit_or", "Gives the bits that any number has.",
    examples: [.spl("bit_or(4, 2, 1)", gives: "7"), .spl(#"isnull(bit_or("x", 1))"#, gives: "true()")]
  ) { $0 | $1 }

  static let exclusiveOr = combining(
    "bit_xor", "Gives the bits in which numbers differ.",
    examples: [.spl("bit_xor(6, 3)", gives: "5"), .spl("bit_xor(7, 7)", gives: "0")]
  ) { $0 ^ $1 }

  static let not = ScalarFunction(
    [.spl("bit_not")], Signature([.any("number"), .any("mask").optional], returns: .fixed(.real)),
    "Turns the bits of a number round, all 53 or those of a mask.", notes: [note],
    kernel: .scalar { values in
      guard let number = bits(values[0]) else { return .null }
      guard let mask = values.count > 1 ? bits(values[1]) : UInt64.max else { return .null }
      return result(~number & mask)
    },
    examples: [.spl("bit_not(9, 15)", gives: "6"), .spl("bit_not(0)", gives: "9007199254740991")])

  private static func shifting(
    _ name: String, _ summary: String, examples: [FunctionExample],
    _ shift: @escaping @Sendable (UInt64, UInt64) -> UInt64
  ) -> ScalarFunction {
    ScalarFunction(
      [.spl(name)], Signature([.any("number"), .any("places")], returns: .fixed(.real)), summary,
      notes: [note],
      kernel: .scalar { values in
        guard let number = bits(values[0]), let places = bits(values[1]) else { return .null }
        return result(shift(number, places))
      }, examples: examples)
  }

  static let shiftLeft = shifting(
    "bit_shift_left", "Moves the bits of a number to the left.",
    examples: [
      .spl("bit_shift_left(3, 2)", gives: "12"), .spl("bit_shift_left(3, 57)", gives: "0"),
      .spl("isnull(bit_shift_left(3, -1))", gives: "true()"),
    ]
  ) { $0 << $1 }

  static let shiftRight = shifting(
    "bit_shift_right", "Moves the bits of a number to the right.",
    examples: [
      .spl("bit_shift_right(12, 2)", gives: "3"), .spl("bit_shift_right(1, 5)", gives: "0"),
    ]
  ) { $0 >> $1 }
}
