/// What `xpath` asks of XML: steps of `/name`, `//name`, `*`, `.`, `..`, `@name` and `text()`, with conditions in
/// brackets: a place, `last()`, `@name`, `name`, or one of these compared with a text.
package struct XPathQuery: Hashable, Sendable {
  private enum Test: Hashable, Sendable {
    /// Nil for any name.
    case element(String?)
    case attribute(String?)
    case text, own, parent
  }

  private enum Operand: Hashable, Sendable {
    case attribute(String)
    case child(String)
    case text, own
  }

  private enum Condition: Hashable, Sendable {
    case place(Int)
    case last
    case has(Operand)
    case equals(Operand, String)
    case differs(Operand, String)
  }

  private struct Step: Hashable, Sendable {
    var isDeep: Bool
    var test: Test
    var conditions: [Condition]
  }

  private var steps: [Step] = []

  /// nil for what is no path, or needs more of XPath than there is.
  package init?(_ text: String) {
    var rest = Substring(NumberText.trimmed(text))
    var isFirst = true
    while !rest.isEmpty {
      var isDeep = false
      if rest.hasPrefix("//") {
        isDeep = true
        rest = rest.dropFirst(2)
      } else if rest.hasPrefix("/") {
        rest = rest.dropFirst()
      } else if !isFirst {
        return nil
      } else {
        // A relative path may begin anywhere.
        isDeep = true
      }
      isFirst = false
      guard let test = XPathQuery.test(&rest) else { return nil }
      var conditions: [Condition] = []
      while rest.hasPrefix("[") {
        guard let condition = XPathQuery.condition(&rest) else { return nil }
        conditions.append(condition)
      }
      steps.append(Step(isDeep: isDeep, test: test, conditions: conditions))
    }
    guard !steps.isEmpty, steps.count <= 64 else { return nil }
    for step in steps.dropLast() {
      switch step.test {
      case .attribute, .text: return nil
      case .element, .own, .parent: break
      }
    }
  }

  private static func name(_ rest: inout Substring) -> String? {
    let name = rest.prefix { $0.isLetter || $0.isNumber || "_-.:".contains($0) }
    rest = rest.dropFirst(name.count)
    return name.isEmpty || name.contains("::") ? nil : String(name)
  }

  private static func test(_ rest: inout Substring) -> Test? {
    if rest.hasPrefix("..") {
      rest = rest.dropFirst(2)
      return .parent
    }
    if rest.hasPrefix(".") {
      rest = rest.dropFirst()
      return .own
    }
    if rest.hasPrefix("text()") {
      rest = rest.dropFirst(6)
      return .text
    }
    let isAttribute = rest.hasPrefix("@")
    if isAttribute { rest = rest.dropFirst() }
    if rest.hasPrefix("*") {
      rest = rest.dropFirst()
      return isAttribute ? .attribute(nil) : .element(nil)
    }
    guard let name = name(&rest), !rest.hasPrefix("(") else { return nil }
    return isAttribute ? .attribute(name) : .element(name)
  }

  private static func condition(_ rest: inout Substring) -> Condition? {
    guard let end = closing(of: rest) else { return nil }
    var inner = Substring(NumberText.trimmed(String(rest[rest.index(after: rest.startIndex)..<end])))
    rest = rest[rest.index(after: end)...]
    if let place = Int(inner) { return place > 0 ? .place(place) : nil }
    if inner == "last()" { return .last }
    guard let test = test(&inner) else { return nil }
    let operand: Operand
    switch test {
    case .element(let name?): operand = .child(name)
    case .attribute(let name?): operand = .attribute(name)
    case .text: operand = .text
    case .own: operand = .own
    case .element(nil), .attribute(nil), .parent: return nil
    }
    inner = inner.drop(while: \.isWhitespace)
    if inner.isEmpty { return .has(operand) }
    let isEqual = inner.hasPrefix("=")
    guard isEqual || inner.hasPrefix("!=") else { return nil }
    inner = inner.dropFirst(isEqual ? 1 : 2).drop(while: \.isWhitespace)
    guard inner.count >= 2, let quote = inner.first, quote == "'" || quote == "\"", inner.last == quote else {
      return nil
    }
    let text = String(inner.dropFirst().dropLast())
    return isEqual ? .equals(operand, text) : .differs(operand, text)
  }

  /// The bracket that closes the first, with no regard to those in quotes.
  private static func closing(of text: Substring) -> Substring.Index? {
    var quote: Character?
    for index in text.indices {
      let character = text[index]
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "'" || character == "\"" {
        quote = character
      } else if character == "]" {
        return index
      }
    }
    return nil
  }

  // MARK: - Asking

  /// The texts that the path leads to, in the order of the document.
  package func values(in tree: XMLTree) -> [String] {
    var current = [0]
    for step in steps {
      let start = step.isDeep ? withDescendants(current, tree) : current
      var seen = [Bool](repeating: false, count: tree.nodes.count)
      var next: [Int] = []
      for node in start {
        switch step.test {
        case .attribute(let name):
          return start.flatMap { node in
            tree.nodes[node].attributes.filter { name == nil || $0.name == name }.map(\.value)
          }
        case .text:
          return start.flatMap { node in
            tree.nodes[node].children.compactMap { if case .text(let text) = $0 { text } else { nil } }
          }
        case .own: fill(&next, &seen, [node], step, tree)
        case .parent: if node != 0 { fill(&next, &seen, [tree.nodes[node].parent], step, tree) }
        case .element(let name):
          let children = tree.elements(of: node).filter { name == nil || tree.nodes[$0].name == name }
          fill(&next, &seen, children, step, tree)
        }
      }
      current = next.sorted()
      if current.isEmpty { return [] }
    }
    return current.map { tree.text(of: $0) }
  }

  private func fill(
    _ next: inout [Int], _ seen: inout [Bool], _ candidates: [Int], _ step: Step, _ tree: XMLTree
  ) {
    var kept = candidates
    for condition in step.conditions {
      switch condition {
      case .place(let place): kept = place <= kept.count ? [kept[place - 1]] : []
      case .last: kept = kept.last.map { [$0] } ?? []
      case .has(let operand): kept = kept.filter { !texts(operand, $0, tree).isEmpty }
      case .equals(let operand, let text): kept = kept.filter { texts(operand, $0, tree).contains(text) }
      case .differs(let operand, let text):
        kept = kept.filter { texts(operand, $0, tree).contains { $0 != text } }
      }
    }
    for node in kept where !seen[node] {
      seen[node] = true
      next.append(node)
    }
  }

  private func texts(_ operand: Operand, _ node: Int, _ tree: XMLTree) -> [String] {
    switch operand {
    case .attribute(let name): tree.nodes[node].attributes.filter { $0.name == name }.map(\.value)
    case .child(let name):
      tree.elements(of: node).filter { tree.nodes[$0].name == name }.map { tree.text(of: $0) }
    case .text:
      tree.nodes[node].children.compactMap { if case .text(let text) = $0 { text } else { nil } }
    case .own: [tree.text(of: node)]
    }
  }

  /// Nodes and all below them, in the order of the document.
  private func withDescendants(_ nodes: [Int], _ tree: XMLTree) -> [Int] {
    var seen = [Bool](repeating: false, count: tree.nodes.count)
    for node in nodes { seen[node] = true }
    // A node stands behind its parent.
    for node in tree.nodes.indices.dropFirst() where seen[tree.nodes[node].parent] { seen[node] = true }
    return seen.indices.filter { seen[$0] }
  }
}
