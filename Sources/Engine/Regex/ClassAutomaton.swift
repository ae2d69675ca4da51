import Synchronization

/// The smallest deterministic automaton over bytes of one class of scalars, shared by all its occurrences.
///
/// Node 0 is the entry. A transition's target is a node, or `accept`.
struct ClassAutomaton: Sendable {
  struct Transition: Hashable, Sendable {
    var low: UInt8
    var high: UInt8
    var target: UInt32
  }

  static let accept = UInt32.max
  /// Read backward, a large class gives up on bytes beyond ASCII rather than grow.
  static let giveUp = UInt32.max - 1
  static let largestReversed = 24

  private(set) var nodes: [[Transition]] = []

  /// Bytes in the order of the text.
  static func forward(_ set: ScalarSet) -> ClassAutomaton {
    remembered(Key(set: set, isBackward: false)) {
      ClassAutomaton(UTF8Sequence.sequences(of: set).map(\.bytes))
    }
  }

  /// Bytes from the last to the first.
  static func backward(_ set: ScalarSet) -> ClassAutomaton {
    guard set.ranges.count > largestReversed, !set.isASCII else {
      return remembered(Key(set: set, isBackward: true)) {
        ClassAutomaton(UTF8Sequence.sequences(of: set).map { $0.bytes.reversed() })
      }
    }
    let ascii = set.intersection(.ascii).ranges
    var automaton = ClassAutomaton([])
    automaton.nodes = [
      ascii.map { Transition(low: UInt8($0.lowerBound), high: UInt8($0.upperBound), target: accept) }
        + [Transition(low: 0x80, high: 0xFF, target: giveUp)]
    ]
    return automaton
  }

  private struct Key: Hashable {
    var set: ScalarSet
    var isBackward: Bool
  }

  private static let cache = Mutex<[Key: ClassAutomaton]>([:])

  /// Classes recur within a pattern and between patterns; large ones take a millisecond to build.
  private static func remembered(_ key: Key, _ build: () -> ClassAutomaton) -> ClassAutomaton {
    if let known = cache.withLock({ $0[key] }) { return known }
    let automaton = build()
    cache.withLock {
      if $0.count >= 128 { $0.removeAll() }
      $0[key] = automaton
    }
    return automaton
  }

  private init(_ sequences: [[ClosedRange<UInt8>]]) {
    var built: [[Transition]] = []
    var known: [[Transition]: UInt32] = [:]
    let root = Self.build(sequences.map { $0[...] }, into: &built, known: &known)
    guard !root.isEmpty else { return }
    built.append(root)
    // Nodes were made from the leaves up: turned around, the entry is first.
    let last = UInt32(built.count) - 1
    nodes = built.reversed().map { node in
      node.map { edge in
        Transition(
          low: edge.low, high: edge.high,
          target: edge.target == Self.accept ? edge.target : last - edge.target)
      }
    }
  }

  /// Adds the node that accepts any of the sequences, made deterministic; returns its transitions.
  private static func build(
    _ sequences: [ArraySlice<ClosedRange<UInt8>>], into built: inout [[Transition]],
    known: inout [[Transition]: UInt32]
  ) -> [Transition] {
    var starts: Set<Int> = []
    for sequence in sequences {
      guard let first = sequence.first else { continue }
      starts.insert(Int(first.lowerBound))
      starts.insert(Int(first.upperBound) + 1)
    }
    let bounds = starts.sorted()
    var edges: [Transition] = []
    for (low, end) in zip(bounds, bounds.dropFirst()) {
      let tails = sequences.compactMap { sequence -> ArraySlice<ClosedRange<UInt8>>? in
        guard let first = sequence.first, first.contains(UInt8(low)) else { return nil }
        return sequence.dropFirst()
      }
      guard !tails.isEmpty else { continue }
      let target: UInt32
      if tails.contains(where: \.isEmpty) {
        target = accept
      } else {
        let node = build(tails, into: &built, known: &known)
        if let same = known[node] {
          target = same
        } else {
          target = UInt32(built.count)
          built.append(node)
          known[node] = target
        }
      }
      if let last = edges.last, last.target == target, Int(last.high) + 1 == low {
        edges[edges.count - 1].high = UInt8(end - 1)
      } else {
        edges.append(Transition(low: UInt8(low), high: UInt8(end - 1), target: target))
      }
    }
    return edges
  }
}
