/// JSON by SPL's paths: `a{}.b`, `a{0}.b`; XML by `a.b` and `a.b{@c}`.
package enum SpathFunctions {
  package static let all = [extract]

  /// The values at a path: text, numbers and truth values as text, objects and arrays as their JSON text.
  package static let extract = ScalarFunction(
    [.spl("[spath]")], Signature([.any("json"), .string("path").constant], returns: .fixed(.dynamic)),
    "Gives the values at a path of a JSON text.",
    kernel: .prepared { arguments throws(FunctionFailure) in
      let name = try arguments.required(1, arguments.text)
      let path = SpathPath(name)
      return { values in
        var found: [JSONValue] = []
        for text in SPLValues.texts(of: values.first ?? .null) {
          guard let json = SpathFunctions.parse(text) else {
            found += XMLTree.values(at: name, in: text).map { .string($0) }
            continue
          }
          path.collect(from: json, into: &found)
        }
        return SPLValues.value(of: found)
      }
    }, inverse: .splPath,
    examples: [])

  package static func parse(_ text: String) -> JSONValue? {
    var text = text
    return text.withUTF8 { JSONValue(parsing: $0) }
  }

  /// The paths of all leaves of a JSON text, in their order.
  package static func paths(
    of json: JSONValue, prefix: String = "", into result: inout [String], depth: Int = 0
  ) {
    // The parser goes no deeper.
    if depth > JSONTreeParser.depthLimit { return }
    switch json {
    case .object(let members):
      for member in members {
        paths(
          of: member.value, prefix: prefix.isEmpty ? member.key : prefix + "." + member.key, into: &result,
          depth: depth + 1)
      }
    case .array(let elements):
      for element in elements { paths(of: element, prefix: prefix + "{}", into: &result, depth: depth + 1) }
    case .null, .bool, .long, .real, .string: if !prefix.isEmpty { result.append(prefix) }
    }
  }
}

/// A path such as `requestParameters{}.Rule{}.Days`.
package struct SpathPath: Hashable, Sendable {
  fileprivate enum Step: Hashable, Sendable {
    case key(String)
    case all
    case index(Int)
  }

  private var steps: [Step] = []

  package init(_ text: String) {
    for part in text.split(separator: ".", omittingEmptySubsequences: true) {
      var rest = part
      let name = rest.prefix { $0 != "{" }
      if !name.isEmpty { steps.append(.key(String(name))) }
      rest = rest.dropFirst(name.count)
      while rest.first == "{", let close = rest.firstIndex(of: "}") {
        let inner = rest[rest.index(after: rest.startIndex)..<close]
        if inner.isEmpty {
          steps.append(.all)
        } else if let index = Int(inner) {
          steps.append(.index(index))
        } else {
          steps.append(.key(String(inner)))
        }
        rest = rest[rest.index(after: close)...]
      }
    }
  }

  /// The path as the loader has it.
  var stepList: [FieldPath.Component] {
    steps.map { step in
      switch step {
      case .key(let key): .key(key)
      case .all: .each
      case .index(let index): .index(index)
      }
    }
  }

  /// Adds the values at the path. `{}` on what is no array is the thing itself, as Splunk has it.
  package func collect(from json: JSONValue, into result: inout [JSONValue]) {
    collect(json, steps[...], into: &result)
  }

  private func collect(_ json: JSONValue, _ steps: ArraySlice<Step>, into result: inout [JSONValue]) {
    guard let step = steps.first else {
      switch json {
      case .null: result.append(.string("null"))
      case .bool, .long, .real, .string: result.append(.string(json.scalarText))
      case .array(let elements): if !elements.isEmpty { result.append(.string(json.text)) }
      case .object: result.append(.string(json.text))
      }
      return
    }
    let rest = steps.dropFirst()
    switch step {
    case .key(let key):
      guard case .object = json else { return }
      if let value = json[key] { collect(value, rest, into: &result) }
      // A key may hold dots itself.
      var joined = key
      var beyond = rest
      while case .key(let next)? = beyond.first {
        joined += "." + next
        beyond = beyond.dropFirst()
        if let value = json[joined] { collect(value, beyond, into: &result) }
      }
    case .all:
      if case .array(let elements) = json {
        for element in elements { collect(element, rest, into: &result) }
      } else {
        collect(json, rest, into: &result)
      }
    case .index(let index):
      if case .array = json {
        if let element = json[index] { collect(element, rest, into: &result) }
      } else if index == 0 {
        collect(json, rest, into: &result)
      }
    }
  }
}
