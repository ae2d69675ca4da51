/// JSON from texts and texts from JSON: `parse_json`, `extract_json`, `dynamic_to_json`, `gettype`.
package enum JSONFunctions {
  package static let all: [ScalarFunction] = [parse, extract, canonical, typeName]

  package static let parse = ScalarFunction(
    [.kql("parse_json"), .kql("todynamic"), .kqlAlias("parsejson"), .kqlAlias("toobject")],
    Signature([.oneOf("text", [.string, .dynamic])], returns: .fixed(.dynamic)), "Reads JSON from a text.",
    notes: ["A text that is no JSON stays a text, the empty text is null, dynamic stays as it is."],
    naming: .firstArgument,
    kernel: .vector { call in ParseJSONKernel.parse(call.arguments[0], count: call.count) },
    inverse: .parsedJSON,
    examples: [
      .kql(#"parse_json('{"a": [1, 2.50]}')"#, gives: #"dynamic({"a":[1,2.5]})"#),
      .kql(#"parse_json("abc")"#, gives: #"dynamic("abc")"#),
      .kql(#"parse_json("")"#, gives: "dynamic(null)"),
      .kql(#"parse_json(dynamic({"a":1}))"#, gives: #"dynamic({"a":1})"#),
    ])

  package static let extract = ScalarFunction(
    [.kql("extract_json"), .kql("extractjson")],
    Signature(
      [.string("path").constant, .string("json"), Parameter.string("type").optional.constant],
      returns: .computed { _, constants in TypeArgument.type(constants, 2) }),
    "Gives what stands at a path in JSON text.",
    notes: ["A path has `.name`, `['name']` and `[index]` steps behind `$`."],
    kernel: .prepared { arguments throws(FunctionFailure) in
      var known: JSONPath?
      if let text = arguments.text(0) {
        known = JSONPath(text)
        if known == nil {
          throw FunctionFailure(
            "bad-json-path", "`\(text)` is no path into JSON", argument: 0,
            suggestion: "write a path such as `$.a.b[0]`")
        }
      }
      let path = known
      let type = arguments.type
      return { values in
        guard let path = path ?? JSONPath(values.text(0) ?? ""), let text = values.text(1),
          let json = JSONValue(parsing: text), let found = path.value(in: json)
        else { return .null }
        return ValueConversion.convert(.dynamic(found), to: type)
      }
    },
    inverse: .jsonPath,
    examples: [
      .kql(#"extract_json("$.a.b", '{"a":{"b":"x"}}')"#, gives: #""x""#),
      .kql(#"extract_json("$.a[1]", '{"a":[1,2]}', typeof(long))"#, gives: "2"),
      .kql(#"extract_json("$.z", '{"a":1}')"#, gives: #""""#),
    ])

  static let canonical = ScalarFunction(
    [.kql("dynamic_to_json")], Signature([.any("value")], returns: .fixed(.string)),
    "Gives a dynamic value as JSON with its keys sorted.",
    kernel: .scalar { values in
      guard let json = values.json(0) else { return .null }
      return .string(json.withSortedKeys.text)
    },
    examples: [
      .kql(#"dynamic_to_json(dynamic({"b":1,"a":[2]}))"#, gives: #""{\"a\":[2],\"b\":1}""#),
      .kql(#"dynamic_to_json(dynamic("x"))"#, gives: #""\"x\"""#),
    ])

  static let typeName = ScalarFunction(
    [.kql("gettype")], Signature([.any("value")], returns: .fixed(.string)),
    "Gives the name of a value's type; of a dynamic value, the type of what is inside.",
    notes: ["A real inside dynamic is called `double`."], nulls: .neverNull, naming: .prefix("type"),
    kernel: .prepared { arguments in
      let type = arguments.types[0]
      return { values in
        guard type == .dynamic else { return .string(type.rawValue) }
        guard case .dynamic(let json) = values[0] else { return .string("null") }
        return .string(json.typeName)
      }
    },
    examples: [
      .kql("gettype(1)", gives: #""long""#), .kql(#"gettype(dynamic({"a":1}))"#, gives: #""dictionary""#),
      .kql("gettype(dynamic([1]))", gives: #""array""#), .kql("gettype(dynamic(1.5))", gives: #""double""#),
      .kql("gettype(int(null))", gives: #""int""#), .kql("gettype(dynamic(null))", gives: #""null""#),
    ])
}

extension JSONValue {
  fileprivate var typeName: String {
    switch self {
    case .null: "null"
    case .bool: "bool"
    case .long: "long"
    case .real: "double"
    case .string: "string"
    case .array: "array"
    case .object: "dictionary"
    }
  }

  /// The same value, the keys of every bag in order.
  var withSortedKeys: JSONValue {
    switch self {
    case .null, .bool, .long, .real, .string: self
    case .array(let elements): .array(elements.map(\.withSortedKeys))
    case .object(let members):
      .object(
        members.map { Member($0.key, $0.value.withSortedKeys) }
          .sorted { $0.key.precedes($1.key) })
    }
  }
}
