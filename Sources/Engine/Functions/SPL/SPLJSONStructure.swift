/// Functions of `eval` that look into JSON by exact keys, or take it apart.
enum SPLJSONStructure {
  static let all: [ScalarFunction] = [check, entries, hasKey, setExact, extend, isArray, isObject]

  static let check = ScalarFunction(
    [.spl("json")], Signature([.any("value")], returns: .fixed(.string)),
    "Gives a value that is JSON text; null for all else.",
    kernel: .scalar { values in
      let text = SPLValue.text(values[0])
      return JSONValue(parsing: text) == nil ? .null : .string(text)
    },
    examples: [
      .spl(#"json("[1, 2]")"#, gives: #""[1, 2]""#), .spl(#"isnull(json("{a"))"#, gives: "true()"),
    ])

  static let entries = ScalarFunction(
    [.spl("json_entries")], Signature([.any("json")], returns: .fixed(.string)),
    "Gives the members of an object as a JSON array of objects with `key` and `value`.",
    kernel: .scalar { values in
      guard case .object(let members)? = SPLJSONFunctions.tree(values[0]) else { return .null }
      return .string(
        JSONValue.array(
          members.map {
            .object([JSONValue.Member("key", .string($0.key)), JSONValue.Member("value", $0.value)])
          }
        ).text)
    },
    examples: [
      .spl(#"json_entries("{\"a\":1}")"#, gives: #""[{\"key\":\"a\",\"value\":1}]""#),
      .spl(#"isnull(json_entries("[1]"))"#, gives: "true()"),
    ])

  static let hasKey = ScalarFunction(
    [.spl("json_has_key_exact")], Signature([.any("json"), .string("key")], returns: .fixed(.bool)),
    "Is true for an object that has a key, in which dots and braces mean nothing.",
    kernel: .scalar { values in
      guard case .object(let members)? = SPLJSONFunctions.tree(values[0]) else { return .bool(false) }
      let key = SPLValue.text(values[1])
      return .bool(members.contains { $0.key == key })
    },
    examples: [
      .spl(#"if(json_has_key_exact("{\"a.b\":1}", "a.b"), 1, 0)"#, gives: "1"),
      .spl(#"if(json_has_key_exact("{\"a\":{\"b\":1}}", "a.b"), 1, 0)"#, gives: "0"),
    ])

  static let setExact = ScalarFunction(
    [.spl("json_set_exact")],
    Signature([.any("json"), .string("key").repeated, .any("value").repeated], returns: .fixed(.string)),
    "Sets keys of an object, in which dots and braces mean nothing.", nulls: .handlesNulls,
    kernel: .scalar { values in
      guard var json = SPLJSONFunctions.tree(values[0]), case .object = json else { return .null }
      for index in stride(from: 1, to: values.count - 1, by: 2) {
        let path = SPLJSONPath(steps: [.key(SPLValue.text(values[index]))])
        json = path.changing(json) { _ in SPLJSONMaking.part(values[index + 1]) }
      }
      return .string(json.text)
    },
    examples: [
      .spl(#"json_set_exact("{}", "a.b", 1)"#, gives: #""{\"a.b\":1}""#),
      .spl(#"isnull(json_set_exact("[]", "a", 1))"#, gives: "true()"),
    ])

  static let extend = ScalarFunction(
    [.spl("json_extend")],
    Signature([.any("json"), .string("path").repeated, .any("values").repeated], returns: .fixed(.string)),
    "Adds the elements of arrays to the ends of the arrays that paths lead to.",
    notes: ["A value that is no array is added as it is; `json_append` adds an array as one element."],
    nulls: .handlesNulls,
    kernel: .scalar { values in
      guard var json = SPLJSONFunctions.tree(values[0]) else { return .null }
      for index in stride(from: 1, to: values.count - 1, by: 2) {
        guard let path = SPLJSONPath(SPLValue.text(values[index])) else { return .null }
        let added = elements(of: SPLJSONMaking.part(values[index + 1]))
        json = path.changing(json) { known in .array((known.map { elements(of: $0) } ?? []) + added) }
      }
      return .string(json.text)
    },
    examples: [
      .spl(#"json_extend("{\"a\":[1]}", "a", json_array(2, 3))"#, gives: #""{\"a\":[1,2,3]}""#),
      .spl(#"json_extend("{}", "a", 2)"#, gives: #""{\"a\":[2]}""#),
    ])

  private static func elements(of json: JSONValue) -> [JSONValue] {
    if case .array(let elements) = json { return elements }
    return [json]
  }

  private static func test(
    _ name: String, _ summary: String, examples: [FunctionExample],
    _ isTrue: @escaping @Sendable (JSONValue) -> Bool
  ) -> ScalarFunction {
    ScalarFunction(
      [.spl(name)], Signature([.any("value")], returns: .fixed(.bool)), summary, nulls: .neverNull,
      kernel: .scalar { values in
        let value = values[0]
        switch value {
        case .string(let text), .dynamic(.string(let text)):
          return .bool(JSONValue(parsing: text).map(isTrue) ?? false)
        case .null, .bool, .long, .real, .decimal, .datetime, .timespan, .guid, .dynamic:
          return .bool(false)
        }
      }, examples: examples)
  }

  static let isArray = test(
    "isarray", "Is true for a text that holds a JSON array.",
    examples: [.spl(#"if(isarray("[1]"), 1, 0)"#, gives: "1"), .spl("if(isarray(1), 1, 0)", gives: "0")]
  ) { if case .array = $0 { true } else { false } }

  static let isObject = test(
    "isobject", "Is true for a text that holds a JSON object.",
    examples: [
      .spl(#"if(isobject("{}"), 1, 0)"#, gives: "1"), .spl(#"if(isobject("[]"), 1, 0)"#, gives: "0"),
    ]
  ) { if case .object = $0 { true } else { false } }
}
