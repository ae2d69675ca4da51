/// XML as `parse_xml` gives it: an attribute `a` is the key `@a`, text the key `#text`, children with one name an array.
/// An element that holds nothing but text is that text, one that holds nothing null.
///
///     <a b="1">x<c/></a>    {"a":{"@b":"1","c":null,"#text":"x"}}
extension XMLTree {
  /// Larger documents are refused.
  static let sizeLimit = 1 << 20

  static func json(_ text: String) -> JSONValue? {
    guard text.utf8.count <= sizeLimit, let tree = XMLTree(text), tree.isStrict,
      let root = tree.elements(of: 0).first
    else { return nil }
    return .object([JSONValue.Member(tree.nodes[root].name, tree.json(of: root))])
  }

  private func json(of node: Int) -> JSONValue {
    var text = ""
    var names: [String] = []
    var children: [String: [JSONValue]] = [:]
    for child in nodes[node].children {
      switch child {
      case .text(let piece): text += piece
      case .element(let element):
        let name = nodes[element].name
        if children[name] == nil { names.append(name) }
        children[name, default: []].append(json(of: element))
      }
    }
    let attributes = nodes[node].attributes
    let isBlank = XMLTree.isBlank(text)
    if attributes.isEmpty, names.isEmpty { return isBlank ? .null : .string(text) }
    var members = attributes.map { JSONValue.Member("@" + $0.name, .string($0.value)) }
    for name in names {
      let values = children[name] ?? []
      members.append(JSONValue.Member(name, values.count == 1 ? values[0] : .array(values)))
    }
    if !isBlank { members.append(JSONValue.Member("#text", .string(text))) }
    return .object(members)
  }
}
