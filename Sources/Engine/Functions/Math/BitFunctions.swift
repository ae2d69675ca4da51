/// Functions of the bits of integers.
package enum BitFunctions {
  package static let all: [ScalarFunction] = [
    binary(
      "binary_and", "Keeps the bits that both numbers have.",
      examples: [
        .kql("binary_and(12, 10)", gives: "8"), .kql("binary_and(1, long(null))", gives: "long(null)"),
      ]
    ) { $0 & $1 },
    binary(
      "binary_or", "Joins the bits of both numbers.",
      examples: [.kql("binary_or(12, 10)", gives: "14"), .kql("binary_or(0, -1)", gives: "-1")]
    ) { $0 | $1 },
    binary(
      "binary_xor", "Keeps the bits that one of both numbers has.",
      examples: [.kql("binary_xor(12, 10)", gives: "6"), .kql("binary_xor(5, 5)", gives: "0")]
    ) { $0 ^ $1 },
    binary(
      "binary_shift_left", "Shifts bits to the left by a number modulo 64; null if that is negative.",
      examples: [
        .kql("binary_shift_left(1, 4)", gives: "16"), .kql("binary_shift_left(1, 64)", gives: "1"),
        .kql("binary_shift_left(1, -1)", gives: "long(null)"),
      ]
    ) { $1 < 0 ? nil : $0 << ($1 % 64) },
    binary(
      "binary_shift_right", "Shifts bits to the right by a number modulo 64; null if that is negative.",
      examples: [
        .kql("binary_shift_right(16, 4)", gives: "1"), .kql("binary_shift_right(-8, 1)", gives: "-4"),
      ]
    ) { $1 < 0 ? nil : $0 >> ($1 % 64) },
    unary(
      "binary_not", "Reverses all bits.",
      examples: [.kql("binary_not(0)", gives: "-1"), .kql("binary_not(100)", gives: "-101")]
    ) { ~$0 },
    unary(
      "bitset_count_ones", "Counts the bits that are set.",
      examples: [.kql("bitset_count_ones(42)", gives: "3"), .kql("bitset_count_ones(-1)", gives: "64")]
    ) { Int64($0.nonzeroBitCount) },
  ]

  private static func binary(
    _ name: String, _ summary: String, examples: [FunctionExample],
    _ compute: @escaping @Sendable (Int64, Int64) -> Int64?
  ) -> ScalarFunction {
    ScalarFunction(
      [.kql(name)], Signature([.long("left"), .long("right")], returns: .fixed(.long)), summary,
      naming: .firstArgument,
      kernel: .vector { call in
        TickKernels.map(call.arguments[0], call.arguments[1], to: .long, count: call.count, compute)
      }, examples: examples)
  }

  private static func unary(
    _ name: String, _ summary: String, examples: [FunctionExample],
    _ compute: @escaping @Sendable (Int64) -> Int64?
  ) -> ScalarFunction {
    ScalarFunction(
      [.kql(name)], Signature([.long("value")], returns: .fixed(.long)), summary, naming: .firstArgument,
      kernel: .vector { call in TickKernels.map(call.arguments[0], to: .long, count: call.count, compute) },
      examples: examples)
  }
}
