/// XML by SPL's paths: `Event.System.EventID`, and `{@Name}` for an attribute. Elements of one path are values of one field.
extension XMLTree {
  package typealias Leaf = (path: String, value: String)

  /// The texts of elements without others in them, and all attributes, in their order; nil for what is no XML.
  package static func leaves(of text: String) -> [Leaf]? {
    guard text.utf8.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) == UInt8(ascii: "<") else {
      return nil
    }
    return XMLTree(text)?.leaves()
  }

  private func leaves() -> [Leaf] {
    var paths = [String](repeating: "", count: nodes.count)
    var result: [Leaf] = []
    // An element stands behind the one that it is in.
    for (index, node) in nodes.enumerated().dropFirst() {
      let prefix = paths[node.parent]
      let path = prefix.isEmpty ? node.name : prefix + "." + node.name
      paths[index] = path
      for attribute in node.attributes { result.append((path + "{@\(attribute.name)}", attribute.value)) }
      if !elements(of: index).isEmpty { continue }
      let text = text(of: index)
      if !XMLTree.isBlank(text) { result.append((path, text)) }
    }
    return result
  }
}
