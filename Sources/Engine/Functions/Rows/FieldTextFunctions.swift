/// Fields that stand in the text of an event: pairs, XML and tables.
package enum FieldTextFunctions {
  package static let all = [pair, element, path, tableRows]

  /// The value of a key in a text of pairs.
  package static let pair = ScalarFunction(
    [.spl("[kv]")],
    Signature(
      [
        .any("text"), .string("key").constant, .string("pair delimiters").constant,
        .string("key delimiters").constant, .bool("cleans keys").constant, .bool("takes all").constant,
      ], returns: .fixed(.dynamic)),
    "Gives the value of a key in a text of pairs, or all its values.",
    kernel: .prepared { arguments throws(FunctionFailure) in
      let key = try arguments.required(1, arguments.text)
      let reader = PairReader(
        pairDelimiters: try arguments.required(2, arguments.text),
        keyDelimiters: try arguments.required(3, arguments.text),
        cleansKeys: arguments.constants[4] == .bool(true))
      let takesAll = arguments.constants[5] == .bool(true)
      return { values in
        FieldTextFunctions.values(of: key, in: values.first, takesAll: takesAll, reader.pairs)
      }
    }, examples: [])

  /// The texts of the elements of a name that hold text alone.
  package static let element = ScalarFunction(
    [.spl("[xmlkv]")], Signature([.any("text"), .string("name").constant], returns: .fixed(.dynamic)),
    "Gives the texts of XML elements of a name.",
    kernel: .prepared { arguments throws(FunctionFailure) in
      let name = try arguments.required(1, arguments.text)
      return { values in FieldTextFunctions.values(of: name, in: values.first, takesAll: true, XMLTree.pairs)
      }
    }, examples: [])

  private static func values(
    of key: String, in value: Value?, takesAll: Bool, _ pairs: (String) -> [(key: String, value: String)]
  ) -> Value {
    let found = SPLValues.texts(of: value ?? .null).flatMap(pairs).filter { $0.key == key }
    return SPLValues.value(of: (takesAll ? found[...] : found.prefix(1)).map { .string($0.value) })
  }

  /// The texts at an XPath.
  package static let path = ScalarFunction(
    [.spl("[xpath]")], Signature([.any("text"), .string("path").constant], returns: .fixed(.dynamic)),
    "Gives the texts that a path leads to in XML.",
    kernel: .prepared { arguments throws(FunctionFailure) in
      let query = XPathQuery(try arguments.required(1, arguments.text))
      return { values in
        guard let query else { return .null }
        let texts = SPLValues.texts(of: values.first ?? .null).compactMap { XMLTree($0) }
          .flatMap { query.values(in: $0) }
        return SPLValues.value(of: texts.map { .string($0) })
      }
    }, examples: [])

  /// The rows of a table in a text, each a JSON object with the line as `_raw`.
  package static let tableRows = ScalarFunction(
    [.spl("[multikv]")],
    Signature(
      [.any("text"), .long("line of names").constant, .bool("has names").constant], returns: .fixed(.dynamic)),
    "Gives the rows of a table in a text as JSON.",
    kernel: .prepared { arguments in
      let line = arguments.integer(1).flatMap { $0 > 0 ? Int(clamping: $0) : nil }
      let table = EventTable(headerLine: line, hasHeader: arguments.constants[2] == .bool(true))
      return { values in
        let rows = SPLValues.texts(of: values.first ?? .null).flatMap { table.rows(in: $0) }
        return SPLValues.value(
          of: rows.map { row in
            let members =
              [JSONValue.Member("_raw", .string(row.line))]
              + row.cells.map { JSONValue.Member($0.name, .string($0.value)) }
            return .string(JSONValue.object(members).text)
          })
      }
    }, examples: [])
}
