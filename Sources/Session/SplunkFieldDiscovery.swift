import Engine

/// The names that Splunk would give to the fields of JSON events: `a.b`, `a{}`, `a{}.b`.
///
/// An empty array or object gives no field; null and "" give one.
struct SplunkFieldDiscovery {
  private(set) var names: [String] = []
  private var known: Set<String> = []

  /// Looks at the texts of a column of events.
  mutating func add(_ events: Column) {
    for row in 0..<events.count {
      if case .string(let text) = events.value(at: row), let event = JSONValue(parsing: text) {
        visit(event, at: "")
      }
    }
  }

  private mutating func visit(_ value: JSONValue, at path: String) {
    switch value {
    case .object(let members):
      for member in members { visit(member.value, at: path.isEmpty ? member.key : "\(path).\(member.key)") }
    case .array(let elements): for element in elements { visit(element, at: "\(path){}") }
    case .null, .bool, .long, .real, .string:
      if !path.isEmpty, known.insert(path).inserted { names.append(path) }
    }
  }
}
