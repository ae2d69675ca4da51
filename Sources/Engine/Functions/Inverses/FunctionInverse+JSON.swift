/// Inverses of what reads JSON: the member is put where it is read.
extension FunctionInverse {
  /// `d.key`, `d["key"]`, `d[0]`.
  static let property = FunctionInverse(of: 0) { wanted, arguments in
    guard arguments.count > 1 else { return [] }
    let step: FieldPath.Component
    switch arguments[1] {
    case .string(let key), .dynamic(.string(let key)): step = .key(key)
    case .long(let index), .dynamic(.long(let index)): step = .index(Int(clamping: index))
    case .null, .bool, .real, .decimal, .datetime, .timespan, .guid, .dynamic: return []
    }
    let tree = arguments[0].heldJSON ?? .null
    return [.dynamic(tree.setting(wanted.member, at: [step]))]
  }

  /// `parse_json`: the text of what is wanted.
  static let parsedJSON = FunctionInverse(of: 0) { wanted, _ in
    switch wanted {
    case .null, .dynamic(.null): [.string("")]
    case .dynamic(.string(let text)): [.string(text)]
    case .dynamic(let json): [.string(json.text), .dynamic(json)]
    case .bool, .long, .real, .decimal, .datetime, .timespan, .guid, .string: [wanted]
    }
  }

  /// `extract_json("$.a.b", text)`.
  static let jsonPath = FunctionInverse(of: 1) { wanted, arguments in
    guard case .string(let text) = arguments[0], let path = JSONPath(text) else { return [] }
    let steps = path.steps.map { step -> FieldPath.Component in
      switch step {
      case .key(let key): .key(key)
      case .index(let index): .index(index)
      }
    }
    return [.string((arguments[1].heldJSON ?? .null).setting(wanted.member, at: steps[...]).text)]
  }

  /// `spath`, `json_extract`: a path such as `a{}.b`.
  static let splPath = FunctionInverse(of: 0) { wanted, arguments in
    guard arguments.count == 2, case .string(let text) = arguments[1] else { return [] }
    let tree = arguments[0].heldJSON ?? .null
    let steps = SpathPath(text).stepList
    var member = wanted.member
    // One value of several is one.
    if case .array(let elements)? = member, steps.contains(.each) { member = elements.first }
    if case .string(let text)? = member, let inner = JSONValue(parsing: text), case .object = inner {
      member = inner
    }
    return [.string(tree.setting(member, at: steps[...]).text)]
  }

  /// `array_length`, `mvcount`: so many elements, those that are there first.
  static let elementCount = FunctionInverse(of: 0) { wanted, arguments in
    guard let count = wanted.integer, (0...1000).contains(count) else { return [] }
    var elements: [JSONValue] =
      if case .array(let known)? = arguments[0].heldJSON { known } else { [] }
    let known = elements.first?.scalarText ?? "value"
    while elements.count < Int(count) { elements.append(.string("\(known)\(elements.count + 1)")) }
    return [.dynamic(.array(Array(elements.prefix(Int(count)))))]
  }

  /// `bag_pack("a", x, "b", y)`: the value behind a key.
  static let packedBag = FunctionInverse { wanted, arguments in
    guard case .dynamic(.object(let members)) = wanted else { return [] }
    return members.flatMap { member -> [Proposal] in
      arguments.indices.compactMap { index in
        guard index % 2 == 0, index + 1 < arguments.count, arguments[index] == .string(member.key),
          arguments[index + 1].member != member.value
        else { return nil }
        return Proposal(index + 1, member.value.scalar ?? .dynamic(member.value))
      }
    }
  }
}
