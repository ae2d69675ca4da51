/// JSON texts in `eval`: reading, testing and making them.
package enum SPLJSONFunctions {
  package static let all: [ScalarFunction] =
    [
      extract, extractExact, path, keys, isValid, arrayToValues,
    ] + SPLJSONMaking.all + SPLJSONStructure.all

  /// The tree of a value that holds JSON text; nil for what is none.
  static func tree(_ value: Value) -> JSONValue? {
    switch value {
    case .string(let text), .dynamic(.string(let text)): JSONValue(parsing: text)
    case .dynamic(let json): json
    case .long, .real, .bool: value.json
    case .null, .decimal, .datetime, .timespan, .guid: nil
    }
  }

  /// A part of a tree as SPL shows it: numbers and truths as such, null for JSON null, all else as text.
  static func result(_ json: JSONValue?) -> Value {
    switch json {
    case nil, .null: .null
    case .bool(let truth)?: .dynamic(.bool(truth))
    case .long(let number)?: .dynamic(.long(number))
    case .real(let number)?: .dynamic(.real(number))
    case .string(let text)?: .dynamic(.string(text))
    case .array?, .object?: json.map { .dynamic(.string(SPLValue.text($0))) } ?? .null
    }
  }

  private static func all(_ found: [JSONValue], isPlural: Bool) -> JSONValue? {
    isPlural ? (found.isEmpty ? nil : .array(found)) : found.first
  }

  package static let extract = ScalarFunction(
    [.spl("json_extract")], Signature([.any("json"), .string("paths").repeated], returns: .fixed(.dynamic)),
    "Gives what a path such as `a.b{0}.c` leads to; of several paths, or of `{}`, a JSON array.",
    notes: [
      "Numbers and truths stay what they are, objects and arrays come as JSON text. Without a path the whole comes back."
    ],
    kernel: .scalar { values in
      guard let json = tree(values[0]) else { return .null }
      let paths = values.dropFirst().map { SPLJSONPath(SPLValue.text($0)) }
      if paths.isEmpty { return result(json) }
      let found = paths.map { path in path.flatMap { all($0.values(in: json), isPlural: $0.isPlural) } }
      return found.count == 1 ? result(found[0]) : result(.array(found.map { $0 ?? .null }))
    },
    inverse: .splPath,
    examples: [
      .spl(#"json_extract("{\"a\":{\"b\":[1,2]}}", "a.b{1}")"#, gives: "2"),
      .spl(#"json_extract("{\"a\":[1,2]}", "a{}")"#, gives: #""[1,2]""#),
      .spl(#"isnull(json_extract("{}", "a"))"#, gives: "true()"),
    ])

  static let extractExact = ScalarFunction(
    [.spl("json_extract_exact")],
    Signature([.any("json"), .string("keys").repeated], returns: .fixed(.dynamic)),
    "Gives the value of a key, in which dots and braces mean nothing.",
    kernel: .scalar { values in
      guard let json = tree(values[0]) else { return .null }
      let found = values.dropFirst().map { json[SPLValue.text($0)] }
      if found.isEmpty { return result(json) }
      return found.count == 1 ? result(found[0]) : result(.array(found.map { $0 ?? .null }))
    },
    examples: [
      .spl(#"json_extract_exact("{\"a.b\":1}", "a.b")"#, gives: "1"),
      .spl(#"isnull(json_extract_exact("{\"a\":{\"b\":1}}", "a.b"))"#, gives: "true()"),
    ])

  package static let path = ScalarFunction(
    [.spl("spath")], Signature([.any("json"), .string("path")], returns: .fixed(.dynamic)),
    "Gives the values that a path leads to.",
    notes: [
      "Objects and arrays come as JSON text; in XML `a.b` is the text of an element, `a.b{@c}` an attribute."
    ],
    kernel: .prepared { arguments in
      let constant = arguments.text(1).map { SPLJSONPath($0) }
      return { values in
        guard let json = tree(values[0]) else {
          let texts = XMLTree.values(at: SPLValue.text(values[1]), in: SPLValue.text(values[0]))
          return SPLValue.collapsed(texts)
        }
        guard let path = constant ?? values.text(1).map({ SPLJSONPath($0) }) else { return .null }
        return SPLValue.collapsed(
          path?.values(in: json).map { $0 == .null ? "null" : SPLValue.text($0) } ?? [])
      }
    },
    inverse: .splPath,
    examples: [
      .spl(#"mvcount(spath("{\"a\":[{\"b\":1},{\"b\":2}]}", "a{}.b"))"#, gives: "2"),
      .spl(#"spath("{\"a\":{\"b\":1}}", "a{}.b")"#, gives: "1", why: "`{}` on an object is passed over"),
      .spl(#"isnull(spath("no JSON", "a"))"#, gives: "true()"),
      .spl(#"spath("<a><b id='7'>x</b></a>", "a.b{@id}")"#, gives: #""7""#),
    ])

  static let keys = ScalarFunction(
    [.spl("json_keys")], Signature([.any("json")], returns: .fixed(.string)),
    "Gives the keys of an object as a JSON array.",
    kernel: .scalar { values in
      guard case .object(let members)? = tree(values[0]) else { return .null }
      return .string(JSONValue.array(members.map { .string($0.key) }).text)
    },
    examples: [
      .spl(#"json_keys("{\"a\":1,\"b\":2}")"#, gives: #""[\"a\",\"b\"]""#),
      .spl(#"isnull(json_keys("[1]"))"#, gives: "true()"),
    ])

  static let isValid = ScalarFunction(
    [.spl("json_valid")], Signature([.any("json")], returns: .fixed(.bool)), "Is true for JSON text.",
    kernel: .scalar { values in .bool(JSONValue(parsing: SPLValue.text(values[0])) != nil) },
    examples: [
      .spl(#"if(json_valid("[1]"), 1, 0)"#, gives: "1"), .spl(#"if(json_valid("{a}"), 1, 0)"#, gives: "0"),
    ])

  static let arrayToValues = ScalarFunction(
    [.spl("json_array_to_mv")],
    Signature([.any("json"), .bool("quotes").optional], returns: .fixed(.dynamic)),
    "Gives the elements of a JSON array as the values of a field.",
    kernel: .scalar { values in
      guard case .array(let elements)? = tree(values[0]) else { return .null }
      let keepsQuotes = values.count > 1 && values[1] == .bool(true)
      return SPLValue.collapsed(
        elements.map { element in
          if case .string = element, keepsQuotes { return element.text }
          return element == .null ? "null" : SPLValue.text(element)
        })
    },
    examples: [
      .spl(#"mvjoin(json_array_to_mv("[\"a\",2]"), "+")"#, gives: #""a+2""#),
      .spl(#"isnull(json_array_to_mv("{}"))"#, gives: "true()"),
    ])
}
