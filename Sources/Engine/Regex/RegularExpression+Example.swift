extension RegularExpression {
  /// A text that a pattern may match, for who checks whether it does: what looks around is not looked at.
  ///
  /// - Parameter groups: texts for groups, by their numbers.
  ///
  /// ```
  ///   example(of: "user/(\\w+)$")                          "user/a"
  ///   example(of: "user/(\\w+)$", groups: [1: "ada"])      "user/ada"
  /// ```
  package static func example(
    of pattern: String, options: Options = Options(), groups: [Int: String] = [:]
  ) -> String? {
    var parser = RegexParser(pattern, options: options)
    guard let node = try? parser.parse() else { return nil }
    var maker = RegexExample(groups: groups)
    maker.add(node)
    return maker.isTooLong ? nil : maker.text
  }
}

/// Writes a text along the tree of a pattern.
private struct RegexExample {
  /// A longer text is no example.
  private static let longest = 10_000
  /// What a set is best stood for by, the first that is in it.
  private static let liked: [UInt32] = "a1A-/ x.:_0".unicodeScalars.map(\.value)

  let groups: [Int: String]
  private(set) var text = ""

  init(groups: [Int: String]) { self.groups = groups }

  var isTooLong: Bool { text.utf8.count > RegexExample.longest }

  mutating func add(_ node: RegexNode) {
    if isTooLong { return }
    switch node {
    case .empty, .look, .around: break
    case .literal(let scalar): add(scalar)
    case .set(let set):
      let liked = RegexExample.liked.first { scalar in set.ranges.contains { $0.contains(scalar) } }
      if let scalar = liked ?? set.ranges.first?.lowerBound { add(scalar) }
    case .capture(let index, let inner):
      if let given = groups[index] { text += given } else { add(inner) }
    case .repetition(let repetition):
      // `.*` matches nothing as well, and a text reads better without.
      let least = repetition.minimum
      let wanted = holdsGroup(repetition.node) ? max(1, least) : least
      for _ in 0..<min(wanted, RegexExample.longest) where !isTooLong { add(repetition.node) }
    case .atomic(let inner, _): add(inner)
    case .concatenation(let nodes): for inner in nodes { add(inner) }
    case .alternation(let nodes):
      if let inner = nodes.first(where: holdsGroup) ?? nodes.first { add(inner) }
    }
  }

  private mutating func add(_ scalar: UInt32) {
    if let scalar = Unicode.Scalar(scalar) { text.unicodeScalars.append(scalar) }
  }

  /// Whether a group whose text is given stands in it.
  private func holdsGroup(_ node: RegexNode) -> Bool {
    if groups.isEmpty { return false }
    switch node {
    case .empty, .look, .around, .literal, .set: return false
    case .capture(let index, let inner): return groups[index] != nil || holdsGroup(inner)
    case .repetition(let repetition): return holdsGroup(repetition.node)
    case .atomic(let inner, _): return holdsGroup(inner)
    case .concatenation(let nodes), .alternation(let nodes): return nodes.contains(where: holdsGroup)
    }
  }
}
