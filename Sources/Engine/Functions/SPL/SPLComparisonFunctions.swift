/// The comparisons of `eval` and `where`, and the operators beside them.
package enum SPLComparisonFunctions {
  package static let all: [ScalarFunction] = [
    equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, exclusiveOr, membership,
  ]

  private static let notes = [
    "Two sides that look like numbers are compared as numbers, others as texts by their case.",
    "Of several values in a field, one is enough. With a null operand the result is null.",
  ]

  private static func comparison(
    _ names: [FunctionName], _ summary: String, _ relation: SPLRelation, examples: [FunctionExample]
  ) -> ScalarFunction {
    ScalarFunction(
      names, Signature([.any("left"), .any("right")], returns: .fixed(.bool)), summary, notes: notes,
      notation: .infix(.comparison),
      kernel: .vector { call in
        relation.compare(call.arguments[0], call.arguments[1], count: call.count)
      }, meaning: relation.meaning, examples: examples)
  }

  static let equal = comparison(
    [.spl("="), .splAlias("==")], "Is true if both are equal.", .equal,
    examples: [
      .spl(#"if("1" = 1.0, "yes", "no")"#, gives: #""yes""#),
      .spl(#"if("a" = "A", "yes", "no")"#, gives: #""no""#),
      .spl(#"isnull(null() = 1)"#, gives: "true()"),
    ])

  static let notEqual = comparison(
    [.spl("!=")], "Is true if both differ.", .notEqual,
    examples: [
      .spl(#"if("a" != "b", 1, 0)"#, gives: "1"), .spl("if(null() != 1, 1, 0)", gives: "0"),
    ])

  static let less = comparison(
    [.spl("<")], "Is true if the left is smaller.", .less,
    examples: [
      .spl(#"if("9" < "10", 1, 0)"#, gives: "0", why: "two quoted texts are texts"),
      .spl(#"if("9a" < "10", 1, 0)"#, gives: "0"),
    ])

  static let lessOrEqual = comparison(
    [.spl("<=")], "Is true if the left is smaller or equal.", .lessOrEqual,
    examples: [.spl("if(1 <= 1, 1, 0)", gives: "1"), .spl("if(2 <= 1, 1, 0)", gives: "0")])

  static let greater = comparison(
    [.spl(">")], "Is true if the left is larger.", .greater,
    examples: [.spl(#"if("b" > "a", 1, 0)"#, gives: "1"), .spl("if(1 > 1, 1, 0)", gives: "0")])

  static let greaterOrEqual = comparison(
    [.spl(">=")], "Is true if the left is larger or equal.", .greaterOrEqual,
    examples: [.spl(#"if("20" >= 20, 1, 0)"#, gives: "1"), .spl(#"if("B" >= "a", 1, 0)"#, gives: "0")])

  static let exclusiveOr = ScalarFunction(
    [.spl("XOR")], Signature([.bool("left"), .bool("right")], returns: .fixed(.bool)),
    "Is true if one operand is true and the other false.", notation: .infix(.or),
    kernel: .scalar { values in
      guard case .bool(let first) = values[0], case .bool(let second) = values[1] else { return .null }
      return .bool(first != second)
    },
    examples: [
      .spl("if(1=1 XOR 1=2, 1, 0)", gives: "1"), .spl("if(1=1 XOR 2=2, 1, 0)", gives: "0"),
    ])

  static let membership = ScalarFunction(
    [.spl("in")], Signature([.any("value"), .any("values").repeated], returns: .fixed(.bool)),
    "Is true if a value equals one of a list, case included.",
    notes: ["There are no wildcards in the list. Nulls in the list are passed over."], nulls: .handlesNulls,
    notation: .list,
    kernel: .scalar { values in
      guard let value = values.first, !value.isNull else { return .null }
      return .bool(values.dropFirst().contains { SPLRelation.equal.holds(value, $0) == true })
    },
    meaning: SPLRelation.equal.meaning,
    examples: [
      .spl(#"if(in("a", "b", "a"), 1, 0)"#, gives: "1"),
      .spl(#"if("A" IN ("b", "a"), 1, 0)"#, gives: "0"),
      .spl(#"if(isnull(in(null(), "a")), 1, 0)"#, gives: "1"),
    ])
}
