/// A path into JSON, of the subset that KQL knows: no wildcards, no slices.
///
///     JSONPath("$.requestParameters['name'][0]")  // key, key, index
struct JSONPath: Sendable {
  enum Step: Hashable, Sendable {
    case key(String)
    case index(Int)
  }

  let steps: [Step]

  /// nil for what is no path.
  init?(_ text: String) {
    var rest = Substring(text).unicodeScalars
    guard rest.popFirst() == "$" else { return nil }
    var steps: [Step] = []
    while let mark = rest.popFirst() {
      switch mark {
      case ".":
        let name = rest.prefix { $0 != "." && $0 != "[" }
        if name.isEmpty {
          // `.['a']` is the same as `['a']`.
          guard rest.first == "[" else { return nil }
          continue
        }
        rest = rest[name.endIndex...]
        steps.append(.key(String(name)))
      case "[":
        if let quote = rest.first, quote == "'" || quote == "\"" {
          rest.removeFirst()
          let name = rest.prefix { $0 != quote }
          rest = rest[name.endIndex...]
          guard rest.popFirst() == quote, rest.popFirst() == "]" else { return nil }
          steps.append(.key(String(name)))
        } else {
          let digits = rest.prefix { $0 != "]" }
          rest = rest[digits.endIndex...]
          guard rest.popFirst() == "]", let index = Int(String(digits)) else { return nil }
          steps.append(.index(index))
        }
      default: return nil
      }
    }
    self.steps = steps
  }

  /// What stands at the path; nil if nothing does.
  func value(in json: JSONValue) -> JSONValue? {
    var current = json
    for step in steps {
      let next: JSONValue? =
        switch step {
        case .key(let name): current[name]
        case .index(let index): current[index]
        }
      guard let next else { return nil }
      current = next
    }
    return current
  }
}
