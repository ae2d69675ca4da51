/// A nondeterministic automaton over bytes. Where two ways lead on, the first is preferred.
struct RegexProgram: Sendable {
  enum Instruction: Sendable, Hashable {
    case bytes(low: UInt8, high: UInt8, next: UInt32)
    /// One node of a class automaton: `count` transitions from `start`, their targets relative to `base`.
    case node(start: UInt32, count: UInt32, base: UInt32, next: UInt32)
    case split(first: UInt32, second: UInt32)
    case capture(slot: UInt32, next: UInt32)
    case look(LookAssertion, next: UInt32)
    /// A look-around by its number, see `LookAroundPlaces`.
    case around(UInt32, isNegative: Bool, next: UInt32)
    case match
    case fail
    /// The automaton does not know: another matcher has to decide.
    case giveUp
  }

  var instructions: [Instruction] = []
  var transitions: [ClassAutomaton.Transition] = []
  /// Where a match anchored at the first byte looked at begins.
  var anchoredEntry: UInt32 = 0
  /// Where a match that may start at any byte begins.
  var unanchoredEntry: UInt32 = 0
  var captureCount = 0
  var hasLooks = false
  var looksAtFinalLine = false

  /// Where `byte` leads from a node of a class automaton.
  @inline(__always)
  static func target(
    of byte: UInt8, in transitions: UnsafeBufferPointer<ClassAutomaton.Transition>, start: UInt32,
    count: UInt32,
    base: UInt32, next: UInt32
  ) -> UInt32? {
    // The runs are in order.
    for index in Int(start)..<Int(start) + Int(count) {
      let edge = transitions[index]
      if byte < edge.low { return nil }
      if byte <= edge.high {
        if edge.target == ClassAutomaton.accept { return next }
        return edge.target == ClassAutomaton.giveUp ? ClassAutomaton.giveUp : base &+ edge.target
      }
    }
    return nil
  }

  /// Where `byte` leads from a reading instruction.
  func target(of byte: UInt8, from id: UInt32) -> UInt32? {
    switch instructions[Int(id)] {
    case .bytes(let low, let high, let next): return low <= byte && byte <= high ? next : nil
    case .node(let start, let count, let base, let next):
      return transitions.withUnsafeBufferPointer {
        Self.target(of: byte, in: $0, start: start, count: count, base: base, next: next)
      }
    case .split, .capture, .look, .around, .match, .fail, .giveUp: return nil
    }
  }
}
