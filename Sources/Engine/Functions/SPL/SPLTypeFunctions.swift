/// What a value is in SPL: `isnum`, `typeof`, …
package enum SPLTypeFunctions {
  package static let all: [ScalarFunction] = [isBool, isInteger, isNumber, isText, typeName]

  private static let note =
    "A text that looks like a number is a number, as a field's value has no type of its own."

  private static func test(
    _ name: String, _ summary: String, notes: [String] = [], meaning: PredicateMeaning? = nil,
    examples: [FunctionExample], _ isTrue: @escaping @Sendable (Value) -> Bool
  ) -> ScalarFunction {
    ScalarFunction(
      [.spl(name)], Signature([.any("value")], returns: .fixed(.bool)), summary, notes: notes,
      nulls: .neverNull, kernel: .scalar { values in .bool(isTrue(values[0])) }, meaning: meaning,
      examples: examples)
  }

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
    if case .bool = value { return "Bool" }
    return SPLValue.number(value) == nil ? "String" : "Number"
  }

  static let typeName = ScalarFunction(
    [.spl("typeof")], Signature([.any("value")], returns: .fixed(.string)),
    "Gives `Number`, `String`, `Bool`, or `Invalid` for null.", notes: [note], nulls: .neverNull,
    kernel: .scalar { values in .string(typeName(of: values[0])) },
    examples: [
      .spl("typeof(12)", gives: #""Number""#), .spl(#"typeof("text")"#, gives: #""String""#),
      .spl("typeof(null())", gives: #""Invalid""#), .spl("typeof(1==1)", gives: #""Bool""#),
    ])

  /// A number, a text or several values of a value.
  static func fit(_ value: Value, to type: DataType) -> Value {
    switch type {
    case .real: value.number.map { .real($0) } ?? .null
    case .string: .string(SPLValue.text(value))
    case .dynamic: SPLValue.collapsed(SPLValue.texts(value))
    case .bool, .int, .long, .decimal, .datetime, .timespan, .guid: value
    }
  }
}
