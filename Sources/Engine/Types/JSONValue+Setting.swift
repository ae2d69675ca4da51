extension JSONValue {
  /// The longest array that is filled up so that an element has its place.
  private static let longestFilling = 64

  /// The tree with another value at a path; what is missing on the way is made. Nil takes the value away.
  ///
  /// ```
  ///   {"a":1}, path b.c, "x"    {"a":1,"b":{"c":"x"}}
  ///   {"a":[]}, path a{}.b, 1   {"a":[{"b":1}]}
  /// ```
  package func setting(_ value: JSONValue?, at path: ArraySlice<FieldPath.Component>) -> JSONValue {
    guard let step = path.first else { return value ?? .null }
    let rest = path.dropFirst()
    switch step {
    case .key(let key):
      var members: [Member] = if case .object(let members) = self { members } else { [] }
      let place = members.lastIndex { $0.key == key }
      if rest.isEmpty, value == nil {
        members.removeAll { $0.key == key }
      } else if let place {
        members[place].value = members[place].value.setting(value, at: rest)
      } else if value != nil {
        members.append(Member(key, JSONValue.null.setting(value, at: rest)))
      } else {
        return self
      }
      return .object(members)
    case .index(let index):
      var elements: [JSONValue] = if case .array(let elements) = self { elements } else { [] }
      let place = index < 0 ? max(0, elements.count + index) : index
      if rest.isEmpty, value == nil {
        if elements.indices.contains(place) { elements.removeSubrange(place...) }
        return .array(elements)
      }
      guard place < max(elements.count + 1, JSONValue.longestFilling) else { return self }
      while elements.count <= place { elements.append(JSONValue.null.setting(value, at: rest)) }
      elements[place] = elements[place].setting(value, at: rest)
      return .array(elements)
    case .each:
      if rest.isEmpty, value == nil { return .array([]) }
      guard case .array(let elements) = self, let first = elements.first else {
        if case .object = self { return setting(value, at: rest) }
        return .array([JSONValue.null.setting(value, at: rest)])
      }
      // One element says what is asked, and no other says otherwise.
      return .array([first.setting(value, at: rest)])
    }
  }
}
