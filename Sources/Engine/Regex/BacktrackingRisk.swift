/// Tells patterns on which engines that backtrack can take exponential time.
///
/// Example: `^(a+)+$`, since `aaaa` can be cut into rounds of the outer loop in eight ways. In terms of the automaton:
/// from some state two different ways lead back to it over the same text, and what follows can fail.
package enum BacktrackingRisk {
  /// Patterns with more reading states are not looked at.
  private static let largest = 300

  /// Nothing is said of a pattern that is wrong or very large.
  package static func isExponential(_ pattern: String) -> Bool {
    // Classes beyond ASCII make large automata, and change nothing about the ways through a pattern.
    let options = RegularExpression.Options(dialect: .perl)
    guard let expression = try? RegularExpression(pattern, options: options) else { return false }
    return ([expression.program] + expression.lookAroundPrograms).contains { program in
      var automaton = RiskAutomaton(program)
      return automaton.edges.count <= largest && automaton.isExponential
    }
  }
}

/// The reading states of a program and the ways between them.
private struct RiskAutomaton {
  struct Edge {
    var low: UInt8
    var high: UInt8
    /// Reading states that follow, and in how many ways each is reached without reading (2 stands for more).
    var targets: [(state: Int, ways: Int)]
  }

  private(set) var edges: [[Edge]] = []
  /// From this state the match is complete, whatever follows.
  private var isComplete: [Bool] = []
  private let program: RegexProgram
  private var numbers: [UInt32: Int] = [:]

  init(_ program: RegexProgram) {
    self.program = program
    var instructions: [UInt32] = []
    for id in program.instructions.indices {
      switch program.instructions[id] {
      case .bytes, .node:
        numbers[UInt32(id)] = instructions.count
        instructions.append(UInt32(id))
      case .split, .capture, .look, .around, .match, .fail, .giveUp: continue
      }
    }
    if instructions.count > 2_000 {
      // Too large to be looked at; the caller sees that by the count.
      edges = Array(repeating: [], count: instructions.count)
      return
    }
    for id in instructions {
      var made: [Edge] = []
      var completes = false
      for (low, high, next) in byteRanges(of: id) {
        let (targets, ends) = closure(next)
        completes = completes || ends
        made.append(Edge(low: low, high: high, targets: targets))
      }
      edges.append(made)
      isComplete.append(completes)
    }
  }

  private func byteRanges(of id: UInt32) -> [(UInt8, UInt8, UInt32)] {
    switch program.instructions[Int(id)] {
    case .bytes(let low, let high, let next): return [(low, high, next)]
    case .node(let start, let count, let base, let next):
      return program.transitions[Int(start)..<Int(start + count)].compactMap { edge in
        if edge.target == ClassAutomaton.giveUp { return nil }
        return (edge.low, edge.high, edge.target == ClassAutomaton.accept ? next : base &+ edge.target)
      }
    case .split, .capture, .look, .around, .match, .fail, .giveUp: return []
    }
  }

  /// The states that are reached without reading, and whether a match ends there whatever follows.
  private func closure(_ start: UInt32) -> ([(state: Int, ways: Int)], Bool) {
    var ways: [Int: Int] = [:]
    var visits: [UInt32: Int] = [:]
    var ends = false
    var budget = 4_000
    func visit(_ id: UInt32, sawLook: Bool) {
      budget -= 1
      // A loop without reading is gone through twice, which makes two ways.
      guard budget > 0, visits[id, default: 0] < 2 else { return }
      visits[id, default: 0] += 1
      defer { visits[id, default: 1] -= 1 }
      switch program.instructions[Int(id)] {
      case .bytes, .node:
        if let number = numbers[id] { ways[number] = min(2, ways[number, default: 0] + 1) }
      case .split(let first, let second):
        visit(first, sawLook: sawLook)
        visit(second, sawLook: sawLook)
      case .capture(_, let next): visit(next, sawLook: sawLook)
      case .look(_, let next), .around(_, _, let next): visit(next, sawLook: true)
      case .match: if !sawLook { ends = true }
      case .fail, .giveUp: return
      }
    }
    visit(start, sawLook: false)
    return (ways.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, ends)
  }

  // MARK: - Ambiguity

  var isExponential: Bool {
    mutating get {
      let component = components(of: edges.count) { state in edges[state].flatMap { $0.targets.map(\.state) }
      }
      // A state that completes the match ends the search: engines stop at the first match.
      func counts(_ state: Int) -> Bool { !isComplete[state] }
      for state in edges.indices where counts(state) {
        for target in edges[state].flatMap(\.targets)
        where target.ways > 1 && component[target.state] == component[state] { return true }
      }
      return hasTwoWays(component, counts)
    }
  }

  /// Whether in the square of a component some pair of equal states and some pair of different ones reach each other.
  private func hasTwoWays(_ component: [Int], _ counts: (Int) -> Bool) -> Bool {
    let size = edges.count
    let squares = components(of: size * size) { pair in
      let (left, right) = (pair / size, pair % size)
      guard component[left] == component[right] else { return [] }
      var result: [Int] = []
      for first in edges[left] {
        for second in edges[right] where first.low <= second.high && second.low <= first.high {
          for one in first.targets where component[one.state] == component[left] {
            for other in second.targets where component[other.state] == component[right] {
              result.append(one.state * size + other.state)
            }
          }
        }
      }
      return result
    }
    var equal: Set<Int> = []
    for state in 0..<size where counts(state) { equal.insert(squares[state * size + state]) }
    for left in 0..<size {
      for right in 0..<size where left != right {
        if equal.contains(squares[left * size + right]) { return true }
      }
    }
    return false
  }

  /// The strongly connected component of each node (Tarjan's way, without recursion).
  private func components(of count: Int, _ next: (Int) -> [Int]) -> [Int] {
    var component = [Int](repeating: -1, count: count)
    var index = [Int](repeating: -1, count: count)
    var low = [Int](repeating: 0, count: count)
    var stack: [Int] = []
    var isOnStack = [Bool](repeating: false, count: count)
    var counter = 0
    var number = 0
    for root in 0..<count where index[root] < 0 {
      var work: [(node: Int, targets: [Int], position: Int)] = []
      func open(_ node: Int) {
        index[node] = counter
        low[node] = counter
        counter += 1
        stack.append(node)
        isOnStack[node] = true
        work.append((node, next(node), 0))
      }
      open(root)
      while let last = work.indices.last {
        let node = work[last].node
        if work[last].position < work[last].targets.count {
          let target = work[last].targets[work[last].position]
          work[last].position += 1
          if index[target] < 0 {
            open(target)
          } else if isOnStack[target] {
            low[node] = min(low[node], index[target])
          }
          continue
        }
        work.removeLast()
        if let parent = work.indices.last { low[work[parent].node] = min(low[work[parent].node], low[node]) }
        guard low[node] == index[node] else { continue }
        while let member = stack.popLast() {
          isOnStack[member] = false
          component[member] = number
          if member == node { break }
        }
        number += 1
      }
    }
    return component
  }
}
