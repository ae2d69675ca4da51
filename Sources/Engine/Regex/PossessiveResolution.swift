/// Turns possessive quantifiers and atomic groups into plain ones where that changes no match.
///
///     [0-9]++-   // what follows never starts with a digit: the same as [0-9]+-
///     a++ab      // refused: the plain form would match what this one does not
struct PossessiveResolution {
  /// What may come after a node, up to the end of the pattern.
  struct Continuation {
    /// The scalars one of which must come next, unless `isNullable`.
    var first: ScalarSet
    /// It always succeeds, if only by matching nothing.
    var isNullable: Bool
    /// Nothing is known of it.
    var isOpaque = false

    static let end = Continuation(first: .empty, isNullable: true)
    static let opaque = Continuation(first: .all, isNullable: false, isOpaque: true)

    func followed(by next: Continuation) -> Continuation {
      if isOpaque { return .opaque }
      guard isNullable else { return self }
      if next.isOpaque { return .opaque }
      return Continuation(first: first.union(next.first), isNullable: next.isNullable)
    }

    func or(_ other: Continuation) -> Continuation {
      if isOpaque || other.isOpaque { return .opaque }
      return Continuation(first: first.union(other.first), isNullable: isNullable || other.isNullable)
    }
  }

  static func resolve(_ node: RegexNode) throws(RegexSyntaxError) -> RegexNode {
    try resolve(node, before: .end)
  }

  private static func resolve(_ node: RegexNode, before next: Continuation) throws(RegexSyntaxError)
    -> RegexNode
  {
    switch node {
    case .empty, .literal, .set, .look: return node
    case .around(var around):
      // That it holds is all that counts, so nothing comes after it.
      around.node = try resolve(around.node, before: .end)
      return .around(around)
    case .capture(let index, let inner): return .capture(index: index, try resolve(inner, before: next))
    case .atomic(let inner, let range):
      guard keepsMatch(inner, before: next) else { throw refused("an atomic group", range) }
      return try resolve(inner, before: next)
    case .repetition(var repetition):
      if repetition.kind == .possessive {
        guard keepsMatch(repetition, before: next) else {
          throw refused("a possessive quantifier", repetition.range)
        }
        repetition.kind = .greedy
      }
      let again = beginning(of: repetition.node).followed(by: next)
      var after = repetition.maximum == 1 ? next : next.or(again)
      // A round that must be followed by another cannot lean on what may be left out.
      if repetition.minimum > 1 { after.isNullable = next.isNullable && again.isNullable }
      repetition.node = try resolve(repetition.node, before: after)
      return .repetition(repetition)
    case .alternation(let branches):
      var resolved: [RegexNode] = []
      for branch in branches { resolved.append(try resolve(branch, before: next)) }
      return .alternation(resolved)
    case .concatenation(let nodes):
      var resolved: [RegexNode] = []
      var after = next
      for inner in nodes.reversed() {
        resolved.append(try resolve(inner, before: after))
        after = beginning(of: inner).followed(by: after)
      }
      return .concatenation(resolved.reversed())
    }
  }

  private static func keepsMatch(_ repetition: RegexRepetition, before next: Continuation) -> Bool {
    if next.isNullable { return true }
    guard let members = single(repetition.node), !next.isOpaque else { return false }
    return members.isDisjoint(with: next.first)
  }

  private static func keepsMatch(_ node: RegexNode, before next: Continuation) -> Bool {
    if next.isNullable { return true }
    switch node {
    case .empty, .literal, .set, .look, .around: return true
    case .capture(_, let inner), .atomic(let inner, _): return keepsMatch(inner, before: next)
    case .repetition(let repetition):
      return repetition.kind != .lazy && keepsMatch(repetition, before: next)
    case .alternation: return false
    case .concatenation(let nodes):
      guard let last = nodes.last else { return true }
      return nodes.dropLast().allSatisfy(isFixed) && keepsMatch(last, before: next)
    }
  }

  private static func isFixed(_ node: RegexNode) -> Bool {
    switch node {
    case .empty, .literal, .set, .look, .around: true
    case .capture(_, let inner), .atomic(let inner, _): isFixed(inner)
    case .repetition(let repetition): repetition.minimum == repetition.maximum && isFixed(repetition.node)
    case .concatenation(let nodes): nodes.allSatisfy(isFixed)
    case .alternation: false
    }
  }

  private static func single(_ node: RegexNode) -> ScalarSet? {
    switch node {
    case .literal(let scalar): ScalarSet(scalar: scalar)
    case .set(let members): members
    case .capture(_, let inner): single(inner)
    case .empty, .look, .around, .repetition, .atomic, .concatenation, .alternation: nil
    }
  }

  /// How a node may begin.
  private static func beginning(of node: RegexNode) -> Continuation {
    switch node {
    case .empty: return .end
    case .literal(let scalar): return Continuation(first: ScalarSet(scalar: scalar), isNullable: false)
    case .set(let members): return Continuation(first: members, isNullable: false)
    case .look(.textEnd): return Continuation(first: .empty, isNullable: false)
    case .look(.finalLineEnd), .look(.lineEnd):
      return Continuation(first: ScalarSet(scalar: 0x0A), isNullable: false)
    case .look, .around: return .opaque
    case .capture(_, let inner), .atomic(let inner, _): return beginning(of: inner)
    case .repetition(let repetition):
      var result = beginning(of: repetition.node)
      if repetition.minimum == 0 { result.isNullable = !result.isOpaque }
      return result
    case .alternation(let branches):
      return branches.map(beginning).reduce(Continuation(first: .empty, isNullable: false)) { $0.or($1) }
    case .concatenation(let nodes):
      return nodes.reduce(.end) { $0.followed(by: beginning(of: $1)) }
    }
  }

  private static func refused(_ what: String, _ range: Range<Int>) -> RegexSyntaxError {
    RegexSyntaxError(
      id: "regex-atomic-group",
      message: "\(what) that changes what matches is not supported: matching stays linear in the text",
      range: range,
      suggestion: "write the plain form, and make what follows start with other characters")
  }
}
