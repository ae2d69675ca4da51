/// What must stand in every text a pattern matches.
///
///     [Tt]erraform/1[.]6.*aws  ->  prefix "terraform/1.6" with its t in either case, required "aws"
struct LiteralAnalysis: Sendable {
  /// The whole pattern is this literal.
  private(set) var exact: LiteralPattern?
  /// Every match begins so.
  private(set) var prefix: LiteralPattern?
  /// Every match has it somewhere.
  private(set) var required: LiteralPattern?
  /// Every match begins where the text does.
  private(set) var isAnchoredAtStart: Bool

  init(_ tree: RegexNode) {
    isAnchoredAtStart = Self.isAnchored(tree)
    var walk = Walk()
    walk.visit(tree)
    walk.finishRun()
    if walk.isExact, let only = walk.prefix, !only.isEmpty { exact = only }
    if let first = walk.prefix, !first.isEmpty { prefix = first }
    if let best = walk.best, best.count >= 2 { required = best }
  }

  private static func isAnchored(_ node: RegexNode) -> Bool {
    switch node {
    case .look(let assertion): return assertion == .textStart
    case .empty, .literal, .set, .around: return false
    case .capture(_, let inner), .atomic(let inner, _): return isAnchored(inner)
    case .repetition(let repetition): return repetition.minimum > 0 && isAnchored(repetition.node)
    case .alternation(let branches): return branches.allSatisfy(isAnchored)
    case .concatenation(let nodes):
      for inner in nodes {
        if isAnchored(inner) { return true }
        // Assertions move nothing; anything else may.
        switch inner {
        case .look, .around: continue
        case .empty, .literal, .set, .capture, .repetition, .atomic, .concatenation, .alternation:
          return false
        }
      }
      return false
    }
  }

  /// One walk over the parts every match goes through.
  private struct Walk {
    /// Longer literals find nothing sooner.
    static let maximumLength = 64

    var run = LiteralPattern()
    var prefix: LiteralPattern?
    var best: LiteralPattern?
    var isExact = true
    private var atStart = true

    mutating func visit(_ node: RegexNode) {
      switch node {
      case .empty: break
      case .look, .around: isExact = false
      case .literal, .set:
        if let spelled = LiteralPattern(node), run.count < Self.maximumLength {
          run.append(spelled)
        } else {
          breakRun()
        }
      case .capture(_, let inner), .atomic(let inner, _): visit(inner)
      case .concatenation(let nodes):
        for inner in nodes { visit(inner) }
      case .alternation: breakRun()
      case .repetition(let repetition):
        guard repetition.minimum > 0 else { return breakRun() }
        // The first round joins what stands before it.
        visit(repetition.node)
        if repetition.minimum != 1 || repetition.maximum != 1 { breakRun() }
      }
    }

    private mutating func breakRun() {
      finishRun()
      isExact = false
    }

    mutating func finishRun() {
      if atStart { prefix = run }
      atStart = false
      if run.count > (best?.count ?? 0) { best = run }
      run = LiteralPattern()
    }
  }
}
