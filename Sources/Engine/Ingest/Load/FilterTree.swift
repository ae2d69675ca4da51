/// A record predicate with its tests numbered, so that known results can be put in for them.
struct FilterTree: Sendable {
  indirect enum Node: Sendable {
    case and([Node])
    case or([Node])
    case not(Node)
    case leaf(Int)
    case unknown
  }

  struct Leaf: Sendable, Hashable {
    var column: Int
    /// The slots of the field; a single one of the record's own members can be tested while scanning.
    var slots: [Int]
    var test: FieldTest
    /// JSON null has the text `null`.
    var nullText: Bool

    func certainty(_ value: FieldValue) -> Certainty { test.certainty(value, nullText: nullText) }
  }

  let root: Node
  let leaves: [Leaf]

  init(_ predicate: RecordPredicate, columns: [LoadPlan.Column]) {
    var leaves: [Leaf] = []
    func node(_ predicate: RecordPredicate) -> Node {
      switch predicate {
      case .and(let parts): return .and(parts.map(node))
      case .or(let parts): return .or(parts.map(node))
      case .not(let part): return .not(node(part))
      case .unknown: return .unknown
      case .test(let column, let test):
        guard columns.indices.contains(column), FilterTree.applies(test, to: columns[column].field) else {
          return .unknown
        }
        let nullText = columns[column].field.form == .optionalText
        let leaf = Leaf(
          column: column, slots: columns[column].slots, test: test.folded, nullText: nullText)
        if let known = leaves.firstIndex(of: leaf) { return .leaf(known) }
        leaves.append(leaf)
        return .leaf(leaves.count - 1)
      }
    }
    root = node(predicate)
    self.leaves = leaves
  }

  /// Text tests say something about text columns only; a bool column may write the same value in other ways.
  private static func applies(_ test: FieldTest, to field: FieldRequest) -> Bool {
    switch test {
    case .time: field.form == .datetime
    case .equalsAny, .contains, .startsWith, .isEmpty, .isNotEmpty:
      field.type == .string && (field.form == .text || field.form == .optionalText)
    }
  }

  func certainty(_ known: (Int) -> Certainty) -> Certainty { FilterTree.evaluate(root, known) }

  /// What is left to test once some results are known: of a hundred rules' conditions mostly none or a few.
  func remainder(_ known: (Int) -> Certainty) -> Node { FilterTree.remainder(root, known) }

  private static func remainder(_ node: Node, _ known: (Int) -> Certainty) -> Node {
    switch evaluate(node, known) {
    case .isTrue: return .and([])
    case .isFalse: return .or([])
    case .unknown: break
    }
    switch node {
    case .leaf, .unknown: return node
    case .not(let part): return .not(remainder(part, known))
    case .and(let parts):
      return .and(parts.filter { evaluate($0, known) != .isTrue }.map { remainder($0, known) })
    case .or(let parts):
      return .or(parts.filter { evaluate($0, known) != .isFalse }.map { remainder($0, known) })
    }
  }

  static func evaluate(_ node: Node, _ known: (Int) -> Certainty) -> Certainty {
    switch node {
    case .leaf(let leaf): return known(leaf)
    case .unknown: return .unknown
    case .not(let part): return evaluate(part, known).inverted
    case .and(let parts):
      var result = Certainty.isTrue
      for part in parts {
        switch evaluate(part, known) {
        case .isFalse: return .isFalse
        case .unknown: result = .unknown
        case .isTrue: break
        }
      }
      return result
    case .or(let parts):
      var result = Certainty.isFalse
      for part in parts {
        switch evaluate(part, known) {
        case .isTrue: return .isTrue
        case .unknown: result = .unknown
        case .isFalse: break
        }
      }
      return result
    }
  }
}
