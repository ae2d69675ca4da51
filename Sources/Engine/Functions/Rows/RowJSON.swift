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

  package static let all = [object]

  /// Fills missing fields with null or not, then the names and kinds of the members by turns, then the values.
  ///
  /// Example: `[tojson](false, dynamic(["a","num"]), a)`.
  package static let object = ScalarFunction(
    [.spl("[tojson]")],
    Signature(
      [.bool("fills null").constant, .dynamic("members").constant, Parameter.any("value").repeated],
      returns: .fixed(.string)), "Makes a JSON object.", nulls: .handlesNulls,
    kernel: .prepared { arguments throws(FunctionFailure) in
      let fillsNull = arguments.constants[0] == .bool(true)
      let members = members(try arguments.required(1, arguments.json))
      return { values in
        var made: [JSONValue.Member] = []
        for (member, value) in zip(members, values.dropFirst(2)) {
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
      }
    }, examples: [])

  /// The arguments of `object` before the values.
  package static func arguments(
    _ members: [(name: String, kind: Kind)], fillsNull: Bool
  ) -> [Expression] {
    let list = members.flatMap { [JSONValue.string($0.name), .string($0.kind.rawValue)] }
    return [.literal(.bool(fillsNull), .bool), .literal(.dynamic(.array(list)), .dynamic)]
  }

  private static func members(_ json: JSONValue) -> [(name: String, kind: Kind)] {
    guard case .array(let list) = json else { return [] }
    return stride(from: 0, to: list.count - 1, by: 2).map { index in
      (list[index].scalarText, Kind(rawValue: list[index + 1].scalarText) ?? .none)
    }
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
  package static let all = [member]

  package static let member = ScalarFunction(
    [.spl("[fromjson]")], Signature([.any("json"), .string("key").constant], returns: .fixed(.dynamic)),
    "Gives a member of a JSON object.",
    kernel: .scalar { arguments in
      guard let key = arguments.text(1), let json = object(arguments.first ?? .null), let member = json[key]
      else { return .null }
      switch member {
      case .null: return .null
      case .array(let elements): return SPLValue.collapsed(elements.map { text($0) })
      case .bool, .long, .real, .string, .object: return SPLValue.collapsed([text(member)])
      }
    }, examples: [])

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
