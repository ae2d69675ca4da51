/// Values of another type in `eval`: `toint`, `todouble`, `tobool`, `tomv`, `toarray`, `toobject`.
package enum SPLConversionFunctions {
  package static let all: [ScalarFunction] = [
    toInteger, toDouble, toBool, toValues, toArray, toObject, isDouble, isMultiple,
  ]

  private static func make(
    _ name: String, _ type: DataType, _ summary: String, examples: [FunctionExample],
    _ convert: @escaping @Sendable (Value) -> Value
  ) -> ScalarFunction {
    ScalarFunction(
      [.spl(name)], Signature([.any("value")], returns: .fixed(type)), summary,
      kernel: .scalar { values in convert(values[0]) }, examples: examples)
  }

  static let toInteger = make(
    "toint", .real, "Gives the whole number that a value begins with; null for what is no number.",
    examples: [.spl(#"toint("3.9")"#, gives: "3"), .spl(#"isnull(toint("x"))"#, gives: "true()")]
  ) { SPLValue.number($0).map { .real($0.rounded(.towardZero)) } ?? .null }

  static let toDouble = make(
    "todouble", .real, "Gives a value as a number; null for what is none.",
    examples: [.spl(#"todouble("3.5")"#, gives: "3.5"), .spl(#"isnull(todouble("x"))"#, gives: "true()")]
  ) { SPLValue.number($0).map { .real($0) } ?? .null }

  static let toBool = make(
    "tobool", .bool, "Gives true or false for a text that says so and for a number, of which 0 is false.",
    examples: [
      .spl(#"if(tobool("true"), 1, 0)"#, gives: "1"), .spl("if(tobool(12), 1, 0)", gives: "1"),
      .spl(#"if(isnull(tobool("x")), 1, 0)"#, gives: "1"),
    ]
  ) { value in
    if case .bool = value { return value }
    switch SPLValue.text(value).lowercased() {
    case "true", "t", "yes", "1": return .bool(true)
    case "false", "f", "no", "0": return .bool(false)
    default: return SPLValue.number(value).map { .bool($0 != 0) } ?? .null
    }
  }

  static let toValues = make(
    "tomv", .dynamic,
    "Gives the elements of a JSON array as the values of a field, texts in their quotes; all else as it is.",
    examples: [
      .spl(#"mvcount(tomv("[1,2]"))"#, gives: "2"), .spl(#"tomv("[\"a\"]")"#, gives: #""\"a\"""#),
      .spl(#"tomv("a")"#, gives: #""a""#),
    ]
  ) { value in
    guard case .array(let elements)? = SPLJSONFunctions.tree(value) else {
      return SPLValue.collapsed(SPLValue.texts(value))
    }
    return SPLValue.collapsed(elements.map(\.text))
  }

  static let toArray = make(
    "toarray", .string,
    "Gives the values of a field as a JSON array, numbers without quotes; an array without its blanks.",
    examples: [
      .spl(#"toarray(mvappend("a", "2"))"#, gives: #""[\"a\",2]""#),
      .spl("toarray(1)", gives: #""[1]""#), .spl(#"toarray("[1]")"#, gives: #""[1]""#),
    ]
  ) { value in
    if case .string(let text) = value, let json = JSONValue(parsing: text), case .array = json {
      return .string(SPLJSONMaking.plain(json).text)
    }
    return .string(JSONValue.array(SPLValue.elements(value).map { SPLJSONMaking.inferred($0) }).text)
  }

  static let toObject = make(
    "toobject", .string, "Gives a text that holds a JSON object; null for all else.",
    examples: [
      .spl(#"toobject("{\"a\":1}")"#, gives: #""{\"a\":1}""#), .spl("isnull(toobject(1))", gives: "true()"),
    ]
  ) { value in
    let text = SPLValue.text(value)
    guard let json = JSONValue(parsing: text), case .object = json else { return .null }
    return .string(SPLJSONMaking.plain(json).text)
  }

  private static func test(
    _ name: String, _ summary: String, examples: [FunctionExample],
    _ isTrue: @escaping @Sendable (Value) -> Bool
  ) -> ScalarFunction {
    ScalarFunction(
      [.spl(name)], Signature([.any("value")], returns: .fixed(.bool)), summary, nulls: .neverNull,
      kernel: .scalar { values in .bool(isTrue(values[0])) }, examples: examples)
  }

  static let isDouble = test(
    "isdouble", "Is true for a number with a fraction.",
    examples: [.spl("if(isdouble(1.5), 1, 0)", gives: "1"), .spl("if(isdouble(1), 1, 0)", gives: "0")]
  ) { SPLValue.number($0).map { $0 != $0.rounded() } ?? false }

  static let isMultiple = test(
    "ismv", "Is true for a field with several values.",
    examples: [
      .spl(#"if(ismv(mvappend("a", "b")), 1, 0)"#, gives: "1"), .spl(#"if(ismv("a"), 1, 0)"#, gives: "0"),
    ]
  ) { SPLValue.elements($0).count > 1 }
}
