/// The syntax tree of a pattern. Flags are already resolved: case folding, `.` and `^` are spelled out.
///
///     a(b|[0-9])+  ->  concatenation(literal a, repetition(capture 1(alternation(…)), 1...))
indirect enum RegexNode: Hashable, Sendable {
  case empty
  case literal(UInt32)
  case set(ScalarSet)
  case look(LookAssertion)
  case around(LookAround)
  case capture(index: Int, RegexNode)
  case repetition(RegexRepetition)
  /// A group that gives nothing back once matched.
  case atomic(RegexNode, range: Range<Int>)
  case concatenation([RegexNode])
  case alternation([RegexNode])

  /// Whether it can match without consuming anything.
  var isNullable: Bool {
    switch self {
    case .empty, .look, .around: true
    case .literal, .set: false
    case .capture(_, let node), .atomic(let node, _): node.isNullable
    case .repetition(let repetition): repetition.minimum == 0 || repetition.node.isNullable
    case .concatenation(let nodes): nodes.allSatisfy(\.isNullable)
    case .alternation(let nodes): nodes.contains(where: \.isNullable)
    }
  }
}

/// `node{minimum,maximum}`; no maximum is no end.
struct RegexRepetition: Hashable, Sendable {
  enum Kind: Hashable, Sendable { case greedy, lazy, possessive }

  var node: RegexNode
  var minimum: Int
  var maximum: Int?
  var kind: Kind
  /// Where the quantifier stands in the pattern.
  var range: Range<Int>
}
