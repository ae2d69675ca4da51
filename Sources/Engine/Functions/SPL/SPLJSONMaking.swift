/// Functions of `eval` that make or change JSON text.
enum SPLJSONMaking {
  static let all: [ScalarFunction] = [object, array, set, append, delete, valuesToArray]

  /// A value as a part of a JSON text: numbers, truths, and the JSON objects and arrays that texts hold.
  static func part(_ value: Value) -> JSONValue {
    switch value {
    case .string(let text), .dynamic(.string(let text)):
      if let first = text.utf8.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "["),
        let json = JSONValue(parsing: text)
      {
        return json
      }
      return .string(text)
    case .real(let number): return plain(number)
    case .datetime, .timespan: return SPLValue.number(value).map { plain($0) } ?? .null
    case .dynamic(.array(let elements)): return .array(elements.map { part($0.scalar ?? .dynamic($0)) })
    case .null, .bool, .long, .decimal, .guid, .dynamic: return value.json
    }
  }

  /// The same, and a text that looks like a number is one.
  static func inferred(_ value: Value) -> JSONValue {
    let json = part(value)
    guard case .string(var text) = json, let number = text.withUTF8({ SPLValue.number($0) }) else {
      return json
    }
    return plain(number)
  }

  /// The same JSON with whole numbers written as such: `1.00` is `1`.
  static func plain(_ json: JSONValue) -> JSONValue {
    switch json {
    case .real(let number): plain(number)
    case .array(let elements): .array(elements.map { plain($0) })
    case .object(let members): .object(members.map { JSONValue.Member($0.key, plain($0.value)) })
    case .null, .bool, .long, .string: json
    }
  }

  private static func plain(_ number: Double) -> JSONValue {
    Int64(exactly: number).map { .long($0) } ?? .real(number)
  }

  static let object = ScalarFunction(
    [.spl("json_object")],
    Signature([.any("keys").repeated, .any("values").repeated], returns: .fixed(.string)),
    "Makes a JSON object of keys and values.",
    notes: [
      "A null is JSON's null. A key without a value gives null. Text that holds an object or array is put in as such."
    ],
    nulls: .handlesNulls,
    kernel: .scalar { values in
      guard values.count % 2 == 0 else { return .null }
      var members: [JSONValue.Member] = []
      for index in stride(from: 0, to: values.count, by: 2) {
        let key = SPLValue.text(values[index])
        let value = part(values[index + 1])
        if let place = members.firstIndex(where: { $0.key == key }) {
          members[place].value = value
        } else {
          members.append(JSONValue.Member(key, value))
        }
      }
      return .string(JSONValue.object(members).text)
    },
    examples: [
      .spl(#"json_object("a", 1, "b", "x")"#, gives: #""{\"a\":1,\"b\":\"x\"}""#),
      .spl(#"json_object("a", null())"#, gives: #""{\"a\":null}""#), .spl("json_object()", gives: #""{}""#),
    ])

  static let array = ScalarFunction(
    [.spl("json_array")], Signature([.any("values").repeated], returns: .fixed(.string)),
    "Makes a JSON array of values.", nulls: .handlesNulls,
    kernel: .scalar { values in .string(JSONValue.array(values.map { part($0) }).text) },
    examples: [
      .spl(#"json_array(1, "a", null())"#, gives: #""[1,\"a\",null]""#),
      .spl("json_array()", gives: #""[]""#),
    ])

  private static func change(
    _ name: String, _ summary: String, examples: [FunctionExample],
    _ new: @escaping @Sendable (JSONValue?, JSONValue) -> JSONValue?
  ) -> ScalarFunction {
    ScalarFunction(
      [.spl(name)],
      Signature([.any("json"), .string("path").repeated, .any("value").repeated], returns: .fixed(.string)),
      summary, nulls: .handlesNulls,
      kernel: .scalar { values in
        guard var json = SPLJSONFunctions.tree(values[0]) else { return .null }
        for index in stride(from: 1, to: values.count - 1, by: 2) {
          guard let path = SPLJSONPath(SPLValue.text(values[index])) else { return .null }
          json = path.changing(json) { new($0, part(values[index + 1])) }
        }
        return .string(json.text)
      }, examples: examples)
  }

  static let set = change(
    "json_set", "Sets what paths lead to; objects on the way are made.",
    examples: [
      .spl(#"json_set("{\"a\":1}", "a", 2)"#, gives: #""{\"a\":2}""#),
      .spl(#"json_set("{}", "a.b", "x")"#, gives: #""{\"a\":{\"b\":\"x\"}}""#),
    ]
  ) { $1 }

  static let append = change(
    "json_append", "Adds values to the ends of the arrays that paths lead to.",
    examples: [
      .spl(#"json_append("{\"a\":[1]}", "a", 2)"#, gives: #""{\"a\":[1,2]}""#),
      .spl(#"json_append("{\"a\":1}", "a", 2)"#, gives: #""{\"a\":[1,2]}""#),
    ]
  ) { known, new in
    switch known {
    case nil: .array([new])
    case .array(let elements)?: .array(elements + [new])
    case let other?: .array([other, new])
    }
  }

  static let delete = ScalarFunction(
    [.spl("json_delete")], Signature([.any("json"), .string("paths").repeated], returns: .fixed(.string)),
    "Takes out what paths lead to.",
    kernel: .scalar { values in
      guard var json = SPLJSONFunctions.tree(values[0]) else { return .null }
      for value in values.dropFirst() {
        guard let path = SPLJSONPath(SPLValue.text(value)) else { return .null }
        json = path.changing(json) { _ in nil }
      }
      return .string(json.text)
    },
    examples: [
      .spl(#"json_delete("{\"a\":1,\"b\":2}", "a")"#, gives: #""{\"b\":2}""#),
      .spl(#"json_delete("{\"a\":1}", "x")"#, gives: #""{\"a\":1}""#),
    ])

  static let valuesToArray = ScalarFunction(
    [.spl("mv_to_json_array")],
    Signature([.any("values"), .bool("inferTypes").optional], returns: .fixed(.string)),
    "Makes a JSON array of the values of a field.",
    notes: ["With true as second argument, values that are JSON themselves are put in as such."],
    kernel: .scalar { values in
      let infers = values.count > 1 && values[1] == .bool(true)
      let elements = SPLValue.texts(values[0]).map { text -> JSONValue in
        (infers ? JSONValue(parsing: text) : nil) ?? .string(text)
      }
      return .string(JSONValue.array(elements).text)
    },
    examples: [
      .spl(#"mv_to_json_array(mvappend("a", "2"))"#, gives: #""[\"a\",\"2\"]""#),
      .spl(#"mv_to_json_array(mvappend("a", "2"), true())"#, gives: #""[\"a\",2]""#),
    ])
}
