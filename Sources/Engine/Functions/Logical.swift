/// `and`, `or` and `not`, with three-valued logic.
package enum Logical {
  package static let all: [ScalarFunction] = [and, or, not]

  package static let and = ScalarFunction(
    [.kql("and"), .spl("AND")],
    Signature([.bool("left"), .bool("right")], returns: .fixed(.bool)),
    "Is true if both operands are; false if one is false, whatever the other.",
    nulls: .handlesNulls, notation: .infix(.and),
    kernel: .vector { call in BoolKernels.and(call.arguments[0], call.arguments[1], count: call.count) },
    examples: [
      .kql("true and false", gives: "false"),
      .kql("false and bool(null)", gives: "false", why: "false decides"),
      .kql("true and bool(null)", gives: "bool(null)"),
    ])

  package static let or = ScalarFunction(
    [.kql("or"), .spl("OR")],
    Signature([.bool("left"), .bool("right")], returns: .fixed(.bool)),
    "Is true if one operand is; false if both are false.",
    nulls: .handlesNulls, notation: .infix(.or),
    kernel: .vector { call in BoolKernels.or(call.arguments[0], call.arguments[1], count: call.count) },
    examples: [
      .kql("true or bool(null)", gives: "true", why: "true decides"),
      .kql("false or bool(null)", gives: "bool(null)"),
    ])

  package static let not = ScalarFunction(
    [.kql("not"), .spl("NOT")],
    Signature([.bool("operand")], returns: .fixed(.bool)),
    "Reverses a truth value; null stays null.",
    nulls: .handlesNulls,
    kernel: .vector { call in BoolKernels.not(call.arguments[0]) },
    examples: [
      .kql("not(true)", gives: "false"),
      .kql("not(bool(null))", gives: "bool(null)"),
    ])
}
