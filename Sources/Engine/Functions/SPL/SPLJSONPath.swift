/// A path into JSON as SPL writes it: `a.b{0}.c`, `{}` for all elements.
///
///     SPLJSONPath("Records{}.user.name")
package struct SPLJSONPath: Hashable, Sendable {
  package enum Step: Hashable, Sendable {
    case key(String)
    case index(Int)
    case every
  }

  package let steps: [Step]

  package init(steps: [Step]) { self.steps = steps }

  /// nil for a brace that does not close or holds no number.
  package init?(_ text: String) {
    var steps: [Step] = []
    for piece in text.split(separator: ".", omittingEmptySubsequences: true) {
      let key = piece.prefix { $0 != "{" }
      if !key.isEmpty { steps.append(.key(String(key))) }
      var rest = piece[key.endIndex...]
      while !rest.isEmpty {
        guard rest.first == "{", let close = rest.firstIndex(of: "}") else { return nil }
        let inside = rest[rest.index(after: rest.startIndex)..<close]
        if inside.isEmpty {
          steps.append(.every)
        } else if let index = Int(inside) {
          steps.append(.index(index))
        } else {
          return nil
        }
        rest = rest[rest.index(after: close)...]
      }
    }
    guard steps.count <= 256 else { return nil }
    self.steps = steps
  }

  /// Whether the path may lead to several places.
  package var isPlural: Bool { steps.contains(.every) }

  /// What the path leads to, in the order of the document. `{}` and `{0}` on what is no array give the value
  /// itself, as rules that were written for arrays of one count on.
  package func values(in json: JSONValue) -> [JSONValue] {
    var found = [json]
    for step in steps {
      found = found.flatMap { value -> [JSONValue] in
        switch step {
        case .key(let key):
          if let member = value[key] { return [member] }
          return []
        case .index(let index):
          guard case .array = value else { return index == 0 ? [value] : [] }
          return value[index].map { [$0] } ?? []
        case .every:
          guard case .array(let elements) = value else { return [value] }
          return elements
        }
      }
      if found.isEmpty { return [] }
    }
    return found
  }

  /// The tree with the place that the path leads to changed; objects on the way are made. `change` gets what is
  /// there now and gives nil to take it out.
  func changing(_ json: JSONValue, _ change: (JSONValue?) -> JSONValue?) -> JSONValue {
    SPLJSONPath.changing(json, steps[...], change) ?? .null
  }

  private static func changing(
    _ json: JSONValue?, _ steps: ArraySlice<Step>, _ change: (JSONValue?) -> JSONValue?
  ) -> JSONValue? {
    guard let step = steps.first else { return change(json) }
    let rest = steps.dropFirst()
    switch step {
    case .key(let key):
      var members: [JSONValue.Member] = []
      if case .object(let known)? = json { members = known } else if let json, json != .null { return json }
      let place = members.firstIndex { $0.key == key }
      let new = changing(place.map { members[$0].value }, rest, change)
      if let place {
        if let new { members[place].value = new } else { members.remove(at: place) }
      } else if let new {
        members.append(JSONValue.Member(key, new))
      } else if json == nil {
        return nil
      }
      return .object(members)
    case .index(let index):
      guard case .array(var elements)? = json else { return json }
      let place = index < 0 ? elements.count + index : index
      if elements.indices.contains(place) {
        if let new = changing(elements[place], rest, change) {
          elements[place] = new
        } else {
          elements.remove(at: place)
        }
      } else if place == elements.count, let new = changing(nil, rest, change) {
        elements.append(new)
      }
      return .array(elements)
    case .every:
      guard case .array(let elements)? = json else { return json }
      return .array(elements.compactMap { changing($0, rest, change) })
    }
  }
}
