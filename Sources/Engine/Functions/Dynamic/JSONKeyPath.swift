/// A key, or a path of keys such as `$.a.b` or `$['a']['b']`, as the functions of bags take it.
struct JSONKeyPath: Hashable, Sendable {
  let keys: [String]

  /// Text that does not begin like a path is one key.
  init(_ text: String) {
    keys = JSONKeyPath.path(text) ?? [text]
  }

  private static func path(_ text: String) -> [String]? {
    guard text.hasPrefix("$.") || text.hasPrefix("$[") else { return nil }
    let characters = Array(text.unicodeScalars.dropFirst())
    var keys: [String] = []
    var index = 0
    func string(_ range: Range<Int>) -> String {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: characters[range])
      return String(view)
    }
    while index < characters.count {
      if characters[index] == "." {
        let start = index + 1
        var end = start
        while end < characters.count, characters[end] != ".", characters[end] != "[" { end += 1 }
        if end == start { return nil }
        keys.append(string(start..<end))
        index = end
      } else if characters[index] == "[", index + 1 < characters.count {
        let quote = characters[index + 1]
        guard quote == "'" || quote == "\"" else { return nil }
        var end = index + 2
        while end < characters.count, characters[end] != quote { end += 1 }
        guard end + 1 < characters.count, characters[end + 1] == "]" else { return nil }
        keys.append(string(index + 2..<end))
        index = end + 2
      } else {
        return nil
      }
    }
    return keys.isEmpty ? nil : keys
  }

  /// The value at the end of the path.
  func value(in value: JSONValue) -> JSONValue? {
    var current = value
    for key in keys {
      guard let next = current[key] else { return nil }
      current = next
    }
    return current
  }

  func removed(from value: JSONValue) -> JSONValue { JSONKeyPath.removed(keys[...], from: value) }

  private static func removed(_ keys: ArraySlice<String>, from value: JSONValue) -> JSONValue {
    guard let key = keys.first, case .object(var members) = value,
      let place = members.firstIndex(where: { $0.key == key })
    else { return value }
    if keys.count == 1 {
      members.remove(at: place)
    } else {
      members[place].value = removed(keys.dropFirst(), from: members[place].value)
    }
    return .object(members)
  }

  /// The value with another at the end of the path; bags on the way are made where they are missing.
  func set(_ element: JSONValue, in value: JSONValue) -> JSONValue {
    JSONKeyPath.set(keys[...], element, in: value)
  }

  private static func set(_ keys: ArraySlice<String>, _ element: JSONValue, in value: JSONValue) -> JSONValue
  {
    guard let key = keys.first else { return element }
    guard case .object(var members) = value else { return value }
    if let place = members.firstIndex(where: { $0.key == key }) {
      members[place].value = set(keys.dropFirst(), element, in: members[place].value)
    } else {
      members.append(JSONValue.Member(key, set(keys.dropFirst(), element, in: .object([]))))
    }
    return .object(members)
  }
}
