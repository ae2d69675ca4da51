#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Arithmetic of `eval` on reals, and the joining of texts.
package enum SPLArithmeticFunctions {
  package static let all: [ScalarFunction] = [
    add, subtract, multiply, divide, modulo, negate, concatenate,
  ]

  private static func binary(
    _ name: String, _ strength: BindingStrength, _ summary: String, examples: [FunctionExample],
    _ compute: @escaping @Sendable (Double, Double) -> Double?
  ) -> ScalarFunction {
    ScalarFunction(
      [.spl(name)], Signature([.number("left"), .number("right")], returns: .fixed(.real)), summary,
      notes: ["A text that is no number gives null."], notation: .infix(strength),
      kernel: .vector { call in
        RealKernels.map(call.arguments[0], call.arguments[1], count: call.count, compute)
      }, examples: examples)
  }

  package static let add = ScalarFunction(
    [.spl("+")],
    Signature(
      [.any("left"), .any("right")],
      returns: .computed { types, _ in types.allSatisfy(\.isNumeric) ? .real : .string }),
    "Adds numbers; joins texts.",
    notes: ["A text in quotes on either side joins, also where both look like numbers."],
    notation: .infix(.sum),
    kernel: .vector { call in
      let left = call.arguments[0]
      let right = call.arguments[1]
      if left.type.isNumeric, right.type.isNumeric {
        return RealKernels.map(left, right, count: call.count) { $0 + $1 }
      }
      var builder = ColumnBuilder(type: call.type)
      for row in 0..<call.count { builder.append(sum(left.value(at: row), right.value(at: row))) }
      return builder.finish()
    },
    examples: [
      .spl("1 + 2", gives: "3"), .spl(#""a" + "b""#, gives: #""ab""#),
      .spl(#"lower("A") + 1"#, gives: #""a1""#), .spl("isnull(null() + 1)", gives: "true()"),
    ])

  private static func sum(_ left: Value, _ right: Value) -> Value {
    if left.isNull || right.isNull { return .null }
    if let first = SPLValue.number(left), let second = SPLValue.number(right) {
      return .string(Value.splText(of: first + second))
    }
    // Several values are neither a number nor a text.
    if SPLValue.elements(left).count > 1 || SPLValue.elements(right).count > 1 { return .null }
    return .string(SPLValue.text(left) + SPLValue.text(right))
  }

  package static let subtract = binary(
    "-", .sum, "Subtracts.",
    examples: [.spl("5 - 7", gives: "-2"), .spl(#"tostring(10) - 1"#, gives: "9")]
  ) { $0 - $1 }

  package static let multiply = binary(
    "*", .product, "Multiplies.",
    examples: [.spl("2 * 1.5", gives: "3"), .spl("isnull(null() * 2)", gives: "true()")]
  ) { $0 * $1 }

  package static let divide = binary(
    "/", .product, "Divides; by zero gives null.",
    examples: [.spl("7 / 2", gives: "3.5"), .spl("isnull(1 / 0)", gives: "true()")]
  ) { $1 == 0 ? nil : $0 / $1 }

  package static let modulo = binary(
    "%", .product, "Gives the remainder of a division, with the sign of the left; by zero gives null.",
    examples: [.spl("7 % 4", gives: "3"), .spl("isnull(1 % 0)", gives: "true()")]
  ) { $1 == 0 ? nil : fmod($0, $1) }

  package static let negate = ScalarFunction(
    [.spl("unary -")], Signature([.number("operand")], returns: .fixed(.real)), "Reverses the sign.",
    notation: .prefix("-"),
    kernel: .vector { call in RealKernels.map(call.arguments[0], count: call.count) { -$0 } },
    examples: [.spl("-(5)", gives: "0 - 5"), .spl("-(-2)", gives: "2")])

  package static let concatenate = ScalarFunction(
    [.spl(".")], Signature([.string("left"), .string("right")], returns: .fixed(.string)),
    "Joins the texts of two values.", notes: ["With a null operand the result is null."],
    notation: .infix(.sum),
    kernel: .scalar { values in .string((values.text(0) ?? "") + (values.text(1) ?? "")) },
    inverse: .joined,
    examples: [
      .spl(#""a" . "b""#, gives: #""ab""#), .spl(#"1 . "x""#, gives: #""1x""#),
      .spl(#"isnull("a" . nullif("b", "b"))"#, gives: "true()"),
    ])
}
