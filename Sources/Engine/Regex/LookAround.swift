/// A condition on the text behind or ahead of a place: `(?=…)`, `(?!…)`, `(?<=…)`, `(?<!…)`.
///
///     (?<!\\)"(?=,)   // index 0: behind, negative, `\\`; index 1: ahead, positive, `,`
struct LookAround: Hashable, Sendable {
  enum Side: Hashable, Sendable { case ahead, behind }

  /// Counted from the inside out, so that one within another has the lower number.
  var index: Int
  var side: Side
  var isNegative: Bool
  var node: RegexNode
}

extension RegexNode {
  /// The look-arounds of the tree in the order of their numbers.
  var lookArounds: [LookAround] {
    var found: [Int: LookAround] = [:]
    collectLookArounds(into: &found)
    return found.values.sorted { $0.index < $1.index }
  }

  private func collectLookArounds(into found: inout [Int: LookAround]) {
    switch self {
    case .empty, .literal, .set, .look: break
    case .around(let around):
      around.node.collectLookArounds(into: &found)
      found[around.index] = around
    case .capture(_, let node), .atomic(let node, _): node.collectLookArounds(into: &found)
    case .repetition(let repetition): repetition.node.collectLookArounds(into: &found)
    case .concatenation(let nodes), .alternation(let nodes):
      for node in nodes { node.collectLookArounds(into: &found) }
    }
  }

  /// The tree as if every look-around held: it matches wherever the tree itself does, and perhaps elsewhere.
  var withoutLookArounds: RegexNode {
    switch self {
    case .empty, .literal, .set, .look: return self
    case .around: return .empty
    case .capture(let index, let node): return .capture(index: index, node.withoutLookArounds)
    case .atomic(let node, let range): return .atomic(node.withoutLookArounds, range: range)
    case .repetition(var repetition):
      repetition.node = repetition.node.withoutLookArounds
      return .repetition(repetition)
    case .concatenation(let nodes): return .concatenation(nodes.map(\.withoutLookArounds))
    case .alternation(let nodes): return .alternation(nodes.map(\.withoutLookArounds))
    }
  }
}
