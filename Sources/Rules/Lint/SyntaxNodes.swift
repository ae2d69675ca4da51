import Diagnostics

/// All nodes of a syntax tree, found by reflection: a new kind of node needs no code here. A lint that asks for the
/// nodes of one language finds none in the tree of another, and need not know which language a rule is in.
///
/// ```
///   SyntaxNodes(tree).all(JoinSyntax.self)   // every join, however deep
/// ```
struct SyntaxNodes {
  private static let deepest = 400

  private var nodes: [Any] = []

  init(_ tree: some Any) { visit(tree, 0) }

  /// In the order of the text.
  func all<Node>(_ type: Node.Type) -> [Node] { nodes.compactMap { $0 as? Node } }

  private mutating func visit(_ value: Any, _ depth: Int) {
    if depth > SyntaxNodes.deepest || value is String || value is Int || value is Bool || value is SourceSpan
    {
      return
    }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .struct, .enum, .class: nodes.append(value)
    default: break
    }
    for child in mirror.children { visit(child.value, depth + 1) }
  }
}
