/// `tojson`: fields of a row as the members of a JSON object.
package enum RowJSON {
  /// How a field's values are written.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// By what they look like.
    case auto
    /// True and false; what is neither is left out.
    case bool
    /// The JSON that they hold; what is none is left out.
    case json
    /// As they are: texts as texts, numbers as numbers.
    case none
    /// Numbers; what is none is left out.
    case num
    /// Texts.
    case str
  }

  /// - Parameter fillsNull: writes null for a field that a row lacks.
  package static func object(_ members: [(name: String, kind: Kind)], fillsNull: Bool) -> ScalarFunction {
    ScalarFunction(
      [], Signature([Parameter.any("value").repeated], returns: .fixed(.string)), "Makes a JSON object.",
      nulls: .handlesNulls,
      kernel: .scalar { values in
        var made: [JSONValue.Member] = []
        for (member, value) in zip(members, values) {
          let elements = SPLValue.elements(value).compactMap { json($0, as: member.kind) }
          if elements.count == 1, let only = elements.first {
            made.append(JSONValue.Member(member.name, only))
          } else if !elements.isEmpty {
            made.append(JSONValue.Member(member.name, .array(elements)))
          } else if fillsNull {
            made.append(JSONValue.Member(member.name, .null))
          }
        }
        return .string(JSONValue.object(made).text)
      }, examples: [])
  }

  private static func json(_ value: Value, as kind: Kind) -> JSONValue? {
    let text = SPLValue.text(value)
    switch kind {
    case .none:
      switch value {
      case .bool, .long: return value.json
      case .real(let number): return plain(number)
      case .null, .decimal, .datetime, .timespan, .guid, .string, .dynamic: return .string(text)
      }
    case .str: return .string(text)
    case .num: return SPLValue.number(value).map { plain($0) }
    case .bool: return truth(text)
    case .json: return JSONValue(parsing: text)
    case .auto:
      if let number = SPLValue.number(value) { return plain(number) }
      if text == "true" || text == "false" { return .bool(text == "true") }
      if let first = text.utf8.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
        return JSONValue(parsing: text) ?? .string(text)
      }
      return .string(text)
    }
  }

  private static func truth(_ text: String) -> JSONValue? {
    switch text.lowercased() {
    case "true", "t", "yes", "1": .bool(true)
    case "false", "f", "no", "0": .bool(false)
    default: nil
    }
  }

  private static func plain(_ number: Double) -> JSONValue {
    Int64(exactly: number).map { .long($0) } ?? .real(number)
  }
}

/// `fromjson`: a member of a JSON object as the values of a field.
package enum MemberJSON {
  package static func values(of key: String) -> ScalarFunction {
    ScalarFunction(
      [], Signature([.any("json")], returns: .fixed(.dynamic)), "Gives a member of a JSON object.",
      kernel: .scalar { arguments in
        guard let json = object(arguments.first ?? .null), let member = json[key] else { return .null }
        switch member {
        case .null: return .null
        case .array(let elements): return SPLValue.collapsed(elements.map { text($0) })
        case .bool, .long, .real, .string, .object: return SPLValue.collapsed([text(member)])
        }
      }, examples: [])
  }

  /// The keys of a value that holds a JSON object.
  package static func keys(of value: Value) -> [String] {
    guard case .object(let members)? = object(value) else { return [] }
    return members.map(\.key)
  }

  private static func object(_ value: Value) -> JSONValue? {
    guard let json = SPLJSONFunctions.tree(value), case .object = json else { return nil }
    return json
  }

  private static func text(_ json: JSONValue) -> String { json == .null ? "null" : SPLValue.text(json) }
}
