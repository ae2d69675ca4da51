/// XML by SPL's paths: `Event.System.EventID`, and `{@Name}` for an attribute. Elements of one path are values of one field.
extension XMLTree {
  /// The paths of elements without others in them, and of all attributes, in the order in which they first stand; nil for
  /// what is no XML.
  package static func paths(of text: String) -> [String]? {
    tree(of: text)?.paths()
  }

  /// The texts of the elements, or of the attributes, at a path.
  static func values(at path: String, in text: String) -> [String] {
    tree(of: text)?.values(at: Array(path.utf8)) ?? []
  }

  private static func tree(of text: String) -> XMLTree? {
    guard text.utf8.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) == UInt8(ascii: "<") else {
      return nil
    }
    return XMLTree(text)
  }

  /// An element that gives something, with its text if it is one without others in it.
  private func leaf(_ index: Int) -> String? {
    if nodes[index].children.contains(where: { if case .element = $0 { true } else { false } }) { return nil }
    let text = text(of: index)
    return XMLTree.isBlank(text) ? nil : text
  }

  private func paths() -> [String] {
    struct Step: Hashable {
      var parent: Int
      var name: String
    }
    // Elements of one path share it, so that many below a long name take little.
    var places: [Step: Int] = [:]
    var known = [""]
    var placeOf = [Int](repeating: 0, count: nodes.count)
    var found: [String] = []
    var seen: Set<String> = []
    var bytes = 0
    func add(_ path: String) {
      if seen.insert(path).inserted { found.append(path) }
    }
    // An element stands behind the one that it is in.
    for (index, node) in nodes.enumerated().dropFirst() {
      let step = Step(parent: placeOf[node.parent], name: node.name)
      if places[step] == nil {
        let prefix = known[step.parent]
        let path = prefix.isEmpty ? node.name : prefix + "." + node.name
        bytes += path.utf8.count
        guard TextLimit.admits(bytes) else { break }
        places[step] = known.count
        known.append(path)
      }
      placeOf[index] = places[step] ?? 0
      let path = known[placeOf[index]]
      for attribute in node.attributes {
        bytes += path.utf8.count
        guard TextLimit.admits(bytes) else { return found }
        add(path + "{@\(attribute.name)}")
      }
      if leaf(index) != nil { add(path) }
    }
    return found
  }

  private func values(at path: [UInt8]) -> [String] {
    /// How much of the path leads to each element; nil where it does not lead.
    var matched = [Int?](repeating: nil, count: nodes.count)
    matched[0] = 0
    var result: [String] = []
    for (index, node) in nodes.enumerated().dropFirst() {
      guard var place = matched[node.parent] else { continue }
      if place > 0 {
        guard place < path.count, path[place] == UInt8(ascii: ".") else { continue }
        place += 1
      }
      guard path[place...].starts(with: node.name.utf8) else { continue }
      place += node.name.utf8.count
      matched[index] = place
      if place == path.count {
        if let text = leaf(index) { result.append(text) }
      } else if path[place] == UInt8(ascii: "{") {
        for attribute in node.attributes where path[place...].elementsEqual("{@\(attribute.name)}".utf8) {
          result.append(attribute.value)
        }
      }
    }
    return result
  }
}
