/// What a value is in SPL, and what stands in for a missing one: `isnum`, `typeof`, `coalesce`, …
package enum SPLTypeFunctions {
  package static let all: [ScalarFunction] = [
    isNull, isNotNull, isBool, isInteger, isNumber, isText, typeName, coalesce, nullIf, null, yes, no,
  ]

  private static let note =
    "A text that looks like a number is a number, as a field's value has no type of its own."

  private static func test(
    _ name: String, _ summary: String, notes: [String] = [], examples: [FunctionExample],
    _ isTrue: @escaping @Sendable (Value) -> Bool
  ) -> ScalarFunction {
    ScalarFunction(
      [.spl(name)], Signature([.any("value")], returns: .fixed(.bool)), summary, notes: notes,
      nulls: .neverNull, kernel: .scalar { values in .bool(isTrue(values[0])) }, examples: examples)
  }

  static let isNull = test(
    "isnull", "Is true for a missing value.",
    examples: [.spl("if(isnull(null()), 1, 0)", gives: "1"), .spl(#"if(isnull(""), 1, 0)"#, gives: "0")]
  ) { $0.isNull }

  static let isNotNull = test(
    "isnotnull", "Is true for a value that is there.",
    examples: [
      .spl(#"if(isnotnull(""), 1, 0)"#, gives: "1"), .spl("if(isnotnull(null()), 1, 0)", gives: "0"),
    ]
  ) { !$0.isNull }

  static let isBool = test(
    "isbool", "Is true for true and false.",
    examples: [.spl("if(isbool(true()), 1, 0)", gives: "1"), .spl("if(isbool(1), 1, 0)", gives: "0")]
  ) { if case .bool = $0 { true } else { false } }

  static let isInteger = test(
    "isint", "Is true for a whole number.", notes: [note],
    examples: [.spl("if(isint(3), 1, 0)", gives: "1"), .spl("if(isint(3.5), 1, 0)", gives: "0")]
  ) { SPLValue.number($0).map { $0 == $0.rounded() } ?? false }

  static let isNumber = test(
    "isnum", "Is true for a number.", notes: [note],
    examples: [.spl("if(isnum(3.5), 1, 0)", gives: "1"), .spl(#"if(isnum("abc"), 1, 0)"#, gives: "0")]
  ) { SPLValue.number($0) != nil }

  static let isText = test(
    "isstr", "Is true for a text.", notes: [note],
    examples: [.spl(#"if(isstr("abc"), 1, 0)"#, gives: "1"), .spl("if(isstr(null()), 1, 0)", gives: "0")]
  ) { typeName(of: $0) == "String" }

  private static func typeName(of value: Value) -> String {
    if value.isNull { return "Invalid" }
    if case .bool = value { return "Boolean" }
    return SPLValue.number(value) == nil ? "String" : "Number"
  }

  static let typeName = ScalarFunction(
    [.spl("typeof")], Signature([.any("value")], returns: .fixed(.string)),
    "Gives `Number`, `String`, `Boolean`, or `Invalid` for null.", notes: [note], nulls: .neverNull,
    kernel: .scalar { values in .string(typeName(of: values[0])) },
    examples: [
      .spl("typeof(12)", gives: #""Number""#), .spl(#"typeof("text")"#, gives: #""String""#),
      .spl("typeof(null())", gives: #""Invalid""#),
    ])

  static let coalesce = ScalarFunction(
    [.spl("coalesce")],
    Signature(
      [.any("value"), .any("values").repeated], returns: .computed { types, _ in sharedType(types) }),
    "Gives the first value that is there.", nulls: .ignoresNulls,
    kernel: .prepared { arguments in
      let type = arguments.type
      return { values in values.first { !$0.isNull }.map { SPLTypeFunctions.fit($0, to: type) } ?? .null }
    },
    examples: [
      .spl(#"coalesce(null(), "a", "b")"#, gives: #""a""#), .spl(#"coalesce("", "b")"#, gives: #""""#),
    ])

  static let nullIf = ScalarFunction(
    [.spl("nullif")], Signature([.any("value"), .any("unwanted")], returns: .argument(0)),
    "Gives a value, or null if it equals another.", nulls: .handlesNulls,
    kernel: .scalar { values in SPLRelation.equal.holds(values[0], values[1]) == true ? .null : values[0] },
    examples: [
      .spl(#"nullif("a", "b")"#, gives: #""a""#), .spl(#"isnull(nullif("a", "a"))"#, gives: "true()"),
    ])

  /// Numbers stay numbers and several values several; all else is text.
  static func sharedType(_ types: [DataType]) -> DataType {
    if let first = types.first, types.allSatisfy({ $0 == first }) { return first }
    if types.contains(.dynamic) { return .dynamic }
    return types.allSatisfy(\.isNumeric) ? .real : .string
  }

  static func fit(_ value: Value, to type: DataType) -> Value {
    switch type {
    case .real: value.number.map { .real($0) } ?? .null
    case .string: .string(SPLValue.text(value))
    case .dynamic: SPLValue.collapsed(SPLValue.texts(value))
    case .bool, .int, .long, .decimal, .datetime, .timespan, .guid: value
    }
  }

  private static func constant(
    _ name: String, _ summary: String, _ value: Value, _ type: DataType, examples: [FunctionExample]
  ) -> ScalarFunction {
    ScalarFunction(
      [.spl(name)], Signature([], returns: .fixed(type)), summary, nulls: .handlesNulls,
      kernel: .scalar { _ in value }, examples: examples)
  }

  static let null = constant(
    "null", "Gives no value.", .null, .string,
    examples: [.spl("isnull(null())", gives: "true()"), .spl("mvcount(mvappend(null(), 1))", gives: "1")])
  static let yes = constant(
    "true", "Gives true.", .bool(true), .bool,
    examples: [.spl("if(true(), 1, 0)", gives: "1"), .spl("isbool(true())", gives: "true()")])
  static let no = constant(
    "false", "Gives false.", .bool(false), .bool,
    examples: [.spl("if(false(), 1, 0)", gives: "0"), .spl("isbool(false())", gives: "true()")])
}
